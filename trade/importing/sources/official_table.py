"""Rows of a file that a statistical office publishes, by the names of its columns; and their sums by key and period.

Such files are long, have one header, and repeat a value at several breakdowns. A form says which of their columns it
needs and which rows count; here the header is found, ragged rows are refused, and what is added up is told apart
from what is there twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spreadsheets.sheet import MOST_FAULTS, Book, Sheet, Stop, is_blank, letters
from trade.importing import cell_values, heading_words
from trade.importing.arrow_table import TOTALS_SCHEMA, table
from trade.importing.cell_values import Wrong
from trade.importing.reading import Reading


@dataclass
class Records:
    """The rows below the header of one sheet; `at` maps the names of columns to where they stand."""

    sheet: Sheet
    row: int
    header: list[str]
    at: dict[str, int]

    def __contains__(self, name):
        return name in self.at

    def rows(self, terms) -> Iterator[tuple[int, list]]:
        """Give (row from 0, cells) of every row that is not blank.

        Raises: Stop, at a row that is too short or too long, or an error value.
        """
        width, traps = len(self.header), {row: (column, what) for (row, column), what in self.sheet.traps.items()}
        for number, row in enumerate(self.sheet.rows()):
            if number <= self.row or is_blank(row):
                continue
            if number - self.row > terms.limits["rows"]:
                raise Stop(self.sheet.too_many_rows(terms.limits["rows"]))
            if number in traps:
                raise Stop(self.sheet.trap(number, *traps[number]))
            if len(row) < width or not is_blank(row[width:]):
                raise Stop(self._ragged(number, row, width))
            yield number, row

    def _ragged(self, number, row, width):
        advice = "See whether the file is whole; download it again, and do not edit it."
        place = f"line {number + 1}" if self.sheet.is_text else f"row {number + 1}"
        expected = f"{width} fields, as in the header"
        return self.sheet.fault("ragged", advice, cell=place, found=f"{len(row)} fields", expected=expected)

    def fault(self, row: int, name: str, wrong: Wrong):
        """Make a fault of a cell by the name of its column."""
        return self.sheet.wrong(row, self.at[name], wrong, name)

    def place(self, name):
        return name if self.sheet.is_text else letters(self.at[name])


def find(book: Book, needed: set[str]) -> list[Records]:
    """Find the sheets whose header has all needed columns; names are compared without case and space around."""
    found = []
    for sheet in book.visible:
        for number, row in enumerate(sheet.head[:30]):
            names = [heading_words.plain(cell) for cell in row]
            if needed <= set(names):
                while names and not names[-1]:  # a comma that ends the line makes no column
                    names.pop()
                found.append(Records(sheet, number, names, {name: i for i, name in enumerate(names) if name}))
                break
    return found


@dataclass
class Sums:
    """Adds values up by (key, flow, year, month); remembers where each sum began and what was said before."""

    values: dict = field(default_factory=dict)
    seen: dict = field(default_factory=dict)
    totals: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    def add(self, records: Records, row: int, name: str, to: tuple, value, quantity=None, unit=None) -> None:
        """Add a value, its quantity in some unit, to the sum of its key and period."""
        if isinstance(value, Wrong):
            self.note(records, row, name, value)
            return
        sums = self.values.setdefault(to, {"at": (records, row, name), "values": [], "quantities": [], "units": set()})
        sums["values"].append(value)
        sums["quantities"].append(None if isinstance(quantity, Wrong) else quantity)
        sums["units"].add(unit)

    def note(self, records, row, name, wrong):
        """Note a fault; stop at thousands."""
        self.faults.append(records.fault(row, name, wrong))
        if len(self.faults) > MOST_FAULTS:
            raise Stop(*self.faults)

    def once(self, records: Records, row: int, name: str, identity: tuple) -> None:
        """Note a fault where the same record was there before: a page downloaded twice would count twice."""
        if (before := self.seen.setdefault(identity, (records, row))) != (records, row):
            where = f"{before[0].sheet.file} {before[0].sheet.place(before[1], 0)}".strip()
            advice = "Upload each part of the download once."
            self.note(
                records, row, name, Wrong("duplicate", f"the same record as in {where}", "each record once", advice)
            )

    def into(self, reading: Reading) -> Reading:
        """Put the sums into a reading as its long table.

        Raises: Stop, with the faults that were noted, or where one of several parts has no value.
        """
        for sums in self.values.values():
            if None in sums["values"] and len(set(sums["values"])) > 1:
                records, row, name = sums["at"]
                advice = "Download the file again, or correct it by hand."
                self.note(
                    records, row, name, Wrong("part-missing", "a part without a value", "a value for each part", advice)
                )
        if self.faults:
            raise Stop(*self.faults)
        reading.tables["long"] = self._table()
        reading.totals = self._totals_table()
        reading.speaks = {"quantity"} if any(sums["units"] != {None} for sums in self.values.values()) else set()
        return reading

    def _table(self):
        sums = list(self.values.values())
        keys, flows, years, months = list(zip(*self.values, strict=True)) or [[]] * 4
        values = [None if None in one["values"] else sum(one["values"]) for one in sums]
        measured = [_measured(one) for one in sums]
        return table(
            len(sums),
            key=list(keys),
            flow=list(flows),
            year=list(years),
            month=list(months),
            component="reported",
            value_usd=values,
            status=["O" if value is None else None for value in values],
            quantity=[quantity for quantity, _unit in measured],
            quantity_unit=[unit for _quantity, unit in measured],
            **_places([one["at"] for one in sums]),
        )

    def _totals_table(self):
        places = _places([total[0] for total in self.totals])
        flows, years, months, values = list(zip(*(total[1] for total in self.totals), strict=True)) or [[]] * 4
        stated = {"flow": list(flows), "year": list(years), "month": list(months), "value_usd": list(values)}
        return table(len(self.totals), TOTALS_SCHEMA, **places, **stated)


def _measured(sums):
    """Sum a quantity where every part has one, in one unit: (135531.0, "kg"), else (None, None)."""
    if len(sums["units"]) > 1 or None in sums["units"] or None in sums["quantities"]:
        return None, None
    return sum(sums["quantities"]), next(iter(sums["units"]))


def _places(places):
    return {
        "file": [records.sheet.file for records, _row, _name in places],
        "sheet": [records.sheet.name for records, _row, _name in places],
        "row": [row + 1 for _records, row, _name in places],
        "column": [records.place(name) for records, _row, name in places],
    }


def period(records: Records, row: int, name: str, cell, sums: Sums) -> tuple[int, int] | None:
    """Read the period of a row, or note the fault."""
    found = cell_values.year(cell)
    if isinstance(found, Wrong):
        sums.note(records, row, name, found)
        return None
    return found


def only_goods(books: list[Book], terms, form: str) -> None:
    """Refuse a form that knows goods and no provinces for a dataset by province.

    Raises: Stop.
    """
    if terms.kind == "province":
        advice = "Choose a dataset by goods."
        sheet = books[0].visible[0]
        raise Stop(
            sheet.fault("other-kind", advice, found=f"{form}: goods, without provinces", expected="values by province")
        )
