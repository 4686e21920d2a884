"""Reads wide tables as people make them: with totals, units in the title, flows in a column beside the names."""

from typing import NamedTuple

from spreadsheets.sheet import BLANKS, MOST_FAULTS, Stop, counted
from trade import time_period
from trade.importing import cell_values, contradictions, describe, hs_codes, unit_and_flow, unread_columns, unread_texts
from trade.importing.cell_values import Wrong
from trade.importing.layouts import other_columns, row_labels
from trade.importing.layouts.both_directions import Sum
from trade.importing.layouts.wide_header import KEY_ROLES, WideTable, is_known, is_number
from trade.importing.layouts.wide_side_columns import SideColumns
from trade.importing.layouts.wide_values import Total, Value, totals_table, values_table
from trade.importing.reading import Reading
from trade.importing.texts import countries, heading_text, heading_words, money_units, year_marks
from trade.importing.texts.flow_words import TOTAL
from trade.importing.texts.period_values import Period
from trade.reference.spelling import normalise

LONGEST_MARK = 3  # characters of a mark in place of a value, known or not
NOT_READ = ("", "partner", "reporter")  # roles of columns whose texts may say something of the whole table


class WideReader:
    """Reads one wide table into `values` and `totals`; doubts and remarks go into the Reading."""

    def __init__(self, table: WideTable, terms, reading: Reading, other_texts=()):
        self.table, self.terms, self.reading, self.faults = table, terms, reading, []
        if table.key < 0:
            raise Stop(_no_key(table))
        countries.check(terms, table.sheet, [*table.titles, *map(str, table.headers)])
        self.side = SideColumns(table, terms, self._note)
        if table.key in self.side.columns and not table.only_name:
            raise Stop(_no_key(table))
        self.decimal = unit_and_flow.decimal_mark(terms, table.sheet, self._value_texts())
        headers = [*table.headers, *self._unit_row(), *self.side.units(), *self._units_of_formats()]
        self.unit = unit_and_flow.unit(
            terms,
            table.sheet,
            header=headers,
            titles=table.titles,
            above=table.texts_above_all,
            around=[*self._notes(), *other_texts],
        )
        self.codes = hs_codes.Codes()
        self.values: list[Value] = []
        self.totals: list[Total] = []
        self.sums: list[Sum] = []  # of both directions: these are compared with them, not stored
        self.subtotals, self.regions = 0, []
        self.headings = []  # (row, text) of names beside which nothing stands
        self.others = other_columns.of(table, self.side.columns)
        self.last_number = self._last_number()
        self.name, self.rows_of_name, self.filled_names = "", set(), 0

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
        self._look_at_columns()
        self._add_remarks()
        self._describe()

    def _look_at_columns(self):
        """Look at the columns of texts beside the values that are not read: what they say of the whole table."""
        table, body = self.table, self.table.grid[self.table.row + 1 : self.table.end]
        used = {*table.periods, *table.sums, *self.side.columns, table.key}
        columns = []
        for i in range(table.left, table.right):
            texts = {cell for row in body if i < len(row) and isinstance(cell := row[i], str) and cell.strip()}
            header = table.header(i)
            is_open = heading_text.plain(header) in heading_words.OF_FLOWS_OR_NAMES
            is_unread = is_open or heading_words.column(header).role in NOT_READ
            if i not in used and header and texts and is_unread:
                columns.append((header, texts, table.place(table.row, i)))
        where = table.sheet.title
        faults, _named = unread_columns.judge(table.sheet, columns, self.terms, self.reading, where)
        self.faults += faults

    def _describe(self):
        table = self.table
        notes = (text for _row, text in self.headings)
        texts = describe.Texts(table.sheet, table.titles, table.headers, notes, self.side.headers())
        found = describe.facts([self.values_table()])
        self.reading.description += describe.table(texts, self.terms, found, self.unit)
        contradictions.look(texts, self.terms, found, self.reading, self.unit)

    def _check_header(self):
        table, columns_by_header, said = self.table, {}, set()
        for column, period in table.periods.items():
            header = period, table.flows.get(column)
            if isinstance(period, Wrong):
                if period not in said:  # of one title it is said once
                    self._note(table.row, column, period)
                said.add(period)
            elif header in columns_by_header:
                first = table.place(table.row, columns_by_header[header])
                self._note(table.row, column, _duplicate_period(period, first))
            columns_by_header.setdefault(header, column)
        for column, wrong in self.others.wrong.items():
            self._note(table.row, column, wrong)
        for place in self.others.trapped:
            self.faults.append(table.sheet.trap(*place, table.sheet.traps[place]))

    def _read_row(self, number, row):
        row = [*row, *[""] * (self.table.right - len(row))]
        cells = {i: row[i] for i in self.table.periods}
        if self.table.only_name and row_labels.stands_aside(row[self.table.key]):  # a balance between the flows
            return
        if number > self.last_number and not is_known(row[self.table.key], self.terms):  # footers have no numbers
            self.headings += [(number, cell) for cell in row if isinstance(cell, str) and cell.strip()]
            return
        is_blank = all(cell in BLANKS or not cell_values.text(cell) for cell in cells.values())
        if name := self._name(number, row, cells, is_blank):
            self._read_named_row(number, row, name, cells, is_blank)

    def _name(self, number, row, cells, is_blank):
        """Find the name of a row; "" for one of a unit alone, and with a fault for one of values without a name."""
        name = cell_values.text(self._own_key(row)) or self._other_name(row)
        if not name and not is_blank:
            name = self._name_above(row)
            if not name and not _is_unit_row(cells.values()):
                self._note_nameless(number, cells)
        return name

    def _own_key(self, row):
        return self.table.only_name or row[self.table.key]

    def _read_named_row(self, number, row, name, cells, is_blank):
        self._keep_name(name, row)
        if self._is_of_several(name, is_blank):
            return
        if all(cell in BLANKS for cell in cells.values()) and not is_known(name, self.terms):
            self.headings.append((number, name))
        if row_labels.is_total(name) and not is_known(name, self.terms):
            self._read_total(number, row, cells)
            return
        if not is_blank:
            self._check_names(number, row, name)
            if self.terms.kind == "commodity":
                # A number is read as the cell holds it: 27.0 is chapter 27.
                own_key = self._own_key(row)
                name = self.codes.read(own_key if cell_values.text(own_key) else name)
        self._read_values(number, row, name, cells)

    def _last_number(self):
        """Find the last row with anything below the periods that is no text of a footer: a number, a date, a mark."""
        for number in range(self.table.end - 1, self.table.row, -1):
            row = self.table.grid[number]
            cells = [row[i] for i in self.table.periods if i < len(row) and row[i] not in BLANKS]
            if any(not _is_words(cell) for cell in cells):
                return number
        return self.table.end

    def _name_above(self, row):
        """Take the name of the row above where it stands once for several rows, as pivot tables write it.

        Only rows that a column of flows, years or months tells apart from it.
        """
        said = self.side.written(row)
        if not self.name or not any(said) or said in self.rows_of_name:
            return ""
        self.filled_names += 1
        return self.name

    def _keep_name(self, name, row):
        if name != self.name:
            self.name, self.rows_of_name = name, set()
        self.rows_of_name.add(self.side.written(row))

    def _is_of_several(self, name, is_blank):
        """Tell a row of a subtotal, or of a region beside its provinces: these are not read, and counted."""
        if row_labels.is_subtotal(name):
            self.subtotals += 1
            return True
        is_region = self.terms.kind == "province" and not is_known(name, self.terms) and row_labels.is_region(name)
        if is_region and not is_blank:
            self.regions.append(name)
            return True
        return False

    def _check_names(self, number, row, key):
        """Refuse a row whose code and name are known and are two different things."""
        vocabulary = self.terms.vocabulary
        for column in self.others.names:
            name = row[column] if isinstance(row[column], str) else ""
            codes = {vocabulary.get(normalise(text)) for text in (key, name)} - {None}
            if len(codes) > 1:
                advice, expected = "Correct one of the two.", "a code and name that match"
                self._note(number, column, Wrong("contradiction", f"{key} and {name}", expected, advice))

    def _other_name(self, row):
        """Take a name that stands beside a blank code, or "Total" written one column off."""
        roles = (*KEY_ROLES, "")
        columns = [i for i in self.others.names if i < self.table.first]
        others = [row[i] for i in columns if heading_words.column(self.table.header(i)).role in roles]
        return next((cell_values.text(cell) for cell in others if isinstance(cell, str) and cell.strip()), "")

    def _read_values(self, number, row, key, cells):
        dimensions = self.side.dimensions(number, row)
        for column, usd in self._money(number, cells):
            year, month, flow = dimensions[column]
            if flow == TOTAL:
                self._add_sum(number, column, key, dimensions[column], usd)
            elif year is not None:
                status = "P" if usd is not None and self._is_provisional(column) else None
                self.values.append(Value(number, column, key, year, month, usd, flow, status))
        for column in self.table.sums:
            usd = cell_values.money(row[column], self.unit, self.decimal)
            self._add_sum(number, column, key, dimensions[column], usd)
        first = dimensions[min(dimensions)]
        for column, year_of_header in self.others.totals.items():
            usd = cell_values.money(row[column], self.unit, self.decimal)
            if not isinstance(usd, Wrong) and usd is not None:
                year = first.year if self.side.year >= 0 else year_of_header
                self.totals.append(Total(number, column, year, None, usd, first.flow))

    def _add_sum(self, number, column, key, dimensions, usd):
        if usd is not None and not isinstance(usd, Wrong) and dimensions.year is not None:
            place = self.table.place(number, column, self.table.header(column))
            where = f"{self.table.sheet.name} {place}".strip()
            self.sums.append(Sum(key, dimensions.year, dimensions.month, usd, where, self.unit))

    def _is_provisional(self, column):
        mark = year_marks.mark_of(self.table.periods[column])
        return bool(mark) and mark.meaning == year_marks.PROVISIONAL

    def _read_total(self, number, row, cells):
        if self.side.flow >= 0 and not cell_values.text(row[self.side.flow]):  # of both directions together
            return
        dimensions = self.side.dimensions(number, row)
        for column, usd in self._money(number, cells):
            year, month, flow = dimensions[column]
            if usd is not None and flow != TOTAL:
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
        return CheckedArea(filled_rows, rows, {self.table.key, *self.table.periods, *self.others.totals})

    def _check_traps(self):
        """Refuse, in the table itself, what a library would give as blank: error values, formulas."""
        area = self._checked_area()
        for place, trap in self.table.sheet.traps.items():
            row, column = place[::-1] if self.table.turned else place
            is_read = row == self.table.row and year_marks.mark_of(
                self.table.periods.get(column)
            )  # 2019 with a raised 2
            if row in area.rows and column in area.columns and not is_read:
                self.faults.append(self.table.sheet.trap(*place, trap))

    def _check_merged_cells(self):
        """Refuse merged cells in the table itself: a library gives all but the first of them as blank."""
        table, area = self.table, self._checked_area()
        for (top, left), (bottom, right) in table.sheet.merged:
            rows, columns = range(top, bottom + 1), range(left, right + 1)
            if table.turned:
                rows, columns = columns, rows
            stands_once = len(columns) == 1 and columns[0] == table.key and rows[0] > table.row
            if stands_once and self.filled_names and not any(fault.code == "no-name" for fault in self.faults):
                continue
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
        notes = [*(text for row, text in self.headings if row > last), *self._texts_of_note_columns()]
        keys = [table.header(table.key)]
        unread_texts.of_table(self.reading, table.sheet, table.titles, notes, self.terms, self.unit, keys)

    def _texts_of_note_columns(self):
        table = self.table
        columns = [i for i in range(table.left, table.right) if heading_words.column(table.header(i)).role == "note"]
        cells = (row[i] for row in self._body() for i in columns if i < len(row))
        return [cell for cell in cells if isinstance(cell, str) and cell.strip()]

    def _note(self, row, column, wrong):
        place = self.table.place(row, column, self.table.header(column))
        fault = self.table.sheet.fault(wrong.code, wrong.advice, cell=place, found=wrong.found, expected=wrong.expected)
        self.faults.append(fault)

    def _add_remarks(self):
        sheet, reading = self.table.sheet, self.reading
        where, remarks = sheet.title, []
        if example := next((value for value in self.values if value.usd), None):
            place = self.table.place(example.row, example.column, self.table.header(example.column))
            unit_and_flow.confirm_unit(self.terms, reading, where, self.unit, place, example.usd)
        self._add_doubts(where)
        if self.others.unread:
            remarks.append(f"Columns not read in {where}: {', '.join(filter(None, self.others.unread))[:200]}.")
        if self.subtotals:
            remarks.append(f"Not read in {where}: {counted(self.subtotals, 'row of subtotals')}.")
        if self.regions:
            remarks.append(f"Rows of regions not read in {where}: {', '.join(dict.fromkeys(self.regions))[:200]}.")
        marked = {
            self.table.header(i): period for i, period in self.table.periods.items() if year_marks.mark_of(period)
        }
        remarks += year_marks.remarks(where, marked)
        if self.terms.kind == "commodity" and (remark := self.codes.check(sheet)):
            remarks.append(remark)
        reading.remarks += remarks

    def _add_doubts(self, where):
        """Have the editor confirm what was assumed of periods and names."""
        doubts = self.reading.doubts
        if year := self.table.year_of_title:
            sentence = f"{where}: the months were read as months of {year}, based on a title or the sheet name."
            doubts.append(["year", sentence])
        doubts += [["year", f"{where}: {sentence}."] for sentence in self.table.assumed]
        if self.filled_names:
            rows = counted(self.filled_names, "row without a name")
            doubts.append(["heading", f"{where}: {rows} were read as more of the name above."])

    def values_table(self):
        """Return the values as an Arrow table of arrow_table.SCHEMA."""
        return values_table(self.table, self.values)

    def totals_table(self):
        """Return the stated totals as an Arrow table."""
        return totals_table(self.table, self.totals)


class CheckedArea(NamedTuple):
    """The cells of a table in which nothing may be hidden: rows with a value, all rows, and columns that are used."""

    filled_rows: set[int]
    rows: range
    columns: set[int]


def _is_words(cell):
    """Tell a text that is neither a number nor a mark in place of one."""
    is_text = isinstance(cell, str) and len(cell.strip()) > LONGEST_MARK and not is_number(cell)
    return is_text and isinstance(cell_values.money(cell), Wrong)


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


def _is_unit_row(row):
    """Tell a row below the header that only repeats the unit: "US$ thousand" in every column."""
    texts = [cell for cell in row if cell not in BLANKS]
    words = [cell for cell in texts if isinstance(cell, str) and isinstance(cell_values.money(cell), Wrong)]
    units = [money_units.units([cell]) for cell in words]
    return len(units) == len(texts) and all(unit.dollars or unit.loose for unit in units)
