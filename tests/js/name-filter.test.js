import assert from "node:assert/strict";
import test from "node:test";

import { matches } from "../../static/js/choices/name-filter.js";
import { grouped } from "../../static/js/looks.js";

test("a name is found by any of its words, its code and its other name, whatever the case and the accents", () => {
  const name = "Liaoning cn-ln 辽宁省";
  for (const typed of ["", "liao", "LIAO", "cn-ln", "辽", " liao  ln ", "Liáo"]) assert.ok(matches(name, typed), typed);
  for (const typed of ["x", "liao gd"]) assert.ok(!matches(name, typed), typed);
});

test("choices stand by their kind, and the last button names what is not as usual, but for the dataset", () => {
  const control = (name, at, count = 2) => ({
    name,
    label: name,
    choices: Array.from({ length: count }, (_, n) => ({
      label: `${name[0].toUpperCase()}${name.slice(1)} ${n}`,
      current: n === at,
    })),
  });
  const found = grouped([
    control("dataset", 1),
    control("view", 2, 3),
    control("flow", 0),
    control("year", 1),
    control("show", 0),
    control("period", 1),
    control("scale", 0),
  ]);
  assert.deepEqual(
    found.picks.map((pick) => [pick.control.name, pick.shown, pick.unfolds]),
    [
      ["flow", "Flow 0", true],
      ["view", "View 2", false],
    ],
  );
  assert.deepEqual(
    found.rows.map((row) => row.name),
    ["dataset", "period", "scale"],
  );
  assert.deepEqual([found.compared.name, found.effects], ["show", "period 1"]);
});
