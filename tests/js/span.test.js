import assert from "node:assert/strict";
import { test } from "node:test";

import { after, apart, inside, spanned } from "../../static/js/time/span.js";

test("a period so many steps after another, over the ends of years", () => {
  assert.equal(after("1998", 12), "2010");
  assert.equal(after("2023-01", 0), "2023-01");
  assert.equal(after("2023-11", 2), "2024-01");
  assert.equal(after("2023-01", 23), "2024-12");
});

test("handles do not pass each other: the one that moves stops at the other", () => {
  assert.deepEqual(apart({ from: 20, to: 10, moved: "from" }), { from: 10, to: 10 });
  assert.deepEqual(apart({ from: 20, to: 10, moved: "to" }), { from: 20, to: 20 });
  assert.deepEqual(apart({ from: 3, to: 10, moved: "to" }), { from: 3, to: 10 });
});

test("what is shown stays within the span", () => {
  assert.deepEqual(
    [3, 7, 12].map((place) => inside(place, { from: 5, to: 9 })),
    [5, 7, 9],
  );
});

test("the address of a span leaves open ends out and keeps the rest as it is", () => {
  assert.equal(
    spanned("/provinces/?show=cn-ln,cn-jl", { from: "2010", to: "" }),
    "/provinces/?from=2010&show=cn-ln,cn-jl",
  );
  assert.equal(spanned("/provinces/", { from: "", to: "2016" }), "/provinces/?to=2016");
  assert.equal(spanned("/provinces/?flow=both", { from: "", to: "" }), "/provinces/?flow=both");
  assert.equal(spanned("/provinces/", { from: "a&b=1", to: "" }), "/provinces/?from=a%26b%3D1");
});
