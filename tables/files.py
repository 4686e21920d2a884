"""A small table as a file, in seven forms: CSV, TSV, XLSX, XLS, ODS, JSON, HTML.

Written so that no text runs as a formula. Reading is the dangerous half (a workbook of 2 kB can unpack to gigabytes),
so `read` leaves it to a child process with limits on memory and time (`table_reader`), which imports no Django.
"""

import csv
import datetime as dt
import json
import re
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path

MAX_BYTES = 5 * 2**20
WALL_SECONDS = 30

# A spreadsheet program takes such a text in a CSV for a formula. The apostrophe before it says "text", and reading
# takes it off again; a text that begins so by itself gets one more, so that every text comes back as it was.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
ILLEGAL_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class TableError(Exception):
    """Why a file is no table: a code, and what the sentence about it needs."""

    def __init__(self, code, **found):
        super().__init__(code)
        self.code = code
        self.found = found


def read(content: bytes) -> list[list]:
    """Return the rows of a file, the header first, cells as str, int, float, bool or None; dates as "2017-08-05".

    b"code;name\\r\\n01;Meat" -> [["code", "name"], ["01", "Meat"]]. Blank rows at the end are left out, those between
    stay, so that row n of the list is row n of the file. Raises TableError.
    """
    if len(content) > MAX_BYTES:
        raise TableError("too_big", size=len(content), most=MAX_BYTES)
    command = [sys.executable, "-m", "tables.reader"]
    root = Path(__file__).resolve().parent.parent
    try:
        child = subprocess.run(  # noqa: S603  (our own command; the file goes in by standard input)
            command,
            input=content,
            capture_output=True,
            cwd=root,
            env={"PYTHONUTF8": "1"},  # none of the site's secrets
            timeout=WALL_SECONDS,
        )
        answer = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise TableError("unreadable") from error
    if "code" in answer:
        raise TableError(answer["code"], **answer["found"])
    return answer["rows"]


def write(form: str, headers: list[str], rows: list[list], title: str = "") -> bytes:
    """Return the file: numbers as numbers, dates as dates where the form has them, texts as texts.

    write("csv", ["code", "note"], [["01", "=1+1"]]) -> b"\\xef\\xbb\\xbfcode,note\\r\\n01,'=1+1\\r\\n".
    """
    return WRITERS[form]([headers, *rows], title)


def guard(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def unguard(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def _plain(cell):
    """A cell where a form has text only."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return guard(cell)
    return "" if cell is None else str(cell)


def _write_separated(delimiter):
    def write_rows(rows, title):
        out = StringIO()
        csv.writer(out, delimiter=delimiter).writerows([_plain(cell) for cell in row] for row in rows)
        return out.getvalue().encode("utf-8-sig")

    return write_rows


def _write_json(rows, title):
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    return json.dumps(records, ensure_ascii=False, indent=1, default=str).encode()


def _write_html(rows, title):
    from django.template.loader import render_to_string

    plain = [[_plain(cell) for cell in row] for row in rows]
    return render_to_string("admin/import_export/table.html", {"title": title, "rows": plain}).encode()


def _write_xlsx(rows, title):
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = _sheet_name(title)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value = _legal(value)
            if isinstance(value, str):  # openpyxl would make a formula of "=1+1"
                cell.data_type = "s"
                cell.quotePrefix = bool(FORMULA.match(value))
            if number == 1:
                cell.font = Font(bold=True)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_xls(rows, title):
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(_sheet_name(title))
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            sheet.write(number, place, str(value) if isinstance(value, dt.date) else _legal(value))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


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


def _legal(value):
    return ILLEGAL_IN_XML.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


WRITERS = {
    "csv": _write_separated(","),
    "tsv": _write_separated("\t"),
    "xlsx": _write_xlsx,
    "xls": _write_xls,
    "ods": _write_ods,
    "json": _write_json,
    "html": _write_html,
}
