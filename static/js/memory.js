// What a page remembers of its neighbours, so that a control is answered without a request. No DOM.
// The answer that it learns from is written by trade/memory.py: figures that several views share come once, their lists
// as columns. A figure stays one object here, so that who draws it sees at once that nothing has changed.

import { exact } from "./format.js";

const MOST = 600; // views in memory

export class Memory {
  #views = new Map();
  #figures = new Map();

  /** Learn from an answer: {figures: {hash: Figure}, views: {url: payload with the hashes of its figures, current, svg}}. */
  learn({ figures, views }) {
    for (const [url, { current, svg, ...payload }] of Object.entries(views)) {
      this.keep(url, { ...payload, figures: payload.figures.map((hash) => this.#figure(hash, figures[hash], current, svg)) });
    }
  }

  /** The figure of a view, with what is current in it and, as soon as it is known, its drawing. */
  #figure(hash, figure, currents, drawings) {
    const current = currents?.[figure.id] ?? null;
    const key = `${hash} ${current}`;
    if (!this.#figures.has(key)) this.#figures.set(key, { ...unpacked(figure), current });
    const known = this.#figures.get(key);
    if (drawings?.[figure.id]) known.svg = drawings[figure.id];
    return known;
  }

  /** Keep one view; the oldest gives way. */
  keep(url, payload) {
    this.#views.delete(url);
    this.#views.set(url, payload);
    if (this.#views.size <= MOST) return;
    const [oldest, gone] = this.#views.entries().next().value;
    this.#views.delete(oldest);
    this.#forget(gone.figures);
  }

  /** The view of an address as pages write it, without its fragment; or undefined. */
  recall(url) {
    return this.#views.get(url.replace(/#.*$/, ""));
  }

  /** Let go of figures that no remaining view shows. */
  #forget(figures) {
    const shown = new Set([...this.#views.values()].flatMap((payload) => payload.figures));
    for (const [hash, figure] of this.#figures) if (figures.includes(figure) && !shown.has(figure)) this.#figures.delete(hash);
  }
}

/** A figure as trade/charts describes it, from one whose lists are columns. */
export function unpacked(figure) {
  const series = figure.series?.map((one) => ({ ...one, points: things(one.points) }));
  return { ...figure, series, categories: things(figure.categories), totals: things(figure.totals), table: tabled(figure.table) };
}

/** Things from their columns: {n: 2, a: 1, b: [2, 3]} → [{a: 1, b: 2}, {a: 1, b: 3}]. */
function things(columns) {
  if (!columns || Array.isArray(columns)) return columns;
  const { n, ...named } = columns;
  const entries = Object.entries(named);
  return Array.from({ length: n }, (_, place) => Object.fromEntries(entries.map(([name, column]) => [name, Array.isArray(column) ? column[place] : column])));
}

/** A table with its cells in its rows; a number without a text of its own is written in full. */
function tabled(table) {
  if (!table?.cells) return table;
  const { cells, ...rest } = table;
  const columns = cells.map((column) => things(column).map((cell) => ("text" in cell ? cell : { text: cell.value === null ? "–" : exact(cell.value), ...cell })));
  return { ...rest, rows: things(table.rows).map((row, place) => ({ ...row, cells: columns.map((column) => column[place]) })) };
}
