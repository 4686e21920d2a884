// How a number on an axis is written: the same words as trade/numbers.py writes into the server's SVG.

const SCALES = [
  [1e9, "bn"],
  [1e6, "m"],
];
const GAP = "\u202f";
const SPACE = "\u00a0";

/** Write a whole number with thin gaps: 1673785 → "1 673 785", -12 → "−12". */
export function exact(value) {
  return String(Math.round(value)).replace("-", "−").replace(/\B(?=(\d{3})+(?!\d))/g, GAP);
}

/** Write a number on an axis as short as its step allows: 1.5e9 → "1.5 bn", 5e8 in steps of 5e8 → "500 m", 0 → "0". */
export function tick(value, step = 0) {
  for (const [scale, name] of SCALES) {
    if (Math.abs(value) >= scale || (value && step >= scale)) {
      return String(Number((value / scale).toPrecision(10))).replace("-", "−") + SPACE + name;
    }
  }
  return exact(value);
}
