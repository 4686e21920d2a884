"""The notes of our workbook: marks in cells, and the sheet that says what they mean."""

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spreadsheets.xlsx_writer import Column, Sheet
from trade.bundles import data_dictionary, data_files
from trade.bundles.data_files import FLOWS
from trade.bundles.workbook.workbook_titles import flow_title, title_lines
from trade.models import Dataset, Release

FLAGS = {
    "P": gettext_lazy("Some values for this period are provisional and may be revised (status P on the sheet “data”)."),
    "B": gettext_lazy("Some series have a break in this period: earlier values are not comparable (status B)."),
    "U": gettext_lazy("Some values for this period are of low reliability (status U)."),
    "L": gettext_lazy("Some values for this period may exist but were not collected or reported (status L)."),
    "Q": gettext_lazy("Some values for this period are suppressed (status Q)."),
}


class Notes:
    """The numbered notes of a workbook, and where each applies; marks are written "[note 1]"."""

    def __init__(self, release: Release, data: pa.Table):
        self.texts = []
        dataset, key = release.dataset, data_dictionary.key_of(release.dataset)
        bases = {"to": dataset.basis_to_dprk, "from": dataset.basis_from_dprk}
        valued = _(
            "Exports to the DPRK are valued %(to)s, imports from it %(from)s; no adjustment was made for the "
            "difference. "
        )
        free = _("FOB values exclude freight and insurance beyond the exporter’s border; CIF values include them.")
        self.title = self._add(valued % bases + free)
        estimated = data[key or "period"].filter(pc.is_valid(data["estimate_usd"]))
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
        sentence = _("An estimate supplements the value reported here; it is in a separate column on the sheet “data”.")
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


def notes_sheet(release, notes):
    dataset = release.dataset
    rows = [(f"[note {number}]", text) for number, text in enumerate(notes.texts, start=1)]
    rows += [
        (_("blank cell"), _("No observation. In a column of estimates: no estimate.")),
        (
            "..",
            _("An observation with a missing value (not zero). Its status on the sheet “data” gives the reason."),
        ),
        ("0", _("Reported as zero.")),
        ("to_dprk", flow_title(dataset, "to_dprk")),
        ("from_dprk", flow_title(dataset, "from_dprk")),
    ]
    if dataset.kind == Dataset.Kind.TOTAL:
        rows.append(("total", _("The sum of both directions, where only that was published.")))
    rows += [(_("status %s") % letter, label) for letter, label in data_dictionary.status_labels().items()]
    rows += [(_("column %s") % column.name, column.description) for column in data_dictionary.of_data(dataset)]
    columns = [Column(_("Mark"), 24), Column(_("Meaning"), 110, "wrapped")]
    return Sheet("notes", _("Notes, status codes and column descriptions"), columns, rows, lines=title_lines(release))
