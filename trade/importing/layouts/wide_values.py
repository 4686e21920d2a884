"""The values and stated totals that were read of a wide table, and the Arrow tables that they become."""

from typing import NamedTuple

from spreadsheets.sheet import letters
from trade.importing import arrow_table
from trade.importing.layouts.wide_header import WideTable


class Value(NamedTuple):
    """A value of the table, at the row and column of its cell (from 0); `usd` is None where it is missing."""

    row: int
    column: int
    key: str
    year: int
    month: int
    usd: int | None
    flow: str
    status: str | None = None  # "P" below a year that is marked as provisional


class Total(NamedTuple):
    """A total that the table states, at the row and column of its cell (from 0); one over a row has no month."""

    row: int
    column: int
    year: int | None
    month: int | None
    usd: int
    flow: str


class Places:
    """Says where in the file the values or totals of a table stand, as columns of an Arrow table."""

    def __init__(self, table: WideTable):
        self.table = table

    def of(self, cells) -> dict:
        rows, columns = [cell.row for cell in cells], [cell.column for cell in cells]
        if self.table.turned:
            rows, columns = columns, rows
        name = letters if not self.table.sheet.is_text else self._name_in_text
        names = {column: name(column) for column in set(columns)}
        return {
            "file": self.table.sheet.file,
            "sheet": self.table.sheet.name,
            "row": [row + 1 for row in rows],
            "column": [names[column] for column in columns],
        }

    def _name_in_text(self, column):
        return str(column + 1) if self.table.turned else self.table.header(column) or str(column + 1)


def values_table(table: WideTable, values: list[Value]):
    """Return the values as an Arrow table of arrow_table.SCHEMA."""
    return arrow_table.build(
        len(values),
        component="reported",
        key=[value.key for value in values],
        year=[value.year for value in values],
        month=[value.month for value in values],
        value_usd=[value.usd for value in values],
        status=[value.status for value in values],
        flow=[value.flow for value in values],
        **Places(table).of(values),
    )


def totals_table(table: WideTable, totals: list[Total]):
    """Return the stated totals as an Arrow table; one over a row has no month, and often no year."""
    return arrow_table.build(
        len(totals),
        arrow_table.TOTALS_SCHEMA,
        year=[total.year for total in totals],
        month=[total.month for total in totals],
        value_usd=[total.usd for total in totals],
        flow=[total.flow for total in totals],
        **Places(table).of(totals),
    )
