import assert from "node:assert/strict";
import test from "node:test";

import { natural } from "../../static/js/figure/frame-height.js";

test("a plot over time has a shape that suits its width, whatever room the frame has now", () => {
  const around = { slack: 0, stretches: true };
  for (const plot of [208, 400, 900]) {
    assert.equal(natural({ ...around, width: 600, page: 300 + plot, plot }), 600);
    assert.equal(natural({ ...around, width: 280, page: 300 + plot, plot }), 524);
    assert.equal(natural({ ...around, width: 1600, page: 300 + plot, plot }), 720);
  }
});

test("bars, slices and tiles are as high as they are, and what nothing fills is left out", () => {
  const bars = { width: 600, plot: 462, stretches: false };
  assert.equal(natural({ ...bars, page: 700, slack: 0 }), 700);
  assert.equal(natural({ ...bars, page: 800, slack: 99.5 }), 701);
  assert.equal(natural({ width: 600, page: 700, plot: 0, slack: 40, stretches: false }), 660);
});
