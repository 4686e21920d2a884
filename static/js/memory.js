// What a page remembers of other views, so that a control is answered without a request. No DOM.
// The answer that it learns from is written by trade/pages/in_place/view_pack.py: figures that several views share come once, their lists
// as columns. A figure stays one object here, so that who draws it sees at once that nothing has changed.

import { dollars, exact } from "./format.js";

const MOST = 600; // views in memory

export class Memory {
  #views = new Map(); // address: payload, whose figures are those of #figures, or their keys
  #packed = new Map(); // hash: figure as it came
  #bases = new Map(); // hash: figure with nothing current
  #figures = new Map(); // hash and what is current: figure

  /** Learn from an answer: {figures: {hash: Figure}, views: {url: payload with the hashes of its figures, current, svg}}. */
  learn({ figures, views }) {
    for (const [hash, figure] of Object.entries(figures)) if (!this.#packed.has(hash)) this.#packed.set(hash, figure);
    for (const [url, view] of Object.entries(views)) {
      const old = this.#views.get(url);
      if (!old || view.svg) this.keep(url, view);
      if (view.svg) this.recall(url);
    }
  }

  /** Keep one view; the oldest gives way. */
  keep(url, payload) {
    this.#views.delete(url);
    this.#views.set(url, payload);
    if (this.#views.size <= MOST) return;
    this.#views.delete(this.#views.keys().next().value);
    this.#forget();
  }

  /** The view of an address as pages write it, without its fragment; or undefined. Only now are its columns unpacked. */
  recall(address) {
    const url = address.replace(/#.*$/, "");
    const view = this.#views.get(url);
    if (!view?.figures.some((figure) => typeof figure === "string")) return view;
    const { current, svg, ...payload } = view;
    const whole = { ...payload, figures: payload.figures.map((hash) => this.#figure(hash, current, svg)) };
    this.#views.set(url, whole);
    return whole;
  }

  /** The figure of a view, with what is current in it and, as soon as it is known, its drawing. */
  #figure(hash, currents, drawings) {
    if (!this.#bases.has(hash)) this.#bases.set(hash, unpacked(this.#packed.get(hash)));
    const base = this.#bases.get(hash);
    const current = currents?.[base.id] ?? null;
    const key = `${hash} ${current}`;
    if (!this.#figures.has(key)) this.#figures.set(key, { ...base, current });
    const known = this.#figures.get(key);
    if (drawings?.[base.id]) known.svg = drawings[base.id];
    return known;
  }

  /** Let go of figures that no remaining view shows. */
  #forget() {
    const shown = new Set([...this.#views.values()].flatMap((view) => view.figures));
    const hashes = new Set([...shown].filter((one) => typeof one === "string"));
    for (const [key, figure] of this.#figures) {
      if (shown.has(figure)) hashes.add(key.split(" ")[0]);
      else this.#figures.delete(key);
    }
    for (const kept of [this.#packed, this.#bases])
      for (const hash of kept.keys()) if (!hashes.has(hash)) kept.delete(hash);
  }
}

/** A figure as trade/charts/schema.py describes it, from one whose lists are columns. */
export function unpacked(figure) {
  const series = figure.series?.map((one) => ({ ...one, points: written(things(one.points)) }));
  return {
    ...figure,
    series,
    categories: things(figure.categories),
    totals: written(things(figure.totals)),
    table: tabled(figure.table),
  };
}

/** Points without a text are dollars. */
const written = (points) =>
  points?.map((point) => ("text" in point ? point : { ...point, text: dollars(point.value) }));

/** Things from their columns: {n: 2, a: 1, b: [2, 3]} → [{a: 1, b: 2}, {a: 1, b: 3}]. */
function things(columns) {
  if (!columns || Array.isArray(columns)) return columns;
  const { n, ...named } = columns;
  const entries = Object.entries(named);
  return Array.from({ length: n }, (_, place) =>
    Object.fromEntries(entries.map(([name, column]) => [name, Array.isArray(column) ? column[place] : column])),
  );
}

/** A table with its cells in its rows; a number without a text of its own is written in full. */
function tabled(table) {
  if (!table?.cells) return table;
  const { cells, ...rest } = table;
  const columns = cells.map((column) =>
    things(column).map((cell) =>
      "text" in cell ? cell : { text: cell.value === null ? "–" : exact(cell.value), ...cell },
    ),
  );
  return {
    ...rest,
    rows: things(table.rows).map((row, place) => ({ ...row, cells: columns.map((column) => column[place]) })),
  };
}
