// What a payload looks like on a page, beside what it says: as trade/templatetags/chart_page.py has it for the server. No DOM.

import { MEASURES } from "./measures.js";

const TIMES = MEASURES.below_the_line_of_time;
const APART = MEASURES.with_places_of_their_own; // controls that are more than a row of choices
const PICKS = MEASURES.picks; // those above the first chart, and how many choices have room side by side

/**
 * The series that a legend must name, each colour and hatch once; of bars and tiles none, their names are beside them.
 * Where both flows are drawn, a province has two series, and one name for them.
 */
export function legendOf(figure) {
  if (!["stacked", "line"].includes(figure.kind) || figure.series.length < 2 || figure.multiples) return [];
  return figure.series.filter((one, at) => figure.series.findIndex((other) => other.legend === one.legend) === at);
}

/** Whether there is so much to explain that the legend stands beside the plot, where there is room. */
export function legendBeside(figure) {
  return legendOf(figure).length > MEASURES.legend_in_a_row;
}

/**
 * Controls by where they stand: {picks: [{control, shown: "Columns", unfolds}], compared, rows: [control], effects: "reported
 * only"}: those above the first chart, the choice of what is compared, those behind the last button and what of them is in effect.
 */
export function grouped(all) {
  const named = Object.fromEntries(all.map((control) => [control.name, control]));
  const rows = all.filter(({ name }) => !APART.includes(name) && !(name in PICKS));
  return {
    picks: Object.keys(PICKS)
      .filter((name) => named[name])
      .map((name) => picked(named[name])),
    compared: named.show,
    rows,
    time: named.year ?? named.month,
    times: TIMES.map((name) => named[name]).filter(Boolean),
    effects: rows.flatMap(inEffect).map(within).join(", "),
  };
}

/** What of a control is not the usual: its choice, or of one that takes several its name; the kicker of the page names the dataset. */
function inEffect({ name, label, several, choices }) {
  const current = choices.filter((choice) => choice.current);
  if (several) return current.length ? [label] : [];
  return name === "dataset" ? [] : current.filter((choice) => choice !== choices[0]).map((choice) => choice.label);
}

function picked(control) {
  const shown = control.choices.find((choice) => choice.current)?.label ?? control.label;
  return { control, shown, unfolds: control.choices.length <= PICKS[control.name] };
}

/** A name inside a sentence: "Monthly" → "monthly"; "US$" stays. */
const within = (name) => (/^.\p{Ll}/u.test(name) ? name[0].toLowerCase() + name.slice(1) : name);

/** The places of a grid of tiles: [{key: "cn-ln", code: "LN", row: 2, column: 8, url, look: "step-5", mark: "p", brief: "1.67 bn", says: "Liaoning: …"}]. */
export function looks(figure) {
  return figure.categories.map(({ key, label, short, row, column, url }, place) => {
    const point = figure.series[0].points[place];
    const { mark = "", brief = "" } = point;
    const facts =
      point.value === null
        ? [point.status_text]
        : [point.text, point.share, point.rank, point.contains, point.status_text];
    const look = stepLook(point.value === null ? null : point.step) + (mark.includes("e") ? " estimate" : "");
    return {
      key,
      code: short,
      row,
      column,
      url,
      look,
      mark,
      brief,
      says: `${label}: ${facts.filter(Boolean).join(", ")}`,
    };
  });
}

/** The class of a colour of tiles: 5 → "step-5", -3 → "under-3", null → "none". */
export function stepLook(step) {
  if (step === null) return "none";
  return step < 0 ? `under-${-step}` : `step-${step}`;
}

/**
 * Where a name in the legend leads: {url: "/provinces/cn-ln/", current: false}. To the page of what it names, as bars, slices and
 * rows do; current tells whether it is highlighted.
 */
export function legendLink(payload, series) {
  const choices = payload.controls.find((control) => control.name === "highlight")?.choices ?? [];
  return { url: series.url, current: choices.some((choice) => choice.current && choice.value === series.member) };
}

/** What stands around a figure's list of events: how many of them are sanctions, whether any was not yet checked, how many more there are. */
export function eventsOf(figure) {
  const items = figure.events.flatMap((event) => event.items);
  return {
    sanctions: items.filter((item) => item.kind === "sanction").length,
    unchecked: items.some((item) => !item.checked),
    left: figure.events_left ?? 0,
  };
}

/** The same figure with one member lifted out: all other series step back, those too that an address lifts out. */
export function lifted(figure, member) {
  if (!member || !figure.series.some((series) => series.member === member)) return figure;
  return { ...figure, series: figure.series.map((series) => ({ ...series, dim: series.member !== member })) };
}

/** The line of HTML that shows a view on another site, in a frame so high that nothing in it scrolls. */
export function embedCode(address, title, height) {
  const safe = (text) =>
    text
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;")
      .replace(/'/g, "&#x27;");
  return `<iframe src="${safe(address)}" title="${safe(title)}" style="${MEASURES.frame_style}" height="${height}" loading="lazy"></iframe>`;
}
