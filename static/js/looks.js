// What a payload looks like on a page, beside what it says: as trade/templatetags/chart_page.py has it for the server. No DOM.

const FEW = 4; // a legend with more names than this stands beside its plot
const EMBED_HEIGHT = 600;

/**
 * The series that a legend must name, each colour and hatch once; of bars and tiles none, their names are beside them.
 * Where both flows are drawn, a province has two series, and one name for them.
 */
export function legendOf(figure) {
  if (!["stacked", "line"].includes(figure.kind) || figure.series.length < 2) return [];
  return figure.series.filter((one, at) => figure.series.findIndex((other) => other.legend === one.legend) === at);
}

/** Whether there is so much to explain that the legend stands beside the plot, where there is room. */
export function legendBeside(figure) {
  return legendOf(figure).length > FEW;
}

/** The places of a grid of tiles: [{key: "cn-ln", code: "LN", row: 2, column: 8, url, look: "step-5", says: "Liaoning: …"}]. */
export function looks(figure) {
  return figure.categories.map(({ key, label, short, row, column, url }, place) => {
    const point = figure.series[0].points[place];
    const known = point.value !== null;
    const facts = known ? [point.text, point.share, point.rank, point.status_text] : [point.status_text];
    return { key, code: short, row, column, url, look: known ? `step-${point.step}` : "none", says: `${label}: ${facts.filter(Boolean).join(", ")}` };
  });
}

/**
 * Where a name in the legend leads: {url: "/provinces/?highlight=cn-ln", current: false}. It lifts its series out from
 * among the others, or lets it go again; where a page has no such choice, it opens the series' own page.
 */
export function legendLink(payload, series) {
  const choices = payload.controls.find((control) => control.name === "highlight")?.choices ?? [];
  return choices.find((choice) => choice.value === series.member) ?? { url: choices.length ? null : series.url, current: false };
}

/** What stands around a figure's list of events: how many of them are sanctions, whether any was not yet checked, how many more there are. */
export function eventsOf(figure) {
  const items = figure.events.flatMap((event) => event.items);
  return { sanctions: items.filter((item) => item.kind === "sanction").length, unchecked: items.some((item) => !item.checked), left: figure.events_left ?? 0 };
}

/** The same figure with one member lifted out: all other series step back, those too that an address lifts out. */
export function lifted(figure, member) {
  if (!member || !figure.series.some((series) => series.member === member)) return figure;
  return { ...figure, series: figure.series.map((series) => ({ ...series, dim: series.member !== member })) };
}

/** The line of HTML that shows a view on another site. */
export function embedCode(address, title) {
  const safe = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/'/g, "&#x27;");
  return `<iframe src="${safe(address)}" title="${safe(title)}" width="100%" height="${EMBED_HEIGHT}" loading="lazy"></iframe>`;
}
