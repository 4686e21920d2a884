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
  const plot = document.querySelector(".plot");
  const drawing = plot?.querySelector(":scope > svg");
  const stretches = drawing?.matches(".stacked, .line") ?? false;
  const own = plot && !stretches ? plot.firstElementChild?.getBoundingClientRect().height : 0;
  return { width: innerWidth, page: document.body.scrollHeight, plot: plot?.offsetHeight ?? 0, slack: slackOf(plot), stretches, own };
}

/** The room that nothing fills, above the foot. */
function slackOf(plot) {
  const main = document.querySelector("main");
  const last = [...main.querySelectorAll(".plot, .tiles, .steps, .folds, .legend, p")].at(-1);
  const inside = parseFloat(getComputedStyle(main).paddingBlockEnd);
  return plot || !last ? 0 : Math.max(main.getBoundingClientRect().bottom - last.getBoundingClientRect().bottom - inside, 0);
}

if (parent !== window) {
  new ResizeObserver(() => tell()).observe(document.body);
  addEventListener("resize", () => tell());
  addEventListener("toggle", () => tell(), true);
  addEventListener("message", ({ source, data }) => source === parent && data?.yalu === "height" && tell(true));
  tell();
}
new Highlight(document.querySelector("main"));
