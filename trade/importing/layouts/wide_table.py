"""Reads wide tables as people make them: with totals, units in the title, flows in a column beside the names.

Whatever holds numbers and is not understood is a fault, for it may be a year that would be lost.
"""

from spreadsheets.sheet import BLANKS, MOST_FAULTS, Stop, counted, letters
from trade.importing import cell_values, heading_words, hs_codes, unit_and_flow
from trade.importing.arrow_table import TOTALS_SCHEMA, table
from trade.importing.cell_values import Wrong
from trade.importing.layouts.wide_header import KEY_ROLES, WideTable, is_known, is_number
from trade.importing.layouts.wide_side_columns import Beside
from trade.importing.reading import Reading
from trade.reference.spelling import normalise

BESIDE = (*KEY_ROLES, "flow", "unit", "note", "ignored")  # columns that may stand beside the values
# Columns that split a name's values into several rows, which a wide table has no place for.
PARTS = ("year", "month", "period", "status", "component", "reported", "estimate", "partner", "reporter", "quantity")


class WideReader:
    """Reads one wide table; what it finds goes into a Reading."""

    def __init__(self, found: WideTable, terms, reading: Reading, around=()):
        self.found, self.terms, self.reading, self.faults = found, terms, reading, []
        if found.key < 0:
            raise Stop(no_key(found))
        self.beside = Beside(found, terms, self._note)
        if found.key in self.beside.columns:
            raise Stop(no_key(found))
        self.decimal = unit_and_flow.decimal_mark(terms, found.sheet, self._texts())
        headers = [*found.headers, *self._unit_row(), *self.beside.units(), *self._shown()]
        self.unit = unit_and_flow.unit(
            terms, found.sheet, header=headers, titles=found.titles, around=[*self._notes(), *around]
        )
        self.codes = hs_codes.Codes()
        self.rows, self.totals, self.subtotals, self.asides, self.within = [], [], 0, [], []
        self.across = {}

    def _notes(self):
        """Collect the texts that stand beside no value: notes, sources, headings."""
        found = self.found
        for row in self._body():
            if all(i >= len(row) or row[i] in BLANKS for i in found.periods):
                yield from (cell for cell in row if isinstance(cell, str) and len(cell) > 3)

    def _shown(self):
        """Give what the formats of the values show beside them: a currency, a scale."""
        found = self.found
        places = {place[::-1] if found.turned else place: text for place, text in found.sheet.shown.items()}
        texts = {text for (row, column), text in places.items() if row > found.row and column in found.periods}
        return unit_and_flow.shown_units(found.sheet, texts)

    def _body(self):
        return self.found.grid[self.found.row + 1 : self.found.end]

    def _texts(self):
        """Give every text that stands where values do."""
        return (row[i] for row in self._body() for i in self.found.periods if i < len(row) and isinstance(row[i], str))

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
        self._check_headings()
        if len(self.rows) > self.terms.limits["rows"]:
            raise Stop(self.found.sheet.too_many_rows(self.terms.limits["rows"]))
        self._remark()

    def _check_header(self):
        found, seen = self.found, {}
        for column, period in found.periods.items():
            said = period, found.flows.get(column)
            if isinstance(period, Wrong):
                self._note(found.row, column, period)
            elif said in seen:
                self._note(found.row, column, _twice(period, found.place(found.row, seen[said])))
            seen.setdefault(said, column)
        for column in range(found.left, found.right):
            if column not in (found.key, *found.periods, *self.beside.columns):
                self._check_other_column(column)

    def _check_other_column(self, column):
        """Take a total column for what it is, pass over shares and remarks, refuse any other column of numbers."""
        found, text = self.found, self._header(column)
        body = found.grid[found.row + 1 : found.end]
        filled = [row[column] for row in body if column < len(row) and row[column] not in BLANKS]
        role = heading_words.column(text).role
        if heading_words.is_total(text) and not found.flows:
            self.across[column] = _year_of_total(text)
        elif role in PARTS and filled:
            self._note(found.row, column, _part(text))
        elif role in BESIDE:
            return
        elif heading_words.is_total(text) or heading_words.ASIDES.fullmatch(heading_words.plain(text)):
            self.asides.append(text)
        elif any(is_number(cell) for cell in filled):
            self._note(found.row, column, _not_a_period(text))
        elif filled:
            self.asides.append(text)

    def _read_row(self, number, row):
        found = self.found
        row = [*row, *[""] * (found.right - len(row))]
        values = {i: row[i] for i in found.periods}
        blank = all(cell in BLANKS or not cell_values.text(cell) for cell in values.values())
        key = cell_values.text(row[found.key])
        if not key:
            key = self._other_name(row)
        if not key:
            if not blank and not _is_unit_row(values.values()):
                self._nameless(number, values)
            return
        if heading_words.is_subtotal(key):
            self.subtotals += 1
            return
        if all(cell in BLANKS for cell in values.values()) and not is_known(key, self.terms):
            self.within.append((number, key))
        if heading_words.is_total(key) and not is_known(key, self.terms):
            self._read_total(number, row, values)
            return
        if not blank:
            self._check_names(number, row, key)
            if self.terms.kind == "commodity":
                key = self.codes.read(row[found.key] if cell_values.text(row[found.key]) else key)
        self._read_values(number, row, key, values)

    def _check_names(self, number, row, key):
        """Refuse a row whose code and name are known and are two different things."""
        vocabulary = self.terms.vocabulary
        for column in set(range(self.found.left, self.found.right)) - {*self.found.periods, *self.beside.columns}:
            name = row[column] if isinstance(row[column], str) else ""
            codes_of = {vocabulary.get(normalise(text)) for text in (key, name)} - {None}
            if len(codes_of) > 1:
                found, advice = f"{key} and {name}", "Correct one of the two."
                self._note(number, column, Wrong("contradiction", found, "a code and its own name", advice))

    def _other_name(self, row):
        """Take a name that stands beside a blank code, or "Total" written one column off."""
        header = self.found.grid[self.found.row]
        columns = range(self.found.left, min(self.found.periods))
        others = [row[i] for i in columns if heading_words.column(header[i]).role in (*KEY_ROLES, "")]
        return next((cell_values.text(cell) for cell in others if isinstance(cell, str) and cell.strip()), "")

    def _read_values(self, number, row, key, values):
        said = self.beside.says(number, row)
        for column, value in self._money(number, values):
            if said[column][0] is not None:
                self.rows.append((number, column, key, *said[column][:2], value, said[column][2]))
        year, _month, flow = said[min(said)]
        for column, year_of_total in self.across.items():
            value = cell_values.money(row[column], self.unit, self.decimal)
            if not isinstance(value, Wrong) and value is not None:
                own = year if self.beside.year >= 0 else year_of_total
                self.totals.append((number, column, own, None, value, flow))

    def _read_total(self, number, row, values):
        said = self.beside.says(number, row)
        for column, value in self._money(number, values):
            year, month, flow = said[column]
            if value is not None:
                self.totals.append((number, column, year, month, value, flow))

    def _money(self, number, values):
        """Read the values of a row, and note what is wrong with them."""
        for column, cell in values.items():
            value = cell_values.money(cell, self.unit, self.decimal)
            if isinstance(value, Wrong):
                self._note(number, column, value)
            else:
                yield column, value

    def _nameless(self, number, values):
        column = next(i for i, cell in values.items() if cell not in BLANKS)
        found = cell_values.text(values[column])
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
            upright = len(across) == 1 and down[-1] <= found.row  # one header cell over two rows of headers
            inside = set(down) & set(body) and used & set(across) and (rows & set(down) or found.row in down)
            if inside and not upright:
                self.faults.append(found.sheet.merged_cells(top, left, bottom, right))

    def _check_headings(self):
        """Look at the texts that stand alone: within the table they may tell apart what follows."""
        last = max((row for row, *_rest, value, _flow in self.rows if value is not None), default=-1)
        flow = self.found.flow if self.beside.flow < 0 else ""
        self.faults += unit_and_flow.headings_within(
            self.reading, self.found.sheet, self.within, last, flow, lambda row: self.found.place(row, self.found.key)
        )
        periods = [period for period in self.found.periods.values() if not isinstance(period, Wrong)]
        texts = [*self.found.titles, *(text for row, text in self.within if row > last)]
        months = self.beside.month >= 0 or all(month for _year, month in periods)
        unit_and_flow.tell_period(self.reading, self.found.sheet, texts, months=months)
        if self.beside.unit < 0:
            unit_and_flow.tell_measure(self.reading, self.found.sheet, self.found.titles, self.found.headers)

    def _note(self, row, column, wrong):
        place = self.found.place(row, column, self._header(column))
        fault = self.found.sheet.fault(wrong.code, wrong.advice, cell=place, found=wrong.found, expected=wrong.expected)
        self.faults.append(fault)

    def _header(self, column):
        header = self.found.grid[self.found.row]
        return cell_values.text(header[column]) if column < len(header) else ""

    def _remark(self):
        where, remarks = f"Sheet “{self.found.sheet.name}”" if self.found.sheet.name else self.found.sheet.file, []
        if example := next((row for row in self.rows if row[-2]), None):
            place = self.found.place(*example[:2], self._header(example[1]))
            unit_and_flow.tell_unit(self.terms, self.reading, where, self.unit, place, example[-2])
        if year := self.found.year_of_title:
            told = f"{where}: the months were read as those of {year}, as a title or the name of the sheet says."
            self.reading.doubts.append(["year", told])
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


def no_key(found):
    advice, expected = "Put a column of names or codes to the left of the periods.", "names or codes beside the values"
    place = found.place(found.row, found.left)
    return found.sheet.fault("no-key", advice, cell=place, found="values without names", expected=expected)


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
    return Wrong("header", text or "a blank above numbers", cell_values.A_PERIOD, advice)


def _year_of_total(text):
    """Find the year that a total column is of: "2025 total" -> 2025; "Total" -> None."""
    years = {int(word) for word in text.replace("年", " ").split() if word.isdigit() and len(word) == 4}
    return years.pop() if len(years) == 1 else None


def _is_unit_row(row):
    """Tell a row below the header that only repeats the unit: "US$ thousand" in every column."""
    texts = [cell for cell in row if cell not in BLANKS]
    said = [heading_words.units([cell]) for cell in texts if isinstance(cell, str)]
    return len(said) == len(texts) and all(one.dollars or one.loose for one in said)
