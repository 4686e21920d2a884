"""A small table as a file: written so that no text runs as a formula, read in a process of its own.

Knows seven forms: CSV, TSV, XLSX, XLS, ODS, JSON, HTML. A form is recognised by its content, not by its name. Reading
is the dangerous half (a workbook of 2 kB can unpack to gigabytes), so `read` starts this module as a child with limits
on memory and time; the child imports no Django and answers in JSON.
"""

import csv
import datetime as dt
import json
import re
import resource
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path

MAX_BYTES = 5 * 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 32_000  # characters; what an Excel cell holds, nearly
MAX_UNPACKED = 100 * 2**20  # bytes of all parts of a workbook, as its directory declares them
MAX_TEXT = 20 * 2**20  # characters of all cells
MEMORY_BYTES = 768 * 2**20
CPU_SECONDS = 10
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
    command = [sys.executable, "-m", "config.table_files"]
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


# From here on: the child.


def _main():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        answer = {"rows": _tidied(_rows(sys.stdin.buffer.read(MAX_BYTES + 1)))}
    except TableError as error:
        answer = {"code": error.code, "found": error.found}
    except (MemoryError, RecursionError):
        answer = {"code": "unreadable", "found": {}}
    sys.stdout.write(json.dumps(answer))


def _rows(content):
    if content[:4] == b"PK\x03\x04":
        _measure_archive(content)
        return _workbook(content)
    if content[:4] == b"\xd0\xcf\x11\xe0":
        return _workbook(content)
    text = _decoded(content)
    if not text.strip():
        raise TableError("empty")
    form = {"[": _json, "{": _json, "<": _html}.get(text.lstrip()[0], _separated)
    return form(text)


def _measure_archive(content):
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, RuntimeError) as error:  # zipfile raises the last for what it cannot do
        raise TableError("damaged") from error
    if unpacked > MAX_UNPACKED:
        raise TableError("unpacked", size=unpacked, most=MAX_UNPACKED)


def _workbook(content):
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except PasswordError as error:
        raise TableError("encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise TableError("damaged") from error
    filled = [(name, rows) for name, rows in zip(book.sheet_names, sheets, strict=True) if any(map(any, rows))]
    if len(filled) > 1:
        raise TableError("sheets", names=", ".join(name for name, rows in filled))
    return filled[0][1] if filled else []


def _decoded(content):
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TableError("encoding", line=line) from error
    if "\0" in text:
        raise TableError("damaged")
    return text


def _separated(text):
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(MAX_BYTES)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise TableError("quotes", why=str(error)) from error
    return [[unguard(cell) for cell in row] for row in rows]


def _json(text):
    try:
        records = json.loads(text, object_pairs_hook=_record, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise TableError("json", line=error.lineno, why=error.msg) from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise TableError("json_form")
    headers = list(dict.fromkeys(name for record in records for name in record))
    return [headers, *([record.get(name) for name in headers] for record in records)]


def _record(pairs):
    if len(dict(pairs)) != len(pairs) or any(isinstance(value, (dict, list)) for name, value in pairs):
        raise TableError("json_form")
    return dict(pairs)


def _no_constant(found):
    raise TableError("number", found=found)


def _html(text):
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    if reader.tables != 1:
        raise TableError("tables", count=reader.tables)
    return [[unguard(cell) for cell in row] for row in reader.rows]


class _TableReader(HTMLParser):
    """The cells of the tables of a page, as text."""

    def __init__(self):
        super().__init__()
        self.tables, self.rows, self.cell = 0, [], None

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables += 1
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.cell = []
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.rows[-1].append("".join(self.cell))
            self.cell = None


def _tidied(rows):
    """The rows with one width, blank ones at the end left out, cells that JSON can hold; or why that cannot be."""
    rows = [[_cell(value) for value in row] for row in rows]
    while rows and not any(_filled(value) for value in rows[-1]):
        rows.pop()
    if len(rows) < 2:
        raise TableError("empty")
    width = max((place for row in rows for place, value in enumerate(row, start=1) if _filled(value)), default=0)
    if len(rows) > MAX_ROWS + 1 or width > MAX_COLUMNS:
        raise TableError("too_many", rows=len(rows) - 1, columns=width, most_rows=MAX_ROWS, most_columns=MAX_COLUMNS)
    sizes = [len(value) for row in rows for value in row if isinstance(value, str)]
    if sum(sizes) > MAX_TEXT or max(sizes, default=0) > MAX_CELL:
        raise TableError("too_long", most=MAX_CELL)
    return [(row + [None] * width)[:width] for row in rows]


def _filled(value):
    return value is not None and value != ""


def _cell(value):
    """15.0 -> 15, date(2017, 8, 5) -> "2017-08-05", "a\\r\\nb" -> "a\\nb"."""
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise TableError("number", found=str(value))
        return int(value) if value.is_integer() else value
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    return value if value is None or isinstance(value, (int, bool)) else str(value)


if __name__ == "__main__":
    _main()
