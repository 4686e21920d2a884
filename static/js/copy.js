// Buttons that copy what stands in the field beside them, and say so; and the picture, drawn here from the server's SVG.

import { picture } from "./picture.js";

const SHOWN = 2000; // milliseconds

export class Copying {
  #view;

  constructor(view) {
    this.#view = view;
    this.listening = new AbortController();
    view.addEventListener("click", (event) => this.#clicked(event), { signal: this.listening.signal });
  }

  end() {
    this.listening.abort();
  }

  #clicked(event) {
    const button = event.target.closest("[data-copy]");
    if (button) this.#copy(button);
    const link = event.target.closest('[data-format="png"]');
    if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) this.#draw(link, event);
  }

  async #copy(button) {
    const words = JSON.parse(this.#view.dataset.words);
    const field = this.#view.querySelector(`[data-share="${button.dataset.copy}"]`);
    try {
      await navigator.clipboard.writeText(field.value);
      this.#say(words.copied);
      const [label] = button.childNodes;
      button.dataset.label ??= label.data; // pressed again while it says "Copied", it must not keep that
      label.data = words.copied;
      setTimeout(() => (label.data = button.dataset.label), SHOWN);
    } catch {
      field.focus(); // not every page may write to the clipboard
      field.select();
      this.#say(words.press);
    }
  }

  async #draw(link, event) {
    event.preventDefault();
    const svg = this.#view.querySelector('[data-format="svg"]').href;
    try {
      await picture(svg, link.pathname.split("/").filter(Boolean).join("-"));
    } catch {
      this.#say(JSON.parse(this.#view.dataset.words).noPicture);
      location.assign(link.href);
    }
  }

  #say(words) {
    this.#view.querySelector('[data-part="said"]').textContent = words;
  }
}
