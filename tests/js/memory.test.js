import assert from "node:assert/strict";
import test from "node:test";

import { Memory, unpacked } from "../../static/js/memory.js";

const answer = {
  figures: { a1: { id: "by-year" }, b1: { id: "ranked", year: 2015 }, b2: { id: "ranked", year: 2016 } },
  views: {
    "/provinces/?year=2015": { title: "2015", figures: ["a1", "b1"] },
    "/provinces/?year=2016": { title: "2016", figures: ["a1", "b2"] },
  },
};

test("a view is recalled by its address, with its figures", () => {
  const memory = new Memory();
  memory.learn(answer);
  const { title, figures } = memory.recall("/provinces/?year=2016");
  assert.deepEqual(
    [title, ...figures.map(({ id, year }) => [id, year])],
    ["2016", ["by-year", undefined], ["ranked", 2016]],
  );
  assert.equal(memory.recall("/provinces/?year=2016#table").title, "2016");
  assert.equal(memory.recall("/provinces/?year=1999"), undefined);
});

test("a figure that two views share is one object, in what is learnt later too", () => {
  const memory = new Memory();
  memory.learn(answer);
  memory.learn({ figures: { a1: { id: "by-year" } }, views: { "/provinces/": { title: "2024", figures: ["a1"] } } });
  const shown = ["/provinces/", "/provinces/?year=2015", "/provinces/?year=2016"].map(
    (url) => memory.recall(url).figures[0],
  );
  assert.ok(shown.every((figure) => figure === shown[0]));
});

test("the oldest view gives way, and what only it showed is forgotten", () => {
  const memory = new Memory();
  memory.learn(answer);
  for (let year = 0; year < 599; year += 1)
    memory.keep(`/provinces/?year=${year}`, { title: String(year), figures: [] });
  assert.equal(memory.recall("/provinces/?year=2015"), undefined);
  assert.equal(memory.recall("/provinces/?year=2016").figures[0].id, "by-year");
});

test("a shared figure has in each view what is current there, and its drawing once that is known", () => {
  const memory = new Memory();
  const views = (drawn) => ({
    "/?year=2015": { figures: ["a1"], current: { "by-year": "2015" }, ...drawn },
    "/?year=2016": { figures: ["a1"], current: { "by-year": "2016" } },
  });
  memory.learn({ figures: { a1: { id: "by-year" } }, views: views({}) });
  const before = memory.recall("/?year=2015").figures[0];
  assert.deepEqual([before.current, memory.recall("/?year=2016").figures[0].current], ["2015", "2016"]);
  memory.learn({ figures: { a1: { id: "by-year" } }, views: views({ svg: { "by-year": "<svg/>" } }) });
  assert.equal(memory.recall("/?year=2015").figures[0], before);
  assert.equal(before.svg, "<svg/>");
});

test("columns become things again, and numbers are written in full", () => {
  const cells = [
    { n: 2, value: [1234, null], status: ["A", "O"] },
    { n: 2, text: ["1", ""], value: null },
  ];
  const figure = {
    id: "a",
    series: [{ key: "x", points: { n: 2, value: [1, null], status: "A" } }],
    categories: { n: 0 },
    totals: { n: 1, value: 3 },
  };
  const made = unpacked({
    ...figure,
    table: { caption: "c", rows: { n: 2, key: ["a", "b"], total: [false, true] }, cells },
  });
  assert.deepEqual(made.series[0].points, [
    { value: 1, status: "A", text: "US$1" },
    { value: null, status: "A", text: "–" },
  ]);
  assert.deepEqual([made.categories, made.totals], [[], [{ value: 3, text: "US$3" }]]);
  assert.deepEqual(made.table, {
    caption: "c",
    rows: [
      {
        key: "a",
        total: false,
        cells: [
          { text: "1,234", value: 1234, status: "A" },
          { text: "1", value: null },
        ],
      },
      {
        key: "b",
        total: true,
        cells: [
          { text: "–", value: null, status: "O" },
          { text: "", value: null },
        ],
      },
    ],
  });
});
