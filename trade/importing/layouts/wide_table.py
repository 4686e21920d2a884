"""Reads wide tables as people make them: with totals, units in the title, flows in a column beside the names.

A column of numbers whose header is not understood is a fault: it may be a year, and skipping it would lose the year.
"""

from typing import NamedTuple

from spreadsheets.sheet import BLANKS, MOST_FAULTS, Stop, counted, letters
from trade import time_period
from trade.importing import (
    arrow_table,
    cell_values,
    describe,
    heading_text,
    heading_words,
    hs_codes,
    money_units,
    period_values,
    unit_and_flow,
)
from trade.importing.cell_values import Wrong
from trade.importing.layouts.wide_header import KEY_ROLES, WideTable, is_known, is_number
from trade.importing.layouts.wide_side_columns import SideColumns
from trade.importing.period_values import Period
from trade.importing.reading import Reading
from trade.reference.spelling import normalise

SIDE_ROLES = (*KEY_ROLES, "flow", "unit", "note", "ignored")  # of columns that may stand beside the values
# Columns that split a name's values into several rows, which a wide table has no place for.
SPLITS = ("year", "month", "period", "status", "component", "reported", "estimate", "partner", "reporter", "quantity")


class Value(NamedTuple):
    """A value of the table, at the row and column of its cell (from 0); `usd` is None where it is missing."""

    row: int
    column: int
    key: str
    year: int
    month: int
    usd: int | None
    flow: str


class Total(NamedTuple):
    """A total that the table states, at the row and column of its cell (from 0); one over a row has no month."""

    row: int
    column: int
    year: int | None
    month: int | None
    usd: int
    flow: str


class WideReader:
    """Reads one wide table into `values` and `totals`; doubts and remarks go into the Reading."""

    def __init__(self, table: WideTable, terms, reading: Reading, other_texts=()):
        self.table, self.terms, self.reading, self.faults = table, terms, reading, []
        if table.key < 0:
            raise Stop(_no_key(table))
        self.side = SideColumns(table, terms, self._note)
        if table.key in self.side.columns:
            raise Stop(_no_key(table))
        self.decimal = unit_and_flow.decimal_mark(terms, table.sheet, self._value_texts())
        headers = [*table.headers, *self._unit_row(), *self.side.units(), *self._units_of_formats()]
        self.unit = unit_and_flow.unit(
            terms, table.sheet, header=headers, titles=table.titles, around=[*self._notes(), *other_texts]
        )
        self.codes = hs_codes.Codes()
        self.values: list[Value] = []
        self.totals: list[Total] = []
        self.subtotals, self.unread_columns = 0, []
        self.headings = []  # (row, text) of names beside which nothing stands
        self.total_columns = {}  # column -> the year it is the total of, or None

    def _notes(self):
        """Collect the texts that stand beside no value: notes, sources, headings."""
        for row in self._body():
            if all(i >= len(row) or row[i] in BLANKS for i in self.table.periods):
                yield from (cell for cell in row if isinstance(cell, str) and len(cell) > 3)

    def _units_of_formats(self):
        """Return what the number formats of the values show beside them: a currency, a scale."""
        table = self.table
        places = {place[::-1] if table.turned else place: text for place, text in table.sheet.shown.items()}
        texts = {text for (row, column), text in places.items() if row > table.row and column in table.periods}
        return unit_and_flow.shown_units(table.sheet, texts)

    def _body(self):
        return self.table.grid[self.table.row + 1 : self.table.end]

    def _value_texts(self):
        """Return every text that stands where values do."""
        return (row[i] for row in self._body() for i in self.table.periods if i < len(row) and isinstance(row[i], str))

    def _unit_row(self):
        """Return the texts of a row right below the header that only repeats the unit."""
        for row in self._body()[:1]:
            texts = [row[i] for i in self.table.periods if i < len(row) and row[i] not in BLANKS]
            return texts if texts and _is_unit_row(texts) else []
        return []

    def read(self):
        """Read the table. Its faults (the first thousands) stay in `faults`; sound rows are read beside them."""
        self._check_header()
        if not self.faults:
            for number in range(self.table.row + 1, self.table.end):
                self._read_row(number, self.table.grid[number])
                if len(self.faults) > MOST_FAULTS:
                    break
        self._check_traps()
        self._check_merged_cells()
        self._check_headings()
        if len(self.values) > self.terms.limits["rows"]:
            raise Stop(self.table.sheet.too_many_rows(self.terms.limits["rows"]))
        self._add_remarks()
        self._describe()

    def _describe(self):
        table = self.table
        texts = describe.Texts(table.sheet, table.titles, table.headers, (text for _row, text in self.headings))
        flows = {value.flow for value in self.values} - {None}
        periods = {(value.year, value.month) for value in self.values}
        self.reading.description += describe.table(texts, self.terms, flows=flows, unit=self.unit, periods=periods)

    def _check_header(self):
        table, columns_by_header = self.table, {}
        for column, period in table.periods.items():
            header = period, table.flows.get(column)
            if isinstance(period, Wrong):
                self._note(table.row, column, period)
            elif header in columns_by_header:
                first = table.place(table.row, columns_by_header[header])
                self._note(table.row, column, _duplicate_period(period, first))
            columns_by_header.setdefault(header, column)
        for column in range(table.left, table.right):
            if column not in (table.key, *table.periods, *self.side.columns):
                self._check_other_column(column)

    def _check_other_column(self, column):
        """Take a total column for what it is, pass over shares and remarks, refuse any other column of numbers."""
        table, header = self.table, self._header(column)
        filled = [row[column] for row in self._body() if column < len(row) and row[column] not in BLANKS]
        role = heading_words.column(header).role
        if heading_words.is_total(header) and not table.flows:
            self.total_columns[column] = _year_of_total(header)
        elif role in SPLITS and filled:
            self._note(table.row, column, _splitting_column(header))
        elif role in SIDE_ROLES:
            return
        elif heading_words.is_total(header) or heading_words.ASIDES.fullmatch(heading_text.plain(header)):
            self.unread_columns.append(header)
        elif any(is_number(cell) for cell in filled):
            self._note(table.row, column, _not_a_period(header))
        elif filled:
            self.unread_columns.append(header)

    def _read_row(self, number, row):
        row = [*row, *[""] * (self.table.right - len(row))]
        cells = {i: row[i] for i in self.table.periods}
        own_key = row[self.table.key]
        name = cell_values.text(own_key) or self._other_name(row)
        is_blank = all(cell in BLANKS or not cell_values.text(cell) for cell in cells.values())
        if not name:
            if not is_blank and not _is_unit_row(cells.values()):
                self._note_nameless(number, cells)
            return
        if heading_words.is_subtotal(name):
            self.subtotals += 1
            return
        if all(cell in BLANKS for cell in cells.values()) and not is_known(name, self.terms):
            self.headings.append((number, name))
        if heading_words.is_total(name) and not is_known(name, self.terms):
            self._read_total(number, row, cells)
            return
        if not is_blank:
            self._check_names(number, row, name)
            if self.terms.kind == "commodity":
                # A number is read as the cell holds it: 27.0 is chapter 27.
                name = self.codes.read(own_key if cell_values.text(own_key) else name)
        self._read_values(number, row, name, cells)

    def _check_names(self, number, row, key):
        """Refuse a row whose code and name are known and are two different things."""
        vocabulary = self.terms.vocabulary
        for column in set(range(self.table.left, self.table.right)) - {*self.table.periods, *self.side.columns}:
            name = row[column] if isinstance(row[column], str) else ""
            codes = {vocabulary.get(normalise(text)) for text in (key, name)} - {None}
            if len(codes) > 1:
                advice, expected = "Correct one of the two.", "a code and name that match"
                self._note(number, column, Wrong("contradiction", f"{key} and {name}", expected, advice))

    def _other_name(self, row):
        """Take a name that stands beside a blank code, or "Total" written one column off."""
        header = self.table.grid[self.table.row]
        columns = range(self.table.left, min(self.table.periods))
        others = [row[i] for i in columns if heading_words.column(header[i]).role in (*KEY_ROLES, "")]
        return next((cell_values.text(cell) for cell in others if isinstance(cell, str) and cell.strip()), "")

    def _read_values(self, number, row, key, cells):
        dimensions = self.side.dimensions(number, row)
        for column, usd in self._money(number, cells):
            year, month, flow = dimensions[column]
            if year is not None:
                self.values.append(Value(number, column, key, year, month, usd, flow))
        first = dimensions[min(dimensions)]
        for column, year_of_header in self.total_columns.items():
            usd = cell_values.money(row[column], self.unit, self.decimal)
            if not isinstance(usd, Wrong) and usd is not None:
                year = first.year if self.side.year >= 0 else year_of_header
                self.totals.append(Total(number, column, year, None, usd, first.flow))

    def _read_total(self, number, row, cells):
        dimensions = self.side.dimensions(number, row)
        for column, usd in self._money(number, cells):
            year, month, flow = dimensions[column]
            if usd is not None:
                self.totals.append(Total(number, column, year, month, usd, flow))

    def _money(self, number, cells):
        """Read the values of a row, and note what is wrong with them."""
        for column, cell in cells.items():
            value = cell_values.money(cell, self.unit, self.decimal)
            if isinstance(value, Wrong):
                self._note(number, column, value)
            else:
                yield column, value

    def _note_nameless(self, number, cells):
        column = next(i for i, cell in cells.items() if cell not in BLANKS)
        advice, expected = (
            ("Enter the name or code next to the values, or remove the values."),
            "a name or code in the same row",
        )
        self._note(number, column, Wrong("no-name", cell_values.text(cells[column]), expected, advice))

    def _checked_area(self):
        """Return the rows with a value, all rows from the header to the last of them, and the columns that are used."""
        filled_rows = {value.row for value in self.values if value.usd is not None}
        filled_rows |= {total.row for total in self.totals}
        rows = range(self.table.row, max(filled_rows, default=self.table.row) + 1)
        return CheckedArea(filled_rows, rows, {self.table.key, *self.table.periods, *self.total_columns})

    def _check_traps(self):
        """Refuse, in the table itself, what a library would give as blank: error values, formulas."""
        area = self._checked_area()
        for place, trap in self.table.sheet.traps.items():
            row, column = place[::-1] if self.table.turned else place
            if row in area.rows and column in area.columns:
                self.faults.append(self.table.sheet.trap(*place, trap))

    def _check_merged_cells(self):
        """Refuse merged cells in the table itself: a library gives all but the first of them as blank."""
        table, area = self.table, self._checked_area()
        for (top, left), (bottom, right) in table.sheet.merged:
            rows, columns = range(top, bottom + 1), range(left, right + 1)
            if table.turned:
                rows, columns = columns, rows
            is_tall_header = len(columns) == 1 and rows[-1] <= table.row  # one header cell over two rows of headers
            in_used_columns = set(rows) & set(area.rows) and area.columns & set(columns)
            is_inside = in_used_columns and (area.filled_rows & set(rows) or table.row in rows)
            if is_inside and not is_tall_header:
                self.faults.append(table.sheet.merged_cells(top, left, bottom, right))

    def _check_headings(self):
        """Look at the texts that stand alone: within the table they may tell apart what follows."""
        table = self.table
        last = max((value.row for value in self.values if value.usd is not None), default=-1)
        flow = table.flow if self.side.flow < 0 else ""
        self.faults += unit_and_flow.headings_within(
            self.reading, table.sheet, self.headings, last, flow, lambda row: table.place(row, table.key)
        )
        periods = [period for period in table.periods.values() if not isinstance(period, Wrong)]
        texts = [*table.titles, *(text for row, text in self.headings if row > last)]
        months = self.side.month >= 0 or all(period.month for period in periods)
        unit_and_flow.confirm_period(self.reading, table.sheet, texts, months=months)
        headers = [*table.headers, *self.side.units()]
        unit_and_flow.confirm_measure(self.reading, table.sheet, table.titles, headers)

    def _note(self, row, column, wrong):
        place = self.table.place(row, column, self._header(column))
        fault = self.table.sheet.fault(wrong.code, wrong.advice, cell=place, found=wrong.found, expected=wrong.expected)
        self.faults.append(fault)

    def _header(self, column):
        header = self.table.grid[self.table.row]
        return cell_values.text(header[column]) if column < len(header) else ""

    def _add_remarks(self):
        sheet, reading = self.table.sheet, self.reading
        where, remarks = f"Sheet “{sheet.name}”" if sheet.name else sheet.file, []
        if example := next((value for value in self.values if value.usd), None):
            place = self.table.place(example.row, example.column, self._header(example.column))
            unit_and_flow.confirm_unit(self.terms, reading, where, self.unit, place, example.usd)
        if year := self.table.year_of_title:
            sentence = f"{where}: the months were read as months of {year}, based on a title or the sheet name."
            reading.doubts.append(["year", sentence])
        if self.unread_columns:
            listed = ", ".join(filter(None, self.unread_columns))[:200]
            remarks.append(f"Columns not read in {where}: {listed}.")
        if self.subtotals:
            remarks.append(f"Not read in {where}: {counted(self.subtotals, 'row of subtotals')}.")
        if self.terms.kind == "commodity" and (remark := self.codes.check(sheet)):
            remarks.append(remark)
        reading.remarks += remarks

    def values_table(self):
        """Return the values as an Arrow table of arrow_table.SCHEMA."""
        values = self.values
        return arrow_table.build(
            len(values),
            component="reported",
            key=[value.key for value in values],
            year=[value.year for value in values],
            month=[value.month for value in values],
            value_usd=[value.usd for value in values],
            flow=[value.flow for value in values],
            **self._places(values),
        )

    def totals_table(self):
        """Return the stated totals as an Arrow table; one over a row has no month, and often no year."""
        totals = self.totals
        return arrow_table.build(
            len(totals),
            arrow_table.TOTALS_SCHEMA,
            year=[total.year for total in totals],
            month=[total.month for total in totals],
            value_usd=[total.usd for total in totals],
            flow=[total.flow for total in totals],
            **self._places(totals),
        )

    def _places(self, cells):
        """Say where in the file values or totals stand, as columns of an Arrow table."""
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
        return str(column + 1) if self.table.turned else self._header(column) or str(column + 1)


class CheckedArea(NamedTuple):
    """The cells of a table in which nothing may be hidden: rows with a value, all rows, and columns that are used."""

    filled_rows: set[int]
    rows: range
    columns: set[int]


def _no_key(table):
    advice, expected = "Put a column of names or codes to the left of the periods.", "names or codes beside the values"
    place = table.place(table.row, table.left)
    return table.sheet.fault("no-key", advice, cell=place, found="values without names", expected=expected)


def _duplicate_period(period: Period, first):
    written = time_period.written(period.year, period.month)
    return Wrong(
        "duplicate-column",
        written,
        f"each period only once; this one is also in {first}",
        "Remove one of the two columns.",
    )


def _splitting_column(header):
    advice = (
        "Arrange the data with one row per value (a long table), or remove the column and the breakdown it contains."
    )
    return Wrong("layout", header, "names in rows and years or months in columns", advice)


def _not_a_period(header):
    advice = "Enter a year (2016) or a month (2016-03) above the values, or remove the column."
    return Wrong("header", header or "a blank cell above numbers", period_values.A_PERIOD, advice)


def _year_of_total(header):
    """Find the year that a total column is of: "2025 total" -> 2025; "Total" -> None."""
    years = {int(word) for word in header.replace("年", " ").split() if word.isdigit() and len(word) == 4}
    return years.pop() if len(years) == 1 else None


def _is_unit_row(row):
    """Tell a row below the header that only repeats the unit: "US$ thousand" in every column."""
    texts = [cell for cell in row if cell not in BLANKS]
    units = [money_units.units([cell]) for cell in texts if isinstance(cell, str)]
    return len(units) == len(texts) and all(unit.dollars or unit.loose for unit in units)
