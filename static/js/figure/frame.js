// In a frame: tells the page around it how high the figure is, and lets a name in the legend light up its series.

import { Highlight } from "../highlight.js";
import { natural } from "./frame-height.js";

let told = 0;

/** Tell the height, when it has changed or when the page asks. */
function tell(again = false) {
  const height = natural(measured());
  if (height === told && !again) return;
  told = height;
  parent.postMessage({ yalu: height }, "*"); // a height is no secret
}

function measured() {
  const [main, plot, folds] = ["main", ".plot", ".folds"].map((part) => document.querySelector(part));
  const end = main.getBoundingClientRect().bottom - parseFloat(getComputedStyle(main).paddingBlockEnd);
  return {
    width: innerWidth,
    page: document.body.scrollHeight,
    plot: plot?.offsetHeight ?? 0,
    slack: folds ? Math.max(end - folds.getBoundingClientRect().bottom, 0) : 0,
    stretches: Boolean(plot?.closest('[data-kind="stacked"], [data-kind="line"]')),
  };
}

if (parent !== window) {
  new ResizeObserver(() => tell()).observe(document.body);
  addEventListener("resize", () => tell());
  addEventListener("toggle", () => tell(), true);
  addEventListener("message", ({ source, data }) => source === parent && data?.yalu === "height" && tell(true));
  tell();
}
new Highlight(document.querySelector("main"));
