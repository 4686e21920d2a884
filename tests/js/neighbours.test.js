import assert from "node:assert/strict";
import test from "node:test";

import { neighbour } from "../../static/js/map/neighbours.js";

const GRID = `
    .  .  .  .  .  . HL
    .  .  .  . NM  . JL
   XJ GS NX SX HE BJ LN
   XZ QH SN HA SD TJ  .
    . SC CQ HB AH JS SH
    . YN GZ HN JX ZJ  .
    .  . GX GD FJ  .  .
    .  .  . HI  .  .  .`; // as trade/charts/figures/province_grid.py has it
const tiles = GRID.trim()
  .split("\n")
  .flatMap((line, row) =>
    line
      .trim()
      .split(/\s+/)
      .map((name, column) => ({ name, row: row + 1, column: column + 1 })),
  )
  .filter(({ name }) => name !== ".");
const names = tiles.map(({ name }) => name);
const places = tiles.map(({ row, column }) => ({ row, column }));
const from = (name, key, whole) => names[neighbour(places, names.indexOf(name), key, whole)] ?? null;

test("an arrow leads to the tile beside", () => {
  assert.deepEqual(
    [from("LN", "ArrowLeft"), from("BJ", "ArrowRight"), from("LN", "ArrowUp"), from("BJ", "ArrowDown")],
    ["BJ", "LN", "JL", "TJ"],
  );
});

test("over a hole to the next one in line, and where the line ends to the one least aside", () => {
  assert.equal(from("NM", "ArrowRight"), "JL");
  assert.equal(from("LN", "ArrowDown"), "SH");
  assert.equal(from("NM", "ArrowLeft"), "SX");
  assert.equal(from("XJ", "ArrowUp"), "NM");
});

test("at the edge of the map an arrow leads nowhere, and other keys neither", () => {
  assert.deepEqual(
    [from("HL", "ArrowUp"), from("HI", "ArrowDown"), from("XJ", "ArrowLeft"), from("LN", "Enter")],
    [null, null, null, null],
  );
});

test("Home and End lead to the ends of the row, with Ctrl to those of the map", () => {
  assert.deepEqual(
    [from("HE", "Home"), from("HE", "End"), from("HE", "Home", true), from("HE", "End", true)],
    ["XJ", "LN", "HL", "HI"],
  );
});

test("every tile is reached by arrows from every other", () => {
  for (const start of names) {
    const seen = new Set([start]);
    for (const name of seen)
      for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"])
        if (from(name, key)) seen.add(from(name, key));
    assert.equal(seen.size, 31);
  }
});

test("an arrow and its opposite lead back between neighbours in line", () => {
  for (const name of names) {
    const right = from(name, "ArrowRight");
    if (right && places[names.indexOf(right)].row === places[names.indexOf(name)].row)
      assert.equal(from(right, "ArrowLeft"), name);
  }
});
