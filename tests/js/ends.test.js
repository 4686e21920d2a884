import assert from "node:assert/strict";
import test from "node:test";

import { endsOf, leads, spread } from "../../static/js/figure/ends.js";
import { point, stacked } from "./figures.js";

const line = (member, values, more = {}) => ({
  ...stacked.series[0],
  key: member,
  member,
  estimated: false,
  points: values.map((value) => point(value)),
  ...more,
});
const lines = (...series) => ({
  ...stacked,
  kind: "line",
  scale: "linear",
  categories: stacked.categories.slice(0, series[0].points.length),
  series,
  events: [],
});

test("names that would touch become a group around the place that they wanted, and stay in the room", () => {
  assert.deepEqual(spread([10, 50], 8, 100), [10, 50]);
  assert.deepEqual(spread([50, 50], 8, 100), [46, 54]);
  assert.deepEqual(spread([99, 100, 100], 8, 100), [84, 92, 100]);
  assert.deepEqual(spread([0, 1, 7, 40], 8, 100), [0, 8, 16, 40]);
});

test("a name stands at the last point of its line, that with estimates first", () => {
  const found = endsOf(lines(line("a", [100, 80]), line("b", [40, 20]), line("b", [null, 60], { estimated: true })));
  assert.deepEqual(
    found.ends.map(({ member, at }) => [member, at]),
    [
      ["a", 20],
      ["b", 40],
    ],
  );
  assert.equal((leads(found).match(/<path/g) ?? []).length, 2);
});

test("the legend stays a list where a line has no end, of one line, of ranks and of more than twelve", () => {
  assert.equal(endsOf(lines(line("a", [1, 2]), line("b", [null, null]))), null);
  assert.equal(endsOf(lines(line("a", [1, 2]))), null);
  assert.equal(endsOf({ ...lines(line("a", [1, 2]), line("b", [2, 1])), scale: "rank" }), null);
  assert.equal(endsOf(lines(...Array.from({ length: 13 }, (_, at) => line(`m${at}`, [1, 2])))), null);
});
