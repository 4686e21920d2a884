import assert from "node:assert/strict";
import test from "node:test";

import { placeOf, pointAt, walkPanels } from "../../static/js/figure/panels.js";
import { point } from "./figures.js";

const WIDTH = 1000; // two charts of 470 beside each other; values from 0 to 100 grow from 134 to 52 pixels below the edge of a chart
const line = (member, values, estimated = false) => ({
  member,
  name: member,
  estimated,
  points: values.map((value) => point(value)),
});
const figure = {
  kind: "line",
  multiples: true,
  categories: [{ key: "2022" }, { key: "2023" }, { key: "2024" }],
  series: [
    line("ln", [100, null, 50]),
    line("hl", [40, 40, 40]),
    line("hl", [null, 80, null], true),
    line("jl", [0, 25, 100]),
  ],
};
const rounded = (place) => ({ ...place, x: Math.round(10 * place.x) / 10 });
const at = (series, category) => ({ series, category });

test("a point stands where the server's drawing has it", () => {
  assert.deepEqual(placeOf(figure, at(0, 0), WIDTH), { x: 117.5, y: 52, top: 0 }); // 10 and 15 per cent of 470
  assert.deepEqual(placeOf(figure, at(2, 1), WIDTH), { x: 530 + 258.5, y: 52 + 0.2 * 82, top: 0 });
  assert.deepEqual(rounded(placeOf(figure, at(3, 2), WIDTH)), { x: 399.5, y: 212, top: 160 });
  assert.equal(placeOf(figure, at(0, 1), WIDTH).y, null);
});

test("the mouse means the nearest period of its chart, and of two lines the nearer; between charts nothing", () => {
  for (const one of [at(0, 0), at(0, 2), at(1, 1), at(2, 1), at(3, 2)])
    assert.deepEqual(pointAt(figure, placeOf(figure, one, WIDTH), WIDTH), one);
  assert.deepEqual(pointAt(figure, { x: 258, y: 10 }, WIDTH), at(0, 1)); // what is missing is said
  assert.deepEqual(pointAt(figure, { x: 535, y: 60 }, WIDTH), at(1, 0));
  for (const place of [
    { x: 500, y: 60 },
    { x: 700, y: 200 },
    { x: 1001, y: 60 },
    { x: 10, y: 400 },
  ])
    assert.equal(pointAt(figure, place, WIDTH), null);
});

test("on a logarithmic scale nought has no place, but its words", () => {
  assert.equal(placeOf({ ...figure, scale: "log" }, at(3, 0), WIDTH).y, null);
  assert.deepEqual(pointAt({ ...figure, scale: "log" }, { x: 120, y: 250 }, WIDTH), at(3, 0));
});

test("keys walk along time, and from chart to chart by way of the line with estimates, where it has a point", () => {
  const after = (from, ...keys) => keys.reduce((place, key) => walkPanels(figure, place, key), from);
  assert.deepEqual(after(at(0, 1), "ArrowDown", "ArrowDown"), at(2, 1));
  assert.deepEqual(after(at(0, 2), "ArrowDown", "ArrowDown"), at(3, 2));
  assert.deepEqual(after(at(3, 0), "ArrowUp"), at(1, 0));
  assert.deepEqual(after(at(2, 1), "ArrowRight"), at(1, 2));
  assert.deepEqual(after(at(3, 1), "ArrowDown", "Home", "ArrowLeft"), at(3, 0));
  assert.deepEqual(after(at(0, 0), "ArrowUp", "End"), at(0, 2));
  assert.equal(walkPanels(figure, at(0, 0), "Tab"), null);
});

test("a last line that has nothing to say ends the walk before it", () => {
  const last = { ...figure, series: figure.series.slice(0, 3) };
  assert.deepEqual(walkPanels(last, at(1, 0), "ArrowDown"), at(1, 0));
});
