import assert from "node:assert/strict";
import test from "node:test";

import { named } from "../../static/js/axes.js";
import { aboveBars, aroundPie, aroundTime, pieLabels, shortened, wrapped } from "../../static/js/labels.js";
import { bars, pie, point, stacked } from "./figures.js";

const THEME = {
  ground: "white",
  ink: "black",
  soft: "grey",
  rule: "silver",
  strong: "dimgrey",
  wash: "snow",
  font: "serif",
  size: 12,
};
const yearly = (from, to, chosen) => ({
  current: String(chosen),
  categories: Array.from({ length: to - from + 1 }, (_, at) => ({
    key: String(from + at),
    label: String(from + at),
    partial: false,
  })),
});

/** A stand-in for a canvas that remembers what was written and how. */
function paper() {
  const written = [];
  const ctx = {
    save() {},
    restore() {},
    scale() {},
    beginPath() {},
    moveTo() {},
    lineTo() {},
    stroke() {},
    fillRect() {},
    setLineDash() {},
    arc() {},
    fill() {},
    measureText: (text) => ({ width: 6 * text.length }),
  };
  ctx.fillText = (text, x, y) => written.push({ text, x, y, font: ctx.font, colour: ctx.fillStyle });
  return { ctx, written, words: () => written.map((one) => one.text) };
}

function chartOn(ctx, width = 400) {
  const scales = {
    x: { getPixelForValue: (place) => 60 + 40 * place },
    y: { getPixelForValue: (value) => 300 - value },
  };
  return {
    ctx,
    width,
    height: 340,
    chartArea: { left: 40, right: width, top: 26, bottom: 296, width: width - 40, height: 270 },
    scales,
  };
}

test("years that are named never touch, and the chosen one is among them", () => {
  for (const width of [280, 330, 700, 1100]) {
    const figure = yearly(1998, 2024, 2016);
    const step = (width * 0.9) / figure.categories.length;
    const places = named(figure, width).sort((one, other) => one - other);
    assert.ok(places.includes(2016 - 1998));
    for (let at = 1; at < places.length; at += 1) assert.ok((places[at] - places[at - 1]) * step >= 38);
  }
});

test("of months too many to name, Januaries come first", () => {
  const months = Array.from({ length: 24 }, (_, at) => ({
    key: `${2024 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`,
    label: "Jan 2024",
    partial: false,
  }));
  assert.deepEqual(named({ categories: months, current: null }, 160), [0, 12]);
  assert.deepEqual(named({ categories: months, current: null }, 300).slice(0, 2), [0, 12]);
});

test("a name that would leave the chart moves in, and the ones beside it make room", () => {
  const months = Array.from({ length: 33 }, (_, at) => ({
    key: `${2023 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`,
    label: "Jan 2024",
    partial: false,
  }));
  assert.deepEqual(named({ categories: months, current: "2025-09" }, 356), [32, 0, 12, 21]); // January 2025 would touch September
});

test("of the months of any year the first of each quarter are named", () => {
  const months = Array.from({ length: 12 }, (_, at) => ({
    key: String(at + 1).padStart(2, "0"),
    label: "Jan",
    partial: false,
  }));
  assert.deepEqual(named({ categories: months, current: null }, 356), [0, 3, 6, 9]);
});

test("an axis of shares is in per cent throughout", () => {
  const { ctx, words } = paper();
  aroundTime(
    { ...stacked, unit: "%", series: [{ ...stacked.series[0], points: [point(100), point(100), point(null)] }] },
    THEME,
  ).beforeDatasetsDraw(chartOn(ctx));
  assert.deepEqual(words().slice(0, 5), ["0%", "25%", "50%", "75%", "100%"]);
});

test("all years are named where there is room, part-years on a line of their own", () => {
  const { ctx, written, words } = paper();
  const plugin = aroundTime(stacked, THEME);
  plugin.beforeDatasetsDraw(chartOn(ctx));
  assert.deepEqual(words().slice(-3), ["2023", "2024", "Jan–Sep 2025"]);
  assert.match(written.find((one) => one.text === "2024").font, /^700/);
  assert.ok(written.at(-1).y > written.at(-2).y);
});

test("the topmost number of the axis has its unit", () => {
  const { ctx, words } = paper();
  const billions = { ...stacked, series: [{ ...stacked.series[0], points: [point(3.9e9), point(1e9), point(null)] }] };
  aroundTime(billions, THEME).beforeDatasetsDraw(chartOn(ctx));
  assert.deepEqual(words().slice(0, 5), ["0", "1\u00a0bn", "2\u00a0bn", "3\u00a0bn", "US$4\u00a0bn"]);
});

test("a year without a figure has a dash and a provisional one a letter", () => {
  const { ctx, words } = paper();
  aroundTime(stacked, THEME).afterDatasetsDraw(chartOn(ctx));
  assert.deepEqual(words(), ["p", "–"]);
});

test("above a bar stand its name, its total and its share, and a dash where there is no value", () => {
  const { ctx, words } = paper();
  aboveBars(bars, THEME).afterDatasetsDraw(chartOn(ctx));
  assert.deepEqual(words(), ["Heilongjiang", "US$9 · 70% p", "Jilin", "–"]);
});

test("a name too long for its room is cut with a mark", () => {
  const width = (text) => text.length;
  assert.equal(shortened("Precious stones and metals", 12, width), "Precious st…");
  assert.equal(shortened("Textiles", 8, width), "Textiles");
});

test("a long name is broken into five lines at most, as the server breaks it", () => {
  const broken = {
    // tests/trade/charts/svg/test_svg.py has the same
    "Textiles and garments": ["Textiles and", "garments"],
    "2709 Crude petroleum, estimate": ["2709 Crude", "petroleum,", "estimate"],
    "2710 Refined petroleum": ["2710 Refined", "petroleum"],
    "8504 Transformers and converters": ["8504", "Transformers", "and converters"],
    "2615 Vanadium, niobium and zirconium ore": ["2615", "Vanadium,", "niobium and", "zirconium ore"],
    "Pneumonoultramicroscopic dust": ["Pneumonoultr…", "dust"],
    "one two three four five six seven eight": ["one two three", "four five six", "seven eight"],
  };
  for (const [name, lines] of Object.entries(broken)) assert.deepEqual(wrapped(name), lines);
  assert.equal(wrapped("Mineral fuels, mineral oils and products of their distillation").length, 5);
});

test("the letters of a pie's labels have the room between the pie and the edge, and no more", () => {
  const given = [];
  const { ctx } = paper();
  ctx.fillText = (_text, x, _y, most) => given.push({ x, most });
  aroundPie(
    {
      ...pie,
      categories: [{ ...pie.categories[0], label: "2710 Refined petroleum" }],
      series: [{ ...pie.series[0], points: [point(3)] }],
      totals: [point(3, { share: "100%" })],
    },
    THEME,
  ).afterDatasetsDraw({ ctx, width: 380, height: 260 });
  assert.equal(given.length, 3);
  for (const { x, most } of given) assert.equal(x > 190 ? x + most : x - most, x > 190 ? 380 : 0);
});

test("labels of a pie stand on the side of their slice, inside the drawing, and never touch", () => {
  const many = Array.from({ length: 8 }, (_, place) => ({
    label: `Section number ${place}`,
    colour: place,
    component: "reported",
  }));
  const sizes = [50, 18, 11, 10, 4, 3, 2, 2];
  const figure = {
    ...pie,
    categories: many,
    series: [{ ...pie.series[0], points: sizes.map((size) => point(size)) }],
    totals: sizes.map((size) => point(size, { share: `${size}%` })),
  };
  const labels = pieLabels(figure, 400);
  assert.equal(labels.length, 8);
  for (const side of [1, -1]) {
    const ones = labels.filter((label) => label.side === side).sort((one, other) => one.y - other.y);
    ones.forEach((one, at) => {
      assert.ok(one.y >= 12 && one.y + 14 * (one.words.length - 1) <= 400, one.words[0]);
      if (at) assert.ok(one.y - ones[at - 1].y >= 14 * ones[at - 1].words.length);
    });
  }
});
