// Points to a place in many small charts, which the server has drawn: a dot on the line, and its facts beside it.

import { el } from "../dom/markup.js";
import { facts } from "../walk.js";
import { placeOf } from "./panels.js";

const APART = 12; // pixels from a point to its facts
const MIDDLE = 92; // pixels below the edge of a chart: where nothing is drawn, the facts point there

export class PanelTip {
  #area;
  #dot = el("i", {});
  #tip = el("div", { class: "tip" });

  constructor(area) {
    this.#area = area;
  }

  /** Show the facts of a point; null takes them away. */
  show(figure, at, words) {
    this.#dot.remove();
    this.#tip.remove();
    if (!at) return;
    const [series, { x, y, top }] = [figure.series[at.series], placeOf(figure, at, this.#area.clientWidth)];
    this.#dot.className = `s${series.colour}`;
    this.#tip.replaceChildren(
      el("b", {}, series.name),
      el("b", {}, figure.categories[at.category].label),
      ...facts(figure, at, words).map((fact) => el("span", {}, fact)),
    );
    this.#area.append(...(y === null ? [] : [this.#dot]), this.#tip);
    Object.assign(this.#dot.style, { left: `${x}px`, top: `${y}px` });
    this.#beside(x, y ?? top + MIDDLE);
  }

  /** Above the point, or where there is no room below it; never outside. */
  #beside(x, y) {
    const [{ clientWidth, clientHeight }, { offsetWidth, offsetHeight }] = [this.#area, this.#tip];
    const left = Math.max(Math.min(x - offsetWidth / 2, clientWidth - offsetWidth), 0);
    const above = y - APART - offsetHeight;
    const top = above >= 0 ? above : Math.min(y + APART, clientHeight - offsetHeight);
    Object.assign(this.#tip.style, { left: `${left}px`, top: `${top}px` });
  }
}
