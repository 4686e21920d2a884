"""The charts of our workbook: the largest parts of each flow by year, on a sheet of their own."""

from django.utils.translation import gettext as _

from spreadsheets.xlsx_charts import Drawn, Picture
from spreadsheets.xlsx_writer import Column, Sheet
from trade import number_text
from trade.bundles.data_files import FLOWS
from trade.bundles.workbook.workbook_titles import flow_title, title_lines
from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells
from trade.charts.svg.primitives import COLOURS
from trade.charts.text import comparability, evidence, leads
from trade.models import Flow


def charts_sheet(release, cube):
    """Both flows as native charts, of the full years, above the small table that they draw."""
    cells = {flow: Cells(cube, flow) for flow in (*FLOWS, "total")}
    years = [year for year in cube["years"] if not any(cells[flow].part(year) for flow in FLOWS)]
    left_out = [str(year) for year in cube["years"] if year not in years]
    lines = title_lines(
        release, _("Unit: US dollars. The charts show the data in the table below; a blank cell means a missing value.")
    )
    if left_out:
        lines.append(_("Not shown because some months are missing: %s.") % ", ".join(left_out))
    title = _("Charts of both flows by year")
    if not years:
        return Sheet("charts", title, [], [], lines=[*lines, _("There is no complete year to show.")])
    table = ChartTable(release.dataset, cube, cells, years)
    pictures = [table.lines()]
    if cube["kind"] != "total":
        pictures += [table.stack(flow) for flow in FLOWS]
    return Sheet(
        "charts",
        title,
        table.columns,
        list(zip(*table.values, strict=True)),
        lines=lines,
        pictures=[picture for picture in pictures if picture.series],
        scale=62,
        repeated=1,
    )


class ChartTable:
    """The table that the charts draw: years down, and across the totals, then the largest ten of each flow."""

    def __init__(self, dataset, cube, cells, years):
        self.dataset, self.cube, self.cells, self.years = dataset, cube, cells, years
        self.columns, self.values = [Column(_("Year"), 30)], [[str(year) for year in years]]
        self.drawn = {"totals": []} | {flow: [] for flow in FLOWS}
        for colour, flow in enumerate(FLOWS, start=1):
            self._add_totals(flow, colour)
        if cube["kind"] == "total":
            name = _("Published only as the sum of both directions")
            self._add("totals", name, name, 0, [cells["total"].reported([ROOT], year) for year in years])
            return
        for flow in FLOWS:
            self._add_members(flow)

    def _add(self, chart, name, header, colour, values, is_estimate=False):
        """Take a column into the table and the chart, unless it is blank all over."""
        if any(value is not None for value in values):
            self.columns.append(Column(header, 18, "number"))
            self.values.append(values)
            self.drawn[chart].append(Drawn(len(self.columns), name, COLOURS[colour].lstrip("#"), is_estimate))

    def _add_totals(self, flow, colour):
        cells, name = self.cells[flow], flow_title(self.dataset, flow)
        self._add("totals", name, name, colour, [cells.reported([ROOT], year) for year in self.years])
        if cells.has_estimates():
            both = _("%s, with estimates") % name
            self._add("totals", both, both, colour, [cells.value([ROOT], year) for year in self.years], True)

    def _add_members(self, flow):
        cells, nodes, way = self.cells[flow], self.cube["nodes"], str(Flow(flow).label)
        children = nodes[ROOT]["children"]
        ranked = sorted((slug for slug in children if nodes[slug]["colour"]), key=lambda slug: nodes[slug]["colour"])
        groups = [(nodes[slug]["name"], nodes[slug]["colour"], [slug]) for slug in ranked]
        groups.append((_("Others"), 0, [slug for slug in children if slug not in ranked]))
        for name, colour, slugs in groups:
            values = [cells.reported(slugs, year) for year in self.years]
            self._add(flow, name, f"{name}, {way}", colour, values)
        estimates = [cells.estimate([ROOT], year) for year in self.years]
        self._add(flow, _("Estimates"), _("Estimates, %s") % way, 0, estimates, True)

    def lines(self) -> Picture:
        """Both totals by year."""
        sentences = [_("Line chart of reported annual totals, in US$ million.")]
        if any(drawn.is_estimate for drawn in self.drawn["totals"]):
            sentences.append(_("Dashed: with estimates."))
        sentences += [self._first_and_last(flow_title(self.dataset, flow), self.cells[flow]) for flow in FLOWS]
        title = _("Totals by year, US$ million")
        return Picture("line", title, _("US$ million"), " ".join(filter(None, sentences)), self.drawn["totals"])

    def stack(self, flow: str) -> Picture:
        """The largest ten of a flow, stacked by year."""
        title = _("%s by year, US$ million") % flow_title(self.dataset, flow)
        sentence = _(
            "Stacked columns of reported values: the ten largest shown separately, the rest combined; estimates "
            "hatched. %s"
        )
        description = sentence % self._largest(flow)
        return Picture("stacked", title, _("US$ million"), description.strip(), self.drawn[flow])

    def _first_and_last(self, name, cells):
        known = [year for year in self.years if cells.reported([ROOT], year) is not None]
        if not known:
            return ""
        words = {"name": name, "first": known[0], "last": known[-1]}
        words |= {"before": number_text.usd(cells.reported([ROOT], known[0]))}
        words |= {"now": number_text.usd(cells.reported([ROOT], known[-1]))}
        return _("%(name)s: %(before)s in %(first)s, %(now)s in %(last)s.") % words

    def _largest(self, flow):
        cells, year = self.cells[flow], self.years[-1]
        children = self.cube["nodes"][ROOT]["children"]
        slug = leads.leader(cells, children, year, cells.reported)
        if slug is None:
            return ""
        caution = comparability.missing_words(evidence.of(cells, [ROOT], year).missing)
        words = {"name": self.cube["nodes"][slug]["name"], "year": year}
        words["value"] = number_text.usd(cells.reported([slug], year))
        if caution:
            return _("The largest in %(year)s: %(name)s, %(value)s (%(missing)s).") % (words | {"missing": caution})
        return _("The largest in %(year)s: %(name)s, %(value)s.") % words
