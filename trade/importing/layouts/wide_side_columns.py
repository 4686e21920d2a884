"""Columns beside the values of a wide table that say what a whole row is of: flow, year, month, unit."""

from spreadsheets.sheet import BLANKS
from trade.importing import cell_values, heading_words, unit_and_flow
from trade.importing.cell_values import Wrong
from trade.importing.layouts.wide_header import WideTable


class Beside:
    """Reads those columns; what is wrong with them goes to `note(row, column, wrong)`."""

    def __init__(self, found: WideTable, terms, note):
        self.found, self.terms, self.note = found, terms, note
        self.flow = self._column_of("flow")
        self.year = self._column_of("year", "period") if self._lack_years() else -1
        self.month = self._column_of("month") if self._lack_months() else -1
        self.unit = self._column_of("unit")

    @property
    def columns(self) -> set[int]:
        return {self.flow, self.year, self.month, self.unit} - {-1}

    def _periods(self):
        return [period for period in self.found.periods.values() if not isinstance(period, Wrong)]

    def _lack_years(self):
        return any(year is None for year, _month in self._periods())

    def _lack_months(self):
        return all(not month for _year, month in self._periods())

    def _column_of(self, *roles):
        """Find the column beside the values that has one of some roles: -1 if there is none."""
        header = self.found.grid[self.found.row]
        beside = (i for i in range(self.found.left, min(self.found.right, len(header))) if i not in self.found.periods)
        return next((i for i in beside if heading_words.column(header[i]).role in roles), -1)

    def units(self) -> set[str]:
        """Give what a column of units says, which must be one thing.

        Raises: Stop, where it says several.
        """
        if self.unit < 0:
            return set()
        found = self.found
        body = found.grid[found.row + 1 : found.end]
        said = {cell_values.text(row[self.unit]) for row in body if self.unit < len(row)} - {""}
        unit_and_flow.one_unit(found.sheet, found.place(found.row, self.unit), said)
        return said

    def says(self, number: int, row: list) -> dict[int, tuple]:
        """Say what each value of a row is of: {2: (2016, 3, "to_dprk")}."""
        filled = any(row[i] not in BLANKS for i in self.found.periods)
        year, month, flow = self._year(number, row, filled), self._month(number, row), self._flow(number, row, filled)
        flows = self.found.flows
        return {
            column: (own_year or year, own_month or month, flows.get(column, flow))
            for column, (own_year, own_month) in self.found.periods.items()
        }

    def _year(self, number, row, filled):
        if self.year < 0 or not filled:
            return None
        found = cell_values.year(row[self.year])
        if not isinstance(found, Wrong) and found[1]:
            found = Wrong("year", cell_values.text(row[self.year]), "a year (2016)", "Write the year of the row alone.")
        if isinstance(found, Wrong):
            self.note(number, self.year, found)
            return None
        return found[0]

    def _month(self, number, row):
        if self.month < 0:
            return 0
        found = cell_values.month(row[self.month])
        if isinstance(found, Wrong):
            self.note(number, self.month, found)
            return 0
        return found

    def _flow(self, number, row, filled):
        """Read the flow of a row from its column of flows, or give that of the whole table."""
        if self.flow < 0:
            return self.found.flow
        way = heading_words.flow_of_cell(row[self.flow])
        if way in (heading_words.EXPORTS, heading_words.IMPORTS):
            return unit_and_flow.seen_from(self.terms, way)
        if not way and filled:
            found = cell_values.text(row[self.flow]) or "a blank"
            self.note(number, self.flow, Wrong("flow", found, "to_dprk or from_dprk", "Write the flow of the row."))
        return way
