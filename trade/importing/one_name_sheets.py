"""Reads sheets of one province or good, which the name of the sheet or a title says: years down, flows across.

    Sheet “辽宁”:   年份   出口   进口   进出口
                    2019   1      2      3

Such a sheet is given a column of its name, and is then a long table. The sum of both directions is checked here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from spreadsheets.sheet import BLANKS, Sheet
from trade.importing import cell_values
from trade.importing.cell_values import Wrong
from trade.importing.layouts import both_directions, row_labels
from trade.importing.layouts.header_cells import sound_period
from trade.importing.layouts.long_header import LISTED
from trade.importing.layouts.wide_header import is_known
from trade.importing.texts import heading_text, heading_words, money_units, title_periods
from trade.importing.texts.flow_words import TOTAL

DEEP = 50  # rows in which the header is looked for
HEADERS = {"province": "province", "commodity": "code"}


@dataclass
class OneNameSheet(Sheet):
    """A sheet whose rows were given its name, and the columns (from 0) in which the sum of both directions stands."""

    header: int = 0
    sums: tuple = ()
    directions: tuple = ()
    year_of_title: int = 0  # where its months have their year from a title alone
    name_of_title: str = ""  # where a title alone says whose the rows are


def name_in(sheet: Sheet, terms) -> str:
    """Find the name of a province or good in that of a sheet: "辽宁 2019-2024" -> "辽宁"; "" where there is none."""
    rest = title_periods.YEARS.sub(" ", title_periods.named(sheet.name).rest).strip(" _-")
    return next((name for name in (sheet.name, rest) if name and is_known(name, terms)), "")


def name_in_titles(rows, terms) -> str:
    """Find the one province that titles name: "辽宁省2019年对朝鲜出口额" -> "辽宁"; "" of none, or several."""
    if terms.kind != "province":
        return ""
    titles = " / ".join(heading_text.plain(cell) for row in rows for cell in row if isinstance(cell, str))
    found = {}
    for name, code in terms.vocabulary.items():
        if len(name) > 1 and name in titles and (not name.isascii() or _is_word(name, titles)):
            found.setdefault(code, name)
    return next(iter(found.values())) if len(found) == 1 else ""


def _is_word(name, text):
    return len(name) > 3 and re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text)


def completed(sheet: Sheet, terms) -> OneNameSheet | None:
    """Give a sheet a column of its name, and of its year, if it is one of periods down and flows or values across.

    Totals have no name: these only lack the year of their months.
    """
    for number, row in enumerate(sheet.head[:DEEP]):
        header = _header(row, sheet.head[number + 1 : number + 20])
        flows = {column: both_directions.flow_of_header(cell) for column, cell in enumerate(row)}
        roles = {heading_words.column(cell).role for cell in header if isinstance(cell, str)}
        values = [i for i, flow in flows.items() if flow and flow != TOTAL] or "reported" in roles
        year = _year_of_title(sheet, number) if "month" in roles and not roles & {"year", "period"} else 0
        if not values or not (year or roles & {"year", "period"}) or roles & LISTED:
            continue
        of_sheet = name_in(sheet, terms) if sheet.name and terms.kind in HEADERS else ""
        name = of_sheet or name_in_titles(sheet.head[:number], terms)
        added = ({HEADERS[terms.kind]: name} if name else {}) | ({"year": year} if year else {})
        if added and (name or terms.kind == TOTAL):
            sums = tuple(column for column, flow in flows.items() if flow == TOTAL) if name else ()
            found = _with_columns(sheet, number, header, added, sums, values if isinstance(values, list) else [])
            found.name_of_title = "" if of_sheet else name
            return found
    return None


def _header(row, below):
    """Name the first column of a header that leaves it blank, where periods stand below it."""
    first = [line[0] for line in below if line and line[0] not in BLANKS]
    if row and not cell_values.text(row[0]) and len(first) > 1 and all(map(sound_period, first[:2])):
        return ["period", *row[1:]]
    return list(row)


def _year_of_title(sheet, number):
    """Find the year of a table of months that only a title names."""
    found = title_periods.find(sheet.head, number, "")
    is_year = found and not isinstance(found.period, Wrong) and not found.period.month
    return found.period.year if is_year else 0


def _with_columns(sheet, number, header, added, sums, directions):
    header = ["" if i in sums else cell for i, cell in enumerate(header)]
    width = len(header)

    def rows() -> Iterator[list]:
        for place, row in enumerate(sheet.rows()):
            if place == number:
                yield [*header, *added]
            elif place < number:
                yield row
            else:
                yield _row(row, width, list(added.values()))

    known = {field.name: getattr(sheet, field.name) for field in fields(Sheet)} | {"rows": rows, "_head": None}
    year = added.get("year", 0)
    return OneNameSheet(**known, header=number, sums=sums, directions=tuple(directions), year_of_title=year)


def _row(row, width, added):
    """Put the name behind a row of values; a row of totals is left out, and a note stays as it is."""
    texts = [cell for cell in row if cell not in BLANKS and cell_values.text(cell)]
    if any(row_labels.is_total(cell) for cell in texts[:1] if isinstance(cell, str)):
        return [""] * (width + len(added))
    return [*row[:width], *[""] * (width - len(row)), *(added if len(texts) > 1 else [""] * len(added))]


def differences(sheet: OneNameSheet) -> list[str]:
    """Compare the sums of both directions with these, row by row: those that differ, in words."""
    found, texts = [], [cell for row in sheet.head[: sheet.header + 1] for cell in row if isinstance(cell, str)]
    slack = 1 if money_units.units(texts).scales else 0  # of rounded values the last digit may differ
    for number, row in enumerate(sheet.rows()):
        parts = [_number(row[i]) for i in sheet.directions if i < len(row)]
        if number <= sheet.header or len(parts) != 2 or None in parts:
            continue
        for column in sheet.sums:
            total = _number(row[column]) if column < len(row) else None
            if total is not None and abs(total - sum(parts)) > slack:
                place = f"{sheet.name} {sheet.place(number, column)}"
                found.append(f"{place} is {total:,.15g}, but both directions add up to {sum(parts):,.15g}")
    return found


def _number(cell):
    value = cell_values.quantity(cell)
    return value if isinstance(value, float) else None
