"""The child that reads a small table: bytes by standard input, rows or the reason as JSON by standard output.

    python -m tables.reader < provinces.xlsx

A form is recognised by its content, not by its name. What would be read in part, or moved to another column, is
refused: rows of other lengths than the header, merged cells, formulas without a stored value, error values.
"""

import csv
import datetime as dt
import json
import re
import resource
import sys
import zipfile
import zlib
from html.parser import HTMLParser
from io import BytesIO, StringIO

from tables.files import MAX_BYTES, TableError, unguard

MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 32_000  # characters; what an Excel cell holds, nearly
MAX_UNPACKED = 100 * 2**20  # bytes of all parts of a workbook, as its directory declares them
MAX_TEXT = 20 * 2**20  # characters of all cells
MEMORY_BYTES = 768 * 2**20
CPU_SECONDS = 10
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

# What a library gives as a blank cell, by where it stands in the parts of a workbook.
NO_VALUE = [
    ("merged", re.compile(rb"<(?:\w+:)?mergeCell\s|-spanned=\"(?!1\")")),
    ("error_value", re.compile(rb"""<(?:\w+:)?c\s[^>]*\bt\s*=\s*["']e["']|calcext:value-type="error\"""")),
    (
        "formula",
        re.compile(
            rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</|</(?:\w+:)?c>)"
        ),
    ),
    ("formula", re.compile(rb"<table:table-cell(?=[^>]*\stable:formula=)(?![^>]*\soffice:value-type=)")),
]


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
        _check_archive(content)
        return _workbook(content)
    if content[:4] == b"\xd0\xcf\x11\xe0":
        return _workbook(content)
    text = _decoded(content)
    if not text.strip():
        raise TableError("empty")
    form = {"[": _json, "{": _json, "<": _html}.get(text.lstrip()[0], _separated)
    return form(text)


def _check_archive(content):
    """Measure the parts of a workbook before they are unpacked, and refuse cells whose value is not there."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise TableError("unpacked", size=unpacked, most=MAX_UNPACKED)
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") or name == "content.xml":
                    _check_cells(archive.read(name))
    except (zipfile.BadZipFile, ValueError, RuntimeError, zlib.error, EOFError, OSError) as error:
        raise TableError("damaged") from error  # RuntimeError is what zipfile cannot do


def _check_cells(part):
    for code, pattern in NO_VALUE:
        if pattern.search(part):
            raise TableError(code)


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
    width = next((len(row) for row in rows if row), 0)
    for number, row in enumerate(rows, start=1):
        if any(row) and (len(row) < width or any(row[width:])):
            raise TableError("ragged", line=number, found=len(row), expected=width)
    return [[unguard(cell) for cell in row] for row in rows]


def _json(text):
    try:
        records = json.loads(text, object_pairs_hook=_record, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise TableError("json", line=error.lineno, why=error.msg) from error
    except ValueError as error:  # Python reads no whole number of more than 4,300 digits
        raise TableError("number", found="A number of thousands of digits") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise TableError("json_form")
    headers = list(records[0]) if records else []
    if any(set(record) != set(headers) for record in records):
        raise TableError("json_form")
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
    """The cells of the tables of a page, as text. The end of a cell need not be written."""

    def __init__(self):
        super().__init__()
        self.tables, self.rows, self.cell = 0, [], None

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables += 1
        elif tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._end_cell()
            self.cell = []
            if any(name in ("colspan", "rowspan") and value != "1" for name, value in attrs):
                raise TableError("merged")
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag):
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def _end_cell(self):
        if self.cell is not None:
            self.rows[-1].append("".join(self.cell))
            self.cell = None


def _tidied(rows):
    """The rows with one width, blank ones at the end left out, cells that JSON can hold; or why that cannot be."""
    rows = [[_cell(value) for value in row] for row in rows]
    for number, row in enumerate(rows, start=1):
        if any(isinstance(value, str) and NO_TEXT.search(value) for value in row):
            raise TableError("control", row=number)
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
