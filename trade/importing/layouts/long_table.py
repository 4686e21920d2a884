"""Reads a long table, one row a value, in large pieces and column by column: a file may have a million rows.

Both the long sheet of a workbook and a tidy text file are read here; which column is what, `columns` says.
"""

import re
from itertools import compress, islice
from operator import itemgetter

from spreadsheets import formula_injection
from spreadsheets.sheet import BLANKS, MOST_FAULTS, Stop, counted, is_blank, letters
from trade.importing import cell_values, heading_words, hs_codes, unit_and_flow
from trade.importing.arrow_table import TOTALS_SCHEMA, table
from trade.importing.cell_values import Wrong
from trade.importing.heading_words import EXPORTS, IMPORTS
from trade.importing.layouts.long_components import ESTIMATE, component_of, facts, taken
from trade.importing.layouts.long_header import LongTable, plan, said_in
from trade.importing.reading import Reading
from trade.reference.spelling import normalise

ONE_TO_THREE, THREE_DIGITS = re.compile(r"[1-9]\d{0,2}"), re.compile(r"\d{3}")
PIECE = 20_000  # rows that are in memory as Python objects at one time


class Memo(dict):
    """What a cleaner made of each cell it saw, so that it sees each only once."""

    def __init__(self, clean):
        super().__init__()
        self.clean, self.any_wrong = clean, False

    def __missing__(self, cell):
        value = self[cell] = self.clean(cell)
        self.any_wrong |= isinstance(value, Wrong)
        return value

    def column(self, column):
        if bool in set(map(type, column)):  # True == 1, and so would be taken for it
            column = [str(cell).upper() if isinstance(cell, bool) else cell for cell in column]
        return list(map(self.__getitem__, column))


class LongReader:
    """Reads the pieces of one long table; what it finds goes into a Reading."""

    def __init__(self, found: LongTable, terms, reading: Reading):
        self.found, self.sheet, self.terms, self.reading = found, found.sheet, terms, reading
        self.plan = plan(found, terms)
        self.decimal = self._decimal_mark()
        self.codes = hs_codes.Codes()
        self.keys = Memo(self.codes.read if terms.kind == "commodity" else cell_values.text)
        self.years, self.months, self.flows = Memo(cell_values.year), Memo(cell_values.month), Memo(self._flow)
        self.statuses, self.components = Memo(cell_values.status), Memo(component_of)
        self.texts = Memo(cell_values.text)
        self.known = Memo(lambda name: terms.vocabulary.get(normalise(name)))
        self.tables, self.totals, self.notes, self.faults = [], [], 0, []
        self.labels, self.looked_at, self.pairs = set(), set(), {}
        self.within = []  # (row, text) of what stands alone in its row

    def _decimal_mark(self):
        columns = [value[0] for value in self.plan.values] + [self.plan.optional.get("quantity")]
        rows = islice(self.sheet.rows(), self.found.row + 1, None)
        texts = (row[i] for row in rows for i in columns if i is not None and i < len(row))
        return unit_and_flow.decimal_mark(self.terms, self.sheet, texts)

    def _flow(self, cell):
        way = None if RE_EXPORT.search(heading_words.plain(cell)) else heading_words.flow_of_cell(cell)
        if heading_words.another_partner(cell):
            return OTHER_WAY._replace(found=cell_values.text(cell))
        if way in (EXPORTS, IMPORTS):
            return unit_and_flow.seen_from(self.terms, way)
        return way or Wrong(
            "flow", cell_values.text(cell) or "a blank", "to_dprk or from_dprk", "Write the flow of the row."
        )

    def read(self):
        """Read the whole table. Its faults (the first thousands) stay in `faults`; sound rows are read beside them."""
        self._check_traps()
        width = len(self.found.header)
        for rows, columns in self._pieces(width):
            self._read_piece(rows, columns)
            if len(self.faults) > MOST_FAULTS:
                self.faults.append(self.sheet.fault("more", f"Reading stopped after {MOST_FAULTS:,} faults."))
                break
        self._check_headings()
        self._remark()

    def signature(self) -> dict | None:
        """Read what our own data.csv says of the release it is of: {"dataset": "china-provinces", "release": 2}."""
        said = [said_in(self.found, i) for i in self.found.where("release")]
        if not self.sheet.is_text or not said or len(said[0]) != 1:
            return None
        slug, _, number = said[0].pop().rpartition("/")
        return {"dataset": slug, "release": int(number)} if slug and number.isdecimal() else None

    def _remark(self):
        remarks = self.reading.remarks
        where = f"Sheet “{self.sheet.name}”" if self.sheet.name else self.sheet.file
        self._tell_units(where)
        if self.notes:
            remarks.append(f"{where}: not read: {counted(self.notes, 'row of notes')}.")
        if self.terms.kind == "commodity" and (remark := self.codes.check(self.sheet)):
            remarks.append(remark)
        unread = [
            self.found.header[i]
            for i, column in enumerate(self.found.columns)
            if not column.role and self.found.header[i]
        ]
        if unread:
            remarks.append(f"{where}: columns that were not read: {', '.join(unread)[:200]}.")

    def _check_headings(self):
        """Look at the texts that stand alone: within the table they may tell apart what follows."""
        last = max((piece["row"][-1].as_py() - 1 for piece in self.tables), default=-1)
        said = {value[2] or self.plan.constant_flow for value in self.plan.values}
        flow = said.pop() if self.plan.flow is None and len(said) == 1 else ""
        self.faults += unit_and_flow.headings_within(
            self.reading, self.sheet, self.within, last, flow, lambda row: self.sheet.place(row, 0)
        )
        texts = [*self.found.titles(), *(text for row, text in self.within if row > last)]
        months = not any(0 in piece["month"].to_pylist() for piece in self.tables[:1])
        unit_and_flow.tell_period(self.reading, self.sheet, texts, months=months)
        unit_and_flow.tell_measure(self.reading, self.sheet, self.found.titles(), self.found.header)

    def _tell_units(self, where):
        """Say for each unit that was read what became of the first value of its column."""
        for i, _component, _flow, unit in self.plan.values:
            place = next(self._values_of(self._column(i)), None) if unit != 1 else None
            if place:
                row, value = place
                cell = self.sheet.place(row - 1, i, self.found.header[i])
                unit_and_flow.tell_unit(self.terms, self.reading, where, unit, cell, value)

    def _values_of(self, column):
        """Give (row, value) of each value of a column that is not 0."""
        for piece in self.tables:
            columns = (piece[name].to_pylist() for name in ("column", "row", "value_usd"))
            yield from ((row, value) for name, row, value in zip(*columns, strict=True) if name == column and value)

    def _check_traps(self):
        """Refuse cells of used columns that a library would give as blank: errors, uncalculated formulas, merged."""
        used = self.plan.used
        for (row, column), what in self.sheet.traps.items():
            if row > self.found.row and column in used:
                self.faults.append(self.sheet.trap(row, column, what))
        for (top, left), (bottom, right) in self.sheet.merged:
            if bottom > self.found.row and used & set(range(left, right + 1)):
                self.faults.append(self.sheet.merged_cells(top, left, bottom, right))

    def _pieces(self, width):
        """Give (row numbers from 0, columns) of at most PIECE rows that are not blank and have the header's width."""
        rows, first = self.sheet.rows(), self.found.row + 1
        header = next(islice(rows, self.found.row, None))
        while piece := list(islice(rows, PIECE)):
            if first + len(piece) - self.found.row - 1 > self.terms.limits["rows"]:
                raise Stop(self.sheet.too_many_rows(self.terms.limits["rows"]))
            numbers = range(first, first + len(piece))
            first += len(piece)
            if set(map(len, piece)) != {width} or [""] * width in piece or header in piece:
                numbers, piece = self._regular(numbers, piece, width, header)
            if piece:
                yield numbers, list(zip(*piece, strict=True))

    def _regular(self, numbers, piece, width, header):
        """Leave out blank rows and repeated headers, and bring the others to the header's width."""
        kept = []
        for number, row in zip(numbers, piece, strict=True):
            fitted = row if len(row) == width else self._fitted(number, row, width)
            if fitted and fitted != header and not is_blank(fitted):
                kept.append((number, fitted))
        return [number for number, _row in kept], [row for _number, row in kept]

    def _fitted(self, number, row, width):
        """Bring a row to the header's width, where only blank fields are too many; else note the fault."""
        if is_blank(row) or (len(row) > width and is_blank(row[width:])):
            return row[:width]
        if self._is_note([cell for cell in row if cell not in BLANKS]):
            self.notes += 1
            self.within += [(number, cell) for cell in row if cell not in BLANKS]
            return None
        advice = "See whether the file is whole, and whether a text that holds the delimiter stands in quotation marks."
        expected = f"{width} fields, as in the header"
        cell = f"line {number + 1}"
        self.faults.append(self.sheet.fault("ragged", advice, cell=cell, found=f"{len(row)} fields", expected=expected))
        return None

    def _is_known(self, cell):
        return normalise(cell_values.text(cell)) in self.terms.vocabulary

    def _read_piece(self, rows, columns):
        plan = self.plan
        keys = self._keys(rows, columns)
        years, months = self._periods(rows, columns, keys)
        flows = self.flows.column(columns[plan.flow]) if plan.flow is not None else None
        keep = self._kept(rows, columns, keys, years)
        if flows is not None:
            self._note_wrong(rows, flows, plan.flow, keep)
        extras = self._extras(rows, columns, keep)
        values = []
        for i, component, flow, unit in plan.values:
            found = self._refuse_split(cell_values.values(columns[i], unit, self.decimal), columns, i)
            self._note_wrong(rows, found, i, keep)
            values.append((i, component, flow, _sound(found)))
        years = [year or (None, None) for year in _sound(years)]
        self._build(rows, keys, years, _sound(months), _sound(flows), values, extras, keep)

    def _keys(self, rows, columns):
        first, *others = self.plan.keys
        keys = self.keys.column(columns[first])
        for other in others:
            names = self.texts.column(columns[other])
            self._note_contradictions(rows, keys, names, other)
            if "" in self.keys.values():  # a name where the code is blank
                keys = [key or name for key, name in zip(keys, names, strict=True)]
        return keys

    def _note_contradictions(self, rows, keys, names, column):
        """Refuse a row whose code and name are known and are two different things."""
        known = self.pairs
        known |= {pair: self._contradict(*pair) for pair in set(zip(keys, names, strict=True)) - known.keys()}
        if not any(known.values()):
            return
        for n, pair in enumerate(zip(keys, names, strict=True)):
            if known[pair] and len(self.faults) <= MOST_FAULTS:
                wrong = Wrong(
                    "contradiction", f"{pair[0]} and {pair[1]}", "a code and its own name", "Correct one of the two."
                )
                self.faults.append(self._fault(rows[n], column, wrong))

    def _contradict(self, key, name):
        named = self.known[name]  # looked at first: there are fewer known names than codes
        return named is not None and self.known[key] not in (None, named)

    def _periods(self, rows, columns, keys):
        first, *month = self.plan.period
        years = self.years.column(columns[first])
        if not month:
            return years, None
        months = self.months.column(columns[month[0]])
        self._note_wrong(rows, months, month[0], None)
        if not any(year.__class__ is tuple and year[1] for year in self.years.values()):
            return years, months
        for n, (year, number) in enumerate(zip(years, months, strict=True)):
            if year.__class__ is tuple and year[1] and number and year[1] != number:
                self.faults.append(self._fault(rows[n], month[0], TWO_MONTHS))
        return years, months

    def _kept(self, rows, columns, keys, years):
        """Mark the rows that hold data: not notes, not totals. None means all."""
        totals = self._total_labels()
        wrong = [n for n, year in enumerate(years) if year.__class__ is Wrong] if self.years.any_wrong else []
        nameless = [n for n, key in enumerate(keys) if not key] if "" in self.keys.values() else []
        dropped = set()
        for n in {*wrong, *nameless}:
            filled = [column[n] for column in columns if cell_values.text(column[n])]
            if not filled or self._is_note(filled):
                self.notes += bool(filled)
                self.within += [(rows[n], text) for text in filled]
                dropped.add(n)
                continue
            place = self.plan.keys[0] if n in nameless else self.plan.period[0]
            problem = years[n] if n not in nameless else NAMELESS
            self.faults.append(self._fault(rows[n], place, problem))
        if not totals and not dropped:
            return None
        return [n not in dropped and key not in totals for n, key in enumerate(keys)]

    def _total_labels(self):
        """Give the labels of totals among the names seen so far; each name is looked at once."""
        new = set(self.keys.values()) - self.looked_at
        self.looked_at |= new
        names = (key for key in new if not key.isdigit())
        self.labels |= {key for key in names if heading_words.is_total(key) or heading_words.is_subtotal(key)}
        return self.labels

    def _is_note(self, filled):
        """Tell a row in which one text stands alone, and is not the name of a province whose row was cut off."""
        return len(filled) == 1 and isinstance(filled[0], str) and not self._is_known(filled[0])

    def _note_wrong(self, rows, found, place, keep):
        """Note a fault for each wrong cell of a column, in rows that are not left out."""
        if Wrong not in set(map(type, found)):
            return
        for n, value in enumerate(found):
            if value.__class__ is Wrong and (keep is None or keep[n]) and len(self.faults) <= MOST_FAULTS:
                self.faults.append(self._fault(rows[n], place, value))

    def _refuse_split(self, values, columns, i):
        """Refuse 1,234 where a comma delimits and nothing quotes it: it would be read as 1, and 234 beside it."""
        roles = [column.role for column in self.found.columns[i + 1 : i + 2]]
        if self.sheet.delimiter != "," or roles not in ([""], ["note"], ["ignored"]):
            return values
        if not any(map(THREE_DIGITS.fullmatch, set(columns[i + 1]))):
            return values
        pairs = zip(values, columns[i], columns[i + 1], strict=True)
        advice = "Put the number between quotation marks, or write it without separators."
        return [
            Wrong("ragged", f"{cell},{rest}", f"{cell}{rest}", advice)
            if ONE_TO_THREE.fullmatch(cell) and THREE_DIGITS.fullmatch(rest)
            else value
            for value, cell, rest in pairs
        ]

    def _fault(self, row, column, wrong):
        return self.sheet.wrong(row, column, wrong, self.found.header[column])

    def _whole(self, cell):
        """Undo in a text file what makes a text inert that a spreadsheet would run: "'=1+1" is "=1+1"."""
        return formula_injection.active(cell) if self.sheet.is_text else cell

    def _extras(self, rows, columns, keep):
        extras = {}
        for role, i in self.plan.optional.items():
            if role == "status":
                extras[role] = self.statuses.column(columns[i])
            elif role == "component":
                extras[role] = self.components.column(columns[i])
            elif role == "quantity":
                extras[role] = [cell_values.quantity(cell, self.decimal) for cell in columns[i]]
            elif role == "note":
                extras[role] = [cell_values.note(self._whole(cell)) if cell else None for cell in columns[i]]
            else:
                extras[role] = [cell_values.text(cell)[:20] or None if cell else None for cell in columns[i]]
            self._note_wrong(rows, extras[role], i, keep)
            extras[role] = _sound(extras[role])
        return extras

    def _build(self, rows, keys, years, months, flows, values, extras, keep):
        """Add the rows of a piece to the table: reported ones, then the estimates that have a value."""
        months_of_periods = list(map(itemgetter(1), years))
        if months is not None:
            months_of_periods = [own or month for own, month in zip(months_of_periods, months, strict=True)]
        base = {
            "row": [row + 1 for row in rows],
            "key": keys,
            "year": list(map(itemgetter(0), years)),
            "month": months_of_periods,
        }
        estimate = next((found for _i, component, _flow, found in values if component == ESTIMATE), None)
        for i, component, flow, found in values:
            piece = dict(base, value_usd=found, flow=flows or flow or self.plan.constant_flow)
            if keep is not None and component == "reported":
                self._add(piece, i, component, [heading_words.is_total(key) for key in keys], self.totals)
            for part, rows_taken in taken(component, found, extras.get("component"), keep):
                self._add(piece | facts(part, found, extras, estimate), i, part, rows_taken, self.tables)

    def _add(self, piece, i, component, chosen, to):
        """Add the chosen rows of a piece to a list of tables; None is all of them."""
        if chosen is not None:
            piece = {
                name: list(compress(column, chosen)) if isinstance(column, list) else column
                for name, column in piece.items()
            }
        if size := len(piece["row"]):
            place = {"file": self.sheet.file, "sheet": self.sheet.name, "column": self._column(i)}
            made = table(size, component=component, **place, **piece)
            to.append(made if to is self.tables else made.select(TOTALS_SCHEMA.names))

    def _column(self, i):
        return self.found.header[i] if self.sheet.is_text else letters(i)


# What passed through a country is in its exports and imports already.
RE_EXPORT = re.compile(r"\bre-? ?(?:ex|im)port|转口|再出口|复进口")
OTHER_WAY = Wrong("other-partner", "", "trade with the DPRK", "Remove the rows of other countries.")
TWO_MONTHS = Wrong("month", "two months", "the same month in both columns", "Give the month once.")
NAMELESS = Wrong("no-name", "a blank", "the name or code of what the row is about", "Write it, or remove the row.")


def _sound(values):
    """Blank what is wrong: by now it stands only in rows that are left out."""
    if values is None or Wrong not in set(map(type, values)):
        return values
    return [None if value.__class__ is Wrong else value for value in values]
