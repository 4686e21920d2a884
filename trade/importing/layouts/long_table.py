"""Reads a long table, one row a value, in large pieces and column by column: a file may have a million rows.

Both the long sheet of a workbook and a tidy text file are read here; long_header decides which column holds what.
"""

import re
from itertools import compress, islice
from operator import attrgetter
from typing import NamedTuple

from spreadsheets import formula_injection
from spreadsheets.sheet import BLANKS, MOST_FAULTS, Stop, counted, is_blank, letters
from trade.importing import (
    arrow_table,
    cell_values,
    contradictions,
    describe,
    hs_codes,
    unit_and_flow,
    unread_columns,
    unread_texts,
)
from trade.importing.arrow_table import ALL
from trade.importing.cell_values import Wrong
from trade.importing.layouts.filled_down import FilledDown
from trade.importing.layouts.long_components import attributes, component_of, split_by_component
from trade.importing.layouts.long_header import LongTable, assign_columns, distinct_texts
from trade.importing.reading import Reading
from trade.importing.texts import countries, flow_words, heading_text, heading_words, period_values
from trade.importing.texts.flow_words import EXPORTS, FROM, IMPORTS, TO, TOTAL
from trade.importing.texts.period_values import Period
from trade.reference.spelling import normalise

ONE_TO_THREE, THREE_DIGITS = re.compile(r"[1-9]\d{0,2}"), re.compile(r"\d{3}")
MOST_NOTES = 200  # notes of a piece that are looked at
PIECE = 20_000  # rows that are in memory as Python objects at one time


class Memo(dict):
    """The results of a function of one cell, by cell, so that it is called once for each distinct cell."""

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


class ReadColumn(NamedTuple):
    """The values that were read of one column in a piece of the table: US dollars, or None."""

    index: int
    component: str
    flow: str
    values: list


class LongReader:
    """Reads one long table, piece by piece, into `tables` and `totals`; doubts and remarks go into the Reading."""

    def __init__(self, table: LongTable, terms, reading: Reading, other_texts=()):
        self.table, self.sheet, self.terms, self.reading = table, table.sheet, terms, reading
        self.columns = assign_columns(table, terms, other_texts)
        self.decimal = self._decimal_mark()
        self.codes = hs_codes.Codes()
        self.keys = Memo(self.codes.read if terms.kind == "commodity" else cell_values.text)
        self.years, self.months, self.flows = Memo(period_values.year), Memo(period_values.month), Memo(self._flow)
        self.statuses, self.components = Memo(cell_values.status), Memo(component_of)
        self.texts = Memo(cell_values.text)
        self.parties = Memo(lambda cell: countries.code_of(cell_values.text(cell)))
        self.known_codes = Memo(lambda name: terms.vocabulary.get(normalise(name)))
        self.tables, self.totals, self.notes, self.faults = [], [], 0, []
        self.total_labels, self.seen_keys, self.contradictory = set(), set(), {}
        self.headings = []  # (row, text) of what stands alone in its row
        self.reporter = self._only_reporter()
        self.sums, self.differences = 0, []  # stated sums of both directions; those that differ, in words
        self.dates = None  # "months" or "years", which the dates of a column of periods stand for; "" if it has none
        self.filled_down = FilledDown(self.columns.standing_once, [column.index for column in self.columns.values])
        self.said = set()  # the first notes of each piece

    def _only_reporter(self):
        """Return the one country that a column of reporters names, "CN" or "KP"; "" where none does, or several do."""
        cells = set().union(*(distinct_texts(self.table, i) for i in self.table.where("reporter")))
        named = {countries.code_of(cell) for cell in cells}
        return named.pop() if len(named) == 1 else ""

    def _decimal_mark(self):
        columns = [column.index for column in self.columns.values] + [self.columns.optional.get("quantity")]
        rows = islice(self.sheet.rows(), self.table.row + 1, None)
        texts = (row[i] for row in rows for i in columns if i is not None and i < len(row))
        return unit_and_flow.decimal_mark(self.terms, self.sheet, texts)

    def _flow(self, cell):
        if self.terms.kind == "total" and heading_words.total_trade(cell):
            return TOTAL
        is_passing = heading_words.RE_EXPORTS.search(heading_text.plain(cell))  # in exports and imports already
        flow = None if is_passing else flow_words.flow_of_cell(cell)
        flow = flow and flow_words.whose(self.table.titles(), flow, cell)
        named = countries.named(cell)
        if countries.strangers(named, self.terms) or named.unclear:
            return OTHER_PARTNER._replace(found=cell_values.text(cell))
        if flow in (EXPORTS, IMPORTS):
            return flow_words.of_reporter(flow, self.reporter) or unit_and_flow.seen_from(self.terms, flow)
        return flow or Wrong(
            "flow", cell_values.text(cell) or "a blank", self._expected_flows(), "Enter the direction of this row."
        )

    def _expected_flows(self):
        return "to_dprk, from_dprk or total" if self.terms.kind == "total" else "to_dprk or from_dprk"

    def read(self):
        """Read the whole table. Its faults (the first thousands) stay in `faults`; sound rows are read beside them."""
        self._check_traps()
        width = len(self.table.header)
        for rows, columns in self._pieces(width):
            self._read_piece(rows, columns)
            if len(self.faults) > MOST_FAULTS:
                self.faults.append(self.sheet.fault("more", f"Reading stopped after {MOST_FAULTS:,} errors."))
                break
        self._check_headings()
        self._add_remarks()
        self._describe()

    def _describe(self):
        titles = self.table.titles()
        notes = (text for _row, text in self.headings)
        columns = {column.role: self.table.header[i] for i, column in enumerate(self.table.columns) if column.role}
        texts = describe.Texts(self.sheet, titles, self.table.header, notes, columns)
        texts.all += [("column", str(cell)) for cell in islice(self.flows, 20) if cell]
        is_partner = self.reporter == countries.of_dataset(self.terms) != countries.WORLD
        texts.all += [("reporter", self.terms.partner or "China")] if is_partner else []
        unit = max((column.unit for column in self.columns.values), default=1)
        found = describe.facts(self.tables)
        self.reading.description += describe.table(texts, self.terms, found, unit)
        contradictions.look(texts, self.terms, found, self.reading, unit)

    def signature(self) -> dict | None:
        """Read what our own data.csv says of the release it is of: {"dataset": "china-provinces", "release": 2}."""
        column = next(iter(self.table.where("release")), None)
        releases = distinct_texts(self.table, column) if column is not None and self.sheet.is_text else set()
        if len(releases) != 1:
            return None
        slug, _, number = releases.pop().rpartition("/")
        return {"dataset": slug, "release": int(number)} if slug and number.isdecimal() else None

    def _add_remarks(self):
        remarks = self.reading.remarks
        where = self.sheet.title
        self._confirm_units(where)
        for i, count in self.filled_down.counts.items():
            if count:
                cells, header = counted(count, "cell"), self.table.header[i]
                sentence = f"{where}: in the column “{header}” the cell above was repeated in {cells} left empty."
                self.reading.doubts.append(["heading", sentence])
        if self.notes:
            remarks.append(f"Not read in {where}: {counted(self.notes, 'row of notes')}.")
        if self.terms.kind == "commodity" and (remark := self.codes.check(self.sheet)):
            remarks.append(remark)
        self.faults += unread_columns.look(self.table, self.terms, self.reading, where)

    def _check_headings(self):
        """Look at the texts that stand alone: within the table they may tell apart what follows."""
        last = max((piece["row"][-1].as_py() - 1 for piece in self.tables), default=-1)
        flows = {column.flow or self.columns.constant_flow for column in self.columns.values}
        flow = flows.pop() if self.columns.flow is None and len(flows) == 1 else ""
        self.faults += unit_and_flow.headings_within(
            self.reading, self.sheet, self.headings, last, flow, lambda row: self.sheet.place(row, 0)
        )
        texts = [*self.table.titles(), *(text for row, text in self.headings if row > last)]
        months = not any(0 in piece["month"].to_pylist() for piece in self.tables[:1])
        unit_and_flow.confirm_period(self.reading, self.sheet, texts, months=months)
        unit_and_flow.confirm_measure(self.reading, self.sheet, self.table.titles(), self.table.header)
        unit = max((column.unit for column in self.columns.values), default=1)
        notes = [text for row, text in self.headings if row > last]
        keys = [self.table.header[i] for i in self.columns.keys]
        unread_texts.of_table(self.reading, self.sheet, self.table.titles(), notes, self.terms, unit, keys)
        unread_texts.of_note_column(self.reading, self.sheet, self.said, self.terms)

    def _confirm_units(self, where):
        """Have the editor confirm each unit that was read, by the first value of its column."""
        for column in self.columns.values:
            example = next(self._values_of(self._column_name(column.index)), None) if column.unit != 1 else None
            if example:
                row, value = example
                cell = self.sheet.place(row - 1, column.index, self.table.header[column.index])
                unit_and_flow.confirm_unit(self.terms, self.reading, where, column.unit, cell, value)

    def _values_of(self, column):
        """Yield (row, value) of each value of a column that is not 0."""
        for piece in self.tables:
            columns = (piece[name].to_pylist() for name in ("column", "row", "value_usd"))
            yield from ((row, value) for name, row, value in zip(*columns, strict=True) if name == column and value)

    def _check_traps(self):
        """Refuse cells of used columns that a library would give as blank: errors, uncalculated formulas, merged."""
        used = self.columns.used
        for (row, column), trap in self.sheet.traps.items():
            if row > self.table.row and column in used:
                self.faults.append(self.sheet.trap(row, column, trap))
        for (top, left), (bottom, right) in self.sheet.merged:
            if left == right and left in self.columns.standing_once:
                continue  # what stands in the first of such cells is filled down, or is a fault of its row
            if bottom > self.table.row and used & set(range(left, right + 1)):
                self.faults.append(self.sheet.merged_cells(top, left, bottom, right))

    def _pieces(self, width):
        """Yield (row numbers from 0, columns) of at most PIECE rows that are not blank and have the header's width."""
        rows, first = self.sheet.rows(), self.table.row + 1
        header = next(islice(rows, self.table.row, None))
        while piece := list(islice(rows, PIECE)):
            if first + len(piece) - self.table.row - 1 > self.terms.limits["rows"]:
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
            self.headings += [(number, cell) for cell in row if cell not in BLANKS]
            return None
        advice = (
            "Check that the file is complete and that any text containing the delimiter is enclosed in quotation marks."
        )
        expected = f"{width} fields, as in the header"
        cell = f"line {number + 1}"
        self.faults.append(self.sheet.fault("ragged", advice, cell=cell, found=f"{len(row)} fields", expected=expected))
        return None

    def _is_known(self, cell):
        return normalise(cell_values.text(cell)) in self.terms.vocabulary

    def _read_piece(self, rows, columns):
        flow_column = self.columns.flow
        columns = self.filled_down.fill(columns)
        keys = self._keys(rows, columns)
        periods, months = self._periods(rows, columns)
        flows = self._flows_of_parties(rows, columns)
        if flows is None and flow_column is not None:
            flows = self.flows.column(columns[flow_column])
        keep = self._kept(rows, columns, keys, periods)
        if flows is not None:
            self._note_wrong(rows, flows, flow_column, keep)
        extras = self._extras(rows, columns, keep)
        read = []
        for i, component, flow, unit in self.columns.values:
            values = self._refuse_split(cell_values.values(columns[i], unit, self.decimal), columns, i)
            self._note_wrong(rows, values, i, keep)
            read.append(ReadColumn(i, component, flow, _sound(values)))
        dimensions = self._dimensions(rows, keys, _sound(periods), _sound(months))
        self._compare_sums(rows, columns, read)
        self._add_observations(dimensions, _sound(flows), read, extras, keep)

    def _flows_of_parties(self, rows, columns):
        """Read the direction of each row from who exports and who imports; None without such columns."""
        exporters, importers = self.table.where("exporter"), self.table.where("importer")
        if not exporters or not importers:
            return None
        flows = []
        for row, *parties in zip(rows, columns[exporters[0]], columns[importers[0]], strict=True):
            exporter, importer = map(self.parties.__getitem__, parties)
            other = importer if exporter == countries.DPRK else exporter
            is_ours = countries.DPRK in (exporter, importer) and other == countries.of_dataset(self.terms)
            if not is_ours and len(self.faults) <= MOST_FAULTS:
                found = " to ".join(map(cell_values.text, parties))
                self.faults.append(self._fault(row, exporters[0], OTHER_PARTNER._replace(found=found)))
            flows.append(FROM if exporter == countries.DPRK else TO)
        return flows

    def _compare_sums(self, rows, columns, read):
        """Compare stated sums of both directions with these, row by row."""
        parts = [column for column in read if column.component == "reported" and column.flow in (TO, FROM)]
        for i in self.table.where("sum") if len(parts) == 2 else ():
            unit = max(column.unit for column in self.columns.values)
            stated = cell_values.values(columns[i], unit, self.decimal)
            for row, total, *both in zip(rows, stated, *(part.values for part in parts), strict=True):
                known = [part for part in both if part is not None]
                self.sums += isinstance(total, int)
                if isinstance(total, int) and known and abs(total - sum(known)) > (unit if unit > 1 else 0):
                    place = self.sheet.place(row, i, self.table.header[i])
                    self.differences.append(f"{place} is {total:,}, but both directions add up to {sum(known):,}")

    def _keys(self, rows, columns):
        if not self.columns.keys:
            return [ALL] * len(rows)
        first, *others = self.columns.keys
        keys = self.keys.column(columns[first])
        for other in others:
            names = self.texts.column(columns[other])
            self._note_contradictions(rows, keys, names, other)
            if "" in self.keys.values():  # a name where the code is blank
                keys = [key or name for key, name in zip(keys, names, strict=True)]
        return keys

    def _note_contradictions(self, rows, keys, names, column):
        """Refuse a row whose code and name are known and are two different things."""
        contradictory = self.contradictory
        new_pairs = set(zip(keys, names, strict=True)) - contradictory.keys()
        contradictory |= {pair: self._contradict(*pair) for pair in new_pairs}
        if not any(contradictory.values()):
            return
        for row, key, name in zip(rows, keys, names, strict=True):
            if contradictory[key, name] and len(self.faults) <= MOST_FAULTS:
                advice, expected = "Correct one of the two.", "a code and name that match"
                wrong = Wrong("contradiction", f"{key} and {name}", expected, advice)
                self.faults.append(self._fault(row, column, wrong))

    def _contradict(self, key, name):
        code = self.known_codes[name]  # looked at first: there are fewer known names than codes
        return code is not None and self.known_codes[key] not in (None, code)

    def _periods(self, rows, columns):
        """Read the columns of periods: (periods, months), where a second column gives the months, else None."""
        first, *second = self.columns.period
        periods = self.years.column(self._of_dates(columns[first]))
        if not second:
            return periods, None
        [month_column] = second
        months = self.months.column(columns[month_column])
        self._note_wrong(rows, months, month_column, None)
        if not any(period.__class__ is Period and period.month for period in self.years.values()):
            return periods, months
        for row, period, month in zip(rows, periods, months, strict=True):
            own_month = period.month if period.__class__ is Period else 0
            if own_month and month and own_month != month:
                self.faults.append(self._fault(row, month_column, TWO_MONTHS))
        return periods, months

    def _of_dates(self, cells):
        """Write the dates of a column as months or years, where all of them begin (or end) one; they are ticked.

        What the first piece of a table means by its dates holds for all.
        """
        if self.dates is None:
            self.dates = period_values.of_dates({cell for cell in cells if cell not in BLANKS})
            if self.dates:
                where = self.sheet.title
                header = self.table.header[self.columns.period[0]]
                sentence = f"{where}: the dates of the column “{header}” were read as {self.dates}."
                self.reading.doubts.append(["year", sentence])
        if not self.dates:
            return cells
        return [period_values.written_of_date(cell, self.dates) for cell in cells]

    def _kept(self, rows, columns, keys, periods):
        """Mark the rows that hold data: not notes, not totals. None means all."""
        totals = self._find_total_labels()
        wrong = [n for n, period in enumerate(periods) if period.__class__ is Wrong] if self.years.any_wrong else []
        nameless = [n for n, key in enumerate(keys) if not key] if "" in self.keys.values() else []
        dropped = set()
        for n in {*wrong, *nameless}:
            filled = [column[n] for column in columns if cell_values.text(column[n])]
            if not filled or self._is_note(filled):
                self.notes += bool(filled)
                self.headings += [(rows[n], text) for text in filled]
                dropped.add(n)
                continue
            is_nameless = n in nameless
            column = self.columns.keys[0] if is_nameless else self.columns.period[0]
            self.faults.append(self._fault(rows[n], column, NAMELESS if is_nameless else periods[n]))
        if not totals and not dropped:
            return None
        return [n not in dropped and key not in totals for n, key in enumerate(keys)]

    def _find_total_labels(self):
        """Return the labels of totals among the names seen so far; each name is looked at once."""
        new = set(self.keys.values()) - self.seen_keys
        self.seen_keys |= new
        names = (key for key in new if not key.isdigit())
        self.total_labels |= {key for key in names if heading_words.is_total(key) or heading_words.is_subtotal(key)}
        return self.total_labels

    def _is_note(self, filled):
        """Tell a row in which one text stands alone, and is not the name of a province whose row was cut off."""
        return len(filled) == 1 and isinstance(filled[0], str) and not self._is_known(filled[0])

    def _note_wrong(self, rows, values, column, keep):
        """Note a fault for each wrong cell of a column, in rows that are not left out."""
        if Wrong not in set(map(type, values)):
            return
        for n, value in enumerate(values):
            if value.__class__ is Wrong and (keep is None or keep[n]) and len(self.faults) <= MOST_FAULTS:
                self.faults.append(self._fault(rows[n], column, value))

    def _refuse_split(self, values, columns, i):
        """Refuse 1,234 where a comma delimits and nothing quotes it: it would be read as 1, and 234 beside it."""
        roles = [column.role for column in self.table.columns[i + 1 : i + 2]]
        if self.sheet.delimiter != "," or roles not in ([""], ["note"], ["ignored"], ["source"]):
            return values
        if not any(map(THREE_DIGITS.fullmatch, set(columns[i + 1]))):
            return values
        pairs = zip(values, columns[i], columns[i + 1], strict=True)
        advice = "Enclose the number in quotation marks, or enter it without thousands separators."
        return [
            Wrong("ragged", f"{cell},{next_cell}", f"{cell}{next_cell}", advice)
            if ONE_TO_THREE.fullmatch(cell) and THREE_DIGITS.fullmatch(next_cell)
            else value
            for value, cell, next_cell in pairs
        ]

    def _fault(self, row, column, wrong):
        return self.sheet.wrong(row, column, wrong, self.table.header[column])

    def _active(self, cell):
        """Undo in a text file what makes a text inert that a spreadsheet would run: "'=1+1" is "=1+1"."""
        return formula_injection.active(cell) if self.sheet.is_text else cell

    def _extras(self, rows, columns, keep):
        extras = {}
        for role, i in self.columns.optional.items():
            if role == "status":
                extras[role] = self.statuses.column(columns[i])
            elif role == "component":
                extras[role] = self.components.column(columns[i])
            elif role == "quantity":
                extras[role] = [cell_values.quantity(cell, self.decimal) for cell in columns[i]]
            elif role == "precision_usd":
                extras[role] = cell_values.values(columns[i], 1, self.decimal)
            elif role in ("note", "second_estimate_note", "publisher", "source"):
                extras[role] = [cell_values.note(self._active(cell)) if cell else None for cell in columns[i]]
                self.said |= set(islice(filter(None, columns[i]), MOST_NOTES)) if role == "note" else set()
            else:
                extras[role] = [cell_values.text(cell)[:20] or None if cell else None for cell in columns[i]]
            self._note_wrong(rows, extras[role], i, keep)
            extras[role] = _sound(extras[role])
        return extras

    def _dimensions(self, rows, keys, periods, months):
        """Lay out what the values of a piece have in common, whatever their column: row, key, year, month."""
        periods = [period or NO_PERIOD for period in periods]
        own_months = list(map(attrgetter("month"), periods))
        if months is not None:
            own_months = [own or month for own, month in zip(own_months, months, strict=True)]
        return {
            "row": [row + 1 for row in rows],
            "key": keys,
            "year": list(map(attrgetter("year"), periods)),
            "month": own_months,
        }

    def _add_observations(self, dimensions, flows, columns, extras, keep):
        """Add the rows of a piece to the table: reported ones, then the estimates that have a value."""
        by_component = {column.component: column.values for column in reversed(columns)}
        for column in columns:
            flow = flows or column.flow or self.columns.constant_flow
            piece = dict(dimensions, value_usd=column.values, flow=flow)
            if keep is not None and column.component == "reported":
                is_total = [heading_words.is_total(key) for key in dimensions["key"]]
                self._add(piece, column.index, column.component, is_total, self.totals)
            split = split_by_component(column.component, column.values, extras.get("component"), keep)
            for component, chosen in split:
                described = attributes(component, column.values, extras, by_component)
                self._add(piece | described, column.index, component, chosen, self.tables)

    def _add(self, piece, i, component, chosen, to):
        """Add the chosen rows of a piece to a list of tables; None is all of them."""
        if chosen is not None:
            piece = {
                name: list(compress(column, chosen)) if isinstance(column, list) else column
                for name, column in piece.items()
            }
        if size := len(piece["row"]):
            place = {"file": self.sheet.file, "sheet": self.sheet.name, "column": self._column_name(i)}
            built = arrow_table.build(size, component=component, **place, **piece)
            to.append(built if to is self.tables else built.select(arrow_table.TOTALS_SCHEMA.names))

    def _column_name(self, i):
        return self.table.header[i] if self.sheet.is_text else letters(i)


OTHER_PARTNER = Wrong("other-partner", "", "trade with the DPRK", "Remove the rows for other countries.")
TWO_MONTHS = Wrong("month", "two months", "the same month in both columns", "Enter the month in one column only.")
NO_PERIOD = Period(None, None)
NAMELESS = Wrong(
    "no-name", "a blank", "the name or code of the item in this row", "Enter the name or code, or remove the row."
)


def _sound(values):
    """Return the values with None for what is wrong: by now it stands only in rows that are left out."""
    if values is None or Wrong not in set(map(type, values)):
        return values
    return [None if value.__class__ is Wrong else value for value in values]
