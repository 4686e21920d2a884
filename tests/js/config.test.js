import assert from "node:assert/strict";
import test from "node:test";

import { configure } from "../../static/js/config.js";
import { bars, pie, stacked } from "./figures.js";

const WORDS = { missing: "missing" };
const THEME = {
  ground: "white",
  ink: "black",
  soft: "grey",
  rule: "silver",
  strong: "dimgrey",
  wash: "snow",
  series: ["s0", "s1", "s2"],
  hatch: (colour) => `hatch ${colour}`,
  faint: (colour) => `faint ${colour}`,
  font: "serif",
  size: 12,
};
const dataset = (figure, place = 0) => configure(figure, THEME, WORDS).data.datasets[place];
const tooltip = (figure) => configure(figure, THEME, WORDS).options.plugins.tooltip;

test("a missing value stays missing and nought stays nought", () => {
  assert.deepEqual(dataset(stacked).data, [3, 0, null]);
});

test("in a year in which the rules changed every column is hatched", () => {
  const changed = {
    ...stacked,
    categories: stacked.categories.map((category, at) => ({ ...category, unsettled: at === 1 })),
  };
  assert.deepEqual(
    dataset(changed).backgroundColor.map((fill) => fill.startsWith("hatch")),
    changed.categories.map((_, at) => at === 1),
  );
});

test("what is estimated is hatched, in the colour of what it belongs to", () => {
  assert.equal(dataset(stacked, 0).backgroundColor[0], "s1");
  assert.equal(dataset(stacked, 1).backgroundColor[0], "hatch s2");
  assert.deepEqual(dataset(pie).backgroundColor, ["s2", "hatch s2", "s0"]);
  assert.deepEqual(dataset(bars, 1).backgroundColor, ["hatch s1", "hatch s2"]);
});

test("an unknown colour is drawn as other, not as nothing", () => {
  assert.equal(dataset({ ...stacked, series: [{ ...stacked.series[0], colour: 77 }] }).backgroundColor[0], "s0");
});

test("a part-year is fainter than a full one", () => {
  assert.deepEqual(dataset(stacked, 0).backgroundColor, ["s1", "s1", "faint s1"]);
  assert.equal(dataset(stacked, 1).backgroundColor[2], "hatch faint s2");
});

test("slices are parted by the colour of the ground", () => {
  assert.equal(dataset(pie).borderColor, "white");
});

test("blocks stand on those before them that grow the same way", () => {
  const part = (sign, ...values) => ({
    ...stacked.series[0],
    sign,
    points: values.map((value) => ({ ...stacked.series[0].points[0], value })),
  });
  const both = { ...stacked, series: [part(1, 3, 0, null), part(-1, 2, 5, 1), part(1, 4, 1, 2), part(-1, 6, 1, 0)] };
  assert.deepEqual(
    [0, 1, 2, 3].map((place) => dataset(both, place).starts),
    [
      [0, 0, 0],
      [0, 0, 0],
      [3, 0, 0],
      [-2, -5, 0],
    ],
  );
});

test("the axis of a stack holds the sum of its parts, and of those that hang below it", () => {
  const part = (sign, ...values) => ({
    ...stacked.series[0],
    sign,
    points: values.map((value) => ({ ...stacked.series[0].points[0], value })),
  });
  const ends = (figure) => ["min", "max"].map((end) => configure(figure, THEME, WORDS).options.scales.y[end]);
  assert.deepEqual(ends({ ...stacked, series: [part(1, 20, 0, 1), part(1, 19, 5, null)] }), [0, 40]);
  assert.deepEqual(ends({ ...stacked, series: [part(1, 39, 0, 1), part(-1, 12, 5, null)] }), [-20, 40]);
});

test("the longest bar takes the whole width", () => {
  assert.equal(configure(bars, THEME, WORDS).options.scales.x.max, 9);
});

test("the tooltip tells value, share, rank and status, and of a missing value only why", () => {
  const { label, title } = tooltip(stacked).callbacks;
  assert.deepEqual(label({ datasetIndex: 1, dataIndex: 1 }), ["US$5", "9%", "2nd of 31", "estimate"]);
  assert.deepEqual(label({ datasetIndex: 0, dataIndex: 2 }), ["missing: suppressed"]);
  assert.deepEqual(title([{ datasetIndex: 1, dataIndex: 2 }]), ["Heilongjiang, estimate", "Jan–Sep 2025"]);
  assert.equal(tooltip(pie).callbacks.title([{ datasetIndex: 0, dataIndex: 0 }]), "Mineral products");
});

test("a bar and its estimate have one tooltip", () => {
  const { filter, callbacks } = tooltip(bars);
  assert.deepEqual(
    [0, 1].filter((place) => filter({}, place)),
    [0],
  );
  assert.deepEqual(callbacks.label({ datasetIndex: 0, dataIndex: 0 }), [
    "US$9",
    "90% of all provinces",
    "1st of 2",
    "provisional",
    "estimate US$2",
  ]);
});

test("a line is broken at a gap and does not reach a part-year", () => {
  const line = { ...stacked, kind: "line", totals: [] };
  assert.deepEqual(dataset(line).joined, [false, true, false]);
  assert.deepEqual(dataset(line).rings, [false, false, true]);
});

test("a year between two gaps is seen on a line", () => {
  const line = { ...stacked, kind: "line", totals: [] };
  assert.ok(dataset(line, 1).radii[1] > 0);
});
