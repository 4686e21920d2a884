// What Chart.js is asked to draw for a figure. No DOM: colours and hatches come in as `theme`, words as `words`, and
// the two plugins draw on the context they are given. The figure's shape is written down in trade/charts.py.

import { tick } from "./format.js";
import { facts } from "./walk.js";

/**
 * The configuration of a chart: {type, data, options, plugins}.
 *
 * `theme` is {ground, ink, soft, rule, series: [other, 1, …, 10], hatch(colour), font, size, still}.
 */
export function configure(figure, theme, words) {
  const [type, options, plugins] = {
    stacked: () => ["bar", stacked(figure, theme), []],
    bars: () => ["bar", bars(theme), [valuesBesideBars(figure, theme)]],
    pie: () => ["pie", {}, []],
    line: () => ["line", inTime(figure, theme), []],
  }[figure.kind]();
  return {
    type,
    data: { labels: figure.categories.map((category) => category.label), datasets: datasets(figure, theme) },
    options: { ...common(figure, theme, words), ...options },
    plugins,
  };
}

/** One Chart.js dataset a series. Null stays null, so that a gap is a gap. */
function datasets(figure, theme) {
  return figure.series.map((series) => ({
    label: series.name,
    data: series.points.map((point) => point.value),
    ...look(figure, series, theme),
  }));
}

function look(figure, series, theme) {
  const colour = theme.series[series.colour] ?? theme.series[0];
  if (figure.kind === "line") {
    return { borderColor: colour, backgroundColor: colour, borderWidth: 2, pointRadius: 2, pointHoverRadius: 5, spanGaps: false, borderDash: series.component === "estimate" ? [5, 4] : [] };
  }
  const fill = (own, component) => (component === "estimate" ? theme.hatch(own) : own);
  const perCategory = figure.categories.some((category) => category.colour !== undefined);
  const backgroundColor = perCategory
    ? figure.categories.map((category) => fill(theme.series[category.colour] ?? theme.series[0], category.component ?? series.component))
    : fill(colour, series.component);
  if (figure.kind === "pie") return { backgroundColor, borderColor: theme.ground, borderWidth: 2, hoverBorderColor: theme.ink };
  // The gap between neighbours is a line in the colour of the ground on the side where the next one lies.
  const gap = figure.kind === "stacked" ? { top: 1, bottom: 0, left: 0, right: 0 } : { top: 0, bottom: 0, left: 0, right: 1 };
  return { backgroundColor, borderColor: theme.ground, borderWidth: gap, borderSkipped: false, stack: "whole", categoryPercentage: 0.86, barPercentage: 0.96, minBarLength: 0 };
}

function common(figure, theme, words) {
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: theme.still ? false : { duration: 180 },
    color: theme.ink,
    font: { family: theme.font, size: theme.size },
    interaction: { mode: "nearest", intersect: figure.kind !== "line" },
    layout: { padding: { top: 8, right: figure.kind === "bars" ? 8 : 2 } },
    plugins: { legend: { display: false }, tooltip: tooltip(figure, theme, words) },
  };
}

function tooltip(figure, theme, words) {
  const pointOf = ({ datasetIndex, dataIndex }) => figure.series[datasetIndex].points[dataIndex];
  return {
    backgroundColor: theme.ink,
    titleColor: theme.ground,
    bodyColor: theme.ground,
    footerColor: theme.ground,
    titleFont: { family: theme.font, size: theme.size, weight: "600" },
    bodyFont: { family: theme.font, size: theme.size },
    cornerRadius: 3,
    padding: 10,
    caretSize: 5,
    displayColors: false,
    callbacks: {
      title: ([item]) => heading(figure, item),
      label: (item) => facts(pointOf(item), words),
    },
  };
}

function heading(figure, item) {
  const category = figure.categories[item.dataIndex].label;
  return figure.series.length > 1 ? [figure.series[item.datasetIndex].name, category] : category;
}

function stacked(figure, theme) {
  const options = inTime(figure, theme);
  options.scales.x.stacked = true;
  options.scales.y.stacked = true;
  return options;
}

function inTime(figure, theme) {
  return {
    scales: {
      x: {
        grid: { display: false },
        border: { color: theme.strong },
        ticks: {
          color: ({ index }) => (figure.categories[index]?.current ? theme.ink : theme.soft),
          font: ({ index }) => ({ family: theme.font, size: theme.size, weight: figure.categories[index]?.current ? "700" : "400" }),
          maxRotation: 0,
          autoSkipPadding: 12,
          callback: (value, index) => short(figure.categories[index]),
        },
      },
      y: moneyAxis(theme),
    },
  };
}

/** A part-year is named by its year on the axis and in full in its tooltip: "Jan–Sep 2025" → "2025*". */
function short(category) {
  return category.partial ? `${category.key}*` : category.label;
}

function moneyAxis(theme) {
  return {
    beginAtZero: true,
    grid: { color: theme.rule, drawTicks: false },
    border: { display: false },
    ticks: {
      color: theme.soft,
      padding: 6,
      maxTicksLimit: 6,
      font: { family: theme.font, size: theme.size },
      callback: (value, index, ticks) => tick(value, ticks.length > 1 ? Math.abs(ticks[1].value - ticks[0].value) : 0),
    },
  };
}

function bars(theme) {
  return {
    indexAxis: "y",
    scales: {
      x: { display: false, stacked: true, beginAtZero: true, grace: "28%" },
      y: {
        stacked: true,
        grid: { display: false },
        border: { color: theme.strong },
        ticks: { color: theme.ink, autoSkip: false, crossAlign: "far", font: { family: theme.font, size: theme.size } },
      },
    },
  };
}

/** Write each bar's total and share beside its end, as the server's SVG does. */
function valuesBesideBars(figure, theme) {
  return {
    id: "valuesBesideBars",
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.save();
      ctx.font = `${theme.size}px ${theme.font}`;
      ctx.fillStyle = theme.soft;
      ctx.textBaseline = "middle";
      figure.categories.forEach((category, index) => {
        const ends = chart.getSortedVisibleDatasetMetas().map((meta) => meta.data[index]);
        const x = Math.max(...ends.map((bar) => (Number.isFinite(bar?.x) ? bar.x : chart.chartArea.left)));
        ctx.fillText(labelOf(figure, index), x + 8, chart.scales.y.getPixelForValue(index));
      });
      ctx.restore();
    },
  };
}

function labelOf(figure, index) {
  const point = figure.totals?.[index] ?? figure.series[0].points[index];
  return [point.text, point.share].filter(Boolean).join(" · ");
}
