// <trade-chart> holds a <figure> with an SVG and a table. When it comes into view it lets Chart.js draw over the SVG,
// and makes the drawing one stop of the Tab key in which arrow keys walk. Many small charts stay the server's drawing:
// over them lies an empty layer that answers the same.

import { Chart } from "./chart.js";
import { configure } from "./config.js";
import { PanelTip } from "./figure/panel-tip.js";
import { pointAt, walkPanels } from "./figure/panels.js";
import { markerAt } from "./labels.js";
import { lifted } from "./looks.js";
import { MEASURES } from "./measures.js";
import { unpacked } from "./memory.js";
import { opens, speech, start, walk } from "./walk.js";

const SCHEMES = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "print"]; // paper shows the canvas while no drawing is known

class TradeChart extends HTMLElement {
  #figure = null;
  #chart = null;
  #at = null;
  #area = null;
  #tip = null;
  #said = null;
  #seen = null;
  #media = [];
  #lifted = null;
  #marked = null;
  #colours = null;
  #marks = []; // what the marks on the canvas were drawn from

  connectedCallback() {
    const own = this.querySelector('script[type="application/json"]');
    if (own) this.#figure ??= unpacked(JSON.parse(own.textContent)); // else it is given one: by redraw.js, or when it has come
    this.#media = SCHEMES.map((query) => matchMedia(query));
    for (const media of this.#media) media.addEventListener("change", this);
    this.#seen = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.#takeOver();
      },
      { rootMargin: "160px" },
    );
    this.#look();
  }

  /** Ask anew whether the chart is in sight. */
  #look() {
    this.#seen?.unobserve(this);
    this.#seen?.observe(this);
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
    this.#at = this.#figure && sameThing(this.#figure, figure, this.#at) ? this.#at : null;
    this.#figure = figure;
    if (this.#area) this.#drawAgain();
    else this.#look();
  }

  get figure() {
    return this.#figure;
  }

  #drawAgain() {
    this.#sayAgain();
    this.#draw();
    if (this.#area.matches(":focus-visible")) this.#show(this.#at ?? start(this.#figure));
  }

  /** Lift one series out from among the others, as long as its name is pointed at; null lets go. */
  lift(key) {
    if (key === this.#lifted) return;
    this.#lifted = key;
    this.#draw();
  }

  /** Fill the number of an event in the chart, as long as its words are pointed at; null lets go. */
  mark(number) {
    if (number === this.#marked) return;
    this.#marked = number;
    this.#draw();
  }

  handleEvent(event) {
    if (event.type === "change") this.#recolour();
    if (event.type === "keydown") this.#press(event);
    if (event.type === "focus") this.#enter();
    if (event.type === "blur") this.#leave();
    if (this.#figure.multiples) return this.#pointAmongPanels(event);
    if (event.type.startsWith("pointer")) this.#point(event);
  }

  #recolour() {
    this.#colours = null;
    this.#draw();
  }

  #takeOver() {
    if (this.#area || !this.#figure?.categories.length) return;
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
    for (const type of ["keydown", "focus", "blur", "pointermove", "pointerdown", "pointerleave", "click"])
      area.addEventListener(type, this);
    this.#said = document.createElement("p");
    this.#said.className = "visually-hidden";
    this.#said.setAttribute("aria-live", "polite");
    area.append(this.#said);
    this.#tip = new PanelTip(area);
    return area;
  }

  /** Ask Chart.js for the figure. */
  #draw() {
    if (!this.#area) return;
    const [plot, isEmpty, isMany] = [
      this.querySelector(".plot"),
      !this.#figure.categories.length,
      Boolean(this.#figure.multiples),
    ];
    plot.classList.toggle("live", !isEmpty && !isMany);
    this.#area.hidden = isEmpty;
    this.#tip.show(null);
    if (isEmpty) return;
    this.#area.setAttribute("aria-roledescription", this.#words.chart);
    this.#area.setAttribute("aria-label", `${this.#figure.title}. ${this.#figure.description} ${this.#words.keys}`);
    plot.querySelector(":scope > svg")?.setAttribute("aria-hidden", "true");
    const canvas = this.#area.querySelector("canvas");
    if (canvas) canvas.style.display = isMany ? "none" : "block"; // Chart.js has set it, so that `hidden` would do nothing
    if (!isMany)
      this.#drawOn(canvas ?? this.#area.insertAdjacentElement("afterbegin", document.createElement("canvas")));
  }

  #drawOn(canvas) {
    const config = configure(
      lifted(this.#figure, this.#lifted),
      { ...this.#theme(), marked: this.#marked },
      this.#words,
    );
    config.options.onClick = (event, found) => this.#click(event, found);
    config.options.onHover = (event, found) => this.#hover(event, found);
    if (this.#marksStay()) {
      Object.assign(this.#chart.config.plugins[0], config.plugins[0]);
      this.#chart.draw();
    } else if (this.#chart) {
      this.#become(config);
    } else {
      this.#chart = new Chart(canvas, config);
    }
    this.#marks = [this.#figure.series, this.#lifted, this.#colours];
  }

  /** Let the chart that is there draw something else, with the sets of marks that it has: a new one would take longer. */
  #become({ type, data, options, plugins }) {
    const chart = this.#chart;
    const datasets = data.datasets.map((fresh, at) => Object.assign(chart.data.datasets[at] ?? {}, fresh));
    chart.config.type = type;
    Object.assign(chart, { data: { ...data, datasets }, options });
    chart.config.plugins.splice(0, Infinity, ...plugins);
    chart.update("none");
  }

  /** Whether only what stands around the marks has changed: which year is current, which event is pointed at. */
  #marksStay() {
    const marks = [this.#figure.series, this.#lifted, this.#colours];
    return Boolean(this.#chart) && marks.every((one, at) => one === this.#marks[at]);
  }

  get #words() {
    return this.closest("[data-words]") ? JSON.parse(this.closest("[data-words]").dataset.words) : {};
  }

  /** Colours as the stylesheet resolves them now, for this scheme; asked for again when that changes. */
  #theme() {
    this.#colours ??= this.#resolved();
    return this.#colours;
  }

  #resolved() {
    const resolved = (name) => {
      this.#area.style.color = `var(--${name})`;
      return getComputedStyle(this.#area).color;
    };
    const names = { ground: "ground", wash: "wash", ink: "ink", soft: "ink-soft", rule: "rule", strong: "rule-strong" };
    const theme = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, resolved(name)]));
    theme.series = [
      "series-other",
      ...Array.from({ length: MEASURES.colours - 1 }, (_, slot) => `series-${slot + 1}`),
    ].map(resolved);
    this.#area.style.removeProperty("color");
    const style = getComputedStyle(this.#area);
    theme.font = style.fontFamily;
    theme.size = MEASURES.letters.usual * Math.max(1, parseFloat(style.fontSize) / 17); // as the server's drawing, and larger with the reader's own type
    theme.hatch = once(hatch);
    theme.faint = (colour) => colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${MEASURES.opacity.part_year})`); // as the server draws a part-year
    theme.dim = (colour) => colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${MEASURES.opacity.dim})`);
    return theme;
  }

  /** A click on a mark, or anywhere in its column or row. */
  #click(event, [hit]) {
    const found = hit ?? this.#beside(event);
    if (!found) return;
    this.#choose({ series: found.datasetIndex, category: found.index }, event.native?.pointerType === "touch");
  }

  #choose(at, touched) {
    const again = this.#at && this.#at.series === at.series && this.#at.category === at.category;
    this.#at = at;
    // A finger cannot hover: the first touch shows the value, the second opens it.
    if (!touched || again) this.#open();
  }

  #beside(event) {
    if (this.#figure.kind === "pie") return null;
    const axis = this.#figure.kind === "bars" ? "y" : "x";
    return this.#chart.getElementsAtEventForMode(event.native, "index", { axis, intersect: false }, false)[0];
  }

  #hover(event, [hit]) {
    const found = hit ?? this.#beside(event);
    this.#invite(found && { series: found.datasetIndex, category: found.index });
  }

  #invite(at) {
    this.#area.classList.toggle("opens", Boolean(at && opens(this.#figure, at)));
  }

  /** A finger leaves when it is lifted; what it has shown stays. */
  #pointAmongPanels({ type, pointerType, clientX, clientY }) {
    const isOver = type === "click" || type.startsWith("pointer");
    if (!isOver || (type === "pointerleave" && pointerType === "touch")) return;
    const { x, y, width } = this.#area.getBoundingClientRect();
    const at = type === "pointerleave" ? null : pointAt(this.#figure, { x: clientX - x, y: clientY - y }, width);
    this.#tip.show(this.#figure, at, this.#words);
    this.#invite(at);
    if (at && type === "click") this.#choose(at, pointerType === "touch");
  }

  /** The numbers of events stand above the plot, where Chart.js does not listen. */
  #point(event) {
    const box = this.#area.getBoundingClientRect();
    const place = { x: event.clientX - box.x, y: event.clientY - box.y };
    this.#light(
      event.type === "pointerleave" || !this.#figure.events?.length ? null : markerAt(this.#figure, this.#chart, place),
    );
  }

  /** Fill the number of an event and light its words beside the chart; null lets go. */
  #light(number) {
    if (number === this.#marked) return;
    this.mark(number);
    this.dispatchEvent(new CustomEvent("trade-event", { bubbles: true, detail: number }));
  }

  #press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return void this.#emit("trade-back", null, event);
    if (event.key === "Enter" || event.key === " ") return void this.#open(event);
    const next = (this.#figure.multiples ? walkPanels : walk)(this.#figure, this.#at ?? start(this.#figure), event.key);
    if (!next) return;
    event.preventDefault();
    this.#show(next);
    this.#say(next);
  }

  #enter() {
    if (!this.#area.matches(":focus-visible")) return;
    this.#show(this.#at ?? start(this.#figure));
    this.#say(this.#at);
  }

  #leave() {
    this.#light(null);
    this.#tip.show(null);
    this.#chart?.setActiveElements([]);
    this.#chart?.tooltip?.setActiveElements([], { x: 0, y: 0 });
    this.#chart?.update("none");
  }

  #show(at) {
    this.#at = at;
    if (this.#figure.multiples) return this.#tip.show(this.#figure, at, this.#words);
    this.#light(
      this.#figure.events?.find(({ category }) => category === this.#figure.categories[at.category]?.key)?.number ??
        null,
    );
    const active = [{ datasetIndex: at.series, index: at.category }];
    const element = this.#chart.getDatasetMeta(at.series).data[at.category];
    this.#chart.setActiveElements(active);
    this.#chart.tooltip.setActiveElements(active, element?.tooltipPosition?.() ?? { x: 0, y: 0 });
    this.#chart.update("none");
  }

  /** What was said of a point, as it is now; nothing where the point is gone. The same words are not said twice. */
  #sayAgain() {
    const said = this.#said.textContent;
    const now = said && this.#at ? speech(this.#figure, this.#at, this.#words) : "";
    if (now !== said) this.#said.textContent = now;
  }

  #say(at) {
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

/** Whether a position means the same in two figures: then the reader stays there. */
function sameThing(one, other, at) {
  const key = (list, place) => list[place]?.key ?? list[place]?.name;
  return (
    at &&
    key(one.series, at.series) === key(other.series, at.series) &&
    key(one.categories, at.category) === key(other.categories, at.category)
  );
}

/** A function that makes each thing once. */
function once(make) {
  const made = new Map();
  return (name) => made.get(name) ?? made.set(name, make(name)).get(name);
}

/** A pattern of lines in a colour, as in the server's drawing: what is estimated, told apart without colour. */
function hatch(colour) {
  const sharp = window.devicePixelRatio || 1;
  const size = Math.round(7 * sharp);
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const pen = tile.getContext("2d");
  pen.fillStyle = pen.strokeStyle = colour;
  pen.globalAlpha = MEASURES.opacity.hatch;
  pen.fillRect(0, 0, size, size);
  pen.globalAlpha = 1;
  pen.lineWidth = 2 * sharp;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 1, size + 1);
    pen.lineTo(shift + size + 1, -1);
  }
  pen.stroke();
  const pattern = pen.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().scale(7 / size));
  return pattern;
}

customElements.define("trade-chart", TradeChart);
