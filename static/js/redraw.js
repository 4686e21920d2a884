// Draws a payload into the parts of a page that is already there: the same markup as templates/trade/ gives, of which
// morph.js changes what differs. The payload's shape is written down in trade/charts. Text goes in as text, never as markup.

import { absolute, keptInForm, pathOf } from "./address.js";
import { room } from "./labels.js";
import { embedCode, legendBeside, legendLink, legendOf, looks, noneChecked } from "./looks.js";
import { become, morph } from "./morph.js";

const SVG = "image/svg+xml";
const APART = ["year", "show", "highlight"]; // those that are more than a row of choices
const MANY = 5; // a control with more choices than this is a stepper with a list behind it, as in templatetags/page.py

/**
 * Draw `payload` into `view` and return what can wait until the reader has seen it: tables that are folded away, the
 * drawings behind the canvases. Say what is new, unless `quiet`.
 */
export function redraw(view, payload, { quiet = false } = {}) {
  const words = JSON.parse(view.dataset.words);
  const below = outOfSight(view);
  const focused = view.contains(document.activeElement) ? document.activeElement : null;
  const control = focused?.closest("[data-name]")?.dataset.name;
  const part = (name) => view.querySelector(`[data-part="${name}"]`);
  document.title = `${payload.title} – ${words.site}`;
  part("title").textContent = payload.title;
  part("sentence").textContent = payload.sentence;
  part("offline").hidden = true;
  morph(part("notices"), el("div", {}, el("ul", {}, payload.notices.map((notice) => el("li", {}, notice)))));
  part("notices").hidden = !payload.notices.length;
  morph(part("crumbs"), el("nav", {}, crumbs(payload.crumbs)));
  part("crumbs").hidden = payload.crumbs.length < 2;
  const steered = () => {
    morph(part("controls"), el("nav", {}, controls(payload, view.classList.contains("playing") ? { ...words, play: words.pause } : words)));
    if (focused && !focused.isConnected) refocus(view, control);
  };
  const later = marked(part("controls"), payload) ? [steered] : (steered(), []);
  const rest = figures(part("figures"), payload, words, below);
  if (!quiet) part("said").textContent = `${payload.title}. ${payload.sentence}`;
  return [...later, () => addresses(view, payload), ...rest];
}

/** Make an element: el("a", {href: "/"}, "Home"). An attribute that is null, undefined or false is left out. */
export function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}

const link = (url, text, attributes = {}) => (url ? el("a", { href: url, ...attributes }, text) : text);
const spoken = (text) => el("span", { class: "visually-hidden" }, text);
const current = (choice) => ({ "aria-current": choice.current && "true" });

function crumbs(list) {
  const last = list.length - 1;
  return el("ol", {}, list.map((crumb, place) => el("li", {}, place === last ? el("span", { "aria-current": "page" }, crumb.label) : link(crumb.url, crumb.label))));
}

/** Where this view is found elsewhere: its canonical address, its files, what there is to copy. */
function addresses(view, payload) {
  const [share, address] = [payload.share, absolute(payload.url)];
  document.querySelector('link[rel="canonical"]')?.setAttribute("href", share ? absolute(share.live_url) : address);
  view.querySelector('[data-part="address"]').textContent = address;
  view.querySelector('[data-part="basis"]').textContent = payload.basis;
  for (const file of view.querySelectorAll("[data-format]")) file.href = share?.[`${file.dataset.format}_url`] ?? payload[`${file.dataset.format}_url`] ?? file.href;
  if (!share) return;
  const texts = { live: absolute(share.live_url), frozen: absolute(share.frozen_url), citation: share.citation, bibtex: share.bibtex };
  texts.embed = embedCode(absolute(share.embed_url), payload.title);
  texts.embed_frozen = embedCode(absolute(share.embed_frozen_url), payload.title);
  for (const field of view.querySelectorAll("[data-share]")) field.value = texts[field.dataset.share];
}

// Controls

/** A phone folds the rows of choices away, so that readers see the figures first; the year stays in sight. */
function controls(payload, words) {
  const named = Object.fromEntries(payload.controls.map((control) => [control.name, control]));
  const rows = payload.controls.filter((control) => !APART.includes(control.name));
  const folded = [...rows.map(choices), ...(named.show ? [members(named.show, payload.url, words)] : [])];
  return [
    folded.length ? el("details", { class: "more" }, el("summary", {}, words.more), folded) : null,
    named.year ? timeline(named.year, words) : null,
  ].filter(Boolean);
}

/**
 * Mark the current choices of rows that are there already, so that their links can follow a moment later. False where
 * other rows are wanted, or another year.
 */
function marked(nav, payload) {
  const rows = [...nav.querySelectorAll("ul[data-name]")];
  const wanted = payload.controls.filter((control) => !["show", "highlight"].includes(control.name));
  if (rows.map((row) => row.dataset.name).sort().join() !== wanted.map((control) => control.name).sort().join()) return false;
  const year = wanted.find((control) => control.name === "year")?.choices.find((choice) => choice.current)?.label;
  const shown = nav.querySelector(".years summary")?.firstChild.data;
  if (shown !== undefined && shown !== year) return false;
  for (const control of wanted.filter((one) => one.choices.length <= MANY)) {
    const links = rows.find((row) => row.dataset.name === control.name).querySelectorAll("a");
    control.choices.forEach((choice, at) => (choice.current ? links[at]?.setAttribute("aria-current", "true") : links[at]?.removeAttribute("aria-current")));
  }
  return true;
}

const items = (control) => control.choices.map((choice) => el("li", {}, link(choice.url, choice.label, current(choice))));

function choices(control) {
  return el("ul", { class: "choices", "aria-label": control.label, "data-name": control.name }, items(control));
}

/** Play, slider and stepper; a few years are choices like others. */
function timeline(control, words) {
  const at = control.choices.findIndex((choice) => choice.current);
  const stepped = control.choices.length > MANY && at >= 0;
  const list = el("ul", { class: stepped ? "choices years" : "choices", "aria-label": control.label, "data-name": control.name }, stepped ? stepper(control, at, words) : items(control));
  return el("div", { class: "timeline" }, stepped ? track(control, at, words) : null, list);
}

function track(control, at, words) {
  const end = (place) => el("span", { "aria-hidden": "true" }, control.choices.at(place).value);
  const range = { type: "range", min: 0, max: control.choices.length - 1, value: at, "aria-label": control.label, "aria-valuetext": control.choices[at].label };
  return el("div", { class: "track" }, el("button", { type: "button", "data-play": "" }, words.play), end(0), el("input", range), end(-1));
}

function stepper(control, at, words) {
  const beside = (choice, rel) => el("li", {}, choice ? link(choice.url, choice.label, { rel }) : el("span", { "aria-hidden": "true" }, "–"));
  const all = control.choices.map((choice) => el("li", { class: choice.label.length > 4 && "long" }, link(choice.url, choice.label, current(choice))));
  const summary = el("summary", {}, control.choices[at].label, spoken(`, ${words.another}`));
  return [beside(control.choices[at - 1], "prev"), el("li", {}, el("details", {}, summary, el("ol", {}, all))), beside(control.choices[at + 1], "next")];
}

/** Which provinces are shown: a form, so that several are chosen before the page is asked. */
function members(control, url, words) {
  const boxes = control.choices.map((choice) => el("label", {}, el("input", { type: "checkbox", name: "show", value: choice.value, checked: choice.current && "", "data-url": choice.url }), ` ${choice.label}`));
  const kept = keptInForm(url).map(([name, value]) => el("input", { type: "hidden", name, value }));
  const buttons = el("p", {}, el("button", { type: "submit" }, words.showThese), " ", control.reset_url ? link(control.reset_url, words.showAll) : null);
  const form = el("form", { method: "get", action: pathOf(url) }, kept, el("fieldset", {}, el("legend", {}, words.most), boxes), buttons);
  return el("details", { class: "choose", "data-name": "show" }, el("summary", {}, control.label), form);
}

// Figures

/** The figures that the reader has not scrolled to: they can wait until those in sight have been seen. */
function outOfSight(view) {
  const boxes = [...view.querySelectorAll("[data-figure]")].map((element) => [element, element.getBoundingClientRect()]);
  return new Set(boxes.filter(([, box]) => box.top > innerHeight || box.bottom < 0).map(([element]) => element));
}

/** Figures that stay are not moved, or they would lose their canvas and the reader's focus. Returns what can wait. */
function figures(part, payload, words, below) {
  const rest = [];
  for (const old of [...part.children]) if (!payload.figures.some((figure) => stays(old, figure))) old.remove();
  payload.figures.forEach((figure, place) => {
    const element = [...part.children].find((one) => stays(one, figure)) ?? made(figure);
    element.dataset.kind = figure.kind;
    if (part.children[place] !== element) part.insertBefore(element, part.children[place] ?? null);
    if (below.has(element)) rest.push(() => update(element, figure, payload, words).forEach((later) => later()));
    else rest.push(...update(element, figure, payload, words));
  });
  return rest;
}

const isMap = (figure) => figure.kind === "tiles";

/** Columns and lines of the same thing take turns on one canvas. */
function stays(element, figure) {
  return element.dataset.figure === figure.id && (element.localName === "div") === isMap(figure);
}

function made(figure) {
  const element = el(isMap(figure) ? "div" : "trade-chart", { class: isMap(figure) && "map", "data-figure": figure.id }, el("figure", {}));
  if (!isMap(figure)) element.figure = figure;
  return element;
}

/** Change what surrounds the plot at once; the canvas stays, so that the focus does. */
function update(element, figure, payload, words) {
  const [holder, drawn] = [element.querySelector("figure"), element.drawn];
  const around = JSON.stringify([payload.basis, payload.state.highlight ?? null, payload.url]);
  if (drawn?.figure === figure && drawn.around === around) return [];
  element.drawn = { figure, around };
  holder.classList.toggle("beside", legendBeside(figure));
  const body = isMap(figure) ? [tiles(figure), steps(figure, words)] : [plotOf(holder), ...legend(figure, payload, words), ...events(figure, words)];
  const folded = holder.querySelector("details.table");
  place(holder, [caption(figure, payload, words), ...body, notes(figure), ...(folded ? [folded] : [])]);
  if (!isMap(figure)) {
    reserve(holder.querySelector(".plot"), figure);
    element.figure = figure;
  }
  const table = () => tabled(holder, figure, words);
  if (folded?.open) table();
  const now = () => element.drawn.figure === figure; // or a newer one has been drawn since
  return [() => now() && tabled(holder, figure, words), () => now() && !isMap(figure) && redrawn(holder, figure)];
}

/** The parts of a figure in their order: those that are there are changed, not replaced. */
function place(holder, parts) {
  const kept = parts.map((part) => (part.isConnected ? part : like(holder, part)));
  for (const old of [...holder.children]) if (!kept.includes(old)) old.remove();
  kept.forEach((part, at) => holder.children[at] === part || holder.insertBefore(part, holder.children[at] ?? null));
}

function like(holder, part) {
  const old = [...holder.children].find((child) => child.localName === part.localName && child.className === part.className);
  if (old) become(old, part);
  return old ?? part;
}

const plotOf = (holder) => holder.querySelector(".plot") ?? el("div", { class: "plot" });

/** Keep the room of the drawing, which comes a little later: nothing below may move. */
function reserve(plot, figure) {
  const { height, ratio } = room(figure);
  plot.style.minBlockSize = height ? `${height}px` : "";
  plot.style.aspectRatio = ratio ?? "";
}

/** The server's drawing, which paper and pictures show. */
function redrawn(holder, figure) {
  const plot = holder.querySelector(".plot");
  plot.querySelector(":scope > svg")?.remove();
  if (!figure.svg) return;
  const drawing = document.importNode(new DOMParser().parseFromString(figure.svg, SVG).documentElement, true);
  if (plot.classList.contains("live")) drawing.setAttribute("aria-hidden", "true");
  plot.prepend(drawing);
  if (plot.hasAttribute("style")) plot.removeAttribute("style"); // the room that was kept for it; unasked, Chromium leaves it empty
}

/** Put the drawings behind the canvases that have come to be known since they were drawn. */
export function drawings(view) {
  for (const element of view.querySelectorAll("trade-chart")) {
    const figure = element.drawn?.figure;
    if (figure?.svg && !element.querySelector(".plot > svg")) redrawn(element.querySelector("figure"), figure);
  }
}

function caption(figure, payload, words) {
  const unit = el("p", {}, [figure.unit === "%" ? words.share : words.dollars, figure.basis ?? payload.basis].filter(Boolean).join(" · "));
  if (payload.dataset.is_demonstration) unit.append(" · ", el("span", { class: "caution" }, words.invented));
  return el("figcaption", {}, el("h2", {}, figure.title), unit);
}

const swatch = (colour, component) => el("span", { class: `swatch s${colour}${component === "estimate" ? " estimate" : ""}` });

function legend(figure, payload, words) {
  const list = legendOf(figure);
  if (!list.length) return [];
  const named = (series) => {
    const [to, about] = [legendLink(payload, series), { "data-member": series.member }];
    return to.url ? link(to.url, series.legend, { ...about, ...current(to) }) : el("span", about, series.legend);
  };
  return [el("ul", { class: "legend", "aria-label": words.series }, list.map((series) => el("li", {}, swatch(series.colour, series.component), named(series))))];
}

function tiles(figure) {
  const list = looks(figure).map((tile) => {
    const shown = [el("b", { "aria-hidden": "true" }, tile.code), el("span", { class: "says" }, tile.says)];
    const attributes = { class: tile.look, "data-key": tile.key };
    return el("li", { class: `row-${tile.row} column-${tile.column}` }, tile.url ? el("a", { href: tile.url, ...attributes }, shown) : el("span", attributes, shown));
  });
  return el("ol", { class: "tiles", "aria-label": figure.title }, list);
}

function steps(figure, words) {
  return el("ul", { class: "steps", "aria-label": words.colours }, figure.steps.map(({ step, label }) => el("li", {}, el("span", { class: `swatch step-${step}` }), label)));
}

function events(figure, words) {
  if (!figure.events?.length) return [];
  const none = noneChecked(figure);
  const list = figure.events.map((event) => el("li", { "data-event": event.number }, el("span", { class: "number" }, event.number), event.items.map((item) => happened(item, none ? "" : words.unchecked))));
  return [el("section", { class: "events" }, el("h3", {}, words.happened), none ? el("p", { class: "caution" }, words.noneChecked) : null, el("ol", {}, list))];
}

function happened(item, unchecked) {
  const parts = [item.date ? el("time", { datetime: item.date }, item.date) : null, item.url ? link(item.url, item.label) : el("b", {}, item.label)];
  if (!item.checked && unchecked) parts.push(el("span", { class: "caution" }, unchecked));
  if (item.text) parts.push(el("span", { class: "text" }, item.text));
  return el("p", {}, parts.filter(Boolean).flatMap((part, at) => (at ? [" ", part] : [part])));
}

function notes(figure) {
  return el("ul", { class: "notes" }, figure.notes.map((note) => el("li", {}, note)));
}

// Tables

function tabled(holder, figure, words) {
  const folded = holder.querySelector("details.table");
  if (!figure.table) return void folded?.remove();
  if (folded && folded.tabled === figure.table) return;
  const fresh = el("details", { class: "table" }, el("summary", {}, words.table), table(figure.table), flags(figure.table.rows));
  if (folded) morph(folded, fresh);
  else holder.append(fresh);
  holder.querySelector("details.table").tabled = figure.table;
}

function table({ caption, columns, rows }) {
  const head = columns.map((column) => el("th", { scope: "col", class: column.numeric && "number" }, column.label));
  const body = rows.map((row) =>
    el("tr", { class: row.total && "total" }, el("th", { scope: "row" }, link(row.url, row.header)), row.cells.map((cell) => el("td", { class: "number" }, value(cell)))),
  );
  const grid = el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, body));
  return el("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": caption }, grid);
}

function value(cell) {
  if (!cell.status_text) return [cell.text];
  const shown = cell.value === null ? el("span", { "aria-hidden": "true" }, cell.text) : cell.text;
  return [shown, cell.status ? el("span", { class: "flag", "aria-hidden": "true" }, cell.status) : null, spoken(` ${cell.status_text}`)];
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
