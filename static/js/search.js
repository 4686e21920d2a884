// The box of the search answers while somebody types: a list under it, walked by arrows. Without this it is a form.

import { el } from "./dom/markup.js";

const REST = 150; // milliseconds without a key, before it asks
const SHORT = /^[^\u0250-\uffff]?$/; // one letter of Latin says too little, one sign of Chinese or Korean says enough

class Box {
  #form;
  #input;
  #list;
  #said;
  #asking = new AbortController();
  #timer;
  #at = -1;

  constructor(form) {
    this.#form = form;
    this.#input = form.querySelector("input");
    this.#list = el("ul", { role: "listbox", id: "suggestions", "aria-label": this.#input.labels[0].textContent });
    this.#list.hidden = true;
    this.#said = el("p", { role: "status", class: "visually-hidden" });
    form.append(this.#list, this.#said);
    const box = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": "suggestions",
      "aria-expanded": "false",
    };
    for (const [name, value] of Object.entries(box)) this.#input.setAttribute(name, value);
    this.#input.addEventListener("input", () => this.#wait());
    this.#input.addEventListener("keydown", (event) => this.#pressed(event));
    this.#input.addEventListener("blur", () => this.#close());
    this.#list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    this.#list.addEventListener("click", (event) => this.#open(event.target.closest("li"), event));
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    if (SHORT.test(this.#input.value.trim())) return this.#close();
    this.#timer = setTimeout(() => this.#ask(), REST);
  }

  async #ask() {
    this.#asking = new AbortController();
    const address = `${this.#form.dataset.suggestions}?${new URLSearchParams({ q: this.#input.value.trim() })}`;
    try {
      const answer = await fetch(address, { signal: this.#asking.signal, headers: { Accept: "application/json" } });
      if (answer.ok) this.#show((await answer.json()).results);
      else this.#close();
    } catch (error) {
      if (error.name !== "AbortError") this.#close(); // the form still works
    }
  }

  #show(results) {
    this.#list.replaceChildren(...results.map(option));
    this.#list.hidden = !results.length;
    this.#input.setAttribute("aria-expanded", String(results.length > 0));
    this.#mark(-1);
    const { one, many, none } = this.#form.dataset;
    this.#said.textContent = results.length ? (results.length === 1 ? one : many.replace("%s", results.length)) : none;
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#said.textContent = "";
    this.#mark(-1);
  }

  #pressed(event) {
    const { length } = this.#list.children;
    if (event.isComposing) return; // Chinese and Korean are being put together
    if (event.key === "Escape" && !this.#list.hidden) {
      event.preventDefault(); // a second one empties the box, as browsers do
      this.#close();
    } else if (event.key === "Enter" && this.#at >= 0) {
      event.preventDefault();
      this.#open(this.#list.children[this.#at], event);
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (this.#list.hidden) this.#reopen();
      this.#mark(((this.#at + 1 + step + length + 1) % (length + 1)) - 1); // the box itself is a place between the ends
    }
  }

  #reopen() {
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
  }

  #mark(at) {
    this.#at = at;
    for (const [place, item] of [...this.#list.children].entries())
      item.setAttribute("aria-selected", String(place === at));
    const item = this.#list.children[at];
    if (item) this.#input.setAttribute("aria-activedescendant", item.id);
    else this.#input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  #open(item, event) {
    if (!item) return;
    if (event.metaKey || event.ctrlKey) window.open(item.dataset.url, "_blank", "noopener");
    else location.assign(item.dataset.url);
  }
}

/** An entry of the list: its title, the name by which it was found; below them what it is, and a line about it. */
function option({ title, name, language, kind, code, text, url }, place) {
  const item = el("li", { role: "option", id: `suggestion-${place}`, "aria-selected": "false" });
  item.dataset.url = url;
  const other = el("span", language === "en" ? {} : { lang: language }, name ? ` ${name}` : "");
  item.append(el("b", {}, title), other, el("small", {}, [`${kind} ${code}`.trim(), text].filter(Boolean).join(" · ")));
  return item;
}

for (const form of document.querySelectorAll("form.search")) new Box(form);
