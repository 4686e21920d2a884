import assert from "node:assert/strict";
import test from "node:test";

import { facts, opens, speech, start, walk } from "../../static/js/walk.js";

const WORDS = { missing: "missing" };
const point = (value, more = {}) => ({ value, text: value === null ? "–" : `US$${value}`, share: "", rank: "", status_text: "", url: null, ...more });
const stacked = {
  kind: "stacked",
  categories: [{ label: "2015", url: "/provinces/?year=2015" }, { label: "2016", url: null, current: true }, { label: "2017", url: null }],
  series: [
    { name: "Liaoning", url: "/provinces/cn-ln/", points: [point(3, { share: "52% of all provinces", rank: "1st of 31" }), point(0), point(null, { status_text: "suppressed" })] },
    { name: "Jilin", url: null, points: [point(1), point(2, { status_text: "provisional" }), point(4)] },
  ],
};
const pie = { kind: "pie", categories: [{ label: "Minerals" }, { label: "Textiles" }, { label: "Other" }], series: [{ name: "2016", points: [point(5, { url: "/commodities/v/" }), point(3), point(1)] }] };

test("a reader enters at the year chosen on the page, else at the newest", () => {
  assert.deepEqual(start(stacked), { series: 0, category: 1 });
  const unchosen = { ...stacked, categories: stacked.categories.map((category) => ({ ...category, current: false })) };
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
  for (const figure of [stacked, pie]) {
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
  assert.equal(opens(stacked, { series: 0, category: 0 }), "/provinces/?year=2015");
  assert.equal(opens(stacked, { series: 0, category: 1 }), "/provinces/cn-ln/");
});

test("speech tells value, share, rank and status", () => {
  assert.equal(speech(stacked, { series: 0, category: 0 }, WORDS), "2015, Liaoning: US$3, 52% of all provinces, 1st of 31");
  assert.equal(speech(stacked, { series: 1, category: 1 }, WORDS), "2016, Jilin: US$2, provisional");
  assert.equal(speech(pie, { series: 0, category: 1 }, WORDS), "Textiles: US$3");
});

test("a missing value is spoken as missing and nought as nought", () => {
  assert.equal(speech(stacked, { series: 0, category: 2 }, WORDS), "2017, Liaoning: missing, suppressed");
  assert.equal(speech(stacked, { series: 0, category: 1 }, WORDS), "2016, Liaoning: US$0");
  assert.deepEqual(facts(point(null, { share: "3%", rank: "1st" }), WORDS), ["missing"]);
});
