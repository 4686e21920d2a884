import assert from "node:assert/strict";
import test from "node:test";

import { facts, opens, speech, start, walk } from "../../static/js/walk.js";
import { bars, pie, point, stacked } from "./figures.js";

const WORDS = { missing: "missing" };

test("a reader enters at the year chosen on the page, else at the newest", () => {
  assert.deepEqual(start(stacked), { series: 0, category: 1 });
  const unchosen = { ...stacked, current: null };
  assert.deepEqual(start(unchosen), { series: 0, category: 2 });
  assert.deepEqual(start(pie), { series: 0, category: 0 });
});

test("a stack is walked along its years and up its series, and ends at its ends", () => {
  let at = { series: 0, category: 0 };
  for (const key of ["ArrowRight", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowUp"]) at = walk(stacked, at, key);
  assert.deepEqual(at, { series: 1, category: 2 });
  assert.deepEqual(walk(stacked, at, "Home"), { series: 1, category: 0 });
  assert.deepEqual(walk(stacked, at, "ArrowDown"), { series: 0, category: 2 });
});

test("a pie goes round", () => {
  assert.deepEqual(walk(pie, { series: 0, category: 2 }, "ArrowRight"), { series: 0, category: 0 });
  assert.deepEqual(walk(pie, { series: 0, category: 0 }, "ArrowUp"), { series: 0, category: 2 });
});

test("other keys are left to the browser", () => {
  for (const key of ["Tab", "a", "PageDown"]) assert.equal(walk(stacked, start(stacked), key), null);
});

test("every key keeps the position inside the figure", () => {
  const keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"];
  for (const figure of [stacked, pie, bars]) {
    let at = start(figure);
    for (let turn = 0; turn < 500; turn += 1) {
      at = walk(figure, at, keys[(turn * 7 + (turn >> 3)) % keys.length]);
      assert.ok(figure.series[at.series]?.points[at.category], JSON.stringify(at));
    }
  }
});

test("a point opens its own address, else its category's, else its series'", () => {
  assert.equal(opens(pie, { series: 0, category: 0 }), "/commodities/v/");
  assert.equal(opens(pie, { series: 0, category: 1 }), null);
  assert.equal(opens(stacked, { series: 0, category: 0 }), "/provinces/?year=2023");
  assert.equal(opens(stacked, { series: 0, category: 1 }), "/provinces/cn-ln/");
});

test("speech tells value, share, rank and status", () => {
  assert.equal(
    speech(stacked, { series: 0, category: 0 }, WORDS),
    "2023, Liaoning: US$3, 52% of all provinces, 1st of 31",
  );
  assert.equal(
    speech(stacked, { series: 1, category: 1 }, WORDS),
    "2024, Heilongjiang, estimate: US$5, 9%, 2nd of 31, estimate",
  );
  assert.equal(speech(pie, { series: 0, category: 1 }, WORDS), "Oil, estimate: US$3");
});

test("a missing value is spoken as missing and nought as nought", () => {
  assert.equal(speech(stacked, { series: 0, category: 2 }, WORDS), "Jan–Sep 2025, Liaoning: missing: suppressed");
  assert.equal(speech(stacked, { series: 0, category: 1 }, WORDS), "2024, Liaoning: US$0");
  const gap = { ...pie, series: [{ ...pie.series[0], points: [point(null, { share: "3%", rank: "1st" })] }] };
  assert.deepEqual(facts(gap, { series: 0, category: 0 }, WORDS), ["missing"]);
});

test("a bar and the estimate that continues it are spoken as one", () => {
  assert.equal(
    speech(bars, { series: 0, category: 0 }, WORDS),
    "Heilongjiang: US$9, 90% of all provinces, 1st of 2, provisional, estimate US$2",
  );
  assert.equal(speech(bars, { series: 0, category: 1 }, WORDS), "Jilin: missing");
});
