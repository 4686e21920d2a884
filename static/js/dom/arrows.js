// Makes each list of like things one stop of the Tab key, in which arrow keys, Home and End move: a page of charts has some
// thirty stops instead of a hundred. Without this script each link is a stop, and there are links past the long lists.

const GROUPS = {
  ".crumbs": "a",
  ".choices:not(.timeline *)": ":scope > li > a",
  ".years ol": "a",
  ".timeline":
    "[data-play], .choices > li > a, .choices > li > details > summary, .spanned :is(a, button, input:not([type=hidden]))",
  ".choose fieldset": "input",
  ".legend": "a",
  figure:
    ":scope > figcaption .term, :scope > .take, :scope > .events > details > summary, :scope > .events a, :scope > details > summary",
  ".answer": "summary, a",
  ".provenance": "a, summary",
  ".measures": "a, summary",
  ".questions": "a, summary",
  ".colophon": "a",
};
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const IN_TEXT = ["ArrowLeft", "ArrowRight", "Home", "End"]; // what moves within the words of a field

document.addEventListener("keydown", move);
document.addEventListener("focusin", ({ target }) => settle(groupOf(target), target));
new MutationObserver(settleAll).observe(document.body, { childList: true, subtree: true });
settleAll();
document.querySelector(".search > button")?.setAttribute("tabindex", "-1"); // Enter in the box does the same

function settleAll() {
  for (const [selector, items] of Object.entries(GROUPS))
    for (const group of document.querySelectorAll(selector)) settle([...group.querySelectorAll(items)]);
}

/** Let `stop`, else the thing that was one, else the current choice, else the first that is seen, be the one stop of a group. */
function settle(group, stop) {
  if (!group || (group.length < 2 && !stop)) return;
  const before = group.find((item) => item.getAttribute("tabindex") === "0");
  const one =
    stop ??
    [before, group.find((item) => item.ariaCurrent), ...group].find((item) => item?.checkVisibility()) ??
    group[0];
  for (const item of group) {
    const index = item === one ? "0" : "-1";
    if (item.getAttribute("tabindex") !== index) item.setAttribute("tabindex", index);
  }
}

/** The things of the innermost group that something belongs to: of a summary in a list that is in a group, that list. */
function groupOf(target) {
  const found = Object.entries(GROUPS).map(([selector, items]) => ({ group: target.closest(selector), items }));
  const groups = found
    .filter(({ group }) => group)
    .map(({ group, items }) => ({ group, all: [...group.querySelectorAll(items)] }));
  const own = groups.filter(({ all }) => all.includes(target));
  return own.sort((one, other) => (one.group.contains(other.group) ? 1 : -1))[0]?.all;
}

function move(event) {
  const { key, target } = event;
  if (
    event.altKey ||
    event.ctrlKey ||
    event.metaKey ||
    event.defaultPrevented ||
    !(key in STEPS || key === "Home" || key === "End")
  )
    return;
  if (target.matches("input:not([type=checkbox])") && IN_TEXT.includes(key)) return;
  const all = groupOf(target)?.filter((item) => item.checkVisibility());
  if (!all || all.length < 2) return;
  const at = all.indexOf(target);
  const next = key === "Home" ? 0 : key === "End" ? all.length - 1 : (at + STEPS[key] + all.length) % all.length;
  event.preventDefault();
  all[next].focus();
}
