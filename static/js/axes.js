// Where things stand over time, as trade/charts/svg/axes.py has it, so that the canvas repeats the server's drawing. No DOM.

import { ticks } from "./format.js";
import { MEASURES, PLOT } from "./measures.js";

const { letter: LETTER, space: SPACE } = MEASURES.year_names; // pixels
const { few_places: FEW, most_decades: DECADES } = MEASURES.axis;

/** Where the plot begins, in pixels: below the one or two rows of its markers. */
export function top(figure) {
  return PLOT.above + MEASURES.events.row * (1 + Math.max(-1, ...(figure.events ?? []).map((event) => event.row ?? 0)));
}

/**
 * What is drawn of a point: of stacks its value on its side of the axis; what has no place on the scale is a gap. Ranks
 * are drawn below nought, the first on top.
 */
export function drawn(figure, series, point) {
  if (isRank(figure)) return point.value === null ? null : -point.value;
  if (point.value === null || (isLog(figure) && point.value <= 0)) return null;
  return figure.kind === "stacked" || figure.kind === "bars" ? point.value * (series.sign ?? 1) : point.value;
}

export function isRank(figure) {
  return figure.scale === "rank";
}

export function isLog(figure) {
  return figure.scale === "log" && figure.kind === "line";
}

const axes = new WeakMap(); // what is worked out for the marks serves what is written beside them

/** The marks of a figure's axis, and those of them that are written: {marks: [0, 1e9, …], shown: [0, 1e9, …]}. */
export function axis(figure) {
  if (!axes.has(figure)) axes.set(figure, measured(figure));
  return axes.get(figure);
}

function measured(figure) {
  if (isRank(figure)) return places(figure);
  const values =
    figure.kind === "stacked"
      ? ends(figure)
      : figure.series.flatMap((series) => series.points.map((point) => point.value)).filter((value) => value !== null);
  const marks = isLog(figure) ? decades(values) : ticks(Math.min(0, ...values), Math.max(0, ...values));
  if (!isLog(figure) && !values.some(Boolean)) return { marks, shown: [0] }; // of noughts alone nought
  const every = isLog(figure) && marks.length > DECADES ? 2 : 1;
  return { marks, shown: marks.filter((_, place) => place % every === 0) };
}

/** The first place and every fifth; of few places each. */
function places(figure) {
  const last = Math.max(1, ...figure.series.flatMap((series) => series.points.map((point) => point.value ?? 1)));
  const lowest = last <= FEW ? FEW : Math.ceil(last / 5) * 5;
  const all = Array.from({ length: lowest }, (_, at) => at - lowest);
  const marks = all.filter((mark) => last <= FEW || mark === -1 || mark % 5 === 0);
  return { marks, shown: marks };
}

/** The powers of ten around the values above nought: [1000000, 10000000, 100000000]. */
function decades(values) {
  const there = values.filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(...there, Infinity)) + 1e-12);
  const high = Math.ceil(Math.log10(Math.max(...there, 0)) - 1e-12);
  const from = there.length ? low : 0;
  return Array.from({ length: Math.max((there.length ? high : 1) - from, 1) + 1 }, (_, place) => 10 ** (from + place));
}

/** How far each stack reaches, above nought and below. */
function ends(figure) {
  return figure.categories.flatMap((_, place) => Object.values(reach(figure, place)));
}

/** How far what is stacked at one place reaches either way: {high: 3.4e9, low: -2.6e9}. */
export function reach(figure, place) {
  const reached = { high: 0, low: 0 };
  for (const series of figure.series) {
    const value = (series.points[place].value ?? 0) * (series.sign ?? 1);
    reached[value > 0 ? "high" : "low"] += value;
  }
  // Shares are rounded, so that their sum can be a hair above 100.
  for (const end of ["high", "low"]) reached[end] = Math.round(reached[end] * 100) / 100;
  return reached;
}

/** How far bars reach to the right of nought, and to the left: [-2.6e9, 3.4e9]. */
export function extent(figure) {
  const all = figure.categories.map((_, place) => reach(figure, place));
  const [left, right] = [Math.min(0, ...all.map((one) => one.low)), Math.max(0, ...all.map((one) => one.high))];
  return [left, right || (left ? 0 : 1)];
}

/** Whether some series hang below the axis: both flows in one chart. What hangs there is a flow, not a debt. */
export function hangs(figure) {
  return figure.series.some((series) => series.sign < 0);
}

/** Years or months that are named on the axis: all where there is room, else the chosen one and round ones. */
export function named({ categories, current }, width) {
  const wide = (place) => LETTER * categories[place].label.length + SPACE;
  const middle = (place) =>
    Math.min(
      width * (PLOT.left + ((1 - PLOT.left) * (place + 0.5)) / categories.length),
      width - (wide(place) - SPACE) / 2,
    );
  const taken = [];
  for (const place of byImportance(categories, current, width, wide)) {
    if (taken.every((other) => Math.abs(middle(place) - middle(other)) >= wide(place))) taken.push(place);
  }
  return taken;
}

/** A part-year has a line of its own; of years every fifth counts most, of months Januaries, then quarters. */
function byImportance(categories, current, width, wide) {
  const full = categories.map((_, place) => place).filter((place) => !categories[place].partial);
  if (full.reduce((sum, place) => sum + wide(place), 0) <= width * (1 - PLOT.left)) return full;
  const having = (round) => full.filter((place) => round.test(categories[place].key));
  const round = [...having(/^\d{3}[05]$/), ...having(/\b01$/), ...having(/\b(04|07|10)$/)]; // a month is "2016-04", of any year "04"
  return [
    ...full.filter((place) => categories[place].key === current),
    ...(round.length ? round : full.filter((_, at) => at % 5 === 0)),
  ];
}
