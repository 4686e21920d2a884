"""Writes the workbook of a view: its tables with their exact numbers, and all that explains them.

It is made of the payload that the page shows (trade.charts), so it cannot disagree with it. It is not for import: its
cover bears no signature, and no sheet has the name of one that an import reads.
"""

import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from spreadsheets import xlsx_writer
from spreadsheets.xlsx_charts import Drawn, Picture
from spreadsheets.xlsx_writer import Column, Sheet
from trade import number_text
from trade.bundles import data_dictionary
from trade.charts import view_columns, view_rows
from trade.charts.figures.points import UNIT
from trade.charts.schema import Payload
from trade.charts.svg.primitives import COLOURS
from trade.charts.text.valuation import joined

BROAD = 16  # columns: more are too small to read on the width of one page
LOOKS = {"value_usd": "number", "quantity": "quantity", "release": "plain", "rank": "plain", "rank_of": "plain"}
LOOKS |= dict.fromkeys(("share_percent", "change_percent", "index", "unit_value_usd", "cap_percent"), "quantity")
WIDTHS = {"member_label": 30, "basis": 24, "status_text": 24, "share_of": 26, "source": 40}


def workbook(payload: Payload, site: str) -> bytes:
    """Write the workbook of a view; `site` is where the site stands, "https://yalu.example"."""
    tables = [_table(payload, figure) for figure in payload["figures"] if figure["table"]]
    rest = [_notes(payload), *tables, _values(payload)]
    created = datetime.fromisoformat(payload["release"]["date"]).replace(tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="yalu-") as folder:
        path = Path(folder) / "view.xlsx"
        xlsx_writer.write(
            path, [_cover(payload, site), _contents(rest), *rest], title=payload["title"], created=created
        )
        return path.read_bytes()


def _lines(payload, *first):
    """What stands under every title: what is said first, source, release, and that a demonstration is one."""
    dataset, release = payload["dataset"], payload["release"]
    about = {"dataset": dataset["title"], "number": release["number"], "date": release["date"]}
    lines = [*first, _("Source: %s.") % dataset["source"], _("%(dataset)s, release %(number)d of %(date)s.") % about]
    if dataset["is_demonstration"]:
        lines.append(_("DEMONSTRATION: these figures are invented. Do not cite them."))
    return lines


def _cover(payload, site):
    dataset, release = payload["dataset"], payload["release"]
    rows = [
        (_("Contents"), payload["sentence"]),
        (_("Demonstration"), _("Yes: the figures are invented.") if dataset["is_demonstration"] else _("No")),
        (_("Dataset"), dataset["title"]),
        (_("Source"), f"{dataset['source']} {dataset['source_url']}".strip()),
        (_("Licence"), f"{dataset['licence']} {dataset['licence_url']}".strip()),
        (_("Release number"), release["number"]),
        (_("Released on"), release["date"]),
        (_("Changes in that release"), release["note"]),
        (_("Valuation"), payload["basis"]),
        (_("Permanent URL of this view (this release)"), site + payload["share"]["frozen_url"]),
        (_("URL of this view with the latest figures"), site + payload["share"]["live_url"]),
        (_("How to cite"), payload["share"]["citation"]),
        (_("Contact"), settings.SITE_CONTACT),
    ]
    columns = [Column(_("Item"), 24, "wrapped"), Column(_("Content"), 110, "wrapped")]
    return Sheet("cover", payload["title"], columns, rows, lines=_lines(payload))


def _contents(sheets):
    columns = [Column(_("Sheet"), 24, "link"), Column(_("Contents"), 110, "wrapped")]
    lines = [_("Sheets in this workbook, apart from the cover. Each name links to its sheet.")]
    return Sheet("contents", _("Contents"), columns, [(sheet.name, sheet.title) for sheet in sheets], lines=lines)


def _notes(payload):
    notes = dict.fromkeys(note for figure in payload["figures"] for note in figure["notes"])
    rows = [(_("note %d") % number, note) for number, note in enumerate(notes, start=1)]
    rows += [
        (_("blank cell"), _("Not applicable: no estimate, no rank or no earlier year.")),
        ("..", _("Missing (not zero). The reason, where known, is given in the Remarks column.")),
        ("0", _("Reported as zero.")),
    ]
    rows += [(_("status %s") % letter, label) for letter, label in data_dictionary.status_labels().items()]
    rows += [(_("column %s") % column.name, column.explained) for column in view_columns.described()]
    columns = [Column(_("Mark"), 24), Column(_("Meaning"), 110, "wrapped")]
    return Sheet("notes", _("Notes and status key"), columns, rows, lines=_lines(payload))


def _table(payload, figure):
    """One table of the page as a sheet: its numbers as numbers, and beside each row what must be known of it."""
    table = figure["table"]
    rows = [(row["header"], *map(_content, row["cells"]), _remarks(table, row)) for row in table["rows"]]
    headers = _headers(table)
    columns = [Column(headers[0], 30, "wrapped")]
    columns += [Column(header, 17, _look(rows, place)) for place, header in enumerate(headers[1:], start=1)]
    columns.append(Column(_("Remarks"), 40, "wrapped"))
    name = f"view_{figure['id'].replace('-', '_')}"
    basis = figure.get("basis", payload["basis"])
    about = _("Unit: %(unit)s.") % {"unit": joined(figure["unit"], basis)}
    drawn = _picture(figure)
    scale = 62 if len(columns) > BROAD else 0
    lines = _lines(payload, about)
    return Sheet(name, table["caption"], columns, rows, lines=lines, pictures=drawn, scale=scale, repeated=1)


def _content(cell):
    """A number, ".." where it is missing, or words; ranks and per cents are numbers too."""
    if cell["value"] is None:
        return xlsx_writer.MISSING if cell["text"] == number_text.MISSING else cell["text"]
    return cell["value"]


def _look(rows, place):
    types = {type(row[place]) for row in rows}
    return "quantity" if float in types else "number" if int in types else "text"


def _headers(table):
    """Name the columns, each differently, as a table of a workbook asks; what are not dollars name their unit."""
    headers, bearers = [], Counter()
    for place, column in enumerate(table["columns"]):
        cells = [row["cells"][place - 1] for row in table["rows"]] if place else []
        header = column["label"] + _unit(column, cells)
        bearers[header.lower()] += 1
        number = bearers[header.lower()]
        headers.append(f"{header} [{number}]" if number > 1 else header)
    return headers


def _unit(column, cells):
    """What a number of a column is in, or of: ", %", ", t", " of 31"; of several units none."""
    several = {cell.get("of") or cell.get("unit") for cell in cells} - {None, ""}
    if column["measure"] == "rank":
        return _(" of %d") % several.pop() if len(several) == 1 else ""
    unit = column["unit"].removeprefix(UNIT) or ("/".join(several) if len(several) == 1 else "")
    return f", {unit}" if unit else ""


def _remarks(table, row):
    """What the marks beside the numbers of a row say: "provisional", or "Liaoning: provisional; Jilin: missing"."""
    columns = {}
    for column, cell in zip(table["columns"][1:], row["cells"], strict=True):
        if cell["status_text"] and cell["status"] != "E":  # its column says so
            columns.setdefault(cell["status_text"], []).append(column["label"])
    if [len(labels) for labels in columns.values()] == [len(row["cells"])]:
        return next(iter(columns))
    return "; ".join(f"{', '.join(labels)}: {text}" for text, labels in columns.items())


def _picture(figure) -> list[Picture]:
    """A native chart of the table, where it holds what the figure draws and a spreadsheet can draw it truly."""
    keys = [column["key"] for column in figure["table"]["columns"][1:]]
    plain = figure["unit"] == "US$" and figure["scale"] == "linear" and figure["kind"] in ("stacked", "line")
    drawn_here = [one["key"] for one in figure["series"]] == keys[: len(figure["series"])]
    upright = all(one["sign"] == 1 for one in figure["series"])
    if not (plain and drawn_here and upright):
        return []
    series = [
        Drawn(place, one["name"], COLOURS[one["colour"]].lstrip("#"), one["estimated"])
        for place, one in enumerate(figure["series"], start=2)
    ]
    return [Picture(figure["kind"], figure["title"], _("US$ million"), figure["description"], series)]


def _values(payload):
    """Every value of the tables in long form, as the CSV of the view has it."""
    columns = [Column(name, WIDTHS.get(name, 16), LOOKS.get(name, "text")) for name in view_columns.NAMES]
    rows = [tuple(row[name] for name in view_columns.NAMES) for row in view_rows.of(payload)]
    about = _("One row per value; a blank means missing. Same rows as the CSV file of this view.")
    return Sheet("values", _("All values in the tables"), columns, rows, lines=_lines(payload, about))
