"""Reads wide tables as people make them: names down the side, years or months across, things around.

Titles above, notes below, total rows and columns, units in the title, several tables on one sheet or one sheet a flow.
Whatever holds numbers and is not understood is a fault, for it may be a year that would be lost. A table with
years down and names across is turned first.
"""

import re
from dataclasses import dataclass
from itertools import islice

from trade.formats import Reading, cells, codes, headings, settling
from trade.formats.book import BLANKS, MOST_FAULTS, Sheet, Stop, counted, letters
from trade.formats.cells import Wrong
from trade.formats.table import TOTALS_SCHEMA, table
from trade.names import normalise

KEY_ROLES = ("province_code", "good_code", "code", "province", "good", "name")
BESIDE = (*KEY_ROLES, "flow", "unit", "note", "ignored")  # columns that may stand beside the values
# Columns that split a name's values into several rows, which a wide table has no place for.
PARTS = ("year", "month", "period", "status", "component", "reported", "estimate", "partner", "reporter", "quantity")
FAR = 20  # columns over which the titles of a table may be spread
UNIT_BESIDE = re.compile(r"(?P<period>[^(（]+?)\s*(?P<unit>[(（][^)）]*[)）])")
DEEP = 5_000  # rows in which headers are looked for


@dataclass
class WideTable:
    """A wide table that was found: the row of its header, its last row, its columns (all from 0)."""

    sheet: Sheet
    grid: list
    row: int
    end: int  # the row after its last
    left: int
    right: int  # the column after its last
    periods: dict[int, object]  # column -> (year, month), or Wrong
    key: int = 0
    top: int = 0  # where the titles above it begin
    turned: bool = False
    alone: bool = True  # no other table stands beside it
    flow: str = ""

    @property
    def titles(self) -> list[str]:
        """Collect the texts above the table."""
        rows = [self._cut(row) for row in self.grid[self.top : self.row]]
        if self.turned:  # above it then means before its names
            rows = [row[: self.key] for row in self.grid]
        return [text for row in rows for cell in row if isinstance(cell, str) and (text := cell.strip())]

    @property
    def headers(self) -> list[str]:
        row = self.grid[self.row]
        return [cell for i, cell in enumerate(row) if isinstance(cell, str) and self._has(i)]

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


def find(sheet: Sheet, terms) -> list[WideTable]:
    """Find the wide tables of a sheet, upright or turned."""
    grid = [[] if row == [""] * len(row) else row for row in islice(sheet.rows(), terms.limits["rows"] + 1)]
    tables = _find(sheet, grid, terms)
    if tables:
        return tables
    width = max(map(len, grid[:400]), default=0)
    if width < 3 or len(grid) > 400:
        return []
    turned = [[row[i] if i < len(row) else "" for row in grid] for i in range(width)]
    return [found for found in _find(sheet, turned, terms, turned=True) if _lists_names(found, terms)]


def _find(sheet, grid, terms, turned=False):
    found = []
    for number, row in enumerate(grid[:DEEP]):
        runs = _runs(row, grid, number, terms, is_first=not found)
        for left, right, periods in runs:
            if _names_its_keys(row[left : min(periods)]) or _has_values(grid[number + 1 : number + 60], periods):
                one = WideTable(sheet, grid, number, len(grid), left, right, periods, turned=turned)
                one.alone = len(runs) == 1
                found.append(one)
    _set_bounds(found)
    for one in found:
        one.key = _key_column(one, terms)
    return found


def _runs(row, grid, number, terms, is_first):
    """Find in a row the headers of wide tables, side by side as they may be: (first column, end, periods)."""
    periods = {i: period for i, cell in enumerate(row) if (period := _period(cell)) is not None}
    if not periods or not _is_header(row, periods, is_first):
        return []
    runs, start = [], 0
    ordered = sorted(periods)
    for before, column in zip([None, *ordered], ordered, strict=False):
        if before is not None and _begins_anew(row, before, column, periods, grid, number):
            runs.append((start, before + 1))
            start = before + 1
    runs.append((start, len(row)))
    return [(left, right, {i: p for i, p in periods.items() if left <= i < right}) for left, right in runs]


def _period(cell):
    """Read the header of a column: a period, beside which the unit may stand: "2015 (US$ m)" -> (2015, 0)."""
    if isinstance(cell, str) and (match := UNIT_BESIDE.fullmatch(cell.strip())):
        said = headings.units([match["unit"]])
        return cells.period(match["period"]) if said.dollars or said.loose or said.other else None
    return cells.period(cell)


def _is_header(row, periods, is_first):
    """Tell a header from a row of values that look like years: nothing else in it is a number, and it has company.

    Below a header another one needs a heading over its names, for "Tibet, 2003, 1999" may be a row of values.
    """
    others = [cell for i, cell in enumerate(row) if i not in periods and cell not in BLANKS]
    if any(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in others):
        return False
    before = [cell for cell in row[: min(periods)] if isinstance(cell, str) and cell.strip()]
    if _names_its_keys(before):
        return True
    sound = [period for period in periods.values() if not isinstance(period, Wrong)]
    return (is_first or not before) and len(periods) >= 2 and (len(set(sound)) >= 2 or not sound) and min(periods) > 0


def _names_its_keys(before):
    return any(isinstance(cell, str) and headings.column(cell).role in KEY_ROLES for cell in before)


def _has_values(body, periods):
    """Tell whether values, or marks for missing ones, stand below the periods."""
    below = (row[i] for row in body for i in periods if i < len(row))
    return any(_is_number(cell) or (cell and cells.text(cell).casefold() in cells.MISSING) for cell in below)


def _begins_anew(row, before, column, periods, grid, number):
    """Tell where a second table begins in the same header: a column of names stands between two periods."""
    between = row[before + 1 : column]
    if not between or periods[column] not in [periods[i] for i in periods if i <= before]:
        return False
    below = grid[number + 1 : number + 8]
    for i in range(before + 1, column):
        texts = [r[i] for r in below if i < len(r) and isinstance(r[i], str) and r[i].strip()]
        if len(texts) >= 2 and not any(headings.is_total(text) for text in texts[:1]):
            return True
    return False


def _set_bounds(tables):
    """Let a table end where the next below it begins, and its titles begin where the one above it ended."""
    for one in tables:
        below = [other.row for other in tables if other.row > one.row]
        if below:
            one.end = min(below)
        above = [other for other in tables if other.row < one.row]
        if above:
            upper = max(above, key=lambda other: other.row)
            last = _last_row_of_values(upper, one.row)
            one.top, upper.end = last + 1, last + 1


def _last_row_of_values(table, before):
    for number in range(before - 1, table.row, -1):
        row = table.grid[number]
        if any(i < len(row) and row[i] not in BLANKS for i in table.periods):
            return number
    return table.row


def _key_column(table, terms):
    """Choose the column of names: the one with most names that are known, else the one whose header says so."""
    columns = range(table.left, min(table.periods))
    body = table.grid[table.row + 1 : table.end]
    known = {i: sum(_is_known(row[i], terms) for row in body if i < len(row)) for i in columns}
    if known and max(known.values()):
        return max(columns, key=lambda i: (known[i], -i))
    header = table.grid[table.row]
    named = [i for i in columns if headings.column(header[i]).role in KEY_ROLES]
    texts = [i for i in columns if any(i < len(row) and isinstance(row[i], str) and row[i].strip() for row in body)]
    return next(iter([*named, *texts, *columns]), -1)


def _is_known(cell, terms):
    if isinstance(cell, bool) or cell in BLANKS:
        return False
    written = cells.text(cell)
    if terms.kind == "commodity":
        code = codes.Codes().read(cell)
        return code.isdigit() and code[:2] in terms.vocabulary.values() or normalise(written) in terms.vocabulary
    return normalise(written) in terms.vocabulary


def _lists_names(table, terms):
    body = table.grid[table.row + 1 : table.end]
    return sum(_is_known(row[table.key], terms) for row in body if table.key < len(row)) >= 2


# --- reading -------------------------------------------------------------------------------------------------------


class WideReader:
    """Reads one wide table; what it finds goes into a Reading."""

    def __init__(self, found: WideTable, terms, reading: Reading, around=()):
        self.found, self.terms, self.reading, self.faults = found, terms, reading, []
        if found.key < 0:
            raise Stop(found.sheet.fault("no-key", "Put a column of names or codes to the left of the periods."))
        self.flows = self._column_of("flow")
        self.decimal = settling.decimal_mark(terms, found.sheet, self._texts())
        headers = [*found.headers, *self._unit_row(), *self._units()]
        self.unit = settling.unit(
            terms, found.sheet, header=headers, titles=found.titles, around=[*self._notes(), *around]
        )
        self.codes = codes.Codes()
        self.rows, self.totals, self.subtotals, self.asides = [], [], 0, []
        self.across = {}

    def _notes(self):
        """Collect the texts that stand beside no value: notes, sources, headings."""
        found = self.found
        for row in self._body():
            if all(i >= len(row) or row[i] in BLANKS for i in found.periods):
                yield from (cell for cell in row if isinstance(cell, str) and len(cell) > 3)

    def _body(self):
        return self.found.grid[self.found.row + 1 : self.found.end]

    def _texts(self):
        """Give every text that stands where values do."""
        return (row[i] for row in self._body() for i in self.found.periods if i < len(row) and isinstance(row[i], str))

    def _column_of(self, role):
        """Find the column beside the names that has a role: -1 if there is none."""
        header = self.found.grid[self.found.row]
        beside = (i for i in range(self.found.left, min(self.found.right, len(header))) if i not in self.found.periods)
        return next((i for i in beside if headings.column(header[i]).role == role), -1)

    def _units(self):
        """Give what a column of units says."""
        column = self._column_of("unit")
        return {cells.text(row[column]) for row in self._body() if column < len(row)} if column >= 0 else set()

    def _unit_row(self):
        """Give the texts of a row right below the header that only repeats the unit."""
        for row in self._body()[:1]:
            texts = [row[i] for i in self.found.periods if i < len(row) and row[i] not in BLANKS]
            return texts if texts and _is_unit_row(texts) else []
        return []

    def read(self):
        """Read the table. Its faults (the first thousands) stay in `faults`; sound rows are read beside them."""
        self._check_header()
        if not self.faults:
            for number in range(self.found.row + 1, self.found.end):
                self._read_row(number, self.found.grid[number])
                if len(self.faults) > MOST_FAULTS:
                    break
        self._check_traps()
        if len(self.rows) > self.terms.limits["rows"]:
            raise Stop(self.found.sheet.too_many_rows(self.terms.limits["rows"]))
        self._remark()

    def _check_header(self):
        found, seen = self.found, {}
        for column, period in found.periods.items():
            if isinstance(period, Wrong):
                self._note(found.row, column, period)
            elif period in seen:
                self._note(found.row, column, _twice(period, found.place(found.row, seen[period])))
            seen.setdefault(period, column)
        for column in range(found.left, found.right):
            if column != found.key and column not in found.periods:
                self._check_other_column(column)

    def _check_other_column(self, column):
        """Take a total column for what it is, pass over shares and remarks, refuse any other column of numbers."""
        header = self.found.grid[self.found.row]
        text = cells.text(header[column]) if column < len(header) else ""
        body = self.found.grid[self.found.row + 1 : self.found.end]
        filled = [row[column] for row in body if column < len(row) and row[column] not in BLANKS]
        role = headings.column(text).role
        if headings.is_total(text):
            self.across[column] = _year_of_total(text)
        elif role in PARTS and filled:
            self._note(self.found.row, column, _part(text))
        elif role in BESIDE:
            return
        elif headings.ASIDES.fullmatch(headings.plain(text)):
            self.asides.append(text)
        elif any(_is_number(cell) for cell in filled):
            self._note(self.found.row, column, _not_a_period(text))
        elif filled:
            self.asides.append(text)

    def _read_row(self, number, row):
        found = self.found
        row = [*row, *[""] * (found.right - len(row))]
        values = {i: row[i] for i in found.periods}
        blank = all(cell in BLANKS or not cells.text(cell) for cell in values.values())
        key = cells.text(row[found.key])
        if not key:
            key = self._other_name(row)
        if not key:
            if not blank and not _is_unit_row(values.values()):
                self._nameless(number, values)
            return
        if headings.is_subtotal(key):
            self.subtotals += 1
            return
        if headings.is_total(key) and not _is_known(key, self.terms):
            self._read_total(number, values, self._flow(number, row))
            return
        if not blank:
            self._check_names(number, row, key)
            if self.terms.kind == "commodity":
                key = self.codes.read(row[found.key] if cells.text(row[found.key]) else key)
        self._read_values(number, row, key, values)

    def _check_names(self, number, row, key):
        """Refuse a row whose code and name are known and are two different things."""
        vocabulary = self.terms.vocabulary
        for column in range(self.found.left, min(self.found.periods)):
            name = cells.text(row[column])
            codes_of = {vocabulary.get(normalise(text)) for text in (key, name)} - {None}
            if len(codes_of) > 1:
                found, advice = f"{key} and {name}", "Correct one of the two."
                self._note(number, column, Wrong("contradiction", found, "a code and its own name", advice))

    def _other_name(self, row):
        """Take a name that stands beside a blank code, or "Total" written one column off."""
        header = self.found.grid[self.found.row]
        columns = range(self.found.left, min(self.found.periods))
        others = [row[i] for i in columns if headings.column(header[i]).role in (*KEY_ROLES, "")]
        return next((cells.text(cell) for cell in others if isinstance(cell, str) and cell.strip()), "")

    def _read_values(self, number, row, key, values):
        flow = self._flow(number, row)
        for column, cell in values.items():
            value = cells.money(cell, self.unit, self.decimal)
            if isinstance(value, Wrong):
                self._note(number, column, value)
            else:
                self.rows.append((number, column, key, *self.found.periods[column], value, flow))
        for column, year in self.across.items():
            value = cells.money(row[column], self.unit, self.decimal)
            if not isinstance(value, Wrong) and value is not None:
                self.totals.append((number, column, year, None, value, flow))

    def _flow(self, number, row):
        """Read the flow of a row from its column of flows, or give that of the whole table."""
        if self.flows < 0:
            return self.found.flow
        way = headings.flow_of_cell(row[self.flows])
        if way in (headings.EXPORTS, headings.IMPORTS):
            return settling.seen_from(self.terms, way)
        if not way and any(row[i] not in BLANKS for i in self.found.periods):
            found = cells.text(row[self.flows]) or "a blank"
            self._note(number, self.flows, Wrong("flow", found, "to_dprk or from_dprk", "Write the flow of the row."))
        return way

    def _read_total(self, number, values, flow):
        for column, cell in values.items():
            value = cells.money(cell, self.unit, self.decimal)
            if isinstance(value, Wrong):
                self._note(number, column, value)
            elif value is not None:
                self.totals.append((number, column, *self.found.periods[column], value, flow))

    def _nameless(self, number, values):
        column = next(i for i, cell in values.items() if cell not in BLANKS)
        found = cells.text(values[column])
        advice = "Write the name or code beside the values, or remove them."
        self._note(number, column, Wrong("no-name", found, "a name or code in the same row", advice))

    def _check_traps(self):
        """Refuse, in the table itself, what a library would give as blank: error values, formulas, merged cells."""
        found, used = self.found, {self.found.key, *self.found.periods, *self.across}
        rows = {row for row, *_rest, value, _flow in [*self.rows, *self.totals] if value is not None}
        body = range(found.row, max(rows, default=found.row) + 1)
        for place, what in found.sheet.traps.items():
            row, column = place[::-1] if found.turned else place
            if row in body and column in used:
                self.faults.append(found.sheet.trap(*place, what))
        for (top, left), (bottom, right) in found.sheet.merged:
            down, across = (
                (range(left, right + 1), range(top, bottom + 1))
                if found.turned
                else (
                    range(top, bottom + 1),
                    range(left, right + 1),
                )
            )
            if set(down) & set(body) and used & set(across) and (rows & set(down) or found.row in down):
                self.faults.append(found.sheet.merged_cells(top, left, bottom, right))

    def _note(self, row, column, wrong):
        place = self.found.place(row, column, self._header(column))
        fault = self.found.sheet.fault(wrong.code, wrong.advice, cell=place, found=wrong.found, expected=wrong.expected)
        self.faults.append(fault)

    def _header(self, column):
        header = self.found.grid[self.found.row]
        return cells.text(header[column]) if column < len(header) else ""

    def _remark(self):
        where, remarks = f"Sheet “{self.found.sheet.name}”" if self.found.sheet.name else self.found.sheet.file, []
        if self.unit != 1:
            remarks.append(f"{where}: the values were read as {headings.in_words(self.unit)}.")
        if self.asides:
            remarks.append(f"{where}: columns that were not read: {', '.join(filter(None, self.asides))[:200]}.")
        if self.subtotals:
            remarks.append(f"{where}: not read: {counted(self.subtotals, 'row of subtotals')}.")
        if self.terms.kind == "commodity" and (remark := self.codes.check(self.found.sheet)):
            remarks.append(remark)
        self.reading.remarks += remarks

    def table(self):
        """Give the rows as an Arrow table."""
        row, column, key, year, month, value, flow = list(zip(*self.rows, strict=True)) or [[]] * 7
        return table(
            len(row),
            component="reported",
            key=list(key),
            year=list(year),
            month=list(month),
            value_usd=list(value),
            flow=list(flow),
            **self._places(row, column),
        )

    def totals_table(self):
        """Give the stated totals as an Arrow table; a total across has no month, and often no year."""
        row, column, year, month, value, flow = list(zip(*self.totals, strict=True)) or [[]] * 6
        stated = {"year": list(year), "month": list(month), "value_usd": list(value), "flow": list(flow)}
        return table(len(row), TOTALS_SCHEMA, **stated, **self._places(row, column))

    def _places(self, rows, columns):
        if self.found.turned:
            rows, columns = columns, rows
        name = letters if not self.found.sheet.is_text else self._name_in_text
        names = {column: name(column) for column in set(columns)}
        return {
            "file": self.found.sheet.file,
            "sheet": self.found.sheet.name,
            "row": [row + 1 for row in rows],
            "column": [names[column] for column in columns],
        }

    def _name_in_text(self, column):
        return str(column + 1) if self.found.turned else self._header(column) or str(column + 1)


def _twice(period, first):
    written = f"{period[0]}-{period[1]:02d}" if period[1] else str(period[0])
    return Wrong(
        "duplicate-column", written, f"each period once; it is in {first} as well", "Remove one of the two columns."
    )


def _part(text):
    advice = "Give the data one row a value (a long table), or remove the column and what it tells apart."
    return Wrong("layout", text, "names down and years or months across", advice)


def _not_a_period(text):
    advice = "Write a year (2016) or a month (2016-03) above the values, or remove the column."
    return Wrong("header", text or "a blank above numbers", cells.A_PERIOD, advice)


def _year_of_total(text):
    """Find the year that a total column is of: "2025 total" -> 2025; "Total" -> None."""
    years = {int(word) for word in text.replace("年", " ").split() if word.isdigit() and len(word) == 4}
    return years.pop() if len(years) == 1 else None


def _is_number(cell):
    if isinstance(cell, bool):
        return False
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and any(map(str.isdigit, cell)))


def _is_unit_row(row):
    """Tell a row below the header that only repeats the unit: "US$ thousand" in every column."""
    texts = [cell for cell in row if cell not in BLANKS]
    said = [headings.units([cell]) for cell in texts if isinstance(cell, str)]
    return len(said) == len(texts) and all(one.dollars or one.loose for one in said)
