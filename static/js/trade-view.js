// <trade-view> holds everything on a page that follows from its address. A click on a link to another view of the same
// page is answered in place: its JSON twin is fetched, the parts are drawn anew, the address is pushed. Whatever fails
// ends as what it was without this script: a link that is followed.

import { same, twin, within } from "./address.js";
import { redraw } from "./redraw.js";

const KEPT = 60; // payloads in memory
const PATIENCE = 10_000; // milliseconds until a link is simply followed

class TradeView extends HTMLElement {
  #kept = new Map();
  #turn = 0;
  #shown = here();

  connectedCallback() {
    for (const type of ["click", "pointerover", "focusin", "keydown", "trade-open", "trade-back"]) this.addEventListener(type, this);
    for (const type of ["popstate", "pageshow"]) window.addEventListener(type, this);
    document.addEventListener("click", this);
  }

  disconnectedCallback() {
    for (const type of ["popstate", "pageshow"]) window.removeEventListener(type, this);
    document.removeEventListener("click", this);
  }

  handleEvent(event) {
    if (event.currentTarget === document) return this.#closeLists(event.target);
    const link = event.target?.closest?.("a[href]");
    switch (event.type) {
      case "click":
        return plain(event) && this.#follow(link?.getAttribute("href"), event);
      case "pointerover":
      case "focusin":
        return this.#holds(link?.getAttribute("href")) && this.#fetch(link.getAttribute("href")).catch(() => {});
      case "keydown":
        return event.key === "Escape" && this.#closeLists(null, event.target);
      case "trade-open":
        return this.#follow(event.detail.url, event);
      case "trade-back":
        return this.#follow(this.querySelector('.crumbs li:nth-last-child(2) a')?.getAttribute("href"), event);
      case "popstate":
        return same(here(), this.#shown) || this.#go(here(), { push: false });
    }
  }

  #holds(url) {
    return Boolean(url) && within(url, this.dataset.scope);
  }

  #follow(url, event) {
    if (!this.#holds(url)) return;
    event.preventDefault();
    this.#go(url, { push: true });
  }

  /** Show another view in place. Only the newest wish counts: an answer that comes late is dropped. */
  async #go(url, { push }) {
    const turn = ++this.#turn;
    this.setAttribute("aria-busy", "true");
    let payload;
    try {
      payload = await this.#fetch(url);
    } catch {
      if (turn === this.#turn) this.#fail(url, push);
      return;
    }
    if (turn !== this.#turn) return;
    // Another dataset or release has another source, banner and foot of the page: that is another page.
    if (`${payload.dataset.slug}/${payload.release.number}` !== this.dataset.release) return void location.assign(url);
    if (push) history.pushState(null, "", payload.url);
    this.#shown = here();
    redraw(this, payload);
    this.removeAttribute("aria-busy");
    if (document.querySelector("[data-follows]")) this.#followUp(payload.url, turn);
  }

  /** What stands below the charts and is words (the sanctions on these goods) comes from the page itself, a moment later. */
  async #followUp(url, turn) {
    let page;
    try {
      page = new DOMParser().parseFromString(await text(url), "text/html");
    } catch {
      page = null; // better nothing than the words of other goods
    }
    if (turn !== this.#turn) return;
    for (const part of document.querySelectorAll("[data-follows]")) {
      const found = page?.querySelector(`[data-follows="${part.dataset.follows}"]`);
      part.replaceChildren(...(found ? document.adoptNode(found).childNodes : []));
    }
  }

  #fail(url, push) {
    this.removeAttribute("aria-busy");
    if (navigator.onLine === false) {
      const offline = this.querySelector('[data-part="offline"]');
      offline.hidden = false;
      return;
    }
    if (push) location.assign(url);
    else location.reload();
  }

  #fetch(url) {
    const key = twin(url);
    if (!this.#kept.has(key)) {
      const payload = read(key);
      this.#kept.set(key, payload);
      payload.catch(() => this.#kept.delete(key));
      if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value);
    }
    return this.#kept.get(key);
  }

  /** Close an open list of years: on Escape, with the focus back on its button, or on a click elsewhere. */
  #closeLists(clicked, focused) {
    for (const list of this.querySelectorAll(".years details[open]")) {
      if (clicked && list.contains(clicked)) continue;
      list.open = false;
      if (focused && list.contains(focused)) list.querySelector("summary").focus();
    }
  }
}

async function answer(address) {
  const given = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (!given.ok) throw new Error(`${given.status} for ${address}`);
  return given;
}

const read = async (address) => (await answer(address)).json();
const text = async (address) => (await answer(address)).text();

function here() {
  return location.pathname + location.search;
}

function plain(event) {
  return event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

customElements.define("trade-view", TradeView);
