import assert from "node:assert/strict";
import test from "node:test";

import { keptInForm, pathOf, same, showing, twin, within } from "../../static/js/address.js";

test("the JSON twin keeps the path and the query", () => {
  assert.equal(twin("/provinces/"), "/provinces.json");
  assert.equal(twin("/commodities/v/?flow=from_dprk&year=2016"), "/commodities/v.json?flow=from_dprk&year=2016");
  assert.equal(twin("/provinces/?year=2016#table"), "/provinces.json?year=2016");
});

test("a page of provinces holds itself, not the pages of single provinces", () => {
  assert.ok(within("/provinces/?year=2016", "/provinces/"));
  assert.ok(!within("/provinces/cn-ln/", "/provinces/"));
});

test("a page of goods holds its sections and chapters, not its downloads", () => {
  assert.ok(within("/commodities/", "/commodities/*"));
  assert.ok(within("/commodities/27/?year=2016", "/commodities/*"));
  assert.ok(!within("/commodities.csv", "/commodities/*"));
  assert.ok(!within("/commodities/27.json", "/commodities/*"));
  assert.ok(!within("/provinces/", "/commodities/*"));
});

test("a fragment does not make another view", () => {
  assert.ok(same("/provinces/?year=2016#table", "/provinces/?year=2016"));
  assert.ok(!same("/provinces/?year=2016", "/provinces/?year=2015"));
});

test("a form that chooses provinces keeps the rest of the view", () => {
  assert.deepEqual(keptInForm("/provinces/?year=2016&show=cn-ln,cn-jl&highlight=cn-ln"), [["year", "2016"]]);
  assert.equal(pathOf("/provinces/?year=2016"), "/provinces/");
});

test("two boxes ticked in quick succession both count, the newest ten of them", () => {
  assert.equal(
    showing("/provinces/?year=2016&show=cn-gd", "", ["cn-gd", "cn-ln"]),
    "/provinces/?year=2016&show=cn-gd,cn-ln",
  );
  assert.equal(
    showing("/provinces/?show=cn-gd&year=2016", "cn-ln", ["cn-gd", "cn-ln"]),
    "/provinces/?show=cn-ln,cn-gd&year=2016",
  );
  assert.equal(showing("/provinces/?show=cn-gd", "cn-gd", []), "/provinces/");
  assert.equal(
    showing("/provinces/", "a,b,c,d,e,f,g,h,i,j", [..."abcdefghijk"]),
    "/provinces/?show=b,c,d,e,f,g,h,i,j,k",
  );
});
