// <trade-chart> holds a <figure> with an SVG and a table. When it comes into view it lets Chart.js draw over the SVG,
// and makes the drawing one stop of the Tab key in which arrow keys walk. Without Chart.js it leaves all as it is.

import { configure } from "./config.js";
import { opens, speech, start, walk } from "./walk.js";

const SCHEMES = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-reduced-motion: reduce)"];
const SLOTS = 11;

class TradeChart extends HTMLElement {
  #figure = null;
  #chart = null;
  #at = null;
  #area = null;
  #said = null;
  #seen = null;
  #media = [];

  connectedCallback() {
    this.#figure ??= JSON.parse(this.querySelector('script[type="application/json"]').textContent);
    this.#media = SCHEMES.map((query) => matchMedia(query));
    for (const media of this.#media) media.addEventListener("change", this);
    this.#seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.#takeOver();
    }, { rootMargin: "160px" });
    this.#seen.observe(this);
  }

  disconnectedCallback() {
    this.#seen.disconnect();
    for (const media of this.#media) media.removeEventListener("change", this);
    this.#chart?.destroy();
    this.#chart = null;
    this.#area?.remove();
    this.#area = null;
  }

  /** Draw another figure in the same place: the page has changed its state. */
  set figure(figure) {
    this.#figure = figure;
    this.#at = null;
    if (this.#area) this.#draw();
  }

  get figure() {
    return this.#figure;
  }

  handleEvent(event) {
    if (event.type === "change") this.#draw();
    if (event.type === "keydown") this.#press(event);
    if (event.type === "focus") this.#enter();
    if (event.type === "blur") this.#leave();
  }

  #takeOver() {
    if (this.#area || !window.Chart || !this.#figure.categories.length) return;
    this.#seen.disconnect();
    this.#area = this.#build();
    this.querySelector(".plot").append(this.#area);
    this.#draw();
  }

  #build() {
    const area = document.createElement("div");
    area.className = "drawn";
    area.tabIndex = 0;
    area.setAttribute("role", "application");
    for (const type of ["keydown", "focus", "blur"]) area.addEventListener(type, this);
    this.#said = document.createElement("p");
    this.#said.className = "visually-hidden";
    this.#said.setAttribute("aria-live", "polite");
    area.append(document.createElement("canvas"), this.#said);
    return area;
  }

  #draw() {
    if (!this.#area) return;
    this.#chart?.destroy();
    this.#chart = null;
    const plot = this.querySelector(".plot");
    plot.classList.toggle("live", this.#figure.categories.length > 0);
    this.#area.hidden = !this.#figure.categories.length;
    if (this.#area.hidden) return;
    this.#area.setAttribute("aria-roledescription", this.#words.chart);
    this.#area.setAttribute("aria-label", `${this.#figure.title}. ${this.#figure.description} ${this.#words.keys}`);
    const config = configure(this.#figure, this.#theme(), this.#words);
    config.options.onClick = (event, found) => this.#click(event, found);
    config.options.onHover = (event, found) => this.#hover(found);
    this.#chart = new window.Chart(this.#area.querySelector("canvas"), config);
    plot.closest("figure").querySelector(":scope svg")?.setAttribute("aria-hidden", "true");
  }

  get #words() {
    return this.closest("[data-words]") ? JSON.parse(this.closest("[data-words]").dataset.words) : {};
  }

  /** Colours as the stylesheet resolves them now, for this scheme. */
  #theme() {
    const resolved = (name) => {
      this.#area.style.color = `var(--${name})`;
      return getComputedStyle(this.#area).color;
    };
    const names = { ground: "ground", ink: "ink", soft: "ink-soft", rule: "rule", strong: "rule-strong" };
    const theme = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, resolved(name)]));
    theme.series = ["series-other", ...Array.from({ length: SLOTS - 1 }, (_, slot) => `series-${slot + 1}`)].map(resolved);
    this.#area.style.removeProperty("color");
    const style = getComputedStyle(this.#area);
    theme.font = style.fontFamily;
    theme.size = Math.round(parseFloat(style.fontSize) * 0.78);
    theme.still = matchMedia(SCHEMES[2]).matches;
    theme.hatch = (colour) => hatch(colour, theme.ground);
    return theme;
  }

  #click(event, [found]) {
    if (!found) return;
    const at = { series: found.datasetIndex, category: found.index };
    const touched = event.native?.pointerType === "touch";
    const again = this.#at && this.#at.series === at.series && this.#at.category === at.category;
    this.#at = at;
    // A finger cannot hover: the first touch shows the value, the second opens it.
    if (!touched || again) this.#open();
  }

  #hover([found]) {
    const at = found && { series: found.datasetIndex, category: found.index };
    this.#area.classList.toggle("opens", Boolean(at && opens(this.#figure, at)));
  }

  #press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return void this.#emit("trade-back", null, event);
    if (event.key === "Enter" || event.key === " ") return void this.#open(event);
    const next = walk(this.#figure, this.#at ?? start(this.#figure), event.key);
    if (!next) return;
    event.preventDefault();
    this.#show(next);
  }

  #enter() {
    if (this.#area.matches(":focus-visible")) this.#show(this.#at ?? start(this.#figure));
  }

  #leave() {
    this.#chart?.setActiveElements([]);
    this.#chart?.tooltip?.setActiveElements([], { x: 0, y: 0 });
    this.#chart?.update("none");
  }

  #show(at) {
    this.#at = at;
    const active = [{ datasetIndex: at.series, index: at.category }];
    const element = this.#chart.getDatasetMeta(at.series).data[at.category];
    this.#chart.setActiveElements(active);
    this.#chart.tooltip.setActiveElements(active, element?.tooltipPosition?.() ?? { x: 0, y: 0 });
    this.#chart.update("none");
    this.#said.textContent = speech(this.#figure, at, this.#words);
  }

  #open(event) {
    const url = this.#at && opens(this.#figure, this.#at);
    if (url) this.#emit("trade-open", url, event);
  }

  /** Ask the page to go somewhere; where no page listens, go there. */
  #emit(type, url, event) {
    event?.preventDefault();
    const unheard = this.dispatchEvent(new CustomEvent(type, { bubbles: true, cancelable: true, detail: { url } }));
    if (unheard && url) location.assign(url);
  }
}

/** A pattern of lines in a colour: what is estimated, told apart without colour. */
function hatch(colour, ground) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const pen = tile.getContext("2d");
  pen.fillStyle = ground;
  pen.fillRect(0, 0, 6, 6);
  pen.strokeStyle = colour;
  pen.lineWidth = 2.2;
  pen.beginPath();
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift, 6);
    pen.lineTo(shift + 6, 0);
  }
  pen.stroke();
  return pen.createPattern(tile, "repeat");
}

customElements.define("trade-chart", TradeChart);
