// The list of what can be compared: by size, chosen first, filtered while one types. The same markup as
// templates/trade/controls/_members.html gives; the box of the filter is put in as soon as the list is opened.

import { keptInForm, pathOf } from "../address.js";
import { el, link } from "../dom/markup.js";
import { become } from "../dom/morph.js";
import { matches } from "./name-filter.js";

/**
 * The button and its list; as long as it is closed as the server sends it, opened with values and filter, in the order and
 * with the words that the open list in `nav` has.
 */
export function members(control, url, nav, words) {
  const [old, typed] = [nav.querySelector(".choose[open]"), nav.querySelector(".choose [type=search]")?.value ?? ""];
  const boxes = inOrder(control.choices, old).map((choice) => (old ? label(choice, typed) : plain(choice)));
  const kept = keptInForm(url).map(([name, value]) => el("input", { type: "hidden", name, value }));
  const filter = el("input", {
    type: "search",
    value: typed,
    "aria-label": words.filter,
    placeholder: words.filter,
    autocomplete: "off",
  });
  const buttons = el(
    "p",
    {},
    el("button", { type: "submit" }, words.showThese),
    ...control.presets.flatMap((preset) => [" ", link(preset.url, preset.label)]),
  );
  const form = el(
    "form",
    { method: "get", action: pathOf(url) },
    kept,
    old ? filter : [],
    el("fieldset", {}, el("legend", {}, words.most, " ", control.sorted_by), boxes),
    buttons,
  );
  return el("details", { class: "choose", "data-name": "show" }, el("summary", {}, entitled(control)), form);
}

function entitled({ label, choices }) {
  const chosen = choices.filter((choice) => choice.current).length;
  return chosen ? `${label}: ${chosen}` : label;
}

/** Nothing moves under the pointer while the list is open; next time what is chosen stands first again. */
function inOrder(choices, old) {
  if (!old) return choices;
  const order = [...old.querySelectorAll("[name=show]")].map((box) => box.value);
  return [...choices].sort((one, other) => order.indexOf(one.value) - order.indexOf(other.value));
}

const plain = (choice) =>
  el(
    "label",
    {},
    el("input", { type: "checkbox", name: "show", value: choice.value, checked: choice.current && "" }),
    ` ${choice.label}`,
  );

function label(choice, typed) {
  const box = el("input", {
    type: "checkbox",
    name: "show",
    value: choice.value,
    checked: choice.current && "",
    "data-url": choice.url,
    "data-also": choice.also,
  });
  const hidden = !matches(`${choice.label} ${choice.value} ${choice.also ?? ""}`, typed);
  return el(
    "label",
    { hidden: hidden && "" },
    box,
    " ",
    el("span", {}, choice.label),
    " ",
    el("small", {}, choice.text),
  );
}

/** Tick a box as the reader did before it had an address. */
function ticked(box) {
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Lets a list be filtered, and brings it up to date when it is opened. `recall(address)` gives the payload of a view. */
export class Members {
  #view;
  #recall;

  constructor(view, recall) {
    [this.#view, this.#recall] = [view, recall];
    this.listening = new AbortController();
    const { signal } = this.listening;
    view.addEventListener("toggle", (event) => event.target.matches(".choose[open]") && this.#open(event.target), {
      signal,
      capture: true,
    });
    view.addEventListener(
      "input",
      (event) => event.target.matches(".choose [type=search]") && this.#filter(event.target),
      { signal },
    );
    view.addEventListener("keydown", (event) => this.#enter(event), { signal });
  }

  end() {
    this.listening.abort();
  }

  async #open(list) {
    const payload = await this.#recall(location.pathname + location.search).catch(() => null);
    const control = payload?.controls.find(({ name }) => name === "show");
    if (!control || !list.isConnected) return; // the list works as it came
    const early = [...list.querySelectorAll("[name=show]")]
      .filter((box) => box.checked !== box.defaultChecked)
      .map((box) => box.value);
    become(list, members(control, payload.url, list.parentElement, JSON.parse(this.#view.dataset.words)));
    for (const value of early) ticked(list.querySelector(`[name=show][value="${value}"]`));
    if (matchMedia("(pointer: fine)").matches && list.matches(":has(> summary:focus)"))
      list.querySelector("[type=search]").focus();
  }

  #filter(input) {
    const labels = [...input.form.querySelectorAll("label")];
    for (const one of labels)
      one.hidden = !matches(
        `${one.textContent} ${one.firstChild.value} ${one.firstChild.dataset.also ?? ""}`,
        input.value,
      );
    this.#view.querySelector('[data-part="said"]').textContent =
      `${labels.filter((one) => !one.hidden).length} / ${labels.length}`;
  }

  /** Enter ticks the one name that is left; it must not send the form. */
  #enter(event) {
    if (event.key !== "Enter" || !event.target.matches(".choose [type=search]")) return;
    event.preventDefault();
    const left = [...event.target.form.querySelectorAll("label:not([hidden]) > input")];
    if (left.length === 1) left[0].click();
  }
}
