import assert from "node:assert/strict";
import test from "node:test";

import { gapRow } from "../../static/js/figure/gaps.js";

const ALL = "/data/china-provinces/gaps/";
const periods = { rows_are: "periods" };
const year = { key: "2024" };

test("a missing figure leads to the row of what it is about, in its direction", () => {
  assert.equal(gapRow(ALL, { rows_are: "members" }, { key: "cn-qh" }, { flow: "to_dprk", member: "" }), `${ALL}#cn-qh`);
  assert.equal(gapRow(ALL, periods, year, { flow: "from_dprk", member: "cn-xz" }), `${ALL}?flow=from_dprk#cn-xz`);
  assert.equal(
    gapRow(`${ALL}?within=27`, periods, year, { flow: "from_dprk", member: "2701" }),
    `${ALL}?within=27&flow=from_dprk#2701`,
  );
  assert.equal(
    gapRow(`${ALL}?flow=from_dprk`, periods, year, { flow: "from_dprk", member: "cn-xz" }),
    `${ALL}?flow=from_dprk#cn-xz`,
  );
});

test("the page of one thing leads to that; sums lead to the page alone, a season to its year", () => {
  assert.equal(gapRow(`${ALL}#cn-qh`, periods, year, { flow: "to_dprk", member: "" }), `${ALL}#cn-qh`);
  for (const member of ["", "all", "others", "from-dprk"])
    assert.equal(gapRow(ALL, periods, year, { flow: "to_dprk", member }), ALL);
  assert.equal(gapRow(ALL, { rows_are: "months" }, { key: "09" }, { flow: "to_dprk", member: "2025" }), `${ALL}#p2025`);
});
