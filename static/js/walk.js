// How arrow keys walk through a chart, and what is said at each point. No DOM: a position is {series, category}.

const STEPS = {
  // Bars lie, so they are walked up and down; either pair of keys will do where there is one series only.
  bars: {
    ArrowDown: ["category", 1],
    ArrowUp: ["category", -1],
    ArrowRight: ["category", 1],
    ArrowLeft: ["category", -1],
  },
  pie: {
    ArrowDown: ["category", 1],
    ArrowUp: ["category", -1],
    ArrowRight: ["category", 1],
    ArrowLeft: ["category", -1],
  },
  // In a stack the first series lies at the bottom, so "up" is the next one.
  stacked: {
    ArrowRight: ["category", 1],
    ArrowLeft: ["category", -1],
    ArrowUp: ["series", 1],
    ArrowDown: ["series", -1],
  },
  line: { ArrowRight: ["category", 1], ArrowLeft: ["category", -1], ArrowUp: ["series", -1], ArrowDown: ["series", 1] },
};

/** Where a reader enters a chart: at the category chosen on the page, else at the newest of a series in time, else at the first. */
export function start(figure) {
  const chosen = figure.categories.findIndex((category) => category.key === figure.current);
  const inTime = figure.kind === "stacked" || figure.kind === "line";
  return { series: 0, category: chosen >= 0 ? chosen : inTime ? figure.categories.length - 1 : 0 };
}

/** The position after a key, or null when the key does not walk: a pie goes round, everything else ends at its ends. */
export function walk(figure, at, key) {
  const last = { series: figure.series.length - 1, category: figure.categories.length - 1 };
  if (key === "Home") return { ...at, category: 0 };
  if (key === "End") return { ...at, category: last.category };
  const step = STEPS[figure.kind]?.[key];
  if (!step) return null;
  const [along, by] = step;
  const next = at[along] + by;
  if (figure.kind === "pie") return { ...at, [along]: (next + last[along] + 1) % (last[along] + 1) };
  return { ...at, [along]: Math.min(Math.max(next, 0), last[along]) };
}

/** The address that a point opens, or null: its own, else its category's, else its series'. */
export function opens(figure, at) {
  const series = figure.series[at.series];
  return series?.points[at.category]?.url ?? figure.categories[at.category]?.url ?? series?.url ?? null;
}

/** What a screen reader is told at a point: "2016, Liaoning: US$1.67 bn, 52% of all provinces, 1st of 31, provisional". */
export function speech(figure, at, words) {
  const category = figure.categories[at.category];
  const series = figure.series[at.series];
  if (!category || !series) return "";
  const name =
    figure.series.length > 1 && figure.kind !== "bars" ? `${category.label}, ${series.name}` : category.label;
  return `${name}: ${facts(figure, at, words).join(", ")}`;
}

/** The facts of a point, in the order in which they are shown and spoken; a missing value has its reason only. */
export function facts(figure, at, words) {
  return figure.kind === "bars"
    ? wholeBar(figure, at.category, words)
    : ofPoint(figure.series[at.series].points[at.category], words);
}

function ofPoint(point, words) {
  if (point.value === null) return [point.status_text || words.missing];
  return [point.text, point.share, point.rank, point.status_text].filter(Boolean);
}

/** A bar and the estimate that continues it are one thing: the sum and its share, then what of it is estimated. */
function wholeBar(figure, place, words) {
  const total = figure.totals[place];
  const estimates = figure.series.filter((series) => series.estimated && series.points[place].value !== null);
  return [
    ...ofPoint({ ...total, share: total.says ?? total.share }, words),
    ...estimates.map((series) => `${series.name} ${series.points[place].text}`),
  ];
}
