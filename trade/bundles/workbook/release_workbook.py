"""Builds the workbook of a release: cover, contents, notes, wide and long data, charts, changes, sanctions.

spreadsheets.xlsx_writer writes the sheets. An import knows the workbook by the cover's "Dataset identifier" and
"Release", and looks for data on the sheets "to_dprk", "from_dprk" and "data" alone (importing.select_tables).
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.utils.translation import gettext as _

from spreadsheets import xlsx_writer
from spreadsheets.xlsx_writer import Column, Sheet
from trade import number_text, providers
from trade.bundles import citations, data_dictionary, data_files
from trade.bundles.data_files import FLOWS
from trade.bundles.workbook.workbook_charts import charts_sheet
from trade.bundles.workbook.workbook_notes import Notes, notes_sheet
from trade.bundles.workbook.workbook_titles import flow_title, title_lines
from trade.models import Dataset, Release

ROOM = xlsx_writer.LAST_ROW - 20  # rows that a table may have below its title and lines


def write(path: Path, release: Release, data: pa.Table, changes: pa.Table, cube: dict) -> None:
    """Write the workbook of a release from its records, its changes and its sums."""
    notes = Notes(release, data)
    is_total = release.dataset.kind == Dataset.Kind.TOTAL  # which has nothing to list down a wide sheet
    wide = [] if is_total else [_wide_sheet(release, data, flow, notes, cube) for flow in FLOWS]
    after = [_long_sheet(release, data), charts_sheet(release, cube)]
    after += [_changes_sheet(release, changes), _sanctions_sheet(release)]
    sheets, cover = [notes_sheet(release, notes), *wide, *after], _cover_sheet(release)
    xlsx_writer.write(
        path, [cover, _contents_sheet(sheets), *sheets], title=release.dataset.title, created=release.created
    )


def _too_long_for_a_sheet(table, name):
    """Say that a table has more rows than a sheet can hold, and which file has them."""
    words = {"rows": number_text.exact(len(table)), "name": name}
    return _("This table has %(rows)s rows, more than a sheet can hold. Use the file %(name)s instead.") % words


def _cover_sheet(release):
    dataset = release.dataset
    rows = [
        (_("Description"), dataset.description),
        (_("Demonstration"), _("Yes: the figures are invented.") if dataset.is_demonstration else _("No")),
        (_("Source"), f"{dataset.source} {dataset.source_url}".strip()),
        (_("Licence"), f"{dataset.licence} {dataset.licence_url}".strip()),
        # These two are the signature by which an import knows what the workbook was made from.
        ("Dataset identifier", dataset.slug),
        ("Release", release.number),
        (_("Released on"), release.created.date().isoformat()),
        (_("Release type"), release.get_kind_display()),
        (_("Changes"), release.note),
        (_("How to cite"), citations.text(release)),
        (_("Contact"), settings.SITE_CONTACT),
    ]
    columns = [Column(_("Item"), 24), Column(_("Content"), 110, "wrapped")]
    return Sheet("cover", dataset.title, columns, rows, lines=title_lines(release))


def _contents_sheet(sheets):
    columns = [Column(_("Sheet"), 24, "link"), Column(_("Contents"), 110, "wrapped")]
    lines = [_("Sheets in this workbook, apart from the cover. Each name links to its sheet.")]
    rows = [(sheet.name, sheet.title.partition(" [")[0]) for sheet in sheets]
    return Sheet("contents", _("Contents"), columns, rows, lines=lines)


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
    about = _(
        "One row per code, one column per year or month. Marks in square brackets are explained on the sheet “notes”."
    )
    empty = [] if rows else [_("This release has no values for this flow.")]
    title = flow_title(release.dataset, flow) + notes.title
    return Sheet(flow, title, columns, rows, lines=title_lines(release, unit, about, *empty), scale=62)


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
LOOKS |= {"second_estimate_usd": "number", "precision_usd": "number"}
LOOKS |= {"old_value_usd": "number", "new_value_usd": "number", "old_quantity": "quantity", "new_quantity": "quantity"}
WIDTHS = {"province": 11, "code": 9, "name": 28, "year": 7, "month": 8, "period": 10, "flow": 12, "change": 10}
WIDTHS |= {"publisher": 30, "second_estimate_note": 30}
WIDTHS |= {"component": 13, "status": 9, "note": 30, "source": 30, "demonstration": 16, "release": 21}
WIDTHS |= {"old_status": 12, "new_status": 12, "old_note": 26, "new_note": 26, "quantity_unit": 10}


def _long_sheet(release, data):
    title = _("%s: every value, with its status, estimate and note") % release.dataset.title
    about = _("Unit: US dollars. One row per value; the columns are described on the sheet “notes”.")
    shown = data.drop_columns(["period"])  # year and month say it, and are what an import reads
    return _table("data", title, shown, title_lines(release, about), "data.csv")


def _changes_sheet(release, changes):
    title = _("Changes in this release")
    lines = title_lines(release, _("Release note: %s") % release.note)
    if release.number == 1:
        lines.append(_("This is the first release: all values are new, so none are listed here."))
        return Sheet("changes", title, [], [], lines=lines)
    lines.append(_("Unit: US dollars. One row per cell and component, with old and new value and status."))
    return _table("changes", title, changes.drop_columns(["year", "month"]), lines, "changes.csv")


def _table(name, title, table, lines, file):
    """Make a sheet of an Arrow table, or say which file holds it."""
    if len(table) > ROOM:
        return Sheet(name, title, [], [], lines=[*lines, _too_long_for_a_sheet(table, file)])
    columns = [Column(column, WIDTHS.get(column, 15), LOOKS.get(column, "text")) for column in table.column_names]
    return Sheet(name, title, columns, table, lines=lines)


def _sanctions_sheet(release):
    """The measures of the Security Council."""
    measures = providers.sanctions().measures()
    rows = [_measure(measure) for measure in measures]
    lines = [
        _("Trade banned or capped by UN Security Council resolutions, for comparison with the other sheets."),
        _("As at %s. Only the text of the resolution is authoritative.") % release.created.date().isoformat(),
    ]
    names = [_("Resolution"), _("Adopted"), _("Paragraph"), _("Direction"), _("Kind"), _("Category"), _("Goods")]
    names += [
        _("HS codes"),
        _("Measure"),
        _("In force from"),
        _("In force until"),
        _("Wind-down or cap"),
        _("Exemptions"),
        _("Verification"),
    ]
    widths = [11, 12, 12, 15, 16, 17, 28, 17, 36, 12, 12, 28, 28, 24]
    looks = ["plain", "text", "text", *(["wrapped"] * 11)]
    columns = [Column(*about) for about in zip(names, widths, looks, strict=True)]
    return Sheet("sanctions", _("UN sanctions on trade with the DPRK"), columns if rows else [], rows, lines=lines)


def _measure(measure):
    since, until = (day.isoformat() if day else "" for day in (measure.effective_from, measure.until))
    return (
        *(measure.resolution_id, measure.resolution.adopted.isoformat(), measure.paragraph),
        *(measure.get_direction_display(), measure.get_kind_display(), measure.get_category_display()),
        *(measure.goods, measure.codes_text, measure.measure, since, until, measure.wind_down_or_cap),
        *(measure.exemptions, measure.caution or measure.sources),
    )
