// Makes a grid of tiles one stop of the Tab key, in which arrow keys walk by place. Without it each tile is a stop.

import { neighbour } from "./neighbours.js";

const TILES = ".tiles [data-key]";

export class Roving {
  #view;

  constructor(view) {
    this.#view = view;
    this.listening = new AbortController();
    const { signal } = this.listening;
    view.addEventListener("keydown", (event) => this.#walk(event), { signal });
    view.addEventListener("focusin", ({ target }) => target.matches(TILES) && this.#settle(target), { signal });
    // A map that comes with another view has its stop as soon as it is there; one that changes keeps its own (morph.js).
    this.watching = new MutationObserver(() => this.#settle());
    this.watching.observe(view, { childList: true, subtree: true });
    this.#settle();
  }

  end() {
    this.listening.abort();
    this.watching.disconnect();
  }

  /** Let `stop`, else the tile that was one, else the first, be the one stop. */
  #settle(stop) {
    const tiles = [...this.#view.querySelectorAll(TILES)];
    const one = stop ?? tiles.find((tile) => tile.tabIndex === 0 && tile.hasAttribute("tabindex")) ?? tiles[0];
    for (const tile of tiles) {
      const index = tile === one ? "0" : "-1";
      if (tile.getAttribute("tabindex") !== index) tile.setAttribute("tabindex", index);
    }
  }

  #walk(event) {
    if (!event.target.matches(TILES) || event.altKey || event.metaKey) return;
    const tiles = [...this.#view.querySelectorAll(TILES)];
    const found = neighbour(tiles.map(placeOf), tiles.indexOf(event.target), event.key, event.ctrlKey);
    if (found === null) return;
    event.preventDefault();
    tiles[found].focus();
  }
}

/** The place that a tile's classes say: "row-3 column-2" → {row: 3, column: 2}. */
function placeOf(tile) {
  const [row, column] = ["row", "column"].map((name) =>
    Number(tile.parentElement.className.match(new RegExp(`${name}-(\\d+)`))[1]),
  );
  return { row, column };
}
