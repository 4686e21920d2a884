import assert from "node:assert/strict";
import test from "node:test";

import { Memory } from "../../static/js/memory.js";

const answer = {
  figures: { a1: { id: "by-year" }, b1: { id: "ranked", year: 2015 }, b2: { id: "ranked", year: 2016 } },
  views: { "/provinces/?year=2015": { title: "2015", figures: ["a1", "b1"] }, "/provinces/?year=2016": { title: "2016", figures: ["a1", "b2"] } },
};

test("a view is recalled by its address, with its figures", () => {
  const memory = new Memory();
  memory.learn(answer);
  assert.deepEqual(memory.recall("/provinces/?year=2016"), { title: "2016", figures: [{ id: "by-year" }, { id: "ranked", year: 2016 }] });
  assert.equal(memory.recall("/provinces/?year=2016#table").title, "2016");
  assert.equal(memory.recall("/provinces/?year=1999"), undefined);
});

test("a figure that two views share is one object, in what is learnt later too", () => {
  const memory = new Memory();
  memory.learn(answer);
  memory.learn({ figures: { a1: { id: "by-year" } }, views: { "/provinces/": { title: "2024", figures: ["a1"] } } });
  const shown = ["/provinces/", "/provinces/?year=2015", "/provinces/?year=2016"].map((url) => memory.recall(url).figures[0]);
  assert.ok(shown.every((figure) => figure === shown[0]));
});

test("the oldest view gives way, and what only it showed is forgotten", () => {
  const memory = new Memory();
  memory.learn(answer);
  for (let year = 0; year < 599; year += 1) memory.keep(`/provinces/?year=${year}`, { title: String(year), figures: [] });
  assert.equal(memory.recall("/provinces/?year=2015"), undefined);
  assert.equal(memory.recall("/provinces/?year=2016").figures[0].id, "by-year");
});
