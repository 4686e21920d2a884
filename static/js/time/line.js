// What stands below the plot of the first figure: play, the year shown and the ends of the span on one line, the same to
// type and to step through. The markup is that of templates/trade/controls/_timeline.html.

import { pathOf } from "../address.js";
import { items } from "../choices/controls.js";
import { current, el, link, spoken } from "../dom/markup.js";
import { become } from "../dom/morph.js";
import { grouped } from "../looks.js";
import { MEASURES } from "../measures.js";

const MANY = MEASURES.choices_in_a_row; // a control with more choices than this is a stepper with a list behind it

/** The line of time of a payload; as long as it has the same periods, handle and stepper move at once. */
export function timePart({ controls, span }, words) {
  const { time, times } = grouped(controls);
  const make = () => timeline(time, times, span, words);
  const touch = (old) => moved(old, time, span) || become(old, make());
  const says = JSON.stringify([
    time.choices.map((choice) => choice.label),
    times.map((one) => one.name),
    span?.from,
    span?.to,
    words.play,
  ]);
  return { is: "div.timeline", says, make, touch, linked: true };
}

/** Let handle and stepper show another period. */
function moved(line, control, span) {
  const [range, summary] = [line.querySelector('[data-handle="at"]'), line.querySelector(".years summary")];
  const at = control.choices.findIndex((choice) => choice.current);
  if (!range || !summary || at < 0) return false;
  become(range, handle("at", at, control, span));
  summary.firstChild.data = control.choices[at].label;
  return true;
}

function timeline(control, times, span, words) {
  const also = times.map((one) => el("div", { class: "also" }, el("span", {}, one.label), " ", stepper(one, words)));
  return el(
    "div",
    { class: "timeline" },
    track(control, span, words),
    stepper(control, words),
    span ? form(span, words) : null,
    also,
  );
}

function track(control, span, words) {
  const at = control.choices.findIndex((choice) => choice.current);
  if (control.choices.length <= MANY || at < 0) return null;
  const end = (place) =>
    el("span", { "aria-hidden": "true" }, span ? span[place ? "last" : "first"] : control.choices.at(place).value);
  const ends = span ? [edge("from", span, words.from), edge("to", span, words.until)] : [];
  return el(
    "div",
    { class: "track" },
    el("button", { type: "button", "data-play": "" }, words.play),
    end(0),
    el("div", { class: "line" }, ends, handle("at", at, control, span)),
    end(-1),
  );
}

function handle(name, at, control, span) {
  const [before, last] = span ? [span.from_place, span.last_place] : [0, control.choices.length - 1];
  return el("input", {
    type: "range",
    "data-handle": name,
    min: 0,
    max: last,
    value: at + before,
    "aria-label": control.label,
    "aria-valuetext": control.choices[at].label,
  });
}

function edge(name, span, label) {
  return el("input", {
    type: "range",
    "data-handle": name,
    min: 0,
    max: span.last_place,
    value: span[`${name}_place`],
    "aria-label": label,
    "aria-valuetext": span[name],
  });
}

/** A list of choices, of many one with its neighbours on either side. */
function stepper(control, words) {
  const at = control.choices.findIndex((choice) => choice.current);
  const stepped = control.choices.length > MANY && at >= 0;
  return el(
    "ul",
    { class: stepped ? "choices years" : "choices", "aria-label": control.label, "data-name": control.name },
    stepped ? steps(control, at, words) : items(control),
  );
}

function steps(control, at, words) {
  const beside = (choice, rel) =>
    el("li", {}, choice ? link(choice.url, choice.label, { rel }) : el("span", { "aria-hidden": "true" }, "–"));
  const all = control.choices.map((choice) =>
    el(
      "li",
      { class: choice.label.length > MEASURES.long_choice && "long" },
      link(choice.url, choice.label, current(choice)),
    ),
  );
  const summary = el("summary", {}, control.choices[at].label, spoken(`, ${words.another}`));
  return [
    beside(control.choices[at - 1], "prev"),
    el("li", {}, el("details", {}, summary, el("ol", {}, all))),
    beside(control.choices[at + 1], "next"),
  ];
}

function form(span, words) {
  const kept = [...new URLSearchParams(span.url.split("?")[1])].map(([name, value]) =>
    el("input", { type: "hidden", name, value }),
  );
  const field = (name, label, isSet) =>
    el(
      "label",
      {},
      label,
      " ",
      el("input", { name, value: isSet ? span[name] : "", placeholder: span[name], size: 6, autocomplete: "off" }),
    );
  const all = span.is_from || span.is_to ? [" ", link(span.url, words.showAll)] : [];
  return el(
    "form",
    { class: "spanned", action: pathOf(span.url), "data-url": span.url, "data-first": span.first },
    kept,
    field("from", span.label, span.is_from),
    field("to", words.to, span.is_to),
    el("button", {}, words.show),
    all,
  );
}
