import assert from "node:assert/strict";
import test from "node:test";

import {
  embedCode,
  eventsOf,
  grouped,
  legendBeside,
  legendLink,
  legendOf,
  lifted,
  looks,
  stepLook,
} from "../../static/js/looks.js";
import { bars, point, stacked } from "./figures.js";

const series = (member, legend, more = {}) => ({ ...stacked.series[0], key: legend, member, legend, ...more });

test("a legend names a province once where both flows are drawn, and its estimate apart", () => {
  const figure = {
    ...stacked,
    series: [
      series("cn-ln", "Liaoning"),
      series("cn-hl", "Heilongjiang, estimate"),
      series("cn-ln", "Liaoning", { sign: -1 }),
    ],
  };
  assert.deepEqual(
    legendOf(figure).map((one) => one.legend),
    ["Liaoning", "Heilongjiang, estimate"],
  );
});

test("beside the events stands how many are sanctions, whether any was not checked, and how many more there are", () => {
  const events = (...checked) => ({
    events: [
      { items: [{ kind: "note", checked: true }] },
      { items: checked.map((one) => ({ kind: "sanction", checked: one })) },
    ],
  });
  assert.deepEqual(eventsOf(events(false, true)), { sanctions: 2, unchecked: true, left: 0 });
  assert.deepEqual(eventsOf({ ...events(true), events_left: 3 }), { sanctions: 1, unchecked: false, left: 3 });
  assert.deepEqual(eventsOf(events()), { sanctions: 0, unchecked: false, left: 0 });
});

test("a chart of one series, and bars with their names beside them, need no legend", () => {
  assert.deepEqual(legendOf({ ...stacked, series: [series("cn-ln", "Liaoning")] }), []);
  assert.deepEqual(legendOf(bars), []);
});

test("a legend of more than four names stands beside the plot", () => {
  const of = (count) => ({
    ...stacked,
    series: Array.from({ length: count }, (_, at) => series(`m${at}`, `Name ${at}`)),
  });
  assert.deepEqual(
    [2, 4, 5].map((count) => legendBeside(of(count))),
    [false, false, true],
  );
});

test("a name in the legend leads to the page of what it names, and says whether it is highlighted", () => {
  const choices = [
    { value: "cn-ln", label: "Liaoning", url: "/provinces/", current: true },
    { value: "cn-gd", label: "Guangdong", url: "/provinces/?highlight=cn-gd", current: false },
  ];
  const payload = { controls: [{ name: "highlight", choices }] };
  assert.deepEqual(legendLink(payload, series("cn-ln", "Liaoning", { url: "/provinces/cn-ln/" })), {
    url: "/provinces/cn-ln/",
    current: true,
  });
  assert.deepEqual(legendLink(payload, series("cn-gd", "Guangdong", { url: "/provinces/cn-gd/" })), {
    url: "/provinces/cn-gd/",
    current: false,
  });
  assert.deepEqual(legendLink({ controls: [] }, series("others", "Other provinces", { url: null })), {
    url: null,
    current: false,
  });
});

test("what of the last button's choices is in effect is named: of several the control", () => {
  const control = (name, several, current) => ({
    name,
    label: "Highlighted",
    several,
    choices: [0, 1, 2].map((at) => ({ label: `Choice ${at}`, current: current.includes(at) })),
  });
  assert.equal(
    grouped([control("scale", false, [1]), control("highlight", true, [0, 2]), control("dataset", false, [2])]).effects,
    "choice 1, highlighted",
  );
  assert.equal(grouped([control("scale", false, [0]), control("highlight", true, [])]).effects, "");
});

test("who is lifted out stands alone, with its estimate; a name that is not drawn lifts nothing", () => {
  const figure = {
    ...stacked,
    series: [series("cn-ln", "Liaoning"), series("cn-hl", "Heilongjiang"), series("cn-hl", "Heilongjiang, estimate")],
  };
  assert.deepEqual(
    lifted(figure, "cn-hl").series.map((one) => one.dim),
    [true, false, false],
  );
  assert.equal(lifted(figure, "cn-gd"), figure);
  assert.equal(lifted(figure, null), figure);
});

test("a tile shows its step and says its value; what is missing has no colour, nought has its own", () => {
  const places = ["Liaoning", "Tibet", "Hainan"].map((label, at) => ({
    key: `cn-${at}`,
    label,
    short: label.slice(0, 2),
    row: 1,
    column: at + 1,
    url: null,
  }));
  const points = [
    point(7, { step: 5, share: "50%", rank: "1st of 31", mark: "e", brief: "7", contains: "includes an estimate" }),
    point(null, { step: null, status_text: "missing: suppressed" }),
    point(0, { step: 0 }),
  ];
  const shown = looks({ categories: places, series: [{ points }] });
  assert.deepEqual(
    shown.map((tile) => tile.look),
    ["step-5 estimate", "none", "step-0"],
  );
  assert.deepEqual([shown[0].mark, shown[0].brief], ["e", "7"]);
  assert.deepEqual([5, 0, -3, null].map(stepLook), ["step-5", "step-0", "under-3", "none"]);
  assert.deepEqual(
    shown.map((tile) => tile.says),
    ["Liaoning: US$7, 50%, 1st of 31, includes an estimate", "Tibet: missing: suppressed", "Hainan: US$0"],
  );
});

test("a title cannot break out of the code that embeds a view", () => {
  assert.ok(
    embedCode("https://example.org/embed/?a=1&b=2", '"><script>').startsWith(
      '<iframe src="https://example.org/embed/?a=1&amp;b=2" title="&quot;&gt;&lt;script&gt;"',
    ),
  );
});
