"""Builds the workbook of a release: cover, contents, notes, wide and long data, charts, changes, sanctions.

spreadsheets.xlsx_writer writes the sheets. An import knows the workbook by the cover's "Dataset identifier" and
"Release", and looks for data on the sheets "to_dprk", "from_dprk" and "data" alone (importing.select_tables).
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spreadsheets import xlsx_writer
from spreadsheets.xlsx_charts import Drawn, Picture
from spreadsheets.xlsx_writer import Column, Sheet
from trade import number_text, providers
from trade.bundles import citations, data_dictionary, data_files
from trade.bundles.data_files import FLOWS
from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells
from trade.charts.svg.primitives import COLOURS
from trade.models import Dataset, Flow, Release

ROOM = xlsx_writer.LAST_ROW - 20  # rows that a table may have below its title and lines
FLAGS = {
    "P": gettext_lazy("Some values of this period are provisional and may be revised (status P on the sheet “data”)."),
    "B": gettext_lazy("In this period some series break: earlier values are not comparable (status B)."),
    "U": gettext_lazy("Some values of this period are of low reliability (status U)."),
    "L": gettext_lazy("Some values of this period may exist but are not collected or not reported (status L)."),
    "Q": gettext_lazy("Some values of this period are suppressed (status Q)."),
}


def write(path: Path, release: Release, data: pa.Table, changes: pa.Table, cube: dict) -> None:
    """Write the workbook of a release from its records, its changes and its sums."""
    notes = Notes(release, data)
    wide = [_wide_sheet(release, data, flow, notes, cube) for flow in FLOWS]
    after = [_long_sheet(release, data), _charts_sheet(release, cube)]
    after += [_changes_sheet(release, changes), _sanctions_sheet(release)]
    sheets, cover = [_notes_sheet(release, notes), *wide, *after], _cover_sheet(release)
    xlsx_writer.write(
        path, [cover, _contents_sheet(sheets), *sheets], title=release.dataset.title, created=release.created
    )


def flow_title(dataset: Dataset, flow: str) -> str:
    """Say a flow of a dataset in words: "Chinese exports to the DPRK"."""
    words = {
        ("to_dprk", True): _("Chinese exports to the DPRK"),
        ("from_dprk", True): _("Chinese imports from the DPRK"),
        ("to_dprk", False): _("World exports to the DPRK"),
        ("from_dprk", False): _("World imports from the DPRK"),
    }
    return words[flow, dataset.partner == "China"]


def _lines(release, *first):
    """Write the lines under every title: the first ones, source, release, and that a demonstration is one."""
    lines = [
        *first,
        _("Source: %s.") % release.dataset.source,
        _("Release %(number)d of %(date)s.") % {"number": release.number, "date": release.created.date().isoformat()},
    ]
    if release.dataset.is_demonstration:
        lines.append(_("DEMONSTRATION: these figures are invented. Do not cite them."))
    return lines


def _too_long_for_a_sheet(table, name):
    """Say that a table has more rows than a sheet can hold, and which file has them."""
    words = {"rows": number_text.exact(len(table)), "name": name}
    return _("This table has %(rows)s rows, more than a sheet can hold: take the file %(name)s.") % words


# --- notes ---------------------------------------------------------------------------------------------------------


class Notes:
    """The numbered notes of a workbook, and where each applies; marks are written "[note 1]"."""

    def __init__(self, release: Release, data: pa.Table):
        self.texts = []
        dataset, key = release.dataset, data_dictionary.key_of(release.dataset)
        bases = {"to": dataset.basis_to_dprk, "from": dataset.basis_from_dprk}
        valued = _("Flows to the DPRK are valued %(to)s, flows from it %(from)s; nothing was adjusted between them. ")
        free = _("FOB leaves out freight and insurance from the border of the exporter, CIF includes them.")
        self.title = self._add(valued % bases + free)
        estimated = data[key].filter(pc.is_valid(data["estimate_usd"]))
        self.estimated = set(estimated.unique().to_pylist())
        self.estimate = self._add(self._about_estimates(dataset)) if self.estimated else ""
        self.of_period = {flow: _flagged(data, flow) for flow in FLOWS}
        used = {letter for flags in self.of_period.values() for letters in flags.values() for letter in letters}
        self.flags = {letter: self._add(str(text)) for letter, text in FLAGS.items() if letter in used}
        self.of_key, self.of_year = {}, {}
        for remark in dataset.annotations.order_by("year", "pk"):
            self._annotate(remark)

    def _add(self, text):
        self.texts.append(text)
        return f" [note {len(self.texts)}]"

    def _about_estimates(self, dataset):
        sentence = _(
            "An estimate is added to what is reported here; it is on the sheet “data”, in a column of its own."
        )
        return f"{sentence} {dataset.estimate_method}".strip()

    def _annotate(self, remark):
        mark, key = self._add(remark.text), remark.province_id or remark.code
        if key:
            self.of_key[key] = self.of_key.get(key, "") + mark
        elif remark.year:
            self.of_year[remark.year] = self.of_year.get(remark.year, "") + mark
        else:
            self.title += mark

    def name(self, key: str) -> str:
        """The marks of a province or code."""
        return (self.estimate if key in self.estimated else "") + self.of_key.get(key, "")

    def period(self, flow: str, period: str) -> str:
        """The marks of a year or month of a flow."""
        letters = self.of_period[flow].get(period, "")
        return "".join(self.flags[letter] for letter in letters) + self.of_year.get(int(period[:4]), "")


def _flagged(data, flow):
    """Find the statuses worth a note by period: {"2025-01": "P"}."""
    wanted = pc.and_(pc.equal(data["flow"], flow), pc.is_in(data["status"], value_set=pa.array(list(FLAGS))))
    pairs = data.select(["period", "status"]).filter(wanted).group_by(["period", "status"]).aggregate([])
    statuses = {}
    for period, status in data_files.rows(pairs):
        statuses.setdefault(period, set()).add(status)
    return {period: sorted(letters) for period, letters in statuses.items()}


def _notes_sheet(release, notes):
    dataset = release.dataset
    rows = [(f"[note {number}]", text) for number, text in enumerate(notes.texts, start=1)]
    rows += [
        (_("blank cell"), _("No observation. In a column of estimates: no estimate.")),
        (
            "..",
            _("An observation without a value: missing, which is not zero. On the sheet “data” its status says why."),
        ),
        ("0", _("Reported as zero.")),
        ("to_dprk", flow_title(dataset, "to_dprk")),
        ("from_dprk", flow_title(dataset, "from_dprk")),
    ]
    rows += [(_("status %s") % letter, label) for letter, label in data_dictionary.status_labels().items()]
    rows += [(_("column %s") % column.name, column.description) for column in data_dictionary.of_data(dataset)]
    columns = [Column(_("Mark"), 24), Column(_("What it means"), 110, "wrapped")]
    return Sheet("notes", _("Notes, status key and what the columns hold"), columns, rows, lines=_lines(release))


# --- front ---------------------------------------------------------------------------------------------------------


def _cover_sheet(release):
    dataset = release.dataset
    rows = [
        (_("What it is"), dataset.description),
        (_("Demonstration"), _("Yes: the figures are invented.") if dataset.is_demonstration else _("No")),
        (_("Source"), f"{dataset.source} {dataset.source_url}".strip()),
        (_("Licence"), f"{dataset.licence} {dataset.licence_url}".strip()),
        # These two are the signature by which an import knows what the workbook was made from.
        ("Dataset identifier", dataset.slug),
        ("Release", release.number),
        (_("Released on"), release.created.date().isoformat()),
        (_("Kind of release"), release.get_kind_display()),
        (_("What changed"), release.note),
        (_("How to cite"), citations.text(release)),
        (_("Contact"), settings.SITE_CONTACT),
    ]
    columns = [Column(_("Item"), 24), Column(_("Content"), 110, "wrapped")]
    return Sheet("cover", dataset.title, columns, rows, lines=_lines(release))


def _contents_sheet(sheets):
    columns = [Column(_("Sheet"), 24, "link"), Column(_("What it holds"), 110, "wrapped")]
    lines = [_("This workbook has these sheets besides the cover. Each name is a link to its sheet.")]
    rows = [(sheet.name, sheet.title.partition(" [")[0]) for sheet in sheets]
    return Sheet("contents", _("Contents"), columns, rows, lines=lines)


# --- data ----------------------------------------------------------------------------------------------------------


def _wide_sheet(release, data, flow, notes, cube):
    """Keys down, periods across; ".." is an observation without a value, a blank is no observation."""
    key = data_dictionary.key_of(release.dataset)
    by_key, periods = _reported(data.select([key, "period", "reported_usd", "flow", "status"]), flow)
    across = sorted(periods)
    columns = [Column("Code", 10), Column("Name", 44, "wrapped")]
    columns += [Column(period + notes.period(flow, period), 15, "number") for period in across]
    rows = [
        (code, _short_name(cube, code) + notes.name(code), *(by_key[code].get(period) for period in across))
        for code in sorted(by_key, key=_in_order(cube))
    ]
    unit = _("Unit: US dollars. Reported values only.")
    if notes.estimated:
        unit = _("Unit: US dollars. Reported values only; estimates are on the sheet “data”.")
    about = _("One row a code, one column a year or month. Marks in square brackets refer to the sheet “notes”.")
    empty = [] if rows else [_("This release holds no values of this flow.")]
    title = flow_title(release.dataset, flow) + notes.title
    return Sheet(flow, title, columns, rows, lines=_lines(release, unit, about, *empty), scale=62)


def _reported(table, flow):
    """Lay out what was reported of a flow, and its periods: ({"CN-LN": {"2016": 1670000000, …}}, {"2016", …})."""
    wanted = pc.and_(pc.equal(table["flow"], flow), pc.is_valid(table["status"]))  # a status: it was reported
    reported = table.drop_columns(["flow", "status"]).filter(wanted)
    by_key, periods = {}, {}
    for code, period, value in data_files.rows(reported):
        period = periods.setdefault(period, period)  # each text is in memory once, however many cells it names
        by_key.setdefault(code, {})[period] = xlsx_writer.MISSING if value is None else value
    return by_key, periods


def _in_order(cube):
    """Sort codes as the nomenclature does: provinces in the order of GB/T 2260, goods by HS code."""
    place = {slug: number for number, slug in enumerate(cube["nodes"])}
    return lambda code: (place.get(code.lower(), len(place)), code)


def _short_name(cube, code):
    node = cube["nodes"].get(code.lower())
    return node["name"] if node else ""


LOOKS = {"year": "plain", "month": "plain", "reported_usd": "number", "estimate_usd": "number", "quantity": "quantity"}
LOOKS |= {"old_value_usd": "number", "new_value_usd": "number", "old_quantity": "quantity", "new_quantity": "quantity"}
WIDTHS = {"province": 11, "code": 9, "name": 28, "year": 7, "month": 8, "period": 10, "flow": 12, "change": 10}
WIDTHS |= {"component": 13, "status": 9, "note": 30, "source": 30, "demonstration": 16, "release": 21}
WIDTHS |= {"old_status": 12, "new_status": 12, "old_note": 26, "new_note": 26, "quantity_unit": 10}


def _long_sheet(release, data):
    title = _("%s: every value, with its status, estimate and note") % release.dataset.title
    about = _("Unit: US dollars. One row a value; the sheet “notes” says what each column holds.")
    shown = data.drop_columns(["period"])  # year and month say it, and are what an import reads
    return _table("data", title, shown, _lines(release, about), "data.csv")


def _changes_sheet(release, changes):
    title = _("What this release changed")
    lines = _lines(release, _("The note of this release: %s") % release.note)
    if release.number == 1:
        lines.append(_("It is the first release: every value is new, and none is listed here."))
        return Sheet("changes", title, [], [], lines=lines)
    lines.append(_("Unit: US dollars. One row a cell and component: its old value and status, and its new ones."))
    return _table("changes", title, changes.drop_columns(["year", "month"]), lines, "changes.csv")


def _table(name, title, table, lines, file):
    """Make a sheet of an Arrow table, or say which file holds it."""
    if len(table) > ROOM:
        return Sheet(name, title, [], [], lines=[*lines, _too_long_for_a_sheet(table, file)])
    columns = [Column(column, WIDTHS.get(column, 15), LOOKS.get(column, "text")) for column in table.column_names]
    return Sheet(name, title, columns, data_files.rows(table), size=len(table), lines=lines)


def _sanctions_sheet(release):
    """The measures of the Security Council."""
    measures = providers.sanctions().measures()
    rows = [_measure(measure) for measure in measures]
    lines = [
        _("What resolutions of the UN Security Council ban or cap, beside the trade on the other sheets."),
        _("As known on %s. The text of a resolution alone is authoritative.") % release.created.date().isoformat(),
    ]
    names = [_("Resolution"), _("Adopted"), _("Paragraph"), _("Direction"), _("Kind"), _("Category"), _("Goods")]
    names += [_("HS codes"), _("Measure"), _("In force from"), _("Wind-down or cap"), _("Exemptions"), _("How known")]
    widths = [11, 12, 12, 15, 16, 17, 28, 17, 36, 12, 28, 28, 24]
    looks = ["plain", "text", "text", *(["wrapped"] * 10)]
    columns = [Column(*about) for about in zip(names, widths, looks, strict=True)]
    return Sheet("sanctions", _("UN sanctions on trade with the DPRK"), columns if rows else [], rows, lines=lines)


def _measure(measure):
    since = measure.effective_from.isoformat() if measure.effective_from else ""
    return (
        *(measure.resolution_id, measure.resolution.adopted.isoformat(), measure.paragraph),
        *(measure.get_direction_display(), measure.get_kind_display(), measure.get_category_display()),
        *(measure.goods, measure.codes_text, measure.measure, since, measure.wind_down_or_cap, measure.exemptions),
        measure.caution or measure.sources,
    )


# --- charts --------------------------------------------------------------------------------------------------------


def _charts_sheet(release, cube):
    """Both flows as native charts, of the full years, above the small table that they draw."""
    cells = {flow: Cells(cube, flow) for flow in FLOWS}
    years = [year for year in cube["years"] if not any(cells[flow].part(year) for flow in FLOWS)]
    left_out = [str(year) for year in cube["years"] if year not in years]
    lines = _lines(release, _("Unit: US dollars. The charts draw the table below them; a blank cell is missing."))
    if left_out:
        lines.append(_("Not drawn, because not all of their months are known: %s.") % ", ".join(left_out))
    title = _("Charts of both flows by year")
    if not years:
        return Sheet("charts", title, [], [], lines=[*lines, _("There is no full year to draw.")])
    table = ChartTable(release.dataset, cube, cells, years)
    pictures = [table.lines(), *(table.stack(flow) for flow in FLOWS)]
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
        sentences = [_("Lines of the yearly totals that were reported, in US$ million.")]
        if any(drawn.is_estimate for drawn in self.drawn["totals"]):
            sentences.append(_("Dashed: with estimates."))
        sentences += [self._first_and_last(flow_title(self.dataset, flow), self.cells[flow]) for flow in FLOWS]
        title = _("Totals by year, US$ million")
        return Picture("line", title, _("US$ million"), " ".join(filter(None, sentences)), self.drawn["totals"])

    def stack(self, flow: str) -> Picture:
        """The largest ten of a flow, stacked by year."""
        title = _("%s by year, US$ million") % flow_title(self.dataset, flow)
        sentence = _(
            "Stacked columns of what was reported: the largest ten apart, the others together; estimates hatched. %s"
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
        valued = [(value, slug) for slug in children if (value := cells.reported([slug], year)) is not None]
        if not valued:
            return ""
        value, slug = max(valued)
        words = {"name": self.cube["nodes"][slug]["name"], "year": year, "value": number_text.usd(value)}
        return _("The largest in %(year)s: %(name)s, %(value)s.") % words
