// What is written around the marks of a chart: axes, names, numbers. Each function makes a Chart.js plugin that draws on
// the context it is given, with the measures of the server's drawing (trade/svg/), so that nothing moves when the
// canvas takes over.

import { tick, ticks } from "./format.js";

export const TIME = { top: 26, bottom: 44, left: 0.1, year: 38 }; // pixels, and part of the width
export const BARS = { top: 14, thick: 14, name: -13 }; // pixels; the name stands above the middle of its bar
export const PIE = { width: 380, radius: 84, letters: 14, lines: 3, line: 14 }; // units of the drawing's width
const FLAGGED = ["P", "U", "B"];

/** The round numbers of a figure's axis: of stacks the totals, of lines all values. */
export function axis(figure) {
  const totals = figure.kind === "stacked" ? figure.totals : figure.series.flatMap((series) => series.points);
  const values = totals.map((point) => point.value).filter((value) => value !== null);
  return ticks(Math.min(0, ...values), Math.max(0, ...values));
}

/** Years that are named on the axis: all where there is room, else the chosen one and every fifth; a part-year never. */
export function namedYears(categories, width) {
  const full = categories.map((_, place) => place).filter((place) => !categories[place].partial);
  const step = (width * (1 - TIME.left)) / categories.length;
  if (full.length * TIME.year <= full.length * step) return full;
  const chosen = full.filter((place) => categories[place].current);
  const fifth = full.filter((place) => Number(categories[place].key) % 5 === 0);
  return [...chosen, ...fifth].filter((place, at, all) => all.slice(0, at).every((other) => Math.abs(place - other) * step >= TIME.year));
}

/** Grid, axis, years and the band behind the chosen one; above the marks, what must be said of a value. */
export function aroundTime(figure, theme) {
  const marks = axis(figure);
  return {
    id: "aroundTime",
    beforeDatasetsDraw: (chart) => {
      band(chart, figure, theme);
      grid(chart, marks, theme);
      years(chart, figure, theme);
    },
    afterDatasetsDraw: (chart) => figure.kind === "stacked" && flags(chart, figure, theme),
  };
}

function band({ ctx, chartArea, scales }, figure, theme) {
  const place = figure.categories.findIndex((category) => category.current);
  if (place < 0 || figure.kind === "line") return;
  const step = chartArea.width / figure.categories.length;
  ctx.fillStyle = theme.wash;
  ctx.fillRect(scales.x.getPixelForValue(place) - step / 2, chartArea.top - 14, step, chartArea.height + 14);
}

function grid({ ctx, chartArea, scales, width }, marks, theme) {
  pen(ctx, theme);
  marks.forEach((mark, at) => {
    const y = Math.round(scales.y.getPixelForValue(mark)) + 0.5;
    ctx.strokeStyle = mark ? theme.rule : theme.strong;
    line(ctx, [0, y], [width, y]);
    ctx.fillStyle = theme.soft;
    ctx.fillText((at === marks.length - 1 ? "US$" : "") + tick(mark, marks[1] - marks[0]), 0, y - 4);
  });
}

function years({ ctx, chartArea, scales, width }, figure, theme) {
  const named = namedYears(figure.categories, width);
  ctx.textAlign = "center";
  for (const place of named) {
    const category = figure.categories[place];
    pen(ctx, theme, category.current ? "700" : "400");
    ctx.textAlign = "center";
    ctx.fillStyle = category.current ? theme.ink : theme.soft;
    ctx.fillText(category.label, Math.min(scales.x.getPixelForValue(place), width - 16), chartArea.bottom + 17);
  }
  const partial = figure.categories.findLast((category) => category.partial);
  pen(ctx, theme, partial?.current ? "700" : "400");
  ctx.textAlign = "end";
  ctx.fillStyle = theme.soft;
  if (partial) ctx.fillText(partial.label, width, chartArea.bottom + 34);
  ctx.textAlign = "start";
}

function flags({ ctx, chartArea, scales }, figure, theme) {
  pen(ctx, theme, "italic 400");
  ctx.textAlign = "center";
  ctx.fillStyle = theme.soft;
  figure.totals.forEach((total, place) => {
    const x = scales.x.getPixelForValue(place);
    if (total.value === null) ctx.fillText("–", x, chartArea.bottom - 5);
    else if (FLAGGED.includes(total.status)) ctx.fillText(total.status.toLowerCase(), x, scales.y.getPixelForValue(total.value) - 5);
  });
  ctx.textAlign = "start";
}

/** A name and its number above each bar. */
export function aboveBars(figure, theme) {
  return {
    id: "aboveBars",
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      figure.categories.forEach((category, place) => {
        const y = scales.y.getPixelForValue(place) + BARS.name;
        const total = figure.totals?.[place] ?? figure.series[0].points[place];
        const flag = total.value !== null && FLAGGED.includes(total.status) ? ` ${total.status.toLowerCase()}` : "";
        pen(ctx, theme);
        ctx.font = `${theme.size + 1}px ${theme.font}`;
        ctx.fillStyle = theme.ink;
        ctx.textAlign = "start";
        const value = [total.text, total.share].filter(Boolean).join(" · ") + flag;
        const room = chartArea.width - ctx.measureText(value).width - 12;
        ctx.fillText(shortened(category.label, room, (text) => ctx.measureText(text).width), chartArea.left, y);
        pen(ctx, theme);
        ctx.textAlign = "end";
        ctx.fillStyle = theme.soft;
        ctx.fillText(value, chartArea.right, y);
        ctx.textAlign = "start";
      });
    },
  };
}

/** Cut words to a room: ("Precious stones and metals", 60, width) → "Precious st…". */
export function shortened(words, room, width) {
  if (width(words) <= room) return words;
  let cut = words;
  while (cut && width(`${cut}…`) > room) cut = cut.slice(0, -1).trimEnd();
  return `${cut}…`;
}

/** Share and name beside each slice, with a line to it. */
export function aroundPie(figure, theme) {
  return {
    id: "aroundPie",
    afterDatasetsDraw({ ctx, width, height }) {
      const scale = width / PIE.width;
      for (const label of pieLabels(figure, height / scale)) {
        pen(ctx, theme);
        ctx.save();
        ctx.scale(scale, scale);
        ctx.strokeStyle = theme.soft;
        ctx.lineWidth = 0.75;
        line(ctx, ...label.lead);
        ctx.textAlign = label.side > 0 ? "start" : "end";
        ctx.fillStyle = theme.ink;
        label.words.forEach((words, at) => {
          ctx.font = `${at ? 400 : 700} ${theme.size}px ${theme.font}`;
          ctx.fillText(words, label.x, label.y + at * PIE.line);
        });
        ctx.restore();
      }
    },
  };
}

/**
 * Lay out the labels of a pie, near their slices and never touching:
 * [{side: 1 | -1, x, y, words: ["46%", "Mineral", "products"], lead: [[x, y], [x, y], [x, y]]}].
 */
export function pieLabels(figure, height) {
  const points = figure.series[0].points;
  const whole = points.reduce((sum, point) => sum + (point.value ?? 0), 0);
  let turn = 0;
  const all = figure.categories.map((category, place) => {
    const part = (points[place].value ?? 0) / whole;
    const middle = turn + part / 2;
    turn += part;
    const words = [figure.totals[place]?.share ?? "", ...wrapped(category.label)];
    return { middle, side: middle < 0.5 ? 1 : -1, words, height: PIE.line * words.length + 7 };
  });
  const sides = [all.filter((one) => one.side > 0), all.filter((one) => one.side < 0).reverse()];
  for (const side of sides) spread(side, height);
  return sides.flat().map((one) => placed(one, height / 2));
}

function spread(side, height) {
  let floor = 0;
  for (const one of side) {
    one.top = Math.max(at(one.middle, PIE.radius + 8, height / 2)[1] - one.height / 2, floor);
    floor = one.top + one.height;
  }
  let ceiling = height;
  for (const one of [...side].reverse()) {
    one.top = Math.min(one.top, ceiling - one.height);
    ceiling = one.top;
  }
}

function placed({ middle, side, words, top }, centre) {
  const corner = [PIE.width / 2 + side * (PIE.radius + 16), top + 8];
  const lead = [at(middle, PIE.radius + 2, centre), at(middle, PIE.radius + 9, centre), corner];
  return { side, words, lead, x: PIE.width / 2 + side * (PIE.radius + 19), y: top + 12 };
}

function at(turn, radius, centre) {
  const angle = 2 * Math.PI * turn;
  return [PIE.width / 2 + radius * Math.sin(angle), centre - radius * Math.cos(angle)];
}

/** Break a name into lines that fit beside the pie: "Textiles and garments" → ["Textiles and", "garments"]. */
export function wrapped(name) {
  const lines = [""];
  for (const word of name.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last && last.length + 1 + word.length > PIE.letters) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`.trim();
  }
  const kept = lines.length > PIE.lines ? [...lines.slice(0, PIE.lines - 1), lines.slice(PIE.lines - 1).join(" ")] : lines;
  return kept.map((one) => shortened(one, PIE.letters + 1, (text) => text.length));
}

function pen(ctx, theme, style = "400") {
  ctx.font = `${style} ${theme.size}px ${theme.font}`;
  ctx.lineWidth = 1;
  ctx.textAlign = "start";
  ctx.textBaseline = "alphabetic";
}

function line(ctx, [x, y], ...rest) {
  ctx.beginPath();
  ctx.moveTo(x, y);
  for (const [toX, toY] of rest) ctx.lineTo(toX, toY);
  ctx.stroke();
}
