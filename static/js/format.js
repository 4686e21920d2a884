// How a number on an axis is chosen and written: as trade/charts/svg and trade/number_text.py do it for the server's drawing.

import { MEASURES } from "./measures.js";

const { digits: DIGITS, axis: AXIS } = MEASURES;
const SCALES = [
  [1e9, "bn"],
  [1e6, "m"],
];
const SPACE = "\u00a0";

/** Write a whole number: 1673785123 → "1,673,785,123", -12 → "−12". */
export function exact(value) {
  return String(Math.round(value))
    .replace("-", "−")
    .replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** Write dollars in three digits, as trade/number_text.py does: 1673785123 → "US$1.67 bn", 8123 → "US$8,123", null → "–". */
export function dollars(value) {
  if (value === null) return "–";
  const size = Math.abs(value);
  const [scale, name] = size < DIGITS.millions_from ? [1, ""] : SCALES[size < DIGITS.billions_from ? 1 : 0];
  const number = scale === 1 ? exact(size) : threeDigits(size / scale);
  return `${value < 0 ? "−" : ""}US$${number}${name ? SPACE + name : ""}`;
}

function threeDigits(number) {
  if (number < DIGITS.two_decimals) return number.toFixed(2);
  return number < DIGITS.one_decimal ? number.toFixed(1) : exact(number);
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

/** Choose round numbers for an axis that holds both ends and nought: (0, 3.9e9) → [0, 1e9, 2e9, 3e9, 4e9]. */
export function ticks(low, high, count = AXIS.marks) {
  const [least, most] = [Math.min(low, 0), Math.max(high, 1)];
  const rough = (most - least) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(
    1,
    Math.round(AXIS.steps.map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power),
  );
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)];
  return Array.from({ length: last - first + 1 }, (_, place) => step * (first + place));
}
