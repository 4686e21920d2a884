// The line of time: a slider over the years that are listed beside it, and a button that plays them.

const PACE = 900; // milliseconds that a year is shown while it plays
const CALM = 1800; // for readers who asked for less motion

export class Timeline {
  #view;
  #timer = 0;
  #from = null;

  constructor(view) {
    this.#view = view;
    this.listening = new AbortController();
    const { signal } = this.listening;
    view.addEventListener("input", (event) => event.target.matches(".track input") && this.#slide(event.target), { signal });
    view.addEventListener("change", (event) => event.target.matches(".track input") && this.#settle(event.target), { signal });
    view.addEventListener("click", (event) => this.#clicked(event), { signal, capture: true });
    view.addEventListener("keydown", (event) => event.key === "Escape" && this.#pause(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.#pause(), { signal });
  }

  end() {
    this.#pause();
    this.listening.abort();
  }

  get #years() {
    return [...this.#view.querySelectorAll(".timeline .years ol a")];
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
    this.#from ??= location.href;
    this.#go(Number(range.value), { replace: true, quiet: true });
  }

  #settle(range) {
    if (this.#from !== null) history.replaceState(null, "", this.#from);
    this.#from = null;
    this.#go(Number(range.value), { push: true });
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
    this.#timer = setInterval(step, matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM : PACE, { replace: true });
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
