"""Reads the columns beside the values of a wide table that hold for a whole row: flow, year, month, unit."""

from typing import NamedTuple

from spreadsheets.sheet import BLANKS
from trade.importing import cell_values, unit_and_flow
from trade.importing.cell_values import Wrong
from trade.importing.layouts import both_directions
from trade.importing.layouts.wide_header import WideTable
from trade.importing.texts import flow_words, heading_text, heading_words, period_values


class Dimensions(NamedTuple):
    """The period and the flow of one value, as its header and the side columns of its row say them."""

    year: int | None
    month: int
    flow: str | None


class SideColumns:
    """Finds and reads those columns; what is wrong with them goes to `note(row, column, wrong)`."""

    def __init__(self, table: WideTable, terms, note):
        self.table, self.terms, self.note = table, terms, note
        self.flow = table.key if table.only_name else self._column_of("flow")
        self.year = self._column_of("year", "period") if self._lack_years() else -1
        self.month = self._column_of("month") if self._lack_months() else -1
        self.unit = self._column_of("unit")

    @property
    def columns(self) -> set[int]:
        return {self.flow, self.year, self.month, self.unit} - {-1}

    def headers(self) -> dict[str, str]:
        """Say which columns of the table hold for whole rows: {"flow": "Direction", "partner": "国别"}."""
        roles = {heading_words.column(self.table.header(i)).role: i for i in range(self.table.left, self.table.first)}
        used = {"flow": self.flow, "year": self.year, "month": self.month, "unit": self.unit}
        used |= {role: i for role, i in roles.items() if role in ("partner", "reporter")}
        return {role: self.table.header(i) for role, i in used.items() if i >= 0}

    def _periods(self):
        return [period for period in self.table.periods.values() if not isinstance(period, Wrong)]

    def _lack_years(self):
        return any(year is None for year, _month in self._periods())

    def _lack_months(self):
        return all(not month for _year, month in self._periods())

    def _column_of(self, *roles):
        """Find the column beside the values that has one of some roles: -1 if there is none."""
        header = self.table.grid[self.table.row]
        columns = range(self.table.left, min(self.table.right, len(header)))
        side_columns = (i for i in columns if i not in self.table.periods and i not in self.table.sums)
        named = [i for i in side_columns if heading_words.column(header[i]).role in roles]
        return next((i for i in named if roles != ("flow",) or self._holds_flows(i)), -1)

    def _holds_flows(self, column):
        """Tell a column of flows from one of values or names: 进出口 may head values, and 구분 names."""
        body = self.table.grid[self.table.row + 1 : self.table.end]
        cells = [row[column] for row in body if column < len(row) and row[column] not in BLANKS]
        if heading_text.plain(self.table.header(column)) in heading_words.OF_FLOWS_OR_NAMES:
            return any(flow_words.flow_of_cell(cell) for cell in cells)
        return not cells or any(isinstance(cell, str) and not any(map(str.isdigit, cell)) for cell in cells)

    def units(self) -> set[str]:
        """Return what a column of units says, which must be one thing.

        Raises: Stop, where it says several.
        """
        if self.unit < 0:
            return set()
        table = self.table
        body = table.grid[table.row + 1 : table.end]
        units = {cell_values.text(row[self.unit]) for row in body if self.unit < len(row)} - {""}
        return set(unit_and_flow.column_units(self.terms, table.sheet, {table.place(table.row, self.unit): units}))

    def dimensions(self, number: int, row: list) -> dict[int, Dimensions]:
        """Say of which period and flow each value of a row is: {2: (2016, 3, "to_dprk")}."""
        filled = any(row[i] not in BLANKS for i in self.table.periods)
        year, month, flow = self._year(number, row, filled), self._month(number, row), self._flow(number, row, filled)
        flows = self.table.flows
        return {
            column: Dimensions(own_year or year, own_month or month, flows.get(column, flow))
            for column, (own_year, own_month) in {**self.table.periods, **self.table.sums}.items()
        }

    def written(self, row: list) -> tuple:
        """Return what the side columns of a row say, as it is written: it tells the rows of one name apart."""
        return tuple(cell_values.text(row[i]) for i in sorted(self.columns - {self.unit}))

    def _year(self, number, row, filled):
        if self.year < 0 or not filled:
            return None
        period = period_values.year(row[self.year])
        if not isinstance(period, Wrong) and period.month:
            written, advice = cell_values.text(row[self.year]), "Enter only the year for this row."
            period = Wrong("year", written, "a year (2016)", advice)
        if isinstance(period, Wrong):
            self.note(number, self.year, period)
            return None
        return period.year

    def _month(self, number, row):
        if self.month < 0:
            return 0
        month = period_values.month(row[self.month])
        if isinstance(month, Wrong):
            self.note(number, self.month, month)
            return 0
        return month

    def _flow(self, number, row, filled):
        """Read the flow of a row from its column of flows, or return that of the whole table."""
        if self.flow < 0:
            return self.table.flow
        flow = both_directions.flow_of_header(row[self.flow])
        if flow == flow_words.TOTAL:
            return flow
        flow = flow_words.flow_of_cell(row[self.flow])
        if flow in (flow_words.EXPORTS, flow_words.IMPORTS):
            return unit_and_flow.seen_from(self.terms, flow)
        if not flow and filled:
            written = cell_values.text(row[self.flow]) or "a blank"
            advice = "Enter the direction of this row."
            self.note(number, self.flow, Wrong("flow", written, "to_dprk or from_dprk", advice))
        return flow
