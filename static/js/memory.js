// What a page remembers of its neighbours, so that a control is answered without a request. No DOM.
// The answer that it learns from is written down in trade/charts: figures that several views share come once, and stay
// one object here, so that who draws them sees at once that nothing has changed.

const MOST = 600; // views in memory

export class Memory {
  #views = new Map();
  #figures = new Map();

  /** Learn from an answer: {figures: {hash: Figure}, views: {url: payload with the hashes of its figures}}. */
  learn({ figures, views }) {
    for (const [hash, figure] of Object.entries(figures)) if (!this.#figures.has(hash)) this.#figures.set(hash, figure);
    for (const [url, payload] of Object.entries(views)) this.keep(url, { ...payload, figures: payload.figures.map((hash) => this.#figures.get(hash)) });
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
