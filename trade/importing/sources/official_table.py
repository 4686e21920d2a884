"""Reads and sums the rows of files that statistical offices publish, for the sources GACC, Comtrade and BACI.

Such files are long, have one header, and repeat a value at several breakdowns. A source says which of their columns it
needs and which rows count; here the header is found, ragged rows are refused, and values that are to be added up are
told apart from records that are there twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from spreadsheets.sheet import MOST_FAULTS, Book, Sheet, Stop, is_blank, letters
from trade.importing import arrow_table, cell_values, describe
from trade.importing.cell_values import Wrong
from trade.importing.reading import Reading
from trade.importing.texts import heading_text, period_values
from trade.importing.texts.period_values import Period

HEADER_WITHIN = 30  # rows: a line that names the separator, and titles, may stand above a header
NO_CODE = re.compile(r"^'|\.0+$")  # what programs put around a code: 156.0, '156


class Record(NamedTuple):
    """One row of some records: its number (from 0) and its cells."""

    records: "Records"
    number: int
    cells: list

    def raw(self, name: str):
        """Return a cell, by the name of its column, as the file gives it."""
        return self.cells[self.records.at[name]]

    def text(self, name: str) -> str:
        """Return a cell as text; "" where the file has no such column."""
        return cell_values.text(self.raw(name)) if name in self.records else ""

    def code(self, name: str) -> str:
        """Return a cell as a code, which programs write as a number, too: 156.0 -> "156"."""
        return NO_CODE.sub("", self.text(name))

    def cell(self, name: str) -> "Cell":
        return Cell(self.records, self.number, name)


class Cell(NamedTuple):
    """A cell of some records: its row (from 0), and its column by name."""

    records: "Records"
    row: int
    name: str

    @property
    def column(self) -> str:
        """The column as editors know it: its name in a text file, its letter in a workbook."""
        place = self.records.at[self.name]
        return self.records.header[place] if self.records.sheet.is_text else letters(place)

    def fault(self, wrong: Wrong):
        place = self.records.at[self.name]
        return self.records.sheet.wrong(self.row, place, wrong, self.records.header[place])


@dataclass
class Records:
    """The rows below the header of one sheet; `at` maps the names of columns, as `bare` gives them, to their places."""

    sheet: Sheet
    row: int
    header: list[str]
    at: dict[str, int]

    def __contains__(self, name):
        return name in self.at

    def rows(self, terms) -> Iterator[Record]:
        """Yield every row that is not blank, nor the header once more, as in files that were joined.

        Raises: Stop, at a row that is too short or too long, or an error value.
        """
        width, traps = len(self.header), {row: (column, trap) for (row, column), trap in self.sheet.traps.items()}
        header = self.sheet.head[self.row]
        for number, row in enumerate(self.sheet.rows()):
            if number <= self.row or row == header or is_blank(row):
                continue
            if number - self.row > terms.limits["rows"]:
                raise Stop(self.sheet.too_many_rows(terms.limits["rows"]))
            if number in traps:
                raise Stop(self.sheet.trap(number, *traps[number]))
            if len(row) < width or not is_blank(row[width:]):
                raise Stop(self._ragged(number, row, width))
            yield Record(self, number, row)

    def _ragged(self, number, row, width):
        advice = "Check that the file is complete. If not, download it again and upload it unedited."
        place = f"line {number + 1}" if self.sheet.is_text else f"row {number + 1}"
        expected = f"{width} fields, as in the header"
        return self.sheet.fault("ragged", advice, cell=place, found=f"{len(row)} fields", expected=expected)


class SumKey(NamedTuple):
    """The dimensions of a sum."""

    key: str
    flow: str
    year: int
    month: int


class Quantity(NamedTuple):
    """An amount, in whole or part unknown or Wrong, and its unit; both None where the source gives none."""

    amount: float | None | Wrong = None
    unit: str | None = None


class StatedTotal(NamedTuple):
    """A total that the file states, where it stands, and of which flow and period it is."""

    cell: Cell
    flow: str
    year: int
    month: int
    usd: int | None


@dataclass
class Sum:
    """The values and quantities that are added up for one key and period, and the cell of the first."""

    first: Cell
    values: list[int | None] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)

    @property
    def usd(self) -> int | None:
        return None if None in self.values else sum(self.values)

    @property
    def is_partly_missing(self) -> bool:
        return None in self.values and len(set(self.values)) > 1

    @property
    def has_unit(self) -> bool:
        return any(quantity.unit is not None for quantity in self.quantities)

    @property
    def quantity(self) -> Quantity:
        """The summed quantity, where every part has one, in one unit; else none."""
        units = {quantity.unit for quantity in self.quantities}
        amounts = [quantity.amount for quantity in self.quantities]
        if len(units) > 1 or None in units or None in amounts:
            return Quantity()
        return Quantity(sum(amounts), units.pop())


def bare(name) -> str:
    """Bring the name of a column to the form it is compared in: "Reporter Code", "reporter_code" -> "reportercode"."""
    return heading_text.plain(name).replace(" ", "")


def find(book: Book, needed: set[str]) -> list[Records]:
    """Find the sheets whose header has all needed columns, named as `bare` gives them."""
    found_records = []
    for sheet in book.visible:
        for number, row in enumerate(sheet.head[:HEADER_WITHIN]):
            header = [cell_values.text(cell) for cell in row]
            names = list(map(bare, row))
            if needed <= set(names):
                while names and not names[-1]:  # a comma that ends the line makes no column
                    names.pop()
                places = {name: i for i, name in enumerate(names) if name}
                found_records.append(Records(sheet, number, header[: len(names)], places))
                break
    return found_records


@dataclass
class Sums:
    """Adds values up by key, flow and period, and notes what is wrong with them."""

    values: dict[SumKey, Sum] = field(default_factory=dict)
    first_cells: dict[tuple, Cell] = field(default_factory=dict)  # by the identity of a record
    totals: list[StatedTotal] = field(default_factory=list)
    faults: list = field(default_factory=list)

    def add(self, cell: Cell, key: SumKey, value, quantity: Quantity) -> None:
        """Add the value of a cell, and its quantity, to the sum of its key and period."""
        if isinstance(value, Wrong):
            self.note(cell, value)
            return
        if isinstance(quantity.amount, Wrong):
            quantity = quantity._replace(amount=None)
        total = self.values.setdefault(key, Sum(cell))
        total.values.append(value)
        total.quantities.append(quantity)

    def note(self, cell: Cell, wrong: Wrong) -> None:
        """Note a fault; stop at thousands."""
        self.faults.append(cell.fault(wrong))
        if len(self.faults) > MOST_FAULTS:
            raise Stop(*self.faults)

    def refuse_duplicate(self, cell: Cell, identity: tuple) -> None:
        """Note a fault where the same record was there before: a page downloaded twice would count twice."""
        first = self.first_cells.setdefault(identity, cell)
        if (first.records, first.row) != (cell.records, cell.row):
            sheet = first.records.sheet
            found = f"the same record as in {f'{sheet.file} {sheet.place(first.row, 0)}'.strip()}"
            self.note(
                cell, Wrong("duplicate", found, "each record once", "Upload each part of the download only once.")
            )

    def into(self, reading: Reading) -> Reading:
        """Put the sums into a reading as its long table.

        Raises: Stop, with the faults that were noted, or where one of several parts has no value.
        """
        for total in self.values.values():
            if total.is_partly_missing:
                advice = "Download the file again, or correct it by hand."
                wrong = Wrong("part-missing", "a part without a value", "a value for each part", advice)
                self.note(total.first, wrong)
        if self.faults:
            raise Stop(*self.faults)
        reading.tables["long"] = self._table()
        reading.totals = self._totals_table()
        reading.speaks = {"quantity"} if any(total.has_unit for total in self.values.values()) else set()
        return reading

    def _table(self):
        keys, sums = list(self.values), list(self.values.values())
        values, quantities = [total.usd for total in sums], [total.quantity for total in sums]
        return arrow_table.build(
            len(sums),
            key=[key.key for key in keys],
            flow=[key.flow for key in keys],
            year=[key.year for key in keys],
            month=[key.month for key in keys],
            component="reported",
            value_usd=values,
            status=["O" if value is None else None for value in values],
            quantity=[quantity.amount for quantity in quantities],
            quantity_unit=[quantity.unit for quantity in quantities],
            **_places([total.first for total in sums]),
        )

    def _totals_table(self):
        totals = self.totals
        return arrow_table.build(
            len(totals),
            arrow_table.TOTALS_SCHEMA,
            flow=[total.flow for total in totals],
            year=[total.year for total in totals],
            month=[total.month for total in totals],
            value_usd=[total.usd for total in totals],
            **_places([total.cell for total in totals]),
        )


def _places(cells):
    """Say where in the files cells stand, as columns of an Arrow table."""
    return {
        "file": [cell.records.sheet.file for cell in cells],
        "sheet": [cell.records.sheet.name for cell in cells],
        "row": [cell.row + 1 for cell in cells],
        "column": [cell.column for cell in cells],
    }


def period(cell: Cell, written, sums: Sums) -> Period | None:
    """Read the period of a row, or note the fault."""
    read = period_values.year(written)
    if isinstance(read, Wrong):
        sums.note(cell, read)
        return None
    return read


def describe_into(reading: Reading, records: Records, terms, unit: int, evidence: dict) -> Reading:
    """Add to a reading what it is about: `evidence` as in trade.importing.describe, by property."""
    found = describe.facts(reading.tables.values())
    reading.description += describe.rows(records.sheet, terms, found, unit, evidence)
    return reading


def only_goods(books: list[Book], terms, source: str) -> None:
    """Refuse a source that knows goods alone for a dataset of something else.

    Raises: Stop.
    """
    expected = {"province": "values by province", "total": "values for all goods combined"}.get(terms.kind)
    if expected:
        sheet, found = books[0].visible[0], f"{source}: values by goods"
        raise Stop(
            sheet.fault("other-kind", "Choose a dataset that is broken down by goods.", found=found, expected=expected)
        )


def only_with(partner: str, books: list[Book], terms, source: str) -> None:
    """Refuse a source of trade with one partner for a dataset of trade with another: "China", "the world".

    Raises: Stop.
    """
    if terms.partner and plain_partner(terms.partner) != plain_partner(partner):
        sheet = books[0].visible[0]
        advice = f"Choose the dataset that the file belongs to: one of the DPRK’s trade with {partner}."
        found, expected = f"{source}: trade with {partner}", f"trade with {terms.partner}"
        raise Stop(sheet.fault("other-dataset", advice, found=found, expected=expected))


def plain_partner(name: str) -> str:
    """Bring a partner to the form it is compared in: "Mainland China" -> "china", "all countries" -> "world"."""
    name = name.strip().casefold()
    is_china, is_world = "china" in name, re.search(r"\bworld\b|\ball (?:countries|partners)\b", name)
    return name if bool(is_china) == bool(is_world) else "china" if is_china else "world"
