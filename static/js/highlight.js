// What belongs together lights up together: a name in a legend and its series, an event and its number in the chart.

export class Highlight {
  #view;

  constructor(view) {
    this.#view = view;
    this.listening = new AbortController();
    const { signal } = this.listening;
    for (const type of ["pointerover", "focusin"])
      view.addEventListener(type, (event) => this.#lift(event.target), { signal });
    for (const type of ["pointerout", "focusout"])
      view.addEventListener(type, (event) => this.#lift(event.relatedTarget), { signal });
    view.addEventListener("trade-event", (event) => this.#light(event.target, event.detail), { signal });
  }

  end() {
    this.listening.abort();
  }

  /** Lift the series whose name the pointer or the focus is on, and number the event. */
  #lift(target) {
    if (target && !target.closest) return;
    const name = target?.closest(".legend li")?.querySelector("[data-member]");
    const event = target?.closest("[data-event]");
    for (const chart of this.#view.querySelectorAll("trade-chart")) {
      chart.lift?.(name && chart.contains(name) ? name.dataset.member : null);
      chart.mark?.(event && chart.contains(event) ? Number(event.dataset.event) : null);
    }
  }

  /** Light the words of the event whose number the pointer is on. */
  #light(chart, number) {
    for (const item of chart.querySelectorAll("[data-event]"))
      item.classList.toggle("lit", Number(item.dataset.event) === number);
  }
}
