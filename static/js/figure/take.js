// What can be taken of a figure: <trade-take> lets its buttons copy; a "Download or embed" link shows the same in a dialog
// on the page, read from the figure's own page, to which the link leads where this does not work.

import { page } from "../answers.js";
import { copied, copy } from "../copying/copied.js";
import { el } from "../dom/markup.js";

class TradeTake extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
    const picture = this.querySelector("[data-picture]");
    if (picture) picture.parentElement.hidden = !(navigator.clipboard?.write && window.ClipboardItem);
  }

  handleEvent({ target }) {
    const button = target.closest("[data-copy], [data-picture]");
    if (!button) return;
    if (button.dataset.picture) this.#picture(button);
    else this.#text(button);
  }

  async #text(button) {
    this.#say(await copy(this.querySelector(`[data-share="${button.dataset.copy}"]`), button, this.words));
  }

  /** Some browsers let a page copy only what it names in the very moment of the click, so the picture is named as a promise. */
  async #picture(button) {
    const image = fetch(button.dataset.picture).then((answer) =>
      answer.ok ? answer.blob() : Promise.reject(new Error(answer.status)),
    );
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
      this.#say(copied(button, this.words));
    } catch {
      location.assign(button.dataset.picture);
    }
  }

  #say(words) {
    this.querySelector("[role=status]").textContent = words;
  }

  get words() {
    return JSON.parse(this.querySelector("[role=status]").dataset.words);
  }
}

customElements.define("trade-take", TradeTake);

/** Before anybody else: what follows links in place must not follow this one. */
document.addEventListener("click", clicked, true);

function clicked(event) {
  const link = event.target.closest?.("a.take");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link);
}

async function open(link) {
  link.setAttribute("aria-busy", "true");
  try {
    show(await read(link.href));
  } catch {
    location.assign(link.href);
  }
  link.removeAttribute("aria-busy");
}

async function read(address) {
  return document.adoptNode((await page(address)).querySelector("trade-take"));
}

/** Another view behind the dialog would be another figure: going back closes it. */
function show(panel) {
  const close = el(
    "button",
    { type: "button", class: "close" },
    JSON.parse(panel.querySelector("[role=status]").dataset.words).close,
  );
  const dialog = el("dialog", { class: "taking", "aria-labelledby": "take-title" }, close, panel);
  document.body.append(dialog);
  const leave = () => dialog.close();
  close.addEventListener("click", leave);
  dialog.addEventListener("click", ({ target }) => target === dialog && leave()); // beside it
  addEventListener("popstate", leave);
  dialog.addEventListener("close", () => {
    removeEventListener("popstate", leave);
    dialog.remove();
  });
  dialog.showModal();
}
