"""Finds the wide tables of a sheet: names down the side, years or months across.

Titles may stand above a table and notes below it, and several tables on one sheet, below or beside each other. A table
with years down and names across is turned first.
"""

from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from spreadsheets.sheet import BLANKS, Sheet, Stop
from trade.importing import cell_values, hs_codes
from trade.importing.arrow_table import ALL
from trade.importing.cell_values import Wrong
from trade.importing.layouts import (
    both_directions,
    flow_columns,
    header_cells,
    row_labels,
    side_by_side,
    two_row_flows,
    two_row_periods,
)
from trade.importing.texts import heading_text, heading_words
from trade.importing.texts.flow_words import TOTAL
from trade.importing.texts.period_values import Period
from trade.reference.spelling import normalise

KEY_ROLES = ("province_code", "good_code", "code", "province", "good", "name")
FAR = 20  # columns over which the titles of a table may be spread
DEEP = 5_000  # rows in which headers are looked for
MOST_ROWS = 100_000  # of a wide table: more names than there are


@dataclass
class WideTable:
    """A wide table that was found: the row of its header, its last row, its columns (all from 0)."""

    sheet: Sheet
    grid: list
    row: int
    end: int  # the row after its last
    left: int
    right: int  # the column after its last
    periods: dict[int, Period | Wrong]  # by column
    key: int = 0
    top: int = 0  # where the titles above it begin
    turned: bool = False
    alone: bool = True  # no other table stands beside it
    flow: str = ""
    flows: dict[int, str] = field(default_factory=dict)  # column -> flow, where headers say it
    sums: dict[int, Period] = field(
        default_factory=dict
    )  # columns of both directions together, which are checked alone
    only_name: str = ""  # of all rows, where the name of the sheet says it, and the rows are of flows
    is_sum: bool = False  # all its values are such sums
    year_of_title: str = ""  # where its months have their year from a title alone
    assumed: list[str] = field(default_factory=list)  # what was assumed of its header, each a sentence to be ticked
    continued: list[str] = field(default_factory=list)  # the titles of the table whose next part this is
    has_period_of_title: bool = False  # its one period stands in a title or in the name of the sheet

    @property
    def first(self) -> int:
        """The first column that holds values: names stand before it."""
        return min({*self.periods, *self.sums})

    @property
    def titles(self) -> list[str]:
        """Collect the texts above the table."""
        if self.continued:
            return self.continued
        rows = [self._cut(row) for row in self.grid[self.top : self.row]]
        if self.turned:  # above it then means before its names
            rows = [row[: self.key] for row in self.grid]
        return [text for row in rows for cell in row if isinstance(cell, str) and (text := cell.strip())]

    @property
    def texts_above_all(self) -> list[str]:
        """Collect the texts at the top of the sheet, above the first number: they speak of every table on it."""
        texts = []
        for row in self.grid[: self.row] if not self.turned else ():
            if any(isinstance(cell, (int, float)) and not header_cells.period(cell) for cell in row):
                break
            texts += [cell for cell in row if isinstance(cell, str) and cell.strip()]
        return texts

    @property
    def headers(self) -> list[str]:
        row = self.grid[self.row]
        used = (cell for i, cell in enumerate(row) if self._has(i) and not isinstance(cell, header_cells.Aside))
        return [side_by_side.whole(cell) for cell in used if isinstance(cell, str)]

    def cell_of_header(self, column: int):
        row = self.grid[self.row]
        return row[column] if column < len(row) else ""

    def header(self, column: int) -> str:
        """The text of the header of a column."""
        return cell_values.text(self.cell_of_header(column))

    def _has(self, column):
        return self.left <= column < self.right

    def _cut(self, row):
        return row[: max(self.right, FAR)] if self.alone else row[self.left : self.right]

    def place(self, row, column, header=""):
        """Say where a cell is in the sheet as it came, even if the table was turned."""
        if self.turned:
            return self.sheet.place(column, row)
        return self.sheet.place(row, column, header)

    def label(self) -> str:
        """Describe the table for a choice: "Exports, A3:AB35: China's exports"."""
        area = f"{self.place(self.row, self.left)}:{self.place(self.end - 1, self.right - 1)}"
        title = self.titles[0][:60] if self.titles else ""
        return ", ".join(part for part in (self.sheet.name, area) if part) + (f": {title}" if title else "")


class HeaderRun(NamedTuple):
    """The columns of a header that belong to one table: from `left` to before `right`, with periods by column."""

    left: int
    right: int
    periods: dict[int, Period | Wrong]


def find(sheet: Sheet, terms) -> list[WideTable]:
    """Find the wide tables of a sheet, upright or turned."""
    grid = [[] if row == [""] * len(row) else row for row in islice(sheet.rows(), terms.limits["rows"] + 1)]
    if sum(map(bool, grid)) > MOST_ROWS:
        if _find_upright(sheet, grid[:DEEP], terms):
            raise Stop(sheet.too_many_rows(MOST_ROWS))
        return []
    upright = _complete(sheet, grid, sheet.traps)
    if tables := _find_upright(sheet, upright.grid, terms):
        return _described(tables, upright, terms)
    width = max(map(len, grid[:400]), default=0)
    if width < 3 or len(grid) > 400:
        return []
    turned = [[row[i] if i < len(row) else "" for row in grid] for i in range(width)]
    turned, assumed = header_cells.complete(turned, {place[::-1]: trap for place, trap in sheet.traps.items()})
    tables = _find_upright(sheet, header_cells.tell_sums(turned), terms, turned=True)
    return _described(
        [table for table in tables if _lists_names(table, terms)], Completed(turned, assumed, {}, {}), terms
    )


def find_flows(sheet: Sheet, terms) -> list[WideTable]:
    """Find the wide tables of totals: exports, imports and their sum down the side, years or months across."""
    tables = [table for table in find(sheet, terms) if not table.flows and _lists_flows(table)]
    for table in tables:
        table.only_name = ALL
    return tables


class Completed(NamedTuple):
    """A grid with all its headers complete, and by their rows what was assumed for that."""

    grid: list
    assumed: dict[int, str]  # of dates
    years: dict[int, str]  # of months, where only a title says the year
    titled: dict[int, str]  # of columns of flows, where a title says the period


def _complete(sheet, grid, traps):
    grid, assumed = header_cells.complete(grid, traps)
    grid, years = two_row_periods.complete_headers(side_by_side.lift(grid), sheet.name)
    grid, titled = flow_columns.complete_headers(two_row_flows.complete_headers(grid), sheet.name)
    return Completed(header_cells.tell_sums(grid), assumed, years, titled)


def _described(tables, completed, terms):
    """Say of each table what was assumed of its header, and whether it holds the sum of both directions."""
    for table in tables:
        table.year_of_title = completed.years.get(table.row, "")
        table.has_period_of_title = table.row in completed.titled
        for assumed in (completed.assumed, completed.titled):
            table.assumed += [text for row, text in assumed.items() if table.top <= row <= table.row]
        if not table.flows and is_known(table.sheet.name, terms) and _lists_flows(table):
            table.only_name = table.sheet.name
        elif not table.flows and not table.is_sum and not _has_flow_column(table):
            table.is_sum = both_directions.is_titled_so([*reversed(table.titles), table.sheet.name])
    return tables


def _lists_flows(table):
    """Tell a table whose rows are exports, imports and their sum."""
    body = table.grid[table.row + 1 : table.end] if table.key >= 0 else []
    flows = {both_directions.flow_of_header(row[table.key]) for row in body if table.key < len(row)}
    return len(flows - {None}) > 1


def _has_flow_column(table):
    others = [cell for i, cell in enumerate(table.grid[table.row]) if i not in table.periods and isinstance(cell, str)]
    ambiguous = heading_words.OF_FLOWS_OR_NAMES
    return any(
        heading_words.column(cell).role == "flow" and heading_text.plain(cell) not in ambiguous for cell in others
    )


def _find_upright(sheet, grid, terms, turned=False):
    tables = []
    for number, row in enumerate(grid[:DEEP]):
        runs = _header_runs(row, grid, number, is_first=not tables)
        for left, right, periods in runs:
            if _names_its_keys(row[left : min(periods)]) or _has_values(grid[number + 1 : number + 60], periods):
                table = WideTable(sheet, grid, number, len(grid), left, right, periods, turned=turned)
                table.alone = len(runs) == 1
                _tell_flows(table, row)
                tables.append(table)
    _set_bounds(tables)
    for table in tables:
        table.key = _key_column(table, terms)
    return tables


def _tell_flows(table, row):
    """Set which flow each column is of, and part the sums of both directions from the directions."""
    table.periods = {i: _of_month(row[i], period) for i, period in table.periods.items()}
    flows = {i: row[i].flow for i in table.periods if getattr(row[i], "flow", "")}
    sums = {i: table.periods[i] for i, flow in flows.items() if flow == TOTAL}
    table.is_sum = bool(sums) and len(sums) == len(table.periods)
    if not table.is_sum:
        table.sums = sums
        table.periods = {i: period for i, period in table.periods.items() if i not in sums}
        table.flows = {i: flow for i, flow in flows.items() if i not in sums}


def _of_month(cell, period):
    """Refuse a column of a single month ("当月") of which only the year is said."""
    if isinstance(period, Wrong) or period.month or not side_by_side.says_month(cell):
        return period
    advice = "Write the month above the values or in the title: 2016-03."
    return Wrong("month", cell_values.text(side_by_side.whole(cell)), "the month that the values are of", advice)


def _header_runs(row, grid, number, is_first):
    """Find in a row the headers of wide tables, of which several may stand side by side."""
    periods = {i: period for i, cell in enumerate(row) if (period := header_cells.period(cell)) is not None}
    if not periods or not _is_header(row, periods, is_first):
        return []
    bounds, start = [], 0
    ordered = sorted(periods)
    for before, column in zip([None, *ordered], ordered, strict=False):
        if before is not None and _begins_anew(row, before, column, periods, grid, number):
            bounds.append((start, before + 1))
            start = before + 1
    bounds.append((start, len(row)))
    return [
        HeaderRun(left, right, {i: period for i, period in periods.items() if left <= i < right})
        for left, right in bounds
    ]


def _is_header(row, periods, is_first):
    """Tell a header from a row of values that look like years: nothing else in it is a number, and it has company.

    Below a header another one needs a heading over its names, for "Tibet, 2003, 1999" may be a row of values.
    """
    others = [cell for i, cell in enumerate(row) if i not in periods and cell not in BLANKS]
    if any(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in others):
        return False
    before = [cell for cell in row[: min(periods)] if isinstance(cell, str) and cell.strip()]
    if _names_its_keys(before) or any(isinstance(row[i], header_cells.CompleteHeader) for i in periods):
        return True
    sound = [period for period in periods.values() if not isinstance(period, Wrong)]
    may_begin_here = (is_first or not before) and min(periods) > 0  # some column must be left for the names
    has_company = len(periods) >= 2 and (len(set(sound)) >= 2 or not sound)
    return may_begin_here and has_company


def _names_its_keys(before):
    return any(
        isinstance(cell, str)
        and (
            heading_words.column(cell).role in KEY_ROLES or heading_text.plain(cell) in heading_words.OF_FLOWS_OR_NAMES
        )
        for cell in before
    )


def _has_values(body, periods):
    """Tell whether values, or marks for missing ones, stand below the periods."""
    below = (row[i] for row in body for i in periods if i < len(row))
    return any(is_number(cell) or (cell and cell_values.text(cell).casefold() in cell_values.MISSING) for cell in below)


def _begins_anew(row, before, column, periods, grid, number):
    """Tell where a second table begins in the same header: a column of names stands between two periods."""
    between = row[before + 1 : column]
    headers = {i: (period, getattr(row[i], "flow", "")) for i, period in periods.items()}
    if not between or headers[column] not in [headers[i] for i in periods if i <= before]:
        return False
    below = grid[number + 1 : number + 8]
    for i in range(before + 1, column):
        texts = [r[i] for r in below if i < len(r) and isinstance(r[i], str) and r[i].strip()]
        if len(texts) >= 2 and not row_labels.is_total(texts[0]) and not row_labels.are_shares(texts):
            return True
    return False


def _set_bounds(tables):
    """Let a table end where the next below it begins, and its titles begin where the one above it ended."""
    for table in tables:
        below = [other.row for other in tables if other.row > table.row]
        if below:
            table.end = min(below)
        above = [other for other in tables if other.row < table.row]
        if above:
            upper = max(above, key=lambda other: other.row)
            last = _last_row_of_values(upper, table.row)
            table.top, upper.end = last + 1, last + 1


def _last_row_of_values(table, before):
    for number in range(before - 1, table.row, -1):
        row = table.grid[number]
        if any(i < len(row) and row[i] not in BLANKS for i in table.periods):
            return number
    return table.row


def _key_column(table, terms):
    """Choose the column of names: the one with most names that are known, else the one whose header says so."""
    header, body = table.grid[table.row], table.grid[table.row + 1 : table.end]
    before = range(table.left, table.first)
    columns = [
        i for i in before if not heading_words.is_rank(header[i]) and not row_labels.is_share(header[i])
    ] or before
    known = {i: sum(is_known(row[i], terms) for row in body if i < len(row)) for i in columns}
    if known and max(known.values()):
        return max(columns, key=lambda i: (known[i], -i))
    named = [i for i in columns if heading_words.column(header[i]).role in KEY_ROLES]
    texts = [i for i in columns if any(i < len(row) and isinstance(row[i], str) and row[i].strip() for row in body)]
    return next(iter([*named, *texts, *columns]), -1)


def is_known(cell, terms):
    if isinstance(cell, bool) or cell in BLANKS:
        return False
    written = cell_values.text(cell)
    if terms.kind == "commodity":
        code = hs_codes.Codes().read(cell)
        return code.isdigit() and code[:2] in terms.vocabulary.values() or normalise(written) in terms.vocabulary
    return normalise(written) in terms.vocabulary


def _lists_names(table, terms):
    body = table.grid[table.row + 1 : table.end]
    return sum(is_known(row[table.key], terms) for row in body if table.key < len(row)) >= 2


def is_number(cell):
    if isinstance(cell, bool):
        return False
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and any(map(str.isdigit, cell)))
