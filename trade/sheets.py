"""What stands on each sheet of our workbook, in the order a statistician reads it; `formats.writer` writes it."""

from django.utils.translation import gettext as _

from trade.formats import writer
from trade.models import Dataset, Release
from trade.records import FLOWS, as_row, columns


def workbook(release: Release, records) -> bytes:
    """Write the workbook of a release from its records."""
    sheets = [_wide_sheet(release, records, flow) for flow in FLOWS]
    if len(records) < writer.LAST_ROW - 10:
        sheets.append(_long_sheet(release, records))
    front = [_cover_sheet(release, len(records)), _notes_sheet(release)]
    contents = _contents_sheet([*front, *sheets])
    return writer.write([front[0], contents, front[1], *sheets], title=release.dataset.title, created=release.created)


def flow_title(dataset: Dataset, flow: str) -> str:
    """Say a flow of a dataset in words: "Chinese exports to the DPRK"."""
    words = {
        ("to_dprk", True): _("Chinese exports to the DPRK"),
        ("from_dprk", True): _("Chinese imports from the DPRK"),
        ("to_dprk", False): _("World exports to the DPRK"),
        ("from_dprk", False): _("World imports from the DPRK"),
    }
    return words[flow, dataset.partner == "China"]


def _lines(release, flow=None):
    """What stands under every title: source, release, and that a demonstration is one."""
    dataset = release.dataset
    basis = {"to_dprk": dataset.basis_to_dprk, "from_dprk": dataset.basis_from_dprk}
    lines = [
        _("Source: %s") % dataset.source,
        _("Release %d, %s") % (release.number, release.created.date().isoformat()),
    ]
    if flow:
        lines.insert(
            0, _("Unit: US dollars, %s. Reported values only; estimates are on the sheet “data”.") % basis[flow]
        )
    if dataset.is_demonstration:
        lines.append(_("DEMONSTRATION: these figures are invented. Do not cite them."))
    return lines


def _wide_sheet(release, records, flow):
    """Keys down, periods across; ".." is an observation without a value, a blank is no observation."""
    mine = [record for record in records if record["flow"] == flow and "reported" in record]
    periods = sorted({(r["year"], r["month"]) for r in mine})
    values = {(r["key"], r["year"], r["month"]): r["reported"] for r in mine}
    names = {r["key"]: r["name"] for r in mine}
    rows = ((key, names[key], *(_wide_cell(values, (key, *period)) for period in periods)) for key in sorted(names))
    return {
        "name": flow,
        "title": flow_title(release.dataset, flow),
        "lines": _lines(release, flow),
        "columns": ["Code", "Name", *(_period(*period) for period in periods)],
        "rows": rows,
        "widths": [10, 30, *([14] * len(periods))],
    }


def _wide_cell(values, at):
    if at not in values:
        return None
    return writer.MISSING if values[at] is None else values[at]


def _period(year, month):
    return f"{year}-{month:02d}" if month else str(year)


def _long_sheet(release, records):
    return {
        "name": "data",
        "title": _("%s: every value, with its status, estimate and note") % release.dataset.title,
        "lines": _lines(release),
        "columns": columns(release.dataset),
        "rows": (as_row(release, record) for record in records),
        "widths": [10, 30, 8, 8, 12, 16, 16, 8, 40],
    }


def _cover_sheet(release, size):
    dataset = release.dataset
    rows = [
        (_("What it is"), dataset.description),
        (
            _("Demonstration"),
            _("Yes: these figures are invented. Do not cite them.") if dataset.is_demonstration else _("No"),
        ),
        (_("Source"), dataset.source),
        (_("Licence"), dataset.licence),
        (_("Valuation"), f"to_dprk {dataset.basis_to_dprk}, from_dprk {dataset.basis_from_dprk}"),
        # These two are the signature by which an import knows what the workbook was made from.
        ("Dataset identifier", dataset.slug),
        ("Release", release.number),
        (_("Released on"), release.created.date().isoformat()),
        (_("What changed"), release.note),
        (_("How to cite"), f"Yalu, {dataset.title}, release {release.number}, {release.created.date().isoformat()}."),
    ]
    if size >= writer.LAST_ROW - 10:
        rows.append((_("All values"), _("More rows than a sheet can hold: take the file data.csv of this release.")))
    return {"name": "cover", "title": dataset.title, "rows": rows, "widths": [24, 100]}


def _contents_sheet(sheets):
    rows = [(writer.Link(sheet["name"]), sheet["title"]) for sheet in sheets]
    return {"name": "contents", "title": _("Contents"), "rows": rows, "widths": [24, 100]}


def _notes_sheet(release):
    rows = [
        (_("Blank cell"), _("No observation.")),
        (
            "..",
            _("An observation without a value: missing, which is not zero. Its status on the sheet “data” says why."),
        ),
        ("0", _("Reported as zero.")),
        (_("Estimate"), release.dataset.estimate_method or _("This dataset holds no estimates.")),
        (_("Status A"), _("Normal value")),
        (_("Status P"), _("Provisional value")),
        (_("Status B"), _("Break in the series")),
        (_("Status O"), _("Missing value")),
        (_("Status L"), _("May exist, but is not collected or not reported")),
        (_("Status Q"), _("Suppressed")),
        (_("Status U"), _("Low reliability")),
        ("to_dprk", flow_title(release.dataset, "to_dprk")),
        ("from_dprk", flow_title(release.dataset, "from_dprk")),
        (_("Month"), _("Blank is the whole year; 1 to 12 is a month.")),
    ]
    return {"name": "notes", "title": _("Notes and status key"), "rows": rows, "widths": [24, 100]}
