// What Chart.js is asked to draw for a figure: the marks and the tooltip; labels.js writes what stands around them, and
// marks.js draws blocks and lines.
// No DOM: colours and hatches come in as `theme`. The figure's shape is written down in trade/charts/schema.py.

import { axis, drawn, extent, isLog, top } from "./axes.js";
import { aboveBars, aroundPie, aroundTime } from "./labels.js";
import { MEASURES, PLOT } from "./measures.js";
import { facts } from "./walk.js";

const { bars: BARS, pie: PIE, lines: LINES } = MEASURES;
const LOWER = BARS.bar + BARS.thick / 2 - BARS.row / 2; // pixels that a bar stands below the middle of its row; the stylesheet lets the canvas reach so far beyond its plot, above and below
const NONE = { top: 0, right: 0, bottom: 0, left: 0 };
const UNSEEN = { display: false, ticks: { display: false } }; // else its words would be measured all the same
const KINDS = {
  stacked: { type: "blocks", options: inTime, around: aroundTime, look: stacks },
  line: { type: "lines", options: inTime, around: aroundTime, look: lines },
  bars: { type: "blocks", options: ranked, around: aboveBars, look: bars },
  pie: { type: "pie", options: round, around: aroundPie, look: slices },
};

/**
 * The configuration of a chart: {type, data, options, plugins}.
 *
 * `theme` is {ground, wash, ink, soft, rule, strong, series: [other, 1, …, 10], hatch(colour), faint(colour), font, size}.
 */
export function configure(figure, theme, words) {
  const kind = KINDS[figure.kind];
  // Null stays null, so that a gap is a gap. Chart.js would listen to a list that can still change.
  const values = figure.series.map((series) =>
    Object.freeze(series.points.map((point) => drawn(figure, series, point))),
  );
  return {
    type: kind.type,
    data: {
      labels: figure.categories.map((category) => category.label),
      datasets: figure.series.map((series, at) => ({
        label: series.name,
        data: values[at],
        ...kind.look(figure, series, theme, starts(values[at], values.slice(0, at))),
      })),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: "nearest", intersect: figure.kind !== "line" },
      ...kind.options(figure),
      plugins: { legend: { display: false }, tooltip: tooltip(figure, theme, words) },
    },
    plugins: [kind.around(figure, theme)],
  };
}

// Marks

/** The colour of a slot; fainter for a part-year, nearly gone for what steps back behind a highlight. */
function colourOf(slot, theme, { partial = false, dim = false } = {}) {
  const colour = theme.series[slot] ?? theme.series[0];
  if (dim) return theme.dim(colour);
  return partial ? theme.faint(colour) : colour;
}

function fillOf(slot, estimated, theme, how) {
  const colour = colourOf(slot, theme, how);
  return estimated ? theme.hatch(colour) : colour;
}

/** Where each block of a series begins: on those of the series before it that grow the same way. */
function starts(values, before) {
  return values.map((value, at) => before.reduce((sum, one) => sum + (one[at] * value > 0 ? one[at] : 0), 0));
}

function stacks(figure, series, theme, starts) {
  const backgroundColor = figure.categories.map((category) =>
    fillOf(series.colour, series.estimated || category.unsettled, theme, {
      partial: category.partial,
      dim: series.dim,
    }),
  );
  const thick = ({ width }, step) => Math.min(step * PLOT.column, width * PLOT.widestColumn);
  return { backgroundColor, starts, thick, across: false, inkColor: theme.ink };
}

function bars(figure, series, theme, starts) {
  const backgroundColor = figure.categories.map((category) =>
    fillOf(category.colour, series.estimated, theme, category),
  );
  return { backgroundColor, starts, thick: () => BARS.thick, across: true, inkColor: theme.ink };
}

/** The gap between slices is a line in the colour of the ground. */
function slices(figure, _series, theme) {
  const backgroundColor = figure.categories.map((category) =>
    fillOf(category.colour, category.component === "estimate", theme, category),
  );
  return { backgroundColor, borderColor: theme.ground, borderWidth: 1.5, hoverBorderColor: theme.ink };
}

function lines(figure, series, theme) {
  const dashed = series.estimated;
  // A part-year is a ring that no line reaches: it cannot be compared with full years.
  const rings = figure.categories.map((category) => category.partial);
  const unjoined = figure.categories.map((category, at) => category.partial || category.break_before || rings[at - 1]);
  const joined = figure.categories.map((_, at) => joins(figure, series, unjoined, at));
  return {
    borderColor: colourOf(series.colour, theme, series),
    borderWidth: dashed ? 2 : series.bold ? LINES.bold : LINES.usual,
    borderDash: dashed ? [4, 4] : [],
    joined,
    rings,
    radii: rings.map((ring, at) => (ring ? LINES.ring : joined[at] || joined[at + 1] ? 0 : 1.5)),
    ground: theme.ground,
  };
}

/** Whether a line reaches a year from the one before: one that no line reaches must be seen by its point. */
function joins(figure, series, unjoined, at) {
  const there = (place) => series.points[place] && drawn(figure, series, series.points[place]) !== null;
  return Boolean(there(at - 1) && there(at) && !unjoined[at]);
}

// Places: the measures of the server's drawing

function inTime(figure) {
  const { marks } = axis(figure);
  return {
    layout: {
      padding: ({ chart }) => ({ top: top(figure), right: 0, bottom: PLOT.below, left: chart.width * PLOT.left }),
    },
    scales: {
      x: { ...UNSEEN, type: "category", offset: true },
      y: { ...UNSEEN, type: isLog(figure) ? "logarithmic" : "linear", min: marks[0], max: marks.at(-1) },
    },
  };
}

function ranked(figure) {
  const [min, max] = extent(figure);
  return {
    indexAxis: "y",
    interaction: { mode: "index", axis: "y", intersect: false },
    layout: { padding: { ...NONE, top: 2 * LOWER } },
    scales: { x: { ...UNSEEN, type: "linear", min, max }, y: { ...UNSEEN, type: "category", offset: true } },
  };
}

function round() {
  return { radius: ({ chart }) => (PIE.radius * chart.width) / PIE.width, layout: { padding: 0 } };
}

// Tooltip

function tooltip(figure, theme, words) {
  return {
    backgroundColor: theme.ink,
    titleColor: theme.ground,
    bodyColor: theme.ground,
    titleFont: { family: theme.font, size: theme.size + 1, weight: "600" },
    bodyFont: { family: theme.font, size: theme.size + 1 },
    cornerRadius: 3,
    padding: 10,
    caretSize: 5,
    displayColors: false,
    // Of a bar and its estimate the first speaks for both.
    filter: (_item, place) => figure.kind !== "bars" || place === 0,
    callbacks: {
      title: ([item]) => item && heading(figure, { series: item.datasetIndex, category: item.dataIndex }),
      label: (item) => facts(figure, { series: item.datasetIndex, category: item.dataIndex }, words),
    },
  };
}

function heading(figure, at) {
  const { label } = figure.categories[at.category];
  return figure.kind === "bars" || figure.series.length < 2 ? label : [figure.series[at.series].name, label];
}
