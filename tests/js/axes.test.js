import assert from "node:assert/strict";
import test from "node:test";

import { axis, drawn, extent, hangs, reach, top } from "../../static/js/axes.js";
import { configure } from "../../static/js/config.js";
import { bars, point, stacked } from "./figures.js";

const part = (values, more = {}) => ({ ...stacked.series[0], points: values.map((value) => point(value)), ...more });
const lines = (values, more = {}) => ({ ...stacked, kind: "line", series: [part(values)], totals: [], ...more });
const THEME = {
  series: ["s0", "s1"],
  hatch: (colour) => colour,
  faint: (colour) => colour,
  dim: (colour) => `dim ${colour}`,
};

test("what comes from the DPRK hangs below the axis where both flows are stacked", () => {
  const both = { ...stacked, series: [part([3, 1, 0]), part([2, null, 5], { sign: -1 })] };
  assert.ok(hangs(both));
  assert.deepEqual(
    configure(both, THEME, {}).data.datasets.map((one) => one.data),
    [
      [3, 1, 0],
      [-2, null, -5],
    ],
  );
  assert.deepEqual(reach(both, 0), { high: 3, low: -2 });
});

test("lines of both flows are drawn above nought", () => {
  const both = lines([3, 4, 5]);
  assert.equal(drawn(both, { sign: -1 }, point(3)), 3);
});

test("a balance goes can be negative where more was bought than sold", () => {
  const { marks } = axis({ ...stacked, series: [part([30, -12, null])] });
  assert.ok(marks[0] <= -12 && marks.at(-1) >= 30 && marks.includes(0));
});

test("a logarithmic scale stands on powers of ten and draws neither nought nor what is missing", () => {
  const figure = lines([0, null, 345_000], { scale: "log" });
  assert.deepEqual(axis(figure).marks, [100_000, 1_000_000]);
  assert.deepEqual(
    figure.series[0].points.map((one) => drawn(figure, figure.series[0], one)),
    [null, null, 345_000],
  );
  const { y } = configure(figure, THEME, {}).options.scales;
  assert.deepEqual([y.type, y.min, y.max], ["logarithmic", 100_000, 1_000_000]);
});

test("the first place is drawn on top, every fifth is written, a year without a place is a gap", () => {
  const ranks = lines([1, null, 13], { scale: "rank", unit: "rank" });
  assert.deepEqual(
    ranks.series[0].points.map((one) => drawn(ranks, ranks.series[0], one)),
    [-1, null, -13],
  );
  assert.deepEqual(axis(ranks).marks, [-15, -10, -5, -1]);
  assert.deepEqual(axis(lines([2, 3], { scale: "rank" })).shown, [-5, -4, -3, -2, -1]);
});

test("of many powers of ten every second is written", () => {
  const { marks, shown } = axis(lines([1, 1e4, 1e9], { scale: "log" }));
  assert.equal(marks.length, 10);
  assert.deepEqual(shown, [1, 100, 1e4, 1e6, 1e8]);
});

test("a scale of nothing is a scale all the same", () => {
  assert.deepEqual(axis(lines([null, null, null], { scale: "log" })).marks, [1, 10]);
  assert.deepEqual(extent({ ...bars, series: [part([null, null])] }), [0, 1]);
});

test("the plot begins below its rows of markers", () => {
  const events = [
    { number: 1, category: "2023", row: 0 },
    { number: 2, category: "2024", row: 1 },
  ];
  assert.deepEqual(
    [[], events.slice(0, 1), events].map((some) => top({ ...stacked, events: some })),
    [26, 46, 66],
  );
});

test("bars of both flows grow both ways from one line", () => {
  assert.deepEqual(extent({ ...bars, series: [part([7, 1]), part([2, 4], { sign: -1 })] }), [-4, 7]);
});

test("a line is not joined across a break in the source", () => {
  const broken = lines([3, 4, 5], {
    categories: stacked.categories.map((one, at) => ({ ...one, partial: false, break_before: at === 1 })),
  });
  const [{ joined, radii }] = configure(broken, THEME, {}).data.datasets;
  assert.deepEqual(joined, [false, false, true]);
  assert.ok(radii[0] > 0, "a year with no neighbour to be joined to is a dot");
});

test("what is not highlighted steps back", () => {
  const [dim] = configure({ ...stacked, series: [part([1, 2, 3], { dim: true, colour: 1 })] }, THEME, {}).data.datasets;
  assert.equal(dim.backgroundColor[0], "dim s1");
});

test("an axis of noughts alone has nought on it, and no dollar", () => {
  const figure = {
    kind: "stacked",
    scale: "linear",
    categories: [{}, {}],
    series: [{ points: [{ value: 0 }, { value: null }], sign: 1 }],
  };
  assert.deepEqual(axis(figure).shown, [0]);
});
