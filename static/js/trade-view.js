// <trade-view> holds everything on a page that follows from its address. A click on a link to another view of the same
// page is answered in place: from memory, else by its JSON twin; then the address is pushed. Nothing is fetched for a
// reader who only reads. Who points at a choice has its view fetched, and who points at the line of time those of all
// times. Whatever fails ends as what it was without this script: a link that is followed.

import { same, showing, twin, within } from "./address.js";
import { json, page } from "./answers.js";
import { Members } from "./choices/members.js";
import { Copying } from "./copying/copy.js";
import { watch } from "./figure/sight.js";
import { Highlight } from "./highlight.js";
import { Roving } from "./map/roving.js";
import { Memory } from "./memory.js";
import { drawings, redraw } from "./redraw.js";
import { Timeline } from "./time/timeline.js";

const SETTLED = 400; // milliseconds without a change, after which the drawings of a view from memory are fetched
const MEANT = 65; // milliseconds for which a pointer rests on a choice that may be meant
const TOUCHED = ["pointerdown", "focusin", "click"]; // whoever does that means the links of what is seen
const LISTENED = [
  "click",
  "pointerover",
  "pointerdown",
  "focusin",
  "keydown",
  "change",
  "trade-open",
  "trade-back",
  "trade-go",
];

class TradeView extends HTMLElement {
  #memory = new Memory();
  #asked = new Map();
  #learnt = new Map(); // address of views: whether they have come
  #turn = 0;
  #shown = here();
  #settling = 0;
  #meaning = 0;
  #warmed = false;
  #later = { links: [], rest: [] }; // what is left to do for the view that is shown

  connectedCallback() {
    for (const type of TOUCHED) this.addEventListener(type, (event) => this.#catchUp(event), true);
    for (const type of LISTENED) this.addEventListener(type, this);
    window.addEventListener("popstate", this);
    document.addEventListener("click", this);
    watch(this);
    this.parts = [
      new Timeline(this),
      new Highlight(this),
      new Roving(this),
      new Copying(this),
      new Members(this, (url) => this.#fetch(url)),
    ];
    this.#complete();
  }

  disconnectedCallback() {
    window.removeEventListener("popstate", this);
    document.removeEventListener("click", this);
    for (const part of this.parts) part.end();
  }

  handleEvent(event) {
    if (event.currentTarget === document) return this.#closeLists(event.target);
    const link = event.target?.closest?.("a[href]");
    switch (event.type) {
      case "click":
        return plain(event) && this.#clicked(link, event);
      case "pointerover":
        clearTimeout(this.#meaning);
        this.#meaning = setTimeout(() => this.#lookAhead(event.target), MEANT);
        return;
      case "pointerdown":
      case "focusin":
        return this.#lookAhead(event.target);
      case "keydown":
        return event.key === "Escape" && this.#closeLists(null, event.target);
      case "change":
        return event.target.name === "show" && this.#follow(chosen(event.target), event);
      case "trade-open":
        return this.#follow(event.detail.url, event);
      case "trade-go":
        return this.#go(event.detail.url, event.detail);
      case "trade-back":
        return this.#follow(this.querySelector(".crumbs li:nth-last-child(2) a")?.getAttribute("href"), event);
      case "popstate":
        return same(here(), this.#shown) || this.#go(here(), { push: false });
    }
  }

  #holds(url) {
    return Boolean(url) && within(url, this.dataset.scope);
  }

  /** A choice that was made closes its list. */
  #clicked(link, event) {
    this.#follow(link?.getAttribute("href"), event);
    const list = event.defaultPrevented && link.closest(".years details[open], .pick[open]");
    if (!list) return;
    list.open = false;
    list.querySelector("summary").focus();
  }

  #follow(url, event) {
    if (!this.#holds(url)) return;
    event.preventDefault();
    this.#go(url, { push: true });
  }

  /** Show another view in place. Only the newest wish counts: an answer that comes late is dropped. */
  async #go(url, how) {
    const turn = ++this.#turn;
    let payload = this.#memory.recall(url);
    if (!payload) {
      this.setAttribute("aria-busy", "true");
      try {
        payload = await this.#fetch(url);
      } catch {
        if (turn === this.#turn) this.#fail(url, how.push);
        return;
      }
      if (turn !== this.#turn) return;
    }
    this.#show(payload, url, how, turn);
  }

  #show(payload, url, { push, replace, quiet }, turn) {
    // Another dataset or release has another source, banner and foot of the page: that is another page.
    if (`${payload.dataset.slug}/${payload.release.number}` !== this.dataset.release) return void location.assign(url);
    if (replace) history.replaceState(null, "", payload.url);
    else if (push) history.pushState(null, "", payload.url);
    this.#shown = here();
    this.setAttribute("aria-busy", "true");
    this.#warmed = true;
    this.#later = redraw(this, payload, { quiet });
    watch(this);
    afterPaint(() => this.#proceed(turn));
    this.#followUp(payload);
    this.#settle(payload);
  }

  /** Fetch the drawings of a view from memory, which came without: many small charts are nothing else, paper shows all. */
  async #draw(payload) {
    const whole = await json(payload.json_url).catch(() => null); // the table says the same
    for (const figure of payload.figures) figure.svg ??= whole?.figures.find(({ id }) => id === figure.id)?.svg;
    if (whole) drawings(this);
  }

  /** Do what is left piece by piece, so that the next press need not wait; another view brings a rest of its own. */
  #proceed(turn) {
    if (turn !== this.#turn) return;
    const piece = this.#later.links.shift() ?? this.#later.rest.shift();
    if (!piece) return void this.removeAttribute("aria-busy");
    piece();
    setTimeout(() => this.#proceed(turn));
  }

  /** Bring the links up to date that are about to be used; a box that is being ticked stays as the reader has it. */
  #catchUp({ type, target }) {
    const { checked } = target;
    for (const piece of this.#later.links.splice(0)) piece();
    if (type === "click" && target.type === "checkbox") target.checked = checked;
  }

  /** Charts whose numbers are too many to come with the page find them in its JSON twin; if it fails, the drawing stays. */
  async #complete() {
    const [turn, bare] = [this.#turn, [...this.querySelectorAll("trade-chart")].filter((chart) => !chart.figure)];
    for (const chart of bare) busy(chart, true);
    const payload = bare.length && (await this.#fetch(here()).catch(() => null));
    for (const chart of bare) busy(chart, false);
    if (!payload || turn !== this.#turn) return;
    for (const chart of bare) chart.figure ??= payload.figures.find((figure) => figure.id === chart.dataset.figure);
  }

  /** When the reader has come to rest, fetch what can wait until then. */
  #settle(payload) {
    clearTimeout(this.#settling);
    this.dataset.views = payload.views_url ?? "";
    this.#tellReady();
    const bare = payload.figures.filter((figure) => figure.kind !== "tiles" && !figure.svg);
    if (!bare.length) return;
    const wait = bare.some(({ multiples }) => multiples) ? 0 : SETTLED;
    this.#settling = setTimeout(() => this.#draw(payload), wait);
  }

  /** Whoever points at a choice is perhaps about to make it. */
  #lookAhead(target) {
    if (navigator.connection?.saveData) return;
    if (target.closest?.(".timeline")) return this.#learn(this.dataset.views);
    const url = target.closest?.("a[href]")?.getAttribute("href") ?? boxOf(target)?.dataset.url;
    if (this.#holds(url)) this.#fetch(url).catch(() => {});
  }

  /** Learn what is seen at every other time, once. */
  async #learn(address) {
    if (!address || this.#learnt.has(address)) return;
    this.#learnt.set(address, false);
    try {
      const answer = await json(address);
      this.#memory.learn(answer);
      // Seen from any of these times, all others are the same.
      for (const view of Object.values(answer.views)) this.#learnt.set(view.views_url, true);
      this.#learnt.set(address, true);
      this.#warm();
      this.#tellReady();
    } catch {
      this.#learnt.delete(address); // each time then asks for its own view
    }
  }

  #tellReady() {
    if (this.#learnt.get(this.dataset.views)) this.dataset.ready = this.dataset.views;
  }

  /** Draw once what is shown already, where nothing else was drawn yet: the first change is then as quick as the others. */
  #warm() {
    const payload = this.#memory.recall(here());
    if (!payload || this.#warmed || this.hasAttribute("aria-busy")) return;
    this.#warmed = true;
    this.setAttribute("aria-busy", "true");
    this.#later = redraw(this, payload, { quiet: true });
    this.#proceed(this.#turn);
  }

  /**
   * What stands below the charts and is words (the sanctions on these goods) comes from the page itself, a moment later,
   * and only where it is about something else than before. Until then it says that it is busy.
   */
  async #followUp(payload) {
    const [shown, all] = [this.#shown, [...document.querySelectorAll("[data-follows]")]];
    const about = (part) => aboutOf(payload, part.dataset.follows);
    const parts = all.filter((part) => part.dataset.about !== about(part));
    for (const part of all) busy(part, parts.includes(part));
    if (!parts.length) return;
    let whole;
    try {
      whole = parts.some(about) && (await page(payload.url));
    } catch {
      whole = null; // better nothing than the words of other goods
    }
    if (shown !== this.#shown) return;
    for (const part of parts) {
      const found = whole && about(part) && whole.querySelector(`[data-follows="${part.dataset.follows}"]`);
      part.replaceChildren(...(found ? document.adoptNode(found).childNodes : []));
      part.dataset.about = about(part);
      busy(part, false);
    }
  }

  #fail(url, push) {
    this.removeAttribute("aria-busy");
    if (navigator.onLine === false) {
      this.querySelector('[data-part="offline"]').hidden = false;
      this.#proceed(this.#turn); // with what was left of the view that stays
      return;
    }
    if (push) location.assign(url);
    else location.reload();
  }

  /** A view from memory, or on its way. */
  #fetch(url) {
    const known = this.#memory.recall(url);
    if (known) return Promise.resolve(known);
    const key = twin(url);
    if (!this.#asked.has(key)) this.#asked.set(key, this.#ask(key, url));
    return this.#asked.get(key);
  }

  async #ask(key, url) {
    try {
      const payload = await json(key);
      this.#memory.keep(url, payload);
      this.dataset.came = url; // for tests: which view is in memory by now
      return payload;
    } finally {
      this.#asked.delete(key);
    }
  }

  /** Close an open list of choices: on Escape, with the focus back on its button, or on a click elsewhere. */
  #closeLists(clicked, focused) {
    for (const list of this.querySelectorAll(".years details[open], :is(.pick, .choose, .more)[open]")) {
      if (clicked && (list.contains(clicked) || !clicked.isConnected)) continue;
      list.open = false;
      if (focused && list.contains(focused)) list.querySelector("summary").focus();
    }
  }
}

/** Let a part of the page say that it is being changed, or that it is complete. */
function busy(part, is) {
  if (is) part.setAttribute("aria-busy", "true");
  else part.removeAttribute("aria-busy");
}

/** Once the browser has shown what was drawn. */
function afterPaint(work) {
  requestAnimationFrame(() => setTimeout(work));
}

/** The box of a choice that can be ticked, of which the open list knows where it leads. */
const boxOf = (target) => target.closest?.("label")?.querySelector("[name=show]");

/** Where a ticked box leads, and those that were ticked while the answer to an earlier one is on its way. */
function chosen(box) {
  const ticked = [...box.form.elements.show].filter((one) => one.checked).map((one) => one.value);
  return showing(box.dataset.url ?? here(), new URLSearchParams(location.search).get("show") ?? "", ticked);
}

/** What the words of a part are about: sanctions on goods in a direction, questions on goods in a release. */
function aboutOf({ codes, state, dataset, release }, part) {
  if (part !== "measures") return `${dataset.slug}/${release.number} ${(codes ?? []).join(",")}`;
  return codes?.length ? `${codes.join(",")} ${state.flow}` : "";
}

function here() {
  return location.pathname + location.search;
}

function plain(event) {
  return (
    event.button === 0 &&
    !event.defaultPrevented &&
    !event.metaKey &&
    !event.ctrlKey &&
    !event.shiftKey &&
    !event.altKey
  );
}

customElements.define("trade-view", TradeView);
