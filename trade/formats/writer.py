"""Writes our workbook: what a statistician expects of one, and what `workbook` reads back without a change.

It follows the UK Analysis Function's rules for accessible spreadsheets: a cover, a contents sheet, notes, one
marked-up table a sheet with its title in A1, no merged cells, no filters, no frozen panes, text that is never a
formula, blanks explained, document title and language set, the cursor in A1. The same input gives the same bytes.
"""

import io
import math
import re
import zipfile
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo

MISSING = ".."  # an observation without a value; a blank cell is no observation
LAST_ROW = 1_048_575  # Excel's last row less one, for a table that begins below its title
TITLE, HEADING = Font(name="Arial", size=16, bold=True), Font(name="Arial", size=12, bold=True)
BODY = Font(name="Arial", size=11)
LINK = Font(name="Arial", size=11, color="0000EE", underline="single")
WRAPPED = Alignment(wrap_text=True, vertical="top", horizontal="left")
LINE = 15  # points; a row of wrapped text is as high as its lines, which not every program works out by itself
EPOCH = (1980, 1, 1, 0, 0, 0)


class Link(str):
    """The name of a sheet, as a link that leads to it."""


def write(sheets: list[dict], *, title: str, created: datetime) -> bytes:
    """Write sheets as one .xlsx.

    A sheet is {"name": "to_dprk", "title": "Chinese exports …", "lines": ["Unit: US$"], "columns": ["Code", …],
    "rows": iterable of tuples, "widths": [10, 24]}; one without "columns" is text only, in the columns of its rows.
    """
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.language = title, "en-GB"
    book.properties.creator, book.properties.lastModifiedBy = "Yalu", "Yalu"
    book.properties.created = book.properties.modified = created.astimezone(UTC).replace(tzinfo=None)
    for sheet in sheets:
        _write_sheet(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return _same_bytes_every_time(buffer, created)


def _write_sheet(book, sheet):
    page = book.create_sheet(sheet["name"])
    for number, width in enumerate(sheet.get("widths", []), start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    _put(page, 1, 1, sheet["title"], TITLE)
    row = 2
    for line in sheet.get("lines", []):
        _put(page, row, 1, line, BODY)
        row += 1
    if "columns" in sheet:
        _write_table(page, sheet, row)
    else:
        _write_text(page, sheet["rows"], row, sheet["widths"])
    page.sheet_view.selection[0].activeCell = page.sheet_view.selection[0].sqref = "A1"
    page.page_setup.orientation = "landscape"


def _write_text(page, rows, first, widths):
    for number, cells in enumerate(rows, start=first):
        lines = max(math.ceil(len(str(cell)) / width) for cell, width in zip(cells, widths, strict=True))
        page.row_dimensions[number].height = LINE * lines
        for column, value in enumerate(cells, start=1):
            _put(page, number, column, value, BODY).alignment = WRAPPED
            if isinstance(value, Link):
                page.cell(number, column).hyperlink = f"#'{value}'!A1"
                page.cell(number, column).font = LINK


def _write_table(page, sheet, first):
    columns = sheet["columns"]
    for column, name in enumerate(columns, start=1):
        _put(page, first, column, name, HEADING).alignment = WRAPPED
    last = first
    for last, values in enumerate(sheet["rows"], start=first + 1):  # noqa: B007  (its last value is the table's end)
        for column, value in enumerate(values, start=1):
            if value is not None and value != "":
                _put(page, last, column, value)
    if last > first:
        _mark_up(page, sheet["name"], columns, first, last)


def _mark_up(page, name, columns, first, last):
    """Declare the table, so that a screen reader names its headers; without the filter that openpyxl adds."""
    table = Table(displayName=f"table_{name}", ref=f"A{first}:{get_column_letter(len(columns))}{last}")
    table._initialise_columns()
    for column, header in zip(table.tableColumns, columns, strict=True):
        column.name = header
    table.autoFilter = None
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    page.add_table(table)


def _put(page, row, column, value, font=None):
    """Write a value as what it is: text stays text, even when it looks like a formula."""
    cell = page.cell(row, column)
    if isinstance(value, str):
        cell.value = _printable(value)
        cell.data_type = "s"
    else:
        cell.value = value
        cell.number_format = "#,##0" if isinstance(value, int) and abs(value) >= 10_000 else "General"
    if font:
        cell.font = font
    return cell


def _printable(text):
    """Drop the control characters that XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


def _same_bytes_every_time(buffer, created):
    """Pack the workbook again with one date on every part, so that a release can be rebuilt byte for byte."""
    packed = io.BytesIO()
    stamp = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "docProps/core.xml":  # openpyxl writes the time of saving here
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            target.writestr(zipfile.ZipInfo(part.filename, EPOCH), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
