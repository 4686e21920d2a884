"""Reads a small table from a file: the names of its columns and its rows, or one fault that says why it is no table.

`read` is the site's side, `in_child` that of the child in which `spreadsheets` opens the file. What would be read in
part, or moved to another column, is refused: rows of another length than the header, merged cells, formulas without a
stored value, error values. Neither side knows Django.
"""

import datetime as dt
import json
import math
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from spreadsheets import formula_injection, sandbox
from spreadsheets.opening import open_files
from spreadsheets.sheet import BLANKS, ERROR_VALUE, Book, Fault, Sheet, Stop, Terms

# What a small table may cost, where the settings do not allow less.
LIMITS = {
    "bytes": 5 * 2**20,
    "files": 1,
    "archive_bytes": 100 * 2**20,
    "rows": 20_000,
    "memory_bytes": 768 * 2**20,
    "cpu_seconds": 10,
    "wall_seconds": 30,
    "output_bytes": 32 * 2**20,
}
ROWS = "rows.json"
MOST_COLUMNS = 100
LONGEST = 32_000  # characters of one cell; Excel holds 32,767, so that what was cut off there is refused
HEADED = "a header and at least one row below it"
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Table(NamedTuple):
    """A small table, each row as wide as the names of its columns; cells are str, int, float, bool or None."""

    names: list[str]
    rows: list[list]


class TableTerms(Terms):
    """The terms of small tables: which kinds of files they take."""

    taken = "an .xlsx or .ods workbook, or a .csv"
    not_taken = frozenset({"xls", "zip"})


def read(name: str, pieces: Iterable[bytes], limits: dict) -> Table:
    """Read a small table: read("a.csv", [b"code;name\\n01;Meat"], …) -> Table(["code", "name"], [["01", "Meat"]]).

    A date is given as "2017-08-05". Blank rows at the end are left out, those between stay, so that the n-th row is
    row n + 1 of the file.

    Raises: Stop, with one fault.
    """
    narrowed = limits | {limit: min(most, limits[limit]) for limit, most in LIMITS.items()}
    with tempfile.TemporaryDirectory(prefix="yalu-table-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, "table")
        with path.open("wb") as file:
            file.writelines(pieces)
        sandbox.check_sizes([(name, path)], narrowed)
        said = sandbox.run("tables.reader:in_child", {"name": name, "limits": narrowed}, Path(folder), narrowed)
        if "fault" in said:
            raise Stop(Fault(**said["fault"]))
        names, *rows = json.loads(Path(folder, ROWS).read_text())
    return Table([str(name if name is not None else "").strip() for name in names], rows)


def in_child(job: dict, folder: Path) -> dict:
    """Leave the rows of a file in `folder`, the header first, or return the first fault: the child's side of `read`."""
    try:
        [book] = open_files([(job["name"], folder / "table")], TableTerms(limits=job["limits"]))
        rows = _rows(_one_sheet(book), job["limits"]["rows"])
    except Stop as stop:
        return {"fault": (stop.faults or [_unknown_encoding(job["name"])])[0].as_dict()}
    (folder / ROWS).write_text(json.dumps(rows))
    return {}


def _unknown_encoding(name):
    """Make a fault of the one question that is asked of a file while it is opened."""
    advice = "Save the file as UTF-8; in Excel choose “CSV UTF-8”."
    return Fault("encoding", advice, name, found="an old encoding that cannot be told for certain", expected="UTF-8")


def _one_sheet(book: Book) -> Sheet:
    filled = [sheet for sheet in book.sheets if sheet.traps or any(map(_is_filled, sheet.rows()))]
    if len(filled) > 1:
        names = ", ".join(f"“{sheet.name}”" + " (hidden)" * sheet.hidden for sheet in filled)
        advice, expected = "Delete all sheets but the one to import.", "one sheet with content"
        raise Stop(Fault("sheets", advice, book.name, found=f"the sheets {names[:150]}", expected=expected))
    if not filled:
        raise Stop(Fault("no-rows", "Choose another file.", book.name, found="no cell with content", expected=HEADED))
    return filled[0]


def _rows(sheet, most_rows):
    """Give the rows of a sheet with one width, as JSON can hold them; or say why that cannot be."""
    _refuse_hollow_cells(sheet)
    rows = [list(row) for row in sheet.rows()]
    while rows and not _is_filled(rows[-1]):
        rows.pop()
    if sheet.is_text:
        _refuse_ragged(sheet, rows)
    width = max(place for row in rows for place, cell in enumerate(row, start=1) if cell not in BLANKS)
    _refuse_size(sheet, len(rows), width, most_rows)
    return [
        [_cell(sheet, r, c, cell) for c, cell in enumerate((row + [None] * width)[:width])]
        for r, row in enumerate(rows)
    ]


def _is_filled(row):
    return any(cell not in BLANKS for cell in row)


def _refuse_hollow_cells(sheet):
    """Refuse cells that a library gives as blank and that are not: errors, formulas without a value, merged ones."""
    if sheet.traps:
        place = min(sheet.traps)
        raise Stop(sheet.trap(*place, sheet.traps[place]))
    if sheet.merged:
        first, last = sheet.merged[0]
        raise Stop(sheet.merged_cells(*first, *last))


def _refuse_ragged(sheet, rows):
    """Refuse a line that has fewer fields than the header, or content in more."""
    width = next(len(row) for row in rows if row)
    for number, row in enumerate(rows, start=1):
        if _is_filled(row) and (len(row) < width or _is_filled(row[width:])):
            advice = "See whether the line is cut off, or a quotation mark missing."
            found, expected = f"{len(row)} fields", f"{width} fields, as in the header"
            raise Stop(sheet.fault("ragged", advice, cell=f"line {number}", found=found, expected=expected))


def _refuse_size(sheet, height, width, most_rows):
    if height < 2:
        advice = "Check that this is the right file."
        raise Stop(sheet.fault("no-rows", advice, found="a header and nothing below it", expected=HEADED))
    if height > most_rows + 1:
        raise Stop(sheet.too_many_rows(most_rows))
    if width > MOST_COLUMNS:
        advice, expected = "Delete what stands beside the table.", f"at most {MOST_COLUMNS} columns"
        raise Stop(sheet.fault("columns", advice, found=f"{width} columns", expected=expected))


def _cell(sheet, row, column, value):
    """15.0 -> 15, date(2017, 8, 5) -> "2017-08-05", "a\\r\\nb" -> "a\\nb", and "'=1+1" -> "=1+1" in a text file."""
    if isinstance(value, str):
        _refuse_text(sheet, row, column, value)
        value = value.replace("\r\n", "\n")
        return formula_injection.active(value) if sheet.is_text else value
    if isinstance(value, float):
        return _number(sheet, row, column, value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value if value is None or isinstance(value, (int, bool)) else str(value)


def _refuse_text(sheet, row, column, text):
    if len(text) > LONGEST:
        place, found = sheet.place(row, column), f"{len(text):,} characters"
        expected = f"at most {LONGEST:,} characters in a cell"
        raise Stop(sheet.fault("cell-length", "Shorten the text.", cell=place, found=found, expected=expected))
    if re.fullmatch(ERROR_VALUE, text.strip()):
        raise Stop(sheet.trap(row, column, text))
    if odd := NO_TEXT.search(text):
        advice = "Retype the cell: the character shows as a box, or not at all."
        place, found = sheet.place(row, column), f"the character U+{ord(odd[0]):04X}"
        raise Stop(sheet.fault("not-text", advice, cell=place, found=found, expected="text"))


def _number(sheet, row, column, number):
    if not math.isfinite(number):
        place, expected = sheet.place(row, column), "a number that can be stored"
        raise Stop(sheet.fault("not-a-number", "Correct it.", cell=place, found=str(number), expected=expected))
    return int(number) if number.is_integer() else number
