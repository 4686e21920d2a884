import assert from "node:assert/strict";
import test from "node:test";

import { dollars, exact, tick, ticks } from "../../static/js/format.js";

test("thousands are parted by commas", () => {
  assert.equal(exact(1673785123), "1,673,785,123");
  assert.equal(exact(999), "999");
  assert.equal(exact(-1200), "−1,200");
});

test("an axis in billions keeps its millions where the step needs them", () => {
  assert.deepEqual(
    [0, 5e8, 1e9, 1.5e9].map((value) => tick(value, 5e8)),
    ["0", "500\u00a0m", "1\u00a0bn", "1.5\u00a0bn"],
  );
});

test("a sum of floats does not show on the axis", () => {
  assert.equal(tick(1e9 * (0.1 + 0.2), 1e8), "300\u00a0m");
  assert.equal(tick(1.1e9 + 1.1e9 + 1.1e9, 1.1e9), "3.3\u00a0bn");
});

test("nought is not a missing value and has no unit", () => {
  assert.equal(tick(0, 1e9), "0");
});

test("an axis holds both ends and nought, in round steps", () => {
  assert.deepEqual(ticks(0, 3.9e9), [0, 1e9, 2e9, 3e9, 4e9]);
  assert.deepEqual(ticks(0, 0), [0, 1]);
  for (const [low, high] of [
    [0, 7],
    [0, 12345],
    [-300, 900],
    [0, 2.14e9],
    [-5e8, 1],
  ]) {
    const marks = ticks(low, high);
    assert.ok(marks[0] <= low && marks.at(-1) >= high && marks.includes(0), `${low} ${high}: ${marks}`);
    assert.ok(marks.length <= 7);
  }
});

test("dollars are written in three digits, as the server writes them", () => {
  const written = {
    0: "US$0",
    8123: "US$8,123",
    999999: "US$999,999",
    1000000: "US$1.00\u00a0m",
    12300000: "US$12.3\u00a0m",
    99960000: "US$100\u00a0m",
  };
  for (const [value, text] of Object.entries(written)) assert.equal(dollars(Number(value)), text);
  assert.deepEqual([999600000, 1673785123, -345600000, null].map(dollars), [
    "US$1.00\u00a0bn",
    "US$1.67\u00a0bn",
    "−US$346\u00a0m",
    "–",
  ]);
});
