"""Puts faults into the order in which an editor meets them in the files: file, sheet, row, column.

Each check finds its own, one after the other. A fault of a whole file or sheet comes before those of its cells; what
names no file, such as a count of faults that are not listed, comes last.
"""

import re
from collections.abc import Iterable

from spreadsheets.sheet import Book, Fault

CELL = re.compile(r"([A-Z]{1,3})([0-9]+)")  # "C7", and the first of "C7:D9"
LINE = re.compile(r"(?:line|row) ?([0-9]+)(?:, column (.+))?", re.DOTALL)  # "line 7, column reported_usd"
HEADERS = 20  # first rows of a text file in which the header is looked for
LAST = 1 << 40


def places(books: Iterable[Book]) -> list:
    """List the sheets of files in their order, those of text files with their columns: [[file, sheet, {…}], …]."""
    return [[sheet.file, sheet.name, _columns(sheet)] for book in books for sheet in book.sheets]


def _columns(sheet):
    """Number the columns of a text file by their headers: {"reported_usd": 4}."""
    columns = {}
    for row in sheet.head[:HEADERS] if sheet.is_text else ():
        for column, header in enumerate(row):
            columns.setdefault(str(header).strip(), column)
    return columns


def in_order(faults: list[Fault], files: Iterable[str], places: list) -> list[Fault]:
    """Sort faults by where they stand; `files` are the names of the files as uploaded, `places` those of the child."""
    order = {(file, sheet): n for n, (file, sheet, _columns) in enumerate(places)}
    columns = {(file, sheet): columns for file, sheet, columns in places}
    of_files = _first_of_each([file for file, _sheet, _columns in places] or list(files))

    def key(fault):
        where = (fault.file, fault.sheet)
        return (
            of_files.get(fault.file, LAST) if fault.file else LAST + 1,
            order.get(where, LAST) if fault.sheet else -1,
            *_row_and_column(fault.cell, columns.get(where, {})),
        )

    return sorted(faults, key=key)  # sorted() keeps the order of those that stand at one place


def _first_of_each(names):
    return {name: n for n, name in reversed(list(enumerate(names)))}


def _row_and_column(cell, columns):
    """Read where a cell is: "C7" -> (7, 3), "line 7, column year" -> (7, 2); (0, 0) for the sheet as a whole."""
    if found := CELL.match(cell):
        return int(found[2]), _number(found[1])
    if found := LINE.match(cell):
        header = (found[2] or "").strip()
        return int(found[1]), columns.get(header, int(header) if header.isdecimal() else 0)
    return 0, 0


def _number(letters):
    """Number a column by its letters: "A" -> 1, "AB" -> 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
