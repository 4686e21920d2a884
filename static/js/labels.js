// What is written around the marks of a chart: axes, names, numbers. Each function makes a Chart.js plugin that draws on
// the context it is given, with the measures of the server's drawing (trade/svg/), so that nothing moves when the
// canvas takes over.

import { tick, ticks } from "./format.js";

export const TIME = { top: 26, bottom: 44, left: 0.1, widest: 0.128, letter: 7, space: 10 }; // pixels, and parts of the width
export const BARS = { top: 14, thick: 14, name: -13 }; // pixels; the name stands above the middle of its bar
export const PIE = { width: 380, radius: 84, letters: 14, lines: 3, line: 14 }; // units of the drawing's width
const FLAGGED = ["P", "U", "B"];

/** The round numbers of a figure's axis: of stacks the totals, of lines all values. */
export function axis(figure) {
  const values = figure.kind === "stacked" ? ends(figure) : figure.series.flatMap((series) => series.points.map((point) => point.value)).filter((value) => value !== null);
  return ticks(Math.min(0, ...values), Math.max(0, ...values));
}

/** How far each stack reaches, above nought and below. */
function ends(figure) {
  return figure.categories.flatMap((_, place) => {
    const values = figure.series.map((series) => (series.points[place].value ?? 0) * (series.sign ?? 1));
    const sum = (some) => some.reduce((all, value) => all + value, 0);
    return [sum(values.filter((value) => value > 0)), sum(values.filter((value) => value < 0))];
  });
}

/** Years or months that are named on the axis: all where there is room, else the chosen one and round ones. */
export function named({ categories, current }, width) {
  const step = (width * (1 - TIME.left)) / categories.length;
  const wide = (place) => TIME.letter * categories[place].label.length + TIME.space;
  const taken = [];
  for (const place of byImportance(categories, current, width, wide)) {
    if (taken.every((other) => Math.abs(place - other) * step >= wide(place))) taken.push(place);
  }
  return taken;
}

/** A part-year has a line of its own; of years every fifth counts most, of months Januaries, then quarters. */
function byImportance(categories, current, width, wide) {
  const full = categories.map((_, place) => place).filter((place) => !categories[place].partial);
  if (full.reduce((sum, place) => sum + wide(place), 0) <= width * (1 - TIME.left)) return full;
  const having = (test) => full.filter((place) => test(categories[place].key));
  const round = [...having((key) => Number(key) % 5 === 0), ...having((key) => key.endsWith("-01")), ...having((key) => /-(04|07|10)$/.test(key))];
  return [...full.filter((place) => categories[place].key === current), ...(round.length ? round : full.filter((_, at) => at % 5 === 0))];
}

/** Grid, axis, years and the band behind the chosen one; above the marks, what must be said of a value. */
export function aroundTime(figure, theme) {
  const marks = axis(figure);
  return {
    id: "aroundTime",
    beforeDatasetsDraw: (chart) => {
      band(chart, figure, theme);
      grid(chart, figure, marks, theme);
      years(chart, figure, theme);
    },
    afterDatasetsDraw: (chart) => figure.kind === "stacked" && flags(chart, figure, theme),
  };
}

function band({ ctx, chartArea, scales }, figure, theme) {
  const place = figure.categories.findIndex((category) => category.key === figure.current);
  if (place < 0) return;
  const step = chartArea.width / figure.categories.length;
  ctx.fillStyle = theme.wash;
  ctx.fillRect(scales.x.getPixelForValue(place) - step / 2, chartArea.top - 14, step, chartArea.height + 14);
}

function grid({ ctx, scales, width }, figure, marks, theme) {
  pen(ctx, theme);
  for (const mark of marks) {
    const y = Math.round(scales.y.getPixelForValue(mark)) + 0.5;
    ctx.strokeStyle = mark ? theme.rule : theme.strong;
    line(ctx, [0, y], [width, y]);
    ctx.fillStyle = theme.soft;
    ctx.fillText(numberOn(figure, marks, mark), 0, y - 4);
  }
}

/** A number on the axis; the topmost carries the unit. */
function numberOn(figure, marks, mark) {
  if (figure.unit === "%") return `${mark}%`;
  return (mark === marks.at(-1) ? figure.unit : "") + tick(mark, marks[1] - marks[0]);
}

function years({ ctx, chartArea, scales, width }, figure, theme) {
  const write = (category, x, y, align) => {
    pen(ctx, theme, category.key === figure.current ? "700" : "400", align);
    ctx.fillStyle = category.key === figure.current ? theme.ink : theme.soft;
    ctx.fillText(category.label, x, y);
  };
  for (const place of named(figure, width)) {
    const half = (TIME.letter * figure.categories[place].label.length) / 2;
    write(figure.categories[place], Math.min(scales.x.getPixelForValue(place), width - half), chartArea.bottom + 17, "center");
  }
  const partial = figure.categories.findLast((category) => category.partial);
  if (partial) write(partial, width, chartArea.bottom + 34, "end");
}

function flags({ ctx, chartArea, scales }, figure, theme) {
  pen(ctx, theme, "italic 400", "center");
  ctx.fillStyle = theme.soft;
  figure.totals.forEach((total, place) => {
    const x = scales.x.getPixelForValue(place);
    if (total.value === null) ctx.fillText("–", x, chartArea.bottom - 5);
    else if (FLAGGED.includes(total.status)) ctx.fillText(total.status.toLowerCase(), x, scales.y.getPixelForValue(total.value) - 5);
  });
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
        const value = [total.text, total.share].filter(Boolean).join(" · ") + flag;
        pen(ctx, theme);
        const room = chartArea.width - ctx.measureText(value).width - 12;
        ctx.font = `${theme.size + 1}px ${theme.font}`;
        ctx.fillStyle = theme.ink;
        ctx.fillText(shortened(category.label, room, (text) => ctx.measureText(text).width), chartArea.left, y);
        pen(ctx, theme, "400", "end");
        ctx.fillStyle = theme.soft;
        ctx.fillText(value, chartArea.right, y);
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
        ctx.save();
        ctx.scale(scale, scale);
        pen(ctx, theme, "400", label.side > 0 ? "start" : "end");
        ctx.strokeStyle = theme.soft;
        ctx.lineWidth = 0.75;
        line(ctx, ...label.lead);
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

function pen(ctx, theme, style = "400", align = "start") {
  ctx.font = `${style} ${theme.size}px ${theme.font}`;
  ctx.lineWidth = 1;
  ctx.textAlign = align;
  ctx.textBaseline = "alphabetic";
}

function line(ctx, [x, y], ...rest) {
  ctx.beginPath();
  ctx.moveTo(x, y);
  for (const [toX, toY] of rest) ctx.lineTo(toX, toY);
  ctx.stroke();
}

/** The number of the event whose marker lies under a point of the chart, or null. */
export function markerAt(figure, chart, { x, y }) {
  const found = markers(figure, chart).find((marker) => Math.hypot(marker.x - x, marker.y - y) <= 12);
  return found?.number ?? null;
}

function markers(figure, { scales, chartArea }) {
  return (figure.events ?? []).map(({ number, category }) => {
    const place = figure.categories.findIndex(({ key }) => key === category);
    return { number, x: scales.x.getPixelForValue(place), y: chartArea.top - 14 };
  });
}
