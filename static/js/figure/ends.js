// Names lines at their ends: how high each name stands, so that none touches another. The same as
// trade/charts/svg/many_lines/line_ends.py. No DOM.

import { axis, drawn, isLog, isRank, top } from "../axes.js";
import { MEASURES, PLOT } from "../measures.js";

const { most: MOST, gap: GAP } = MEASURES.ends_of_lines; // names, and the per cent of a plot that each takes

/** Where the names stand: {ends: [{member, colour, at, step}], rows}, in per cent below the top; null where the legend stays a list. */
export function endsOf(figure) {
  const members = [...new Set((figure.series ?? []).map((one) => one.member))];
  if (
    figure.kind !== "line" ||
    figure.multiples ||
    isRank(figure) ||
    members.length < 2 ||
    members.length > Math.min(MOST, 100 / GAP)
  )
    return null;
  const ends = members.map((member) => ({
    member,
    colour: figure.series.find((one) => one.member === member).colour,
    at: height(figure, member),
  }));
  if (ends.some(({ at }) => at === null)) return null;
  ends.sort((one, other) => one.at - other.at);
  const placed = spread(
    ends.map(({ at }) => at),
    GAP,
    100,
  );
  return {
    ends: ends.map((end, place) => ({ ...end, at: even(end.at), step: 2 * even(placed[place] / 2) })),
    rows: Math.round((top(figure) - PLOT.above) / MEASURES.events.row),
  };
}

/** How far below the top the last point of a member stands, that with its estimates before that without. */
function height(figure, member) {
  const lines = figure.series
    .filter((one) => one.member === member)
    .sort((one, other) => other.estimated - one.estimated);
  for (let place = figure.categories.length - 1; place >= 0; place--) {
    for (const one of lines) {
      const value = drawn(figure, one, one.points[place]);
      if (value !== null) return 100 * down(figure, value);
    }
  }
  return null;
}

/** How far below the top of its plot a value stands: a quarter down is 0.25. */
export function down(figure, value) {
  const scaled = isLog(figure) ? Math.log10 : Number;
  const { marks } = axis(figure);
  const [low, high] = [scaled(marks[0]), scaled(marks.at(-1))];
  return (high - scaled(value)) / (high - low);
}

/** Move what stands closer than `gap` apart, as little as needed, within a room: ([50, 50], 8, 100) → [46, 54]. */
export function spread(wanted, gap, room) {
  const inside = (first, count) => Math.min(Math.max(first, 0), room - gap * (count - 1));
  const groups = []; // where the first of a group stands, and how many it has
  for (const one of wanted) {
    groups.push([inside(one, 1), 1]);
    while (groups.length > 1 && groups.at(-2)[0] + gap * groups.at(-2)[1] > groups.at(-1)[0]) {
      const [[first, count], [second, more]] = groups.splice(-2);
      groups.push([
        inside((first * count + (second - gap * count) * more) / (count + more), count + more),
        count + more,
      ]);
    }
  }
  return groups.flatMap(([first, count]) =>
    Array.from({ length: count }, (_, place) => Math.round(10 * (first + gap * place)) / 10),
  );
}

/** What leads from the lines to the names, as SVG. */
export function leads({ ends }) {
  const strokes = ends.map(
    ({ colour, at, step }) =>
      `<g class="s${colour}"><path d="M0 ${at}L20 ${step}" vector-effect="non-scaling-stroke"/></g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" class="leads" viewBox="0 0 20 100" preserveAspectRatio="none" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5">${strokes.join("")}</svg>`;
}

/** A half goes to the even side, as in Python. */
function even(value) {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}
