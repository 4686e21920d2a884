"""Writes a small table as a file: .xlsx, .ods or .csv.

Numbers are numbers and dates are dates where the kind of file has them, and no text is a formula; `tables.reader` gives
back what was written.
"""

import csv
import datetime as dt
import re
from io import BytesIO, StringIO

from spreadsheets.formula_injection import FORMULA, inert

ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what begins so stands for a character in an .xlsx
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(kind: str, headers: list[str], rows: list[list], title: str = "") -> bytes:
    """Return the file: write("csv", ["code"], [["=1+1"]]) -> b"\\xef\\xbb\\xbfcode\\r\\n'=1+1\\r\\n"."""
    return WRITERS[kind]([headers, *rows], title)


def _plain(cell):
    """A cell where a file has text only."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return inert(cell)
    return "" if cell is None else str(cell)


def _write_csv(rows, title):
    out = StringIO()
    csv.writer(out).writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _write_xlsx(rows, title):
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = _sheet_name(title)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            _set(cell, value)
            if number == 1:
                cell.font = Font(bold=True)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _set(cell, value):
    """Set a cell of openpyxl, which would make a formula of "=1+1"."""
    if isinstance(value, str):
        cell.value = ESCAPE.sub("_x005F_", _legal(value))
        cell.data_type = "s"
        cell.quotePrefix = bool(FORMULA.match(value))
    else:
        cell.value = value


def _write_ods(rows, title):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableRow

    book = OpenDocumentSpreadsheet()
    sheet = Table(name=_sheet_name(title))
    book.spreadsheet.addElement(sheet)
    for row in rows:
        line = TableRow()
        sheet.addElement(line)
        for value in row:
            line.addElement(_ods_cell(value))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _ods_cell(value):
    from odf.table import TableCell

    if value in (None, ""):
        return TableCell()
    if isinstance(value, bool):
        return TableCell(valuetype="boolean", booleanvalue="true" if value else "false")
    if isinstance(value, (int, float)):
        return TableCell(valuetype="float", value=value)
    if isinstance(value, dt.date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    cell = TableCell(valuetype="string")
    for line in _legal(value).split("\n"):
        cell.addElement(_ods_line(line))
    return cell


def _ods_line(line):
    from odf import teletype
    from odf.text import P

    paragraph = P()
    for number, piece in enumerate(line.split("\t")):
        if number:
            paragraph.addText("\t")  # as itself: calamine reads over the element <text:tab/>
        teletype.addTextToElement(paragraph, piece)
    return paragraph


def _sheet_name(title):
    return re.sub(r"[\\/*?:\[\]']", " ", title).strip()[:31] or "table"


def _legal(text):
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


WRITERS = {"xlsx": _write_xlsx, "ods": _write_ods, "csv": _write_csv}
