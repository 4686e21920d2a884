// What is written around the marks of a chart: axes, names, numbers. Each function makes a Chart.js plugin that draws on
// the context it is given, with the measures of the server's drawing (trade/charts/svg/), so that nothing moves when the
// canvas takes over.

import { axis, drawn, hangs, isLog, isRank, named, reach } from "./axes.js";
import { tick } from "./format.js";
import { MEASURES, PLOT } from "./measures.js";

const { bars: BARS, pie: PIE, pie_leads: LEADS, small_charts: SMALL, lines: LINES } = MEASURES;
const { events: EVENTS, spans: SPAN, letters: LETTERS, letter_widths: WIDTHS } = MEASURES;
const { narrow: NARROW, wide: WIDE } = MEASURES.letters_that_are;
const { marked_statuses: FLAGGED, year_names: NAMES } = MEASURES;
const APART = 14; // pixels between two letters of one year
const ABOVE_BAR = BARS.name - BARS.bar - BARS.thick / 2; // pixels from the middle of a bar to its name

/** Grid, axis, years and the band behind the chosen one; above the marks, what must be said of a value. */
export function aroundTime(figure, theme) {
  const scale = axis(figure);
  return {
    id: "aroundTime",
    beforeDatasetsDraw: (chart) => {
      for (const span of spans(figure, chart)) shaded(chart, span, theme);
      band(chart, figure, theme);
      grid(chart, figure, scale, theme);
      dividers(chart, figure, theme);
      years(chart, figure, theme);
    },
    afterDatasetsDraw: (chart) => {
      if (figure.kind === "stacked") flagsOfStacks(chart, figure, theme);
      else flagsOfLines(chart, figure, theme);
      for (const span of spans(figure, chart)) entitled(chart, span, theme);
      for (const marker of markers(figure, chart)) numbered(chart, marker, theme);
    },
  };
}

const stepOf = ({ chartArea }, figure) => chartArea.width / figure.categories.length;
const floorOf = ({ chartArea, scales }, figure) =>
  isLog(figure) || isRank(figure) ? chartArea.bottom : scales.y.getPixelForValue(0);

function band(chart, figure, theme) {
  const place = figure.categories.findIndex((category) => category.key === figure.current);
  if (place < 0) return;
  const { ctx, chartArea, scales } = chart;
  ctx.fillStyle = theme.wash;
  ctx.fillRect(
    scales.x.getPixelForValue(place) - stepOf(chart, figure) / 2,
    chartArea.top,
    stepOf(chart, figure),
    chartArea.height,
  );
}

function grid(chart, figure, { marks, shown }, theme) {
  const { ctx, scales, width } = chart;
  const floor = floorOf(chart, figure);
  pen(ctx, theme);
  for (const mark of shown) {
    const y = scales.y.getPixelForValue(mark);
    ctx.strokeStyle = Math.abs(y - floor) < 0.5 ? theme.strong : theme.rule;
    line(ctx, [0, Math.round(y) + 0.5], [width, Math.round(y) + 0.5]);
    ctx.fillStyle = theme.soft;
    ctx.fillText(numberOn(figure, marks, shown, mark), 0, Math.round(y) - 3.5);
  }
}

/** A number on the axis; the topmost carries the unit. What hangs below the axis is a flow, not a debt. */
function numberOn(figure, marks, shown, mark) {
  if (isRank(figure)) return String(-mark);
  const value = hangs(figure) ? Math.abs(mark) : mark;
  if (figure.unit === "%") return `${tick(value, 1)}%`;
  const quantity = ["quantity", "unit_value"].includes(figure.measure);
  if (quantity)
    return ofQuantity(figure.unit, mark === shown.at(-1), tick(value, isLog(figure) ? value : marks[1] - marks[0]));
  return (
    (mark === shown.at(-1) && figure.unit !== "index" ? figure.unit : "") +
    tick(value, isLog(figure) ? value : marks[1] - marks[0])
  );
}

/** The topmost mark carries its unit: "25 m t", "US$50/t". */
function ofQuantity(unit, isTop, number) {
  if (!isTop) return number;
  return unit.startsWith("US$/") ? `US$${number}${unit.slice(3)}` : `${number}\u00a0${unit}`;
}

/** A dotted line before a part-year, a dashed one where the source breaks. */
function dividers(chart, figure, theme) {
  const { ctx, chartArea, scales } = chart;
  ctx.strokeStyle = theme.soft;
  figure.categories.forEach((category, place) => {
    const part = place > 0 && category.partial && !figure.categories[place - 1].partial;
    if (!category.break_before && !part) return;
    ctx.lineWidth = category.break_before ? 1.5 : 1;
    ctx.setLineDash(category.break_before ? [6, 3] : [1, 4]);
    const x = scales.x.getPixelForValue(place) - stepOf(chart, figure) / 2;
    line(ctx, [x, chartArea.top], [x, chartArea.bottom]);
  });
  ctx.setLineDash([]);
}

function years({ ctx, chartArea, scales, width }, figure, theme) {
  const write = (category, x, y, align) => {
    pen(ctx, theme, category.key === figure.current ? "700" : "400", align);
    ctx.fillStyle = category.key === figure.current ? theme.ink : theme.soft;
    ctx.fillText(category.label, x, y);
  };
  for (const place of named(figure, width)) {
    const half = (NAMES.letter * figure.categories[place].label.length) / 2;
    write(
      figure.categories[place],
      Math.min(scales.x.getPixelForValue(place), width - half),
      chartArea.bottom + PLOT.year,
      "center",
    );
  }
  const partial = figure.categories.findLast((category) => category.partial);
  if (partial) write(partial, width, chartArea.bottom + PLOT.part_year, "end");
}

function flagsOfStacks(chart, figure, theme) {
  const { ctx, scales } = chart;
  pen(ctx, theme, "italic 400", "center");
  ctx.fillStyle = theme.soft;
  figure.totals.forEach((total, place) => {
    const x = scales.x.getPixelForValue(place);
    if (total.value === null) ctx.fillText("–", x, floorOf(chart, figure) - 5);
    else if (FLAGGED.includes(total.status))
      ctx.fillText(total.status.toLowerCase(), x, Math.min(topOf(chart, figure, place), floorOf(chart, figure)) - 5);
  });
}

/** A letter above a point that is provisional, unreliable or a break, once where several lie close. */
function flagsOfLines({ ctx, scales }, figure, theme) {
  pen(ctx, theme, "italic 400", "center");
  ctx.fillStyle = theme.soft;
  figure.categories.forEach((_, place) => {
    const flagged = figure.series
      .map((series) => ({ letter: flagOf(series.points[place]), value: drawn(figure, series, series.points[place]) }))
      .filter(({ letter, value }) => letter && value !== null)
      .map(({ letter, value }) => ({ letter, y: scales.y.getPixelForValue(value) }))
      .sort((one, other) => one.y - other.y);
    let last = -Infinity;
    for (const { letter, y } of figure.series.length > LINES.crowded ? flagged.slice(0, 1) : flagged) {
      if (y - last <= APART) continue;
      ctx.fillText(letter, scales.x.getPixelForValue(place), y - LINES.letter_above);
      last = y;
    }
  });
}

const flagOf = ({ flag, status }) => flag ?? (FLAGGED.includes(status) ? status.toLowerCase() : "");

/** The height at which what is drawn of a year ends. */
function topOf(chart, figure, place) {
  const { scales, chartArea } = chart;
  if (figure.kind === "stacked") {
    const { high, low } = reach(figure, place);
    if (!high && !low) return floorOf(chart, figure);
    return scales.y.getPixelForValue(
      high || figure.series.map((one) => drawn(figure, one, one.points[place])).find((value) => value < 0),
    );
  }
  const values = figure.series
    .map((series) => drawn(figure, series, series.points[place]))
    .filter((value) => value !== null);
  return values.length ? Math.min(...values.map((value) => scales.y.getPixelForValue(value))) : chartArea.bottom;
}

// Events

/** Where the numbers of events stand: [{number: 1, x: 210, y: 9, end: 140}], `end` being that of the stem. */
function markers(figure, chart) {
  return (figure.events ?? []).map(({ number, category, row = 0 }) => {
    const place = figure.categories.findIndex(({ key }) => key === category);
    const y = EVENTS.radius + 1 + EVENTS.row * row;
    const x = Math.min(chart.scales.x.getPixelForValue(place), chart.width - EVENTS.radius - 1); // a month is narrower than a number
    return { number, x, y, end: topOf(chart, figure, place) };
  });
}

/** Where spans of time are shaded: [{label: "Border closed", from: 812, to: 890}], in pixels. */
function spans(figure, { chartArea }) {
  const at = (part) => chartArea.left + part * chartArea.width;
  return (figure.spans ?? []).map(({ label, from, to }) => ({ label, from: at(from), to: at(to) }));
}

function shaded({ ctx, chartArea }, { from, to }, theme) {
  ctx.save();
  ctx.globalAlpha = SPAN.shade;
  ctx.fillStyle = theme.soft;
  ctx.fillRect(from, chartArea.top, to - from, chartArea.height);
  ctx.globalAlpha = SPAN.edge;
  ctx.lineWidth = 1;
  ctx.strokeStyle = theme.soft;
  for (const x of [from, to]) line(ctx, [x, chartArea.top], [x, chartArea.bottom]);
  ctx.restore();
}

/** The name of a span stands upright along its end, away from the stem of its marker. */
function entitled({ ctx, chartArea }, { label, to }, theme) {
  ctx.save();
  pen(ctx, theme, "400", "end");
  ctx.font = `${(LETTERS.span * theme.size) / LETTERS.usual}px ${theme.font}`;
  ctx.fillStyle = theme.ink;
  ctx.translate(to, chartArea.top);
  ctx.rotate(-Math.PI / 2);
  ctx.fillText(label, -SPAN.inside, SPAN.baseline);
  ctx.restore();
}

/** The number of the event whose marker lies under a point of the chart, or null. */
export function markerAt(figure, chart, { x, y }) {
  const near = (marker) => Math.hypot(marker.x - x, marker.y - y) <= EVENTS.radius + EVENTS.reach;
  return markers(figure, chart).find(near)?.number ?? null;
}

function numbered({ ctx }, { number, x, y, end }, theme) {
  const marked = theme.marked === number;
  pen(ctx, theme, "700", "center");
  ctx.font = `700 ${(LETTERS.event * theme.size) / LETTERS.usual}px ${theme.font}`;
  ctx.strokeStyle = theme.soft;
  ctx.setLineDash([1, 2]);
  line(ctx, [x, y + EVENTS.radius], [x, end]);
  ctx.setLineDash([]);
  ctx.lineWidth = EVENTS.ring;
  ctx.strokeStyle = theme.ink;
  ctx.fillStyle = marked ? theme.ink : theme.ground;
  ctx.beginPath();
  ctx.arc(x, y, EVENTS.radius, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = marked ? theme.ground : theme.ink;
  ctx.fillText(String(number), x, y + EVENTS.number_down);
}

// Bars

/** A name and its number above each bar, and where bars grow both ways the line they grow from. */
export function aboveBars(figure, theme) {
  return {
    id: "aboveBars",
    beforeDatasetsDraw({ ctx, scales, height }) {
      if (scales.x.min >= 0) return;
      const x = scales.x.getPixelForValue(0);
      pen(ctx, theme);
      ctx.strokeStyle = theme.strong;
      line(ctx, [x, 0], [x, height]);
    },
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      figure.categories.forEach((category, place) => {
        const y = scales.y.getPixelForValue(place) + ABOVE_BAR;
        const total = figure.totals?.[place] ?? figure.series[0].points[place];
        const flag = total.value !== null && FLAGGED.includes(total.status) ? ` ${total.status.toLowerCase()}` : "";
        const value = [total.text, total.share].filter(Boolean).join(" · ") + flag;
        pen(ctx, theme);
        const room = chartArea.width - ctx.measureText(value).width - 12;
        ctx.font = `${(LETTERS.names * theme.size) / LETTERS.usual}px ${theme.font}`;
        ctx.fillStyle = theme.ink;
        ctx.fillText(
          shortened(category.label, room, (text) => ctx.measureText(text).width),
          chartArea.left,
          y,
        );
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
          ctx.fillText(words, label.x, label.y + at * PIE.line, roomBeside); // a wider font is condensed, not clipped
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
  const sides = sidesOf(figure);
  for (const side of sides) spread(side, height);
  return sides.flat().map((one) => placed(one, height / 2));
}

/** The room that a figure's drawing takes: {height: 462} in pixels, of a pie {ratio: 1.46}; over time the stylesheet says. */
export function room(figure) {
  if (figure.multiples)
    return { height: SMALL.height * Math.ceil(new Set(figure.series.map((one) => one.member)).size / SMALL.beside) };
  if (figure.kind === "bars") return { height: BARS.row * Math.max(figure.categories.length, 1) };
  if (figure.kind !== "pie") return {};
  const heights = sidesOf(figure).map((side) => side.reduce((sum, one) => sum + one.height, PIE.edge));
  return { ratio: PIE.width / Math.max(2 * PIE.radius + PIE.margin, ...heights) };
}

/** The labels to the right of a pie, from the top, and those to the left. */
function sidesOf(figure) {
  const points = figure.series[0].points;
  const whole = points.reduce((sum, point) => sum + (point.value ?? 0), 0);
  let turn = 0;
  const all = figure.categories.map((category, place) => {
    const part = (points[place].value ?? 0) / whole;
    const middle = turn + part / 2;
    turn += part;
    const words = [figure.totals[place]?.share ?? "", ...wrapped(category.label)];
    return { middle, side: middle < 0.5 ? 1 : -1, words, height: PIE.line * words.length + PIE.gap };
  });
  return [all.filter((one) => one.side > 0), all.filter((one) => one.side < 0).reverse()];
}

function spread(side, height) {
  let floor = 0;
  for (const one of side) {
    one.top = Math.max(at(one.middle, PIE.radius + LEADS.label, height / 2)[1] - one.height / 2, floor);
    floor = one.top + one.height;
  }
  let ceiling = height;
  for (const one of [...side].reverse()) {
    one.top = Math.min(one.top, ceiling - one.height);
    ceiling = one.top;
  }
}

function placed({ middle, side, words, top }, centre) {
  const corner = [PIE.width / 2 + side * (PIE.radius + LEADS.end), top + LEADS.down];
  const lead = [at(middle, PIE.radius + LEADS.start, centre), at(middle, PIE.radius + LEADS.bend, centre), corner];
  return { side, words, lead, x: PIE.width / 2 + side * (PIE.radius + PIE.beside), y: top + LEADS.first_line };
}

function at(turn, radius, centre) {
  const angle = 2 * Math.PI * turn;
  return [PIE.width / 2 + radius * Math.sin(angle), centre - radius * Math.cos(angle)];
}

const roomBeside = PIE.width / 2 - PIE.radius - PIE.beside;

/** Break a name into lines that fit beside the pie: "Textiles and garments" → ["Textiles and", "garments"]. */
export function wrapped(name) {
  const lines = [""];
  for (const word of name.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last && estimatedWidth(`${last} ${word}`) > roomBeside) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`.trim();
  }
  const kept =
    lines.length > PIE.lines ? [...lines.slice(0, PIE.lines - 1), lines.slice(PIE.lines - 1).join(" ")] : lines;
  return kept.map((one) => shortened(one, roomBeside, estimatedWidth));
}

/** How wide words are by the server's measure, so that both drawings break a name alike: "iron" → 23.9 units. */
function estimatedWidth(words) {
  const of = (letter) => {
    if (NARROW.includes(letter)) return WIDTHS.narrow;
    if (WIDE.includes(letter)) return WIDTHS.wide;
    return /[\p{Lu}\p{Nd}]/u.test(letter) ? WIDTHS.capital : WIDTHS.usual;
  };
  return LETTERS.usual * [...words].reduce((sum, letter) => sum + of(letter), 0);
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
