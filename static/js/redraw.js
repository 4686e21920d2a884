// Draws a payload into the parts of a page that is already there: the same markup as templates/trade/ gives, of which
// morph.js changes what differs. The payload's shape is written down in trade/charts/schema.py. Text goes in as text, never as markup.

import { absolute, alone } from "./address.js";
import { controls, marked } from "./choices/controls.js";
import { current, el, link, spoken } from "./dom/markup.js";
import { become, morph } from "./dom/morph.js";
import { endsOf, leads } from "./figure/ends.js";
import { gapRow } from "./figure/gaps.js";
import { isUnseen } from "./figure/sight.js";
import { room } from "./labels.js";
import { embedCode, eventsOf, grouped, legendBeside, legendLink, legendOf, looks, stepLook } from "./looks.js";
import { MEASURES } from "./measures.js";
import { timePart } from "./time/line.js";

const SVG = "image/svg+xml";
const shownIn = new WeakMap(); // element of a figure: {figure, says: what each of its parts shows}
const tableIn = new WeakMap(); // folded list: the table that is in it
const drawingIn = new WeakMap(); // plot: the SVG that is in it

/**
 * Draw `payload` into `view` and return what can wait until the reader has seen it, as pieces of work: {links: those of the
 * controls and legends, rest: tables that are folded away, the drawings behind the canvases}. Another view makes them
 * needless. Say what is new, unless `quiet`.
 */
export function redraw(view, payload, { quiet = false } = {}) {
  const words = { ...JSON.parse(view.dataset.words), gaps: payload.gaps_url };
  const focused = view.contains(document.activeElement) ? document.activeElement : null;
  const control = focused?.closest("[data-name]")?.dataset.name;
  const part = (name) => view.querySelector(`[data-part="${name}"]`);
  document.title = `${payload.title} – ${words.site}`;
  part("title").textContent = payload.title;
  part("title").classList.toggle("long", payload.title.length > MEASURES.long_title);
  part("sentence").textContent = payload.sentence;
  part("offline").hidden = true;
  morph(
    part("notices"),
    el(
      "div",
      {},
      el(
        "ul",
        {},
        payload.notices.map((notice) => el("li", {}, notice)),
      ),
    ),
  );
  part("notices").hidden = !payload.notices.length;
  morph(part("crumbs"), el("nav", {}, crumbs(payload.crumbs)));
  part("crumbs").hidden = payload.crumbs.length < 2;
  const steered = () => {
    morph(part("controls"), el("nav", {}, controls(payload, part("controls"), words)));
    if (focused && !focused.isConnected) refocus(view, control);
  };
  const canWait = marked(part("controls"), payload, words);
  if (!canWait) steered();
  const later = figures(
    part("figures"),
    payload,
    view.classList.contains("playing") ? { ...words, play: words.pause } : words,
  );
  if (focused && !focused.isConnected) refocus(view, control);
  if (!quiet) part("said").textContent = `${payload.title}. ${payload.sentence}`;
  if (canWait) later.links.unshift(steered);
  later.rest.unshift(() => addresses(view, payload));
  return later;
}

function crumbs(list) {
  const last = list.length - 1;
  return el(
    "ol",
    {},
    list.map((crumb, place) =>
      el("li", {}, place === last ? el("span", { "aria-current": "page" }, crumb.label) : link(crumb.url, crumb.label)),
    ),
  );
}

/** Where this view is found elsewhere: its canonical address, its files, what there is to copy. */
function addresses(view, payload) {
  const [share, address] = [payload.share, absolute(payload.url)];
  document.querySelector('link[rel="canonical"]')?.setAttribute("href", share ? absolute(share.live_url) : address);
  view.querySelector('[data-part="address"]').textContent = address;
  view.querySelector('[data-part="basis"]').textContent = payload.basis;
  for (const file of view.querySelectorAll("[data-format]"))
    file.href = share?.[`${file.dataset.format}_url`] ?? payload[`${file.dataset.format}_url`] ?? file.href;
  if (!share) return;
  const report = view.querySelector("[data-report]");
  if (report?.dataset.report)
    report.href = report.dataset.report
      .replaceAll("{title}", encodeURIComponent(payload.title))
      .replaceAll("{address}", encodeURIComponent(absolute(share.frozen_url)));
  const texts = {
    live: absolute(share.live_url),
    frozen: absolute(share.frozen_url),
    citation: share.citation,
    bibtex: share.bibtex,
  };
  texts.embed = embedCode(absolute(share.embed_url), payload.title, share.embed_height);
  texts.embed_frozen = embedCode(absolute(share.embed_frozen_url), payload.title, share.embed_height);
  for (const field of view.querySelectorAll("[data-share]")) field.value = texts[field.dataset.share];
}

// Figures

/**
 * Figures that stay are not moved, or they would lose their canvas and the reader's focus. Returns what can wait: those, too,
 * that the page knows to be out of sight, which then add what of them can wait.
 */
function figures(part, payload, words) {
  const later = { links: [], rest: [] };
  const draw = (element, figure) => {
    const { links, rest } = update(element, figure, payload, words);
    later.links.push(...links);
    later.rest.push(...rest);
  };
  for (const old of [...part.children]) if (!payload.figures.some((figure) => stays(old, figure))) old.remove();
  payload.figures.forEach((figure, place) => {
    const element = [...part.children].find((one) => stays(one, figure)) ?? made(figure);
    element.dataset.kind = figure.kind;
    if (part.children[place] !== element) part.insertBefore(element, part.children[place] ?? null);
    if (isUnseen(element)) later.rest.push(() => draw(element, figure));
    else draw(element, figure);
  });
  return later;
}

const isMap = (figure) => figure.kind === "tiles";

/** Columns and lines of the same thing take turns on one canvas. */
function stays(element, figure) {
  return element.dataset.figure === figure.id && (element.localName === "div") === isMap(figure);
}

function made(figure) {
  const element = el(
    isMap(figure) ? "div" : "trade-chart",
    { class: isMap(figure) && "map", "data-figure": figure.id },
    el("figure", {}),
  );
  if (!isMap(figure)) element.figure = figure;
  return element;
}

/** Change what is seen of a figure at once; the canvas stays, so that the focus does. */
function update(element, figure, payload, words) {
  const [holder, parts] = [element.querySelector("figure"), surroundings(figure, payload, words)];
  const before = shownIn.get(element)?.says ?? {};
  shownIn.set(element, { figure, says: Object.fromEntries(parts.map((part) => [part.is, part.says])) });
  const ends = endsOf(figure);
  holder.className = ends
    ? `ended rows-${ends.rows}`
    : figure.multiples
      ? "many"
      : legendBeside(figure)
        ? "beside"
        : "";
  arrange(
    holder,
    parts.map((part) => shown(holder, part, before[part.is])),
  );
  if (!isMap(figure) && element.figure !== figure) {
    reserve(holder.querySelector(".plot"), figure);
    element.figure = figure;
  }
  if (holder.querySelector("details.table[open]")) tabled(holder, figure, words);
  const linked = parts.filter((part) => part.linked && before[part.is] === part.says);
  return {
    links: linked.map((part) => () => become(within(holder, part), part.make())),
    rest: [() => tabled(holder, figure, words), () => redrawn(holder, figure)],
  };
}

/**
 * What stands around a plot: {is: "ul.notes", says: what it shows, make(), linked}. As long as a part says the same it stays
 * as it is, and only its links are new.
 */
function surroundings(figure, payload, words) {
  const part = (is, says, make, linked = false) => ({ is, says: JSON.stringify(says), make, linked });
  const ends = endsOf(figure);
  const [named, current] = [legendOf(figure), (series) => legendLink(payload, series).current];
  const isFirst = figure === payload.figures[0] && grouped(payload.controls).time;
  const drawn = isMap(figure)
    ? [
        part(
          "ol.tiles",
          looks(figure).map((tile) => [tile.key, tile.look, tile.brief, tile.says]),
          () => tiles(figure),
          true,
        ),
        part("ul.steps", figure.steps, () => steps(figure, words)),
      ]
    : [{ is: "div.plot" }];
  return [
    part("figcaption", [figure.title, figure.unit, figure.basis ?? payload.basis], () =>
      caption(figure, payload, words),
    ),
    ...drawn,
    ...(ends ? [part("svg.leads", ends, () => document.importNode(parsed(leads(ends)), true))] : []),
    ...(isFirst ? [timePart(payload, words)] : []),
    ...(named.length
      ? [
          part(
            "ul.legend",
            named.map((series) => [
              series.legend,
              series.member,
              series.colour,
              series.estimated,
              current(series),
              stepOf(ends, series),
            ]),
            () => legend(named, payload, words, ends),
            true,
          ),
        ]
      : []),
    ...(figure.events?.length
      ? [part("section.events", [figure.events, figure.events_left], () => events(figure, words))]
      : []),
    part("ul.notes", figure.notes, () => notes(figure)),
    part("a.take", alone(payload.url, figure.id), () =>
      link(alone(payload.url, figure.id), words.take, { class: "take" }),
    ),
  ];
}

const within = (holder, { is }) => holder.querySelector(`:scope > ${is}`);

/** A part as it is to be seen: what is there is changed, not replaced. */
function shown(holder, part, before) {
  const old = within(holder, part);
  if (!part.make) return old ?? el("div", { class: "plot" });
  if (!old) return part.make();
  if (before !== part.says) become(old, part.make());
  else part.touch?.(old);
  return old;
}

/** The parts of a figure in their order, and its table last. */
function arrange(holder, parts) {
  for (const old of [...holder.children]) if (!parts.includes(old) && !old.matches("details.table")) old.remove();
  parts.forEach((part, at) => {
    if (holder.children[at] !== part) holder.insertBefore(part, holder.children[at] ?? null);
  });
}

/** Keep the room of the drawing, which comes a little later: nothing below may move. */
function reserve(plot, figure) {
  const { height, ratio } = room(figure);
  plot.style.minBlockSize = height ? `${height}px` : "";
  plot.style.aspectRatio = ratio ?? "";
}

/** The server's drawing, which paper and pictures show. */
function redrawn(holder, figure) {
  const plot = holder.querySelector(".plot");
  if (!plot) return;
  const svg = figure.svg ?? null; // not known as long as a view comes from memory
  if (drawingIn.get(plot) !== svg) plot.querySelector(":scope > svg")?.remove();
  if (drawingIn.get(plot) !== svg && svg) plot.prepend(drawing(svg, plot));
  drawingIn.set(plot, svg);
  if (svg && plot.hasAttribute("style")) plot.removeAttribute("style"); // the room that was kept for it; unasked, Chromium leaves it empty
}

const parsed = (svg) => new DOMParser().parseFromString(svg, SVG).documentElement;

function drawing(svg, plot) {
  const drawn = document.importNode(parsed(svg), true);
  if (plot.querySelector(".drawn:not([hidden])")) drawn.setAttribute("aria-hidden", "true");
  return drawn;
}

/** Put the drawings behind the canvases that have come to be known since they were drawn. */
export function drawings(view) {
  for (const element of view.querySelectorAll("trade-chart")) {
    const figure = shownIn.get(element)?.figure;
    if (figure?.svg) redrawn(element.querySelector("figure"), figure);
  }
}

function caption(figure, payload, words) {
  const unit = el(
    "p",
    {},
    [words[figure.measure ?? (figure.unit === "%" ? "share" : "value")], figure.basis ?? payload.basis]
      .filter(Boolean)
      .join(" · "),
  );
  if (payload.dataset.is_demonstration) unit.append(" · ", el("span", { class: "caution" }, words.invented));
  unit.append(" ", el("button", { type: "button", class: "term", popovertarget: "terms" }, words.terms));
  return el("figcaption", {}, el("h2", {}, figure.title), unit);
}

const swatch = (colour, estimated) => el("span", { class: `swatch s${colour}${estimated ? " estimate" : ""}` });

/** The class of the height at which a line is named; of a second line of the same member none. */
const stepOf = (ends, series) =>
  !series.estimated && ends ? `at-${ends.ends.find(({ member }) => member === series.member).step}` : null;

function legend(list, payload, words, ends) {
  const named = (series) => {
    const [to, about] = [legendLink(payload, series), { "data-member": series.member }];
    return to.url ? link(to.url, series.legend, { ...about, ...current(to) }) : el("span", about, series.legend);
  };
  return el(
    "ul",
    { class: "legend", "aria-label": words.series },
    list.map((series) =>
      el("li", { class: stepOf(ends, series) }, swatch(series.colour, series.estimated), named(series)),
    ),
  );
}

function tiles(figure) {
  const list = looks(figure).map((tile) => {
    const code = [tile.code, tile.mark ? el("sup", {}, tile.mark) : null, el("i", {}, tile.brief)];
    const shown = [el("b", { "aria-hidden": "true" }, code), el("span", { class: "says" }, tile.says)];
    const attributes = { class: tile.look, "data-key": tile.key };
    return el(
      "li",
      { class: `row-${tile.row} column-${tile.column}` },
      tile.url ? el("a", { href: tile.url, ...attributes }, shown) : el("span", attributes, shown),
    );
  });
  return el("ol", { class: "tiles", "aria-label": figure.title }, list);
}

function steps(figure, words) {
  return el(
    "ul",
    { class: "steps", id: "past-map", "aria-label": words.colours },
    figure.steps.map(({ step, label }) => el("li", {}, el("span", { class: `swatch ${stepLook(step)}` }), label)),
  );
}

function events(figure, words) {
  const about = eventsOf(figure);
  const heading = about.sanctions ? words.eventsAndSanctions.replace("%s", about.sanctions) : words.events;
  const list = figure.events.map((event) =>
    el(
      "li",
      { "data-event": event.number },
      el("span", { class: "number" }, event.number),
      event.items.map((item) => happened(item, words)),
    ),
  );
  const left = about.left === 1 ? words.eventLeft : words.eventsLeft.replace("%s", about.left);
  const below = [
    about.left ? el("p", { class: "soft" }, left) : null,
    about.unchecked ? el("p", { class: "caution" }, words.asterisk) : null,
  ];
  return el(
    "section",
    { class: "events" },
    el("h3", {}, heading),
    el("details", {}, el("summary", {}, words.eventDetails)),
    el("ol", {}, list),
    below.filter(Boolean),
  );
}

function happened(item, words) {
  const when = item.until ? el("span", { class: "during" }, item.when) : el("time", { datetime: item.date }, item.when);
  const mark = item.checked
    ? null
    : el("span", { class: "caution" }, el("span", { "aria-hidden": "true" }, "*"), spoken(words.unchecked));
  const parts = [
    item.date ? when : null,
    el("span", {}, item.url ? link(item.url, item.label) : el("b", {}, item.label), mark),
  ];
  if (item.text) parts.push(el("span", { class: "text" }, item.text));
  if (item.sources.length)
    parts.push(
      el(
        "span",
        { class: "source" },
        `${words.source} `,
        item.sources.flatMap((one, at) => [at ? "; " : null, link(one.url, one.name, { rel: "noopener noreferrer" })]),
      ),
    );
  return el(
    "p",
    {},
    parts.filter(Boolean).flatMap((part, at) => (at ? [" ", part] : [part])),
  );
}

function notes(figure) {
  return el(
    "ul",
    { class: "notes", id: `past-${figure.id}` },
    figure.notes.map((note) => el("li", {}, note)),
  );
}

// Tables

function tabled(holder, figure, words) {
  const folded = holder.querySelector("details.table");
  if (!figure.table) return void folded?.remove();
  if (folded && tableIn.get(folded) === figure.table) return;
  const fresh = el(
    "details",
    { class: "table" },
    el("summary", {}, words.table),
    table(figure.table, words),
    flags(figure.table.rows),
  );
  if (!folded) holder.append(fresh);
  else if (folded.open) morph(folded, fresh);
  else refilled(folded, fresh);
  tableIn.set(holder.querySelector("details.table"), figure.table);
}

/** What nobody sees need not be compared; the summary, which may have the focus, stays. */
function refilled(folded, fresh) {
  const summary = folded.querySelector("summary");
  while (summary.nextSibling) summary.nextSibling.remove();
  summary.after(...[...fresh.childNodes].slice(1));
}

function table(all, words) {
  const { caption, columns, rows } = all;
  const head = columns.map((column) => el("th", { scope: "col", class: column.numeric && "number" }, column.label));
  const body = rows.map((row) =>
    el(
      "tr",
      { class: row.total && "total" },
      el("th", { scope: "row" }, link(row.url, row.header)),
      row.cells.map((cell, at) =>
        el(
          "td",
          { class: "number" },
          value(cell, () => gapRow(words.gaps, all, row, columns[at + 1])),
        ),
      ),
    ),
  );
  const grid = el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, body));
  return el("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": caption }, grid);
}

/** A cell's text with the letter and the words of its status; what is missing leads to its row of the page of gaps. */
function value(cell, gap) {
  if (!cell.status_text) return [cell.text];
  const letter = cell.status ? el("span", { class: "flag", "aria-hidden": "true" }, cell.status) : null;
  const said = spoken(` ${cell.status_text}`);
  return cell.value === null ? [el("a", { href: gap() }, cell.text, said), letter] : [cell.text, letter, said];
}

/** Letter and meaning of every status in a table, once each: "P provisional · U low reliability". */
function flags(rows) {
  const cells = rows.flatMap((row) => row.cells).filter((cell) => cell.status && cell.status !== "A");
  const known = [...new Set(cells.map((cell) => `${cell.status} ${cell.status_text}`))].sort();
  return known.length ? el("p", { class: "kicker" }, known.join(" · ")) : [];
}

/** The control that held the focus, in its new form; else the title. */
function refocus(view, name) {
  const control = name && view.querySelector(`[data-name="${name}"]`);
  const again = control?.querySelector("summary") ?? control?.querySelector("[aria-current]");
  (again ?? view.querySelector('[data-part="title"]')).focus({ preventScroll: Boolean(again) });
}
