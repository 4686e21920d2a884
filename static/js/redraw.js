// Draws a payload into the parts of a page that is already there: the same markup as templates/trade/ gives.
// The payload's shape is written down in trade/charts.py. Text goes in as text, never as markup.

const SVG = "image/svg+xml";
const FIRST = ["dataset", "flow", "year"];
const MANY = 5; // a control with more choices than this is a stepper with a list behind it, as in templatetags/page.py

/** Draw `payload` into `view`, keep the reader's place, and say what has changed. */
export function redraw(view, payload) {
  const words = JSON.parse(view.dataset.words);
  const place = placeOf(document.activeElement, view);
  const part = (name) => view.querySelector(`[data-part="${name}"]`);
  document.title = `${payload.title} – ${words.site}`;
  const address = new URL(payload.url, location.href).href;
  document.querySelector('link[rel="canonical"]')?.setAttribute("href", address);
  part("address").textContent = address;
  part("title").textContent = payload.title;
  part("sentence").textContent = payload.sentence;
  part("offline").hidden = true;
  fill(part("notices"), el("ul", {}, payload.notices.map((notice) => el("li", {}, notice))));
  part("notices").hidden = !payload.notices.length;
  fill(part("crumbs"), crumbs(payload.crumbs));
  part("crumbs").hidden = payload.crumbs.length < 2;
  fill(part("controls"), controls(payload.controls, part("controls").querySelector(".more")?.open, words));
  figures(part("figures"), payload, words);
  part("basis").textContent = payload.basis;
  for (const link of view.querySelectorAll("[data-format]")) link.href = payload[`${link.dataset.format}_url`] ?? link.href;
  restore(place, view);
  part("said").textContent = `${payload.title}. ${payload.sentence}`;
}

/** Make an element: el("a", {href: "/"}, "Home"). An attribute that is null or false is left out. */
export function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== false) element.setAttribute(key, value);
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}

const link = (url, text, attributes = {}) => (url ? el("a", { href: url, ...attributes }, text) : text);
const spoken = (text) => el("span", { class: "visually-hidden" }, text);
const fill = (element, ...children) => element.replaceChildren(...children.flat());

function crumbs(list) {
  const last = list.length - 1;
  return el("ol", {}, list.map((crumb, place) => el("li", {}, place === last ? el("span", { "aria-current": "page" }, crumb.label) : link(crumb.url, crumb.label))));
}

// Controls

/** Those of `FIRST` are always in sight; a phone folds the others away, unless one is not at its first choice. */
function controls(all, open, words) {
  const more = all.filter((control) => !FIRST.includes(control.name));
  const chosen = more.some((control) => !control.choices[0].current);
  const shown = all.filter((control) => FIRST.includes(control.name)).map((control) => choices(control, words));
  if (!more.length) return shown;
  const summary = el("summary", {}, words.more);
  return [...shown, el("details", { class: "more", open: open || chosen ? "" : null }, summary, more.map((control) => choices(control, words)))];
}

function choices(control, words) {
  const at = control.choices.findIndex((choice) => choice.current);
  const stepped = control.choices.length > MANY && at >= 0;
  const all = control.choices.map((choice) => el("li", { class: stepped && choice.label.length > 4 && "long" }, link(choice.url, choice.label, { "aria-current": choice.current && "true" })));
  return el(
    "div",
    {},
    el("p", { "aria-hidden": "true" }, control.label),
    el("ul", { class: stepped ? "choices years" : "choices", "aria-label": control.label, "data-name": control.name }, stepped ? stepper(control.choices, at, all, words) : all),
  );
}

function stepper(list, at, all, words) {
  const beside = (choice, rel) => el("li", {}, choice ? link(choice.url, choice.label, { rel }) : el("span", { "aria-hidden": "true" }, "–"));
  const summary = el("summary", {}, list[at].label, spoken(`, ${words.another}`));
  return [beside(list[at - 1], "prev"), el("li", {}, el("details", {}, summary, el("ol", {}, all))), beside(list[at + 1], "next")];
}

// Figures

/** Figures that stay are not moved, or they would lose their canvas and the reader's focus. */
function figures(part, payload, words) {
  const stays = (element, figure) => element.dataset.figure === figure.id && element.dataset.kind === figure.kind;
  for (const old of [...part.children]) if (!payload.figures.some((figure) => stays(old, figure))) old.remove();
  payload.figures.forEach((figure, place) => {
    const known = [...part.children].find((element) => stays(element, figure));
    const element = known ? update(known, figure, payload, words) : create(figure, payload, words);
    if (part.children[place] !== element) part.insertBefore(element, part.children[place] ?? null);
  });
}

function create(figure, payload, words) {
  const element = el("trade-chart", { "data-figure": figure.id, "data-kind": figure.kind }, el("figure", {}, el("div", { class: "plot" })));
  return update(element, figure, payload, words);
}

/** Replace what surrounds the plot, and the SVG in it; the canvas stays, so that the focus does. */
function update(element, figure, payload, words) {
  const holder = element.querySelector("figure");
  const plot = holder.querySelector(".plot");
  const open = holder.querySelector("details")?.open;
  for (const old of [...holder.children]) if (old !== plot) old.remove();
  plot.before(caption(figure, payload, words), ...legend(figure, words));
  plot.querySelector(":scope > svg")?.remove();
  if (figure.svg) plot.prepend(document.importNode(new DOMParser().parseFromString(figure.svg, SVG).documentElement, true));
  plot.after(notes(figure), ...table(figure, words, open));
  element.figure = figure;
  return element;
}

function caption(figure, payload, words) {
  const unit = el("p", {}, figure.unit === "%" ? words.share : words.dollars);
  if (payload.dataset.is_demonstration) unit.append(" · ", el("span", { class: "caution" }, words.invented));
  return el("figcaption", {}, el("h2", {}, figure.title), unit);
}

const swatch = (colour, component) => el("span", { class: `swatch s${colour}${component === "estimate" ? " estimate" : ""}` });

function legend(figure, words) {
  if (figure.series.length < 2) return [];
  const items = figure.series.map((series) => el("li", {}, swatch(series.colour, series.component), link(series.url, series.name)));
  return [el("ul", { class: "legend", "aria-label": words.series }, items)];
}

function notes(figure) {
  return el("ul", { class: "notes" }, figure.notes.map((note) => el("li", {}, note)));
}

function table(figure, words, open) {
  if (!figure.table) return [];
  const { caption, columns, rows } = figure.table;
  const head = columns.map((column) => el("th", { scope: "col", class: column.numeric && "number" }, column.label));
  const body = rows.map((row) =>
    el("tr", { class: row.total && "total" }, el("th", { scope: "row" }, link(row.url, row.header)), row.cells.map((cell) => el("td", { class: "number" }, value(cell)))),
  );
  const grid = el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, body));
  const scroll = el("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": caption }, grid);
  return [el("details", { class: "table", open: open ? "" : null }, el("summary", {}, words.table), scroll, ...flags(rows))];
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
  return known.length ? [el("p", { class: "kicker" }, known.join(" · "))] : [];
}

// The reader's place

/** What the reader's focus was on, in words that hold after the redraw. */
function placeOf(focused, view) {
  if (!focused || !view.contains(focused) || focused.closest(".drawn")) return null;
  const control = focused.closest("[data-name]");
  if (!control) return { title: true };
  return { name: control.dataset.name, rel: focused.getAttribute("rel") };
}

function restore(place, view) {
  if (!place || view.contains(document.activeElement)) return;
  const control = place.name && view.querySelector(`[data-name="${place.name}"]`);
  const again = control && ((place.rel && control.querySelector(`[rel="${place.rel}"]`)) ?? control.querySelector("summary") ?? control.querySelector("[aria-current]"));
  (again ?? view.querySelector('[data-part="title"]')).focus({ preventScroll: Boolean(again) });
}
