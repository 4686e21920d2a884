// What Chart.js is asked to draw for a figure: the marks and the tooltip; labels.js writes what stands around them.
// No DOM: colours and hatches come in as `theme`. The figure's shape is written down in trade/charts.

import { TIME, axis, drawn, extent, isLog, top } from "./axes.js";
import { BARS, PIE, aboveBars, aroundPie, aroundTime } from "./labels.js";
import { facts } from "./walk.js";

const NONE = { top: 0, right: 0, bottom: 0, left: 0 };
const KINDS = {
  stacked: { type: "bar", options: inTime, around: aroundTime, look: stacks },
  line: { type: "line", options: inTime, around: aroundTime, look: lines },
  bars: { type: "bar", options: ranked, around: aboveBars, look: bars },
  pie: { type: "pie", options: round, around: aroundPie, look: slices },
};

/**
 * The configuration of a chart: {type, data, options, plugins}.
 *
 * `theme` is {ground, wash, ink, soft, rule, strong, series: [other, 1, …, 10], hatch(colour), faint(colour), font, size}.
 */
export function configure(figure, theme, words) {
  const kind = KINDS[figure.kind];
  return {
    type: kind.type,
    data: {
      labels: figure.categories.map((category) => category.label),
      // Null stays null, so that a gap is a gap.
      datasets: figure.series.map((series) => ({
        label: series.name,
        data: series.points.map((point) => drawn(figure, series, point)),
        borderColor: theme.ground,
        ...kind.look(figure, series, theme),
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

function fillOf(slot, component, theme, how) {
  const colour = colourOf(slot, theme, how);
  return component === "estimate" ? theme.hatch(colour) : colour;
}

/** The gap between neighbours is a line in the colour of the ground, on the side where the next one lies. */
function stacks(figure, series, theme) {
  const backgroundColor = figure.categories.map((category) => fillOf(series.colour, series.component, theme, { partial: category.partial, dim: series.dim }));
  const borderWidth = { ...NONE, [series.sign < 0 ? "bottom" : "top"]: 1 };
  return { backgroundColor, stack: "whole", grouped: false, borderWidth, borderSkipped: false, categoryPercentage: 0.8, barPercentage: 1, maxBarThickness: ({ chart }) => chart.width * TIME.widest };
}

function bars(figure, series, theme) {
  const backgroundColor = figure.categories.map((category) => fillOf(category.colour, series.component, theme, category));
  return { backgroundColor, stack: "whole", borderWidth: { ...NONE, [series.sign < 0 ? "left" : "right"]: 1 }, borderSkipped: false, barThickness: BARS.thick };
}

function slices(figure, series, theme) {
  const backgroundColor = figure.categories.map((category) => fillOf(category.colour, category.component, theme, category));
  return { backgroundColor, borderWidth: 1.5, hoverBorderColor: theme.ink };
}

function lines(figure, series, theme) {
  const colour = colourOf(series.colour, theme, series);
  const dashed = series.component === "estimate";
  // A part-year is a ring that no line reaches: it cannot be compared with full years.
  const partial = figure.categories.map((category) => category.partial);
  const unjoined = figure.categories.map((category) => category.partial || category.break_before);
  const alone = (at) => !joins(figure, series, unjoined, at) && !joins(figure, series, unjoined, at + 1);
  return {
    borderColor: colour,
    borderWidth: dashed ? 2 : 2.5,
    borderDash: dashed ? [4, 4] : [],
    backgroundColor: colour,
    pointBackgroundColor: partial.map((part) => (part ? theme.ground : colour)),
    pointBorderColor: colour,
    pointBorderWidth: partial.map((part) => (part ? 2 : 0)),
    pointRadius: series.points.map((point, at) => (partial[at] ? 3.5 : alone(at) ? 1.5 : 0)),
    pointHoverRadius: 5,
    spanGaps: false,
    segment: { borderColor: ({ p1DataIndex }) => (unjoined[p1DataIndex] || partial[p1DataIndex - 1] ? "transparent" : undefined) },
  };
}

/** Whether a line reaches a year from the one before: a year without, between two gaps, must be seen by its point. */
function joins(figure, series, unjoined, at) {
  const there = (place) => series.points[place] && drawn(figure, series, series.points[place]) !== null;
  return Boolean(there(at - 1) && there(at) && !unjoined[at]);
}

// Places: the measures of the server's drawing

function inTime(figure) {
  const { marks } = axis(figure);
  const stacked = figure.kind === "stacked";
  return {
    layout: { padding: ({ chart }) => ({ top: top(figure), right: 0, bottom: TIME.below, left: chart.width * TIME.left }) },
    scales: {
      x: { display: false, stacked, offset: true },
      y: { display: false, stacked, type: isLog(figure) ? "logarithmic" : "linear", min: marks[0], max: marks.at(-1) },
    },
  };
}

function ranked(figure) {
  const [min, max] = extent(figure);
  return {
    indexAxis: "y",
    interaction: { mode: "index", axis: "y", intersect: false },
    layout: { padding: { ...NONE, top: BARS.top } },
    scales: { x: { display: false, stacked: true, min, max }, y: { display: false, stacked: true } },
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
    filter: (item, place) => figure.kind !== "bars" || place === 0,
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
