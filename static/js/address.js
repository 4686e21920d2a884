// What an address means to a page: whether the page can show it in place, and where its JSON twin lies. No DOM.

import { MEASURES } from "./measures.js";

/** The JSON twin of a view: "/commodities/v/?year=2016" → "/commodities/v.json?year=2016". */
export function twin(address) {
  const [path, query] = split(address);
  return path.replace(/\/$/, ".json") + query;
}

/**
 * Whether `address` lies within `scope`: "/provinces/" holds itself only, "/commodities/*" whatever lies below too. One
 * figure by itself ("?figure=map") is another page.
 */
export function within(address, scope) {
  const [path, query] = split(address);
  if (!path.endsWith("/") || /[?&]figure=/.test(query)) return false;
  return scope.endsWith("*") ? path.startsWith(scope.slice(0, -1)) : path === scope;
}

/** Where a figure stands by itself: ("/provinces/?year=2016", "map") → "/provinces/?year=2016&figure=map". */
export function alone(address, figure) {
  return `${address}${address.includes("?") ? "&" : "?"}figure=${figure}`;
}

/** Two addresses are the same view when path and query agree; a fragment does not matter. */
export function same(one, other) {
  return split(one).join("") === split(other).join("");
}

/** An address with the host of the page: what is taken elsewhere. */
export function absolute(address) {
  return new URL(address, location.href).href;
}

/** An address without its query: "/provinces/?year=2016" → "/provinces/". */
export function pathOf(address) {
  return split(address)[0];
}

/** The query that a form which chooses provinces sends again: "/provinces/?year=2016&show=cn-ln" → [["year", "2016"]]. */
export function keptInForm(address) {
  return [...new URLSearchParams(split(address)[1])].filter(([name]) => !["show", "highlight"].includes(name));
}

/**
 * The view that shows what is ticked, in the order of ticking, the newest ten: ("/provinces/?year=2016", "cn-ln", ["cn-gd",
 * "cn-ln"]) → "/provinces/?year=2016&show=cn-ln,cn-gd". Two ticks in quick succession both count.
 */
export function showing(address, before, ticked) {
  const known = before.split(",").filter((key) => ticked.includes(key));
  const keys = [...known, ...ticked.filter((key) => !known.includes(key))].slice(-MEASURES.compared);
  const query = new URLSearchParams(split(address)[1]);
  if (keys.length) query.set("show", keys.join(","));
  else query.delete("show");
  const words = String(query).replace(/%2C/g, ",");
  return pathOf(address) + (words ? `?${words}` : "");
}

function split(address) {
  const [, path, query = ""] = address.match(/^([^?#]*)(\?[^#]*)?/);
  return [path, query === "?" ? "" : query];
}
