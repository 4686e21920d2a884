// Buttons that copy what stands in the field beside them, and say so; and the picture, drawn here from the server's SVG.

import { copy } from "./copied.js";
import { picture } from "./picture.js";

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
    const field = this.#view.querySelector(`[data-share="${button.dataset.copy}"]`);
    this.#say(await copy(field, button, JSON.parse(this.#view.dataset.words)));
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
