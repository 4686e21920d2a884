// The span that is drawn, as handles and addresses have it. No DOM.

/** The period so many steps after another: ("1998", 12) → "2010", ("2023-11", 2) → "2024-01". */
export function after(first, steps) {
  const [year, month] = first.split("-").map(Number);
  if (!month) return String(year + steps);
  const count = year * 12 + month - 1 + steps;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/**
 * Where the handles of a span may stand, so that they never pass each other: ({from: 20, to: 10, moved: "from"}) → {from: 10,
 * to: 10}.
 */
export function apart({ from, to, moved }) {
  return moved === "from" ? { from: Math.min(from, to), to } : { from, to: Math.max(from, to) };
}

/** A place within a span: (3, {from: 5, to: 9}) → 5. */
export const inside = (place, { from, to }) => Math.min(Math.max(place, from), to);

/**
 * The address of a view with another span; an end that is empty is open: ("/provinces/?flow=both", {from: "2010", to: ""}) →
 * "/provinces/?from=2010&flow=both".
 */
export function spanned(url, { from, to }) {
  const [path, query = ""] = url.split("?");
  const ends = [
    ["from", from],
    ["to", to],
  ]
    .filter(([, period]) => period)
    .map(([name, period]) => `${name}=${encodeURIComponent(period)}`);
  const all = [...ends, query].filter(Boolean).join("&");
  return all ? `${path}?${all}` : path;
}
