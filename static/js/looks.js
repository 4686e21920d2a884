// What a payload looks like on a page, beside what it says: as trade/templatetags/page.py has it for the server. No DOM.

const FEW = 4; // a legend with more names than this stands beside its plot
const EMBED_HEIGHT = 720;

/** Whether there is so much to explain that the legend stands beside the plot, where there is room. */
export function legendBeside(figure) {
  return figure.kind !== "tiles" && figure.series.length > FEW;
}

/** The places of a grid of tiles: [{key: "cn-ln", code: "LN", row: 2, column: 8, url, look: "step-5", says: "Liaoning: …"}]. */
export function looks(figure) {
  return figure.categories.map(({ key, label, row, column, url }, place) => {
    const point = figure.series[0].points[place];
    const known = point.value !== null;
    const facts = known ? [point.text, point.share, point.rank, point.status_text] : [point.status_text];
    const code = key.split("-").at(-1).toUpperCase();
    return { key, code, row, column, url, look: known ? `step-${point.step}` : "none", says: `${label}: ${facts.filter(Boolean).join(", ")}` };
  });
}

/** The key of the thing that a series is about: of "cn-hl-estimate" it is "cn-hl". */
export function thing(series) {
  return series.key?.replace(/-estimate$/, "") ?? series.name;
}

/** The same figure with one thing lifted out: all other series, bars or slices step back. */
export function lifted(figure, key) {
  if (!key || !figure.series.some((series) => thing(series) === key)) return figure;
  return { ...figure, series: figure.series.map((series) => ({ ...series, dim: thing(series) !== key })) };
}

/** The line of HTML that shows a view on another site. */
export function embedCode(address, title) {
  const safe = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/'/g, "&#x27;");
  return `<iframe src="${safe(address)}" title="${safe(title)}" width="100%" height="${EMBED_HEIGHT}" loading="lazy"></iframe>`;
}
