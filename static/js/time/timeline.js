// The line of time: a handle for the year that is shown, one for either end of the span, and a button that plays the years.

import { hold, release } from "../dom/held.js";
import { after, apart, inside, spanned } from "./span.js";

const PACE = 900; // milliseconds that a year is shown while it plays
const CALM = 1800; // for readers who asked for less motion
const RESTED = 250; // milliseconds without another press of a key, after which an end of the span is where it was meant to be

export class Timeline {
  #view;
  #timer = 0;
  #from = null;
  #resting = 0;

  constructor(view) {
    this.#view = view;
    this.listening = new AbortController();
    const { signal } = this.listening;
    view.addEventListener("input", ({ target }) => target.matches("[data-handle]") && this.#slide(target), { signal });
    view.addEventListener("change", ({ target }) => target.matches("[data-handle]") && this.#settle(target), {
      signal,
    });
    view.addEventListener("input", ({ target }) => target.matches(".spanned input") && hold(target), { signal });
    view.addEventListener("submit", (event) => event.target.matches(".spanned") && this.#typed(event), { signal });
    view.addEventListener("click", (event) => this.#clicked(event), { signal, capture: true });
    view.addEventListener("keydown", (event) => event.key === "Escape" && this.#pause(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.#pause(), { signal });
  }

  end() {
    this.#pause();
    clearTimeout(this.#resting);
    this.listening.abort();
  }

  get #years() {
    return [...this.#view.querySelectorAll(".timeline > .years ol a")];
  }

  get #words() {
    return JSON.parse(this.#view.dataset.words);
  }

  #clicked(event) {
    const button = event.target.closest("[data-play]");
    this.#keepRoom(event.target.closest(".years a[rel]") ? 0 : null); // the next press finds the same place
    if (!button && !this.#timer) return;
    const playing = Boolean(this.#timer);
    this.#pause();
    if (button && !playing) this.#play(button);
  }

  /** While the thumb moves the address follows without a step in the history; where it comes to rest is one. */
  #slide(range) {
    this.#pause();
    if (range.dataset.handle !== "at") return this.#mark(range);
    this.#from ??= location.href;
    this.#go(this.#within(range), { replace: true, quiet: true });
  }

  #settle(range) {
    if (range.dataset.handle !== "at") {
      clearTimeout(this.#resting);
      this.#resting = setTimeout(() => this.#span(range), RESTED);
      return;
    }
    if (this.#from !== null) history.replaceState(null, "", this.#from);
    this.#from = null;
    this.#go(this.#within(range), { push: true });
  }

  /** Which of the listed years a handle stands at; beyond the span it stays at its end. */
  #within(range) {
    const { from, to } = this.#ends();
    range.value = inside(Number(range.value), { from, to });
    return Number(range.value) - from;
  }

  /** Where the ends of the span stand; without a choice of them, at the ends of the line. */
  #ends() {
    const [from, to] = ["from", "to"].map((name) => this.#view.querySelector(`[data-handle="${name}"]`));
    return from ? { from: Number(from.value), to: Number(to.value) } : { from: 0, to: Infinity };
  }

  /** Say where an end of the span is while it moves, and let it not pass the other. */
  #mark(range) {
    const { handle } = range.dataset;
    hold(range);
    range.value = apart({ ...this.#ends(), moved: handle })[handle];
    const form = this.#view.querySelector(".spanned");
    const period = after(form.dataset.first, Number(range.value));
    range.setAttribute("aria-valuetext", period);
    form.elements[handle].value = period;
    hold(form.elements[handle]);
  }

  /** Show the span between the handles; an end of the line is an open end. */
  #span(range) {
    const { from, to } = this.#ends();
    const form = this.#view.querySelector(".spanned");
    const period = (place, open) => (place === open ? "" : after(form.dataset.first, place));
    this.#open(spanned(form.dataset.url, { from: period(from, Number(range.min)), to: period(to, Number(range.max)) }));
  }

  #typed(event) {
    event.preventDefault();
    const { from, to } = event.target.elements;
    this.#open(spanned(event.target.dataset.url, { from: from.value.trim(), to: to.value.trim() }));
  }

  #open(url) {
    for (const input of this.#view.querySelectorAll(".timeline input")) release(input);
    this.#view.dispatchEvent(new CustomEvent("trade-go", { detail: { url, push: true } }));
  }

  /** Step through the years, from the first when the last is shown. */
  #play(button) {
    const years = this.#years;
    let at = years.findIndex((link) => link.hasAttribute("aria-current"));
    if (at === years.length - 1) at = -1;
    button.textContent = this.#words.pause;
    this.#view.classList.add("playing");
    this.#keepRoom(1);
    const step = (how) => {
      at += 1;
      this.#go(at, { quiet: true, ...how });
      if (at >= years.length - 1) this.#pause();
    };
    step({ push: true });
    this.#timer = setInterval(step, matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM : PACE, {
      replace: true,
    });
  }

  #pause() {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#view.classList.remove("playing");
    const button = this.#view.querySelector("[data-play]");
    if (button) button.textContent = this.#words.play;
    const said = ["title", "sentence"].map((name) => this.#view.querySelector(`[data-part="${name}"]`).textContent);
    this.#view.querySelector('[data-part="said"]').textContent = said.join(". ");
  }

  /**
   * Let words that take fewer lines than before not pull up what stands below them, and with lines to spare not push it down
   * either; null lets go, which only a reader's own press may do.
   */
  #keepRoom(spare) {
    const head = this.#view.querySelector(".finding");
    const room = () => head.offsetHeight + spare * parseFloat(getComputedStyle(head.querySelector("h1")).lineHeight);
    head.style.minBlockSize = spare === null ? "" : `${room()}px`;
  }

  #go(place, how) {
    const url = this.#years[place]?.getAttribute("href");
    if (url) this.#view.dispatchEvent(new CustomEvent("trade-go", { detail: { url, ...how } }));
  }
}
