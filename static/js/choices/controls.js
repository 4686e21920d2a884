// The choices above the first chart: the same markup as templates/trade/controls/ gives. What is chosen often has a button
// of its own; the rest is folded into the last one, which names what of it is in effect.

import { current, el, link, spoken } from "../dom/markup.js";
import { grouped } from "../looks.js";
import { members } from "./members.js";

/** The row of choices of a payload. */
export function controls(payload, nav, words) {
  const { picks, rows, compared, effects } = grouped(payload.controls);
  return [
    ...picks.map(pick),
    compared ? members(compared, payload.url, nav, words) : null,
    rows.length ? more(rows, effects, words) : null,
  ].filter(Boolean);
}

/**
 * Mark the current choices in the row that is there already, so that its links can follow a moment later. False where a
 * control has come or gone, or has other choices.
 */
export function marked(nav, payload, words) {
  const { picks, rows, effects } = grouped(payload.controls);
  const wanted = [...picks.map((one) => one.control), ...rows];
  const lists = [...nav.querySelectorAll("ul[data-name]")];
  if (lists.map((list) => list.dataset.name).join() !== wanted.map((control) => control.name).join()) return false;
  if (!wanted.every((control, at) => pressed(lists[at], control))) return false;
  picks.forEach(({ shown }, at) => {
    lists[at].previousElementSibling.lastChild.data = shown;
  });
  const summary = nav.querySelector(".more > summary");
  if (summary) summary.textContent = entitled(effects, words);
  return true;
}

function pressed(row, control) {
  const links = row.querySelectorAll("a");
  if (links.length !== control.choices.length) return false;
  control.choices.forEach((choice, at) => {
    links[at].ariaCurrent = choice.current ? "true" : null;
  });
  return true;
}

const entitled = (effects, words) => (effects ? `${words.more}: ${effects}` : words.more);

function pick({ control, shown, unfolds }) {
  return el(
    "details",
    { class: unfolds ? "pick unfolds" : "pick" },
    el("summary", {}, spoken(`${control.label}: `), shown),
    choices(control),
  );
}

function more(rows, effects, words) {
  return el(
    "details",
    { class: "more" },
    el("summary", {}, entitled(effects, words)),
    el(
      "div",
      {},
      rows.flatMap((control) => [el("p", {}, control.label), choices(control)]),
    ),
  );
}

/** The links of a control, of which one is current. */
export const items = (control) =>
  control.choices.map((choice) => el("li", {}, link(choice.url, choice.label, current(choice))));

function choices(control) {
  return el("ul", { class: "choices", "aria-label": control.label, "data-name": control.name }, items(control));
}
