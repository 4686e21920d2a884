// What can be taken of a figure: <trade-take> lets its buttons copy; a "Download or embed" link shows the same in a dialog
// on the page, read from the figure's own page, to which the link leads where this does not work.

const PATIENCE = 10_000; // milliseconds until the link is simply followed
const SHOWN = 2000; // milliseconds

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
    const field = this.querySelector(`[data-share="${button.dataset.copy}"]`);
    try {
      await navigator.clipboard.writeText(field.value);
      this.#done(button);
    } catch {
      field.focus(); // not every page may write to the clipboard
      field.select();
      this.#say(this.words.press);
    }
  }

  /** Some browsers let a page copy only what it names in the very moment of the click, so the picture is named as a promise. */
  async #picture(button) {
    const image = fetch(button.dataset.picture).then((answer) =>
      answer.ok ? answer.blob() : Promise.reject(new Error(answer.status)),
    );
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
      this.#done(button);
    } catch {
      location.assign(button.dataset.picture);
    }
  }

  #done(button) {
    const [label] = button.childNodes;
    button.dataset.label ??= label.data; // pressed again while it says "Copied", it must not keep that
    label.data = this.words.copied;
    setTimeout(() => (label.data = button.dataset.label), SHOWN);
    this.#say(this.words.copied);
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
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return document.adoptNode(page.querySelector("trade-take"));
}

/** Another view behind the dialog would be another figure: going back closes it. */
function show(panel) {
  const dialog = document.createElement("dialog");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = JSON.parse(panel.querySelector("[role=status]").dataset.words).close;
  dialog.className = "taking";
  dialog.setAttribute("aria-labelledby", "take-title");
  dialog.append(close, panel);
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
