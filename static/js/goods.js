// The index of goods: it narrows while somebody types, and fetches the headings of a section when it is unfolded.
// Without this the form is sent, and a link in each section leads to its headings.

const REST = 150; // milliseconds without a key, before it asks

class Goods {
  #form = document.querySelector("[data-narrow]");
  #list = document.querySelector('[data-part="goods"]');
  #asking = new AbortController();
  #timer;

  constructor() {
    this.#form.addEventListener("input", () => this.#wait());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#narrow();
    });
    // "toggle" does not bubble, but it can be caught on its way down.
    this.#list.addEventListener("toggle", ({ target }) => target.open && this.#fill(target), true);
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#timer = setTimeout(() => this.#narrow(), REST);
  }

  async #narrow() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#asking = new AbortController();
    const address = narrowed(this.#form.action, new FormData(this.#form));
    const found = await this.#fetched(address, this.#asking.signal);
    if (!found) return;
    for (const part of ["found", "goods"]) {
      const [old, fresh] = [document, found].map((page) => page.querySelector(`[data-part="${part}"]`));
      old.replaceChildren(...fresh.childNodes);
    }
    history.replaceState(history.state, "", address);
  }

  /** Put the headings of a section under its chapters. */
  async #fill(section) {
    const more = section.querySelector("a[data-more]");
    if (!more) return;
    const found = await this.#fetched(more.href);
    const headings = found?.getElementById(section.id)?.querySelector("ul");
    if (!headings || !more.isConnected) return;
    section.querySelector("ul").replaceWith(headings);
    more.previousSibling.remove(); // the mark between two links
    more.remove();
  }

  /** The page at an address, parsed; undefined where it does not come, and the page stays as it is. */
  async #fetched(address, signal) {
    try {
      const answer = await fetch(address, { signal });
      return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
    } catch {
      return undefined; // another question was asked meanwhile, or there is no network: form and links still work
    }
  }
}

/** The address of what a form asks for, without what is empty: "/goods/?flow=to_dprk&q=coal". */
function narrowed(action, fields) {
  const query = new URLSearchParams(
    [...fields].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value),
  );
  return action + (String(query) ? `?${query}` : "");
}

new Goods();
