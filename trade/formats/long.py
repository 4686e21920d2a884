"""Reads a long table, one row a value: columns found by name, in any order, in English, Chinese or Korean.

Both the long sheet of a workbook and a tidy text file are read here, in large pieces and column by column, because
a file may have a million rows.
"""

from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa
from rapidfuzz import process

from trade.formats import Fault, Question, Reading, cells, codes, headings, settling
from trade.formats.book import BLANKS, Sheet, Stop, is_blank, letters
from trade.formats.cells import Wrong
from trade.formats.headings import EXPORTS, IMPORTS
from trade.formats.table import TOTALS_SCHEMA, table
from trade.names import normalise

PIECE = 20_000  # rows that are in memory as Python objects at one time
MOST_FAULTS = 5_000
# What a row is about: the first of these columns; where its cell is blank, the next.
KEYS = {
    "province": ("province_code", "code", "province", "name"),
    "commodity": ("good_code", "code", "good", "name"),
}
OTHER_KIND = {"province": KEYS["commodity"][::2], "commodity": KEYS["province"][::2]}
LISTED = {*KEYS["province"], *KEYS["commodity"]}
SINGLE = ("year", "month", "period", "flow", "status", "note", "quantity", "quantity_unit", "unit")
FLOW_CODES = {"x": EXPORTS, "e": EXPORTS, "export": EXPORTS, "m": IMPORTS, "i": IMPORTS, "import": IMPORTS}
DECIMALS = Question(
    "decimal",
    "The fields of this file are parted by semicolons, so that a comma may mark decimals. What is 1,234?",
    [["point", "One thousand two hundred and thirty-four"], ["comma", "One and a bit: the comma marks decimals"]],
)


@dataclass
class LongTable:
    """A long table that was found: its sheet, the row of its header (from 0), the header's texts and columns."""

    sheet: Sheet
    row: int
    header: list
    columns: list[headings.Column]

    def where(self, *roles) -> list[int]:
        """Find the columns of some roles, in the order of the roles."""
        return [i for role in roles for i, column in enumerate(self.columns) if column.role == role]

    def titles(self) -> list[str]:
        """Collect the texts above the header."""
        return [cell for row in self.sheet.head[: self.row] for cell in row if isinstance(cell, str) and cell.strip()]


def find(sheet: Sheet) -> LongTable | None:
    """Find the header of a long table: a row that names what is listed, a period, and a value."""
    for number, row in enumerate(sheet.head):
        columns = [headings.column(cell) if isinstance(cell, str) else headings.Column("") for cell in row]
        roles = {column.role for column in columns}
        if roles & LISTED and roles & {"year", "period"} and roles & {"reported", "estimate"}:
            return LongTable(sheet, number, [cells.text(cell) for cell in row], columns)
    return None


# --- the plan: which column is what --------------------------------------------------------------------------------


@dataclass
class Plan:
    """Which column holds what; `values` are (column, component, flow or "", unit)."""

    keys: list[int]
    period: list[int]  # year and month, or one column of both
    values: list[tuple]
    flow: int | None = None
    constant_flow: str = ""
    optional: dict = field(default_factory=dict)  # status, note, quantity, quantity_unit

    @property
    def used(self):
        extras = [self.flow, *self.optional.values()]
        return {*self.keys, *self.period, *(value[0] for value in self.values), *(i for i in extras if i is not None)}


def plan(found: LongTable, terms) -> Plan:
    """Decide which column is what.

    Raises: Stop, with every fault of the header, or with a question.
    """
    _check_header(found, terms)
    keys = found.where(*KEYS[terms.kind])
    year, month, both = found.where("year"), found.where("month"), found.where("period")
    flow = found.where("flow")
    optional = {role: found.where(role)[0] for role in SINGLE[4:8] if found.where(role)}
    units = found.where("unit")
    if units and "quantity" in optional:
        optional.setdefault("quantity_unit", units.pop())
    made = Plan(keys, [*year, *month] if year else both, [], flow[0] if flow else None, "", optional)
    said = _said_in_column(found, units[0]) if units else []
    made.values = [_value(found, i, terms, said) for i in found.where("reported", "estimate")]
    if made.flow is None and not all(value[2] for value in made.values):
        made.constant_flow = settling.flow(terms, found.sheet, found.titles())
    return made


def _check_header(found, terms):
    sheet, faults = found.sheet, []
    counted = Counter(role for role in (column.role for column in found.columns) if role in SINGLE)
    for role in [role for role, times in counted.items() if times > 1]:
        faults.append(_twice(found, found.where(role)))
    flows = Counter((found.columns[i].role, found.columns[i].flow) for i in found.where("reported", "estimate"))
    reported = found.where("reported")
    if max(flows.values()) > 1 or (len(reported) > 1 and None in {found.columns[i].flow for i in reported}):
        faults.append(_twice(found, reported if len(reported) > 1 else found.where("estimate")))
    if len(reported) > 1 and (found.where("flow") or found.where("status", "quantity")):
        faults.append(_twice(found, reported))
    keys = next((columns for role in KEYS[terms.kind] if (columns := found.where(role))), [])
    if len(keys) > 1:
        faults.append(_twice(found, keys))
    if found.where(*OTHER_KIND[terms.kind]):
        faults.append(_of_other_kind(found, terms))
    faults += _nearly_known(found)
    if faults:
        raise Stop(*_once(faults))
    if not found.where(*KEYS[terms.kind]):
        raise Stop(sheet.fault("no-key", "Name the column.", found=_seen(found), expected="a column of codes or names"))


def _once(faults):
    return list({(fault.code, fault.cell, fault.found): fault for fault in faults}.values())


def _seen(found):
    return "the columns " + ", ".join(text for text in found.header if text)


def _twice(found, columns):
    names = [f"{found.header[i]} ({found.sheet.place(found.row, i, found.header[i])})" for i in columns]
    return found.sheet.fault(
        "duplicate-column",
        "Remove or rename one of the columns.",
        cell=found.sheet.place(found.row, columns[-1], found.header[columns[-1]]),
        found=" and ".join(names),
        expected="one column for each thing, or one column of values for each flow",
    )


def _of_other_kind(found, terms):
    column = found.where(*OTHER_KIND[terms.kind])[0]
    thing, other = ("province", "HS code") if terms.kind == "province" else ("HS code", "province")
    return found.sheet.fault(
        "other-kind",
        f"Choose the dataset that the file belongs to; or add the values up by {thing} and remove this column.",
        cell=found.sheet.place(found.row, column, found.header[column]),
        found=f"a column by {other}: {found.header[column]}",
        expected=f"values by {thing} alone",
    )


def _nearly_known(found):
    """Refuse a header that is a slip of a known one that is absent: "staus" would lose the statuses silently."""
    present = {column.role for column in found.columns}
    known = {name: role for name, role in headings.ROLE_OF.items() if role not in present and len(name) > 3}
    known |= {"reported usd": "reported", "estimate usd": "estimate"}
    faults = []
    for i, column in enumerate(found.columns):
        words = headings.plain(found.header[i])
        if column.role or not words:
            continue
        near = _near(words, known)
        if near and known[near] not in present:
            faults.append(
                found.sheet.fault(
                    "unknown-column",
                    "Correct the name of the column, or remove it.",
                    cell=found.sheet.place(found.row, i, found.header[i]),
                    found=found.header[i],
                    expected=f"Did you mean {near}?",
                )
            )
    return faults


def _near(words, known):
    match = process.extractOne(words, list(known), score_cutoff=85)
    return match[0] if match else None


def _said_in_column(found, i):
    """Collect what a column of units says, which must be one thing.

    Raises: Stop, where it says several.
    """
    rows = (row for number, row in enumerate(found.sheet.rows()) if number > found.row)
    said = {cells.text(row[i]) for row in rows if i < len(row)} - {""}
    if len(said) > 1:
        advice, expected = "Give all values in one unit.", "one unit in the whole column"
        shown = ", ".join(sorted(said)[:5])
        raise Stop(found.sheet.fault("unit", advice, cell=found.header[i], found=shown, expected=expected))
    return list(said)


def _value(found, i, terms, said):
    column = found.columns[i]
    flow = column.flow or ""
    if flow in (EXPORTS, IMPORTS):
        flow = settling.seen_from(terms, flow)
    unit = settling.unit(terms, found.sheet, header=[found.header[i], *said], titles=found.titles())
    return i, column.role, flow, unit


# --- reading -------------------------------------------------------------------------------------------------------


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
        return [self[cell] for cell in column]


class LongReader:
    """Reads the pieces of one long table; what it finds goes into a Reading."""

    def __init__(self, found: LongTable, terms, reading: Reading):
        self.found, self.sheet, self.terms, self.reading = found, found.sheet, terms, reading
        self.plan = plan(found, terms)
        self.decimal = self._decimal_mark()
        self.codes = codes.Codes()
        self.keys = Memo(self.codes.read if terms.kind == "commodity" else cells.text)
        self.years, self.months, self.flows = Memo(cells.year), Memo(cells.month), Memo(self._flow)
        self.statuses = Memo(cells.status)
        self.tables, self.totals, self.notes, self.faults = [], [], 0, []

    def _decimal_mark(self):
        """Ask what a comma means where fields are parted by semicolons and values hold a comma or several points."""
        if self.sheet.delimiter != ";":
            return "."
        columns = [value[0] for value in self.plan.values]
        columns += [i for role, i in self.plan.optional.items() if role == "quantity"]
        for number, row in enumerate(self.sheet.rows()):
            if number > self.found.row and any(i < len(row) and ("," in row[i] or "." in row[i][:-1]) for i in columns):
                return "," if self.terms.answer(DECIMALS) == "comma" else "."
        return "."

    def _flow(self, cell):
        way = FLOW_CODES.get(headings.plain(cell)) or headings.flow(cell)
        if way in (EXPORTS, IMPORTS):
            return settling.seen_from(self.terms, way)
        return way or Wrong("flow", cells.text(cell) or "a blank", "to_dprk or from_dprk", "Write the flow of the row.")

    def read(self):
        """Read the whole table; raises Stop with all its faults (the first thousands)."""
        self._check_traps()
        width = len(self.found.header)
        for rows, columns in self._pieces(width):
            self._read_piece(rows, columns)
            if len(self.faults) > MOST_FAULTS:
                self.faults.append(self.sheet.fault("more", f"Reading stopped after {MOST_FAULTS:,} faults."))
                break
        if self.faults:
            raise Stop(*self.faults)
        self._remark()

    def _remark(self):
        remarks = self.reading.remarks
        units = {value[3] for value in self.plan.values} - {1}
        where = f"Sheet “{self.sheet.name}”" if self.sheet.name else self.sheet.file
        remarks += [f"{where}: the values were read as {headings.in_words(unit)}." for unit in sorted(units)]
        if self.notes:
            remarks.append(f"{where}: {self.notes:,} rows of notes were passed over.")
        if self.terms.kind == "commodity" and (remark := self.codes.check(self.sheet)):
            remarks.append(remark)
        unread = [
            self.found.header[i]
            for i, column in enumerate(self.found.columns)
            if not column.role and self.found.header[i]
        ]
        if unread:
            remarks.append(f"{where}: columns that were not read: {', '.join(unread)[:200]}.")

    def _check_traps(self):
        """Refuse cells of used columns that a library would give as blank: errors, uncalculated formulas, merged."""
        used = self.plan.used
        for (row, column), what in self.sheet.traps.items():
            if row > self.found.row and column in used:
                self.faults.append(trap_fault(self.sheet, row, column, what))
        for (top, left), (bottom, right) in self.sheet.merged:
            if bottom > self.found.row and used & set(range(left, right + 1)):
                self.faults.append(merged_fault(self.sheet, max(top, self.found.row), left, bottom, right))
        if self.faults:
            raise Stop(*self.faults[:MOST_FAULTS])

    def _pieces(self, width):
        """Give (row numbers from 0, columns) of at most PIECE rows that are not blank and have the header's width."""
        numbers, rows, blank = [], [], [""] * width
        limit, header = self.terms.limits["rows"], self.sheet.head[self.found.row]
        for number, row in enumerate(self.sheet.rows()):
            if number <= self.found.row or row in (blank, header) or not row:
                continue
            if len(row) != width:
                row = self._fitted(number, row, width)
                if row is None:
                    continue
            numbers.append(number)
            rows.append(row)
            if len(rows) == PIECE:
                yield numbers, list(zip(*rows, strict=True))
                numbers, rows = [], []
            if number - self.found.row > limit:
                raise Stop(too_many_rows(self.sheet, limit))
        if rows:
            yield numbers, list(zip(*rows, strict=True))

    def _fitted(self, number, row, width):
        """Bring a row to the header's width, where only blank fields are too many; else note the fault."""
        if is_blank(row) or (len(row) > width and is_blank(row[width:])):
            return None if is_blank(row) else row[:width]
        if self._is_note([cell for cell in row if cell not in BLANKS]):
            self.notes += 1
            return None
        advice = "See whether the file is whole, and whether a text that holds the delimiter stands in quotation marks."
        expected = f"{width} fields, as in the header"
        cell = f"line {number + 1}"
        self.faults.append(self.sheet.fault("ragged", advice, cell=cell, found=f"{len(row)} fields", expected=expected))
        return None

    def _is_known(self, cell):
        return normalise(cells.text(cell)) in self.terms.vocabulary

    def _read_piece(self, rows, columns):
        plan = self.plan
        keys = self._keys(rows, columns)
        years, months = self._periods(rows, columns, keys)
        flows = self.flows.column(columns[plan.flow]) if plan.flow is not None else None
        keep = self._kept(rows, columns, keys, years)
        if flows is not None:
            self._note_wrong(rows, flows, plan.flow, keep, self.flows)
        extras = self._extras(rows, columns, keep)
        values = []
        for i, component, flow, unit in plan.values:
            found = cells.values(columns[i], unit, self.decimal)
            self._note_wrong(rows, found, i, keep)
            values.append((i, component, flow, _sound(found)))
        if not self.faults:
            years = [(None, None) if year.__class__ is Wrong else year for year in years]
            self._build(rows, keys, years, _sound(months), _sound(flows), values, extras, keep)

    def _keys(self, rows, columns):
        first, *others = self.plan.keys
        keys = self.keys.column(columns[first])
        for other in others:
            names = [cells.text(name) for name in columns[other]]
            self._note_contradictions(rows, keys, names, other)
            if "" in self.keys.values():  # a name where the code is blank
                keys = [key or name for key, name in zip(keys, names, strict=True)]
        return keys

    def _note_contradictions(self, rows, keys, names, column):
        """Refuse a row whose code and name are known and are two different things."""
        known = {pair: self._contradict(*pair) for pair in set(zip(keys, names, strict=True))}
        if not any(known.values()):
            return
        for n, pair in enumerate(zip(keys, names, strict=True)):
            if known[pair] and len(self.faults) <= MOST_FAULTS:
                wrong = Wrong(
                    "contradiction", f"{pair[0]} and {pair[1]}", "a code and its own name", "Correct one of the two."
                )
                self.faults.append(self._fault(rows[n], column, wrong))

    def _contradict(self, key, name):
        codes_of = [self.terms.vocabulary.get(normalise(text)) for text in (key, name)]
        return None not in codes_of and codes_of[0] != codes_of[1]

    def _periods(self, rows, columns, keys):
        first, *month = self.plan.period
        years = self.years.column(columns[first])
        if not month:
            return years, None
        months = self.months.column(columns[month[0]])
        self._note_wrong(rows, months, month[0], None, self.months)
        for n, (year, number) in enumerate(zip(years, months, strict=True)):
            if year.__class__ is tuple and year[1] and number and year[1] != number:
                self.faults.append(self._fault(rows[n], month[0], TWO_MONTHS))
        return years, months

    def _kept(self, rows, columns, keys, years):
        """Mark the rows that hold data: not notes, not totals. None means all."""
        totals = {key for key in self.keys.values() if headings.is_total(key) or headings.is_subtotal(key)}
        wrong = [n for n, year in enumerate(years) if year.__class__ is Wrong] if self.years.any_wrong else []
        nameless = [n for n, key in enumerate(keys) if not key] if "" in self.keys.values() else []
        dropped = set()
        for n in {*wrong, *nameless}:
            filled = [column[n] for column in columns if cells.text(column[n])]
            if not filled or self._is_note(filled):
                self.notes += bool(filled)
                dropped.add(n)
                continue
            place = self.plan.keys[0] if n in nameless else self.plan.period[0]
            problem = years[n] if n not in nameless else NAMELESS
            self.faults.append(self._fault(rows[n], place, problem))
        if not totals and not dropped:
            return None
        return [n not in dropped and key not in totals for n, key in enumerate(keys)]

    def _is_note(self, filled):
        """Tell a row in which one text stands alone, and is not the name of a province whose row was cut off."""
        return len(filled) == 1 and isinstance(filled[0], str) and not self._is_known(filled[0])

    def _note_wrong(self, rows, found, place, keep, memo=None):
        if memo is not None and not memo.any_wrong:
            return
        for n, value in enumerate(found):
            if value.__class__ is Wrong and (keep is None or keep[n]):
                self.faults.append(self._fault(rows[n], place, value))
                if len(self.faults) > MOST_FAULTS:
                    return

    def _fault(self, row, column, wrong):
        return wrong_fault(self.sheet, row, column, wrong, self.found.header[column])

    def _extras(self, rows, columns, keep):
        extras = {}
        for role, i in self.plan.optional.items():
            if role == "status":
                extras[role] = self.statuses.column(columns[i])
            elif role == "quantity":
                extras[role] = [cells.quantity(cell, self.decimal) for cell in columns[i]]
            else:
                extras[role] = [cells.text(cell) or None if cell else None for cell in columns[i]]
            if role in ("status", "quantity"):
                self._note_wrong(rows, extras[role], i, keep)
                extras[role] = _sound(extras[role])
        return extras

    def _build(self, rows, keys, years, months, flows, values, extras, keep):
        """Add the rows of a piece to the table: reported ones, then the estimates that have a value."""
        months = [period[1] for period in years] if months is None else months
        base = {
            "row": [row + 1 for row in rows],
            "key": keys,
            "year": [period[0] for period in years],
            "month": [period[1] or month for period, month in zip(years, months, strict=True)],
        }
        estimate = next((found for _i, component, _flow, found in values if component == "estimate"), None)
        for i, component, flow, found in values:
            piece = dict(base, value_usd=found, flow=flows or flow or self.plan.constant_flow)
            piece |= self._facts(component, found, extras, estimate)
            chosen = _chosen(component, found, keep)
            made = table(
                len(rows),
                file=self.sheet.file,
                sheet=self.sheet.name,
                component=component,
                column=self._column(i),
                **piece,
            )
            self.tables.append(made if chosen is None else made.filter(pa.array(chosen)))
            if keep is not None and component == "reported":
                self._add_totals(made)

    def _column(self, i):
        return self.found.header[i] if self.sheet.is_text else letters(i)

    def _facts(self, component, found, extras, estimate):
        """Give each row its status, note and quantity; the note of a record goes to its estimate, if it has one."""
        notes = extras.get("note")
        if component == "estimate":
            return {"note": notes}
        if notes and estimate:
            notes = [note if value is None else None for note, value in zip(notes, estimate, strict=True)]
        statuses = extras.get("status") or [None] * len(found)
        statuses = [status or ("O" if value is None else None) for status, value in zip(statuses, found, strict=True)]
        return {
            "note": notes,
            "status": statuses,
            "quantity": extras.get("quantity"),
            "quantity_unit": extras.get("quantity_unit"),
        }

    def _add_totals(self, made):
        stated = [headings.is_total(key) for key in made["key"].to_pylist()]
        if any(stated):
            self.totals.append(made.filter(pa.array(stated)).select(TOTALS_SCHEMA.names))


TWO_MONTHS = Wrong("month", "two months", "the same month in both columns", "Give the month once.")
NAMELESS = Wrong("no-name", "a blank", "the name or code of what the row is about", "Write it, or remove the row.")


def _sound(values):
    """Blank what is wrong: by now it stands only in rows that are left out."""
    return values and [None if value.__class__ is Wrong else value for value in values]


def _chosen(component, found, keep):
    if component == "estimate":
        return [value is not None and (keep is None or keep[n]) for n, value in enumerate(found)]
    return keep


def wrong_fault(sheet: Sheet, row: int, column: int, wrong: Wrong, header: str = "") -> Fault:
    """Make a fault of a cell that cannot be taken."""
    place = sheet.place(row, column, header)
    return sheet.fault(wrong.code, wrong.advice, cell=place, found=wrong.found, expected=wrong.expected)


def trap_fault(sheet: Sheet, row: int, column: int, what: str) -> Fault:
    """Make a fault of a cell that holds an error value or a formula that was never calculated."""
    advice = "Open the workbook in its program, let it calculate, mend errors, save it, and upload it again."
    return sheet.fault("no-stored-value", advice, cell=sheet.place(row, column), found=what, expected="a value")


def merged_fault(sheet: Sheet, top: int, left: int, bottom: int, right: int) -> Fault:
    """Make a fault of merged cells inside a table: only the first of them holds anything."""
    place = f"{sheet.place(top, left)}:{sheet.place(bottom, right)}"
    advice = "Split the merged cells and write the value or name into each."
    return sheet.fault("merged", advice, cell=place, found="merged cells inside the table", expected="single cells")


def too_many_rows(sheet: Sheet, limit: int) -> Fault:
    advice = "Upload the data in several files."
    return sheet.fault("rows", advice, found="more rows", expected=f"at most {limit:,} rows in a table")
