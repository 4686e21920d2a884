// Where points stand in many small charts, and how keys walk there. The measures are those of
// trade/charts/svg/many_charts/small_multiples.py. No DOM: a position is {series, category}, a place {x, y} in pixels.

import { drawn } from "../axes.js";
import { MEASURES, PLOT } from "../measures.js";
import { walk } from "../walk.js";
import { down } from "./ends.js";

const { height: CELL, beside: COLUMNS, above: ABOVE, below: BELOW } = MEASURES.small_charts; // pixels; charts beside each other
const WIDE = MEASURES.small_charts.width / 100; // the part that each takes

/** Where a point stands in a drawing so wide, and the upper edge of its chart: {x, y, top}; y is null where nothing is drawn. */
export function placeOf(figure, at, width) {
  const panel = members(figure).indexOf(figure.series[at.series].member);
  const [left, top] = [(panel % COLUMNS) * (1 - WIDE) * width, Math.floor(panel / COLUMNS) * CELL];
  const across = PLOT.left + ((1 - PLOT.left) * (at.category + 0.5)) / figure.categories.length;
  const value = drawnAt(figure, at);
  return {
    x: left + across * WIDE * width,
    y: value === null ? null : top + ABOVE + (CELL - ABOVE - BELOW) * down(figure, value),
    top,
  };
}

/** The point that a place means: of the chart there its nearest period, and of two lines the nearer; null between charts. */
export function pointAt(figure, { x, y }, width) {
  const column = Math.floor(x / (width * (1 - WIDE)));
  const member = members(figure)[Math.floor(y / CELL) * COLUMNS + column];
  const inside = (x / width - column * (1 - WIDE)) / WIDE;
  if (!member || column >= COLUMNS || inside > 1) return null;
  const category = within(
    Math.floor(((inside - PLOT.left) / (1 - PLOT.left)) * figure.categories.length),
    figure.categories.length - 1,
  );
  const away = (at) => Math.abs((placeOf(figure, at, width).y ?? Infinity) - y);
  const lines = linesOf(figure, member).map((series) => ({ series, category }));
  return lines.reduce((one, other) => (away(other) < away(one) ? other : one));
}

/** The position after a key, or null: along time in a chart, and from chart to chart by way of both its lines, where it has two. */
export function walkPanels(figure, at, key) {
  let next = walk(figure, at, key);
  if (!next || next.series === at.series) return next && spoken(figure, next);
  while (isSilent(figure, next)) {
    const further = walk(figure, next, key);
    if (further.series === next.series) return at;
    next = further;
  }
  return next;
}

/** The same time in the first line of a chart, where the second has nothing to say. */
function spoken(figure, at) {
  return isSilent(figure, at) ? { ...at, series: linesOf(figure, figure.series[at.series].member)[0] } : at;
}

/** Whether a second line has no point here: that is no gap, the first line tells. */
function isSilent(figure, at) {
  return linesOf(figure, figure.series[at.series].member)[0] !== at.series && drawnAt(figure, at) === null;
}

const members = (figure) => [...new Set(figure.series.map((one) => one.member))];
const linesOf = (figure, member) => figure.series.flatMap((one, at) => (one.member === member ? [at] : []));
const within = (place, last) => Math.min(Math.max(place, 0), last);

/** What is drawn of a point; on a logarithmic scale nought is not. */
function drawnAt(figure, { series, category }) {
  const one = figure.series[series];
  return drawn(figure, one, one.points[category]);
}
