"""Finds the header of a long table, and decides which of its columns holds what."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from rapidfuzz import fuzz, process

from spreadsheets.sheet import Sheet, Stop
from trade.importing import cell_values, unit_and_flow
from trade.importing.layouts import both_directions
from trade.importing.layouts.long_components import COMPONENTS, ORIGINS
from trade.importing.texts import countries, flow_words, heading_text, heading_words, period_values
from trade.importing.texts.flow_words import EXPORTS, IMPORTS, TOTAL

# The columns that name what a row is about, province or goods: the first of these; where its cell is blank, the next.
KEYS = {
    "province": ("province_code", "code", "province", "name"),
    "commodity": ("good_code", "code", "good", "name"),
    "total": (),
}
OTHER_KIND = {"province": KEYS["commodity"][::2], "commodity": KEYS["province"][::2]}
OTHER_KIND |= {"total": (*KEYS["province"], *KEYS["commodity"])}
MOST_NOTES = 50
A_PERIOD = "a column of years, or of years and months"
SUM = heading_words.Column("sum")  # of both directions, beside these: compared, and not stored
QUARTER = {"quarter", "quarters", "qtr", "half", "half-year", "semester", "季度", "季", "半年", "분기", "반기"}
DPRK_CODES = {"408", "109", "KP", "PRK"}
REPORTER_CODES = {*DPRK_CODES, "156", "CN", "CHN", "WLD", "W00", "0"}
ATTRIBUTES = ("status", "note", "quantity", "quantity_unit", "second_estimate_note")
SINGLE = (*ATTRIBUTES, "year", "month", "period", "flow", "component", "release")
LISTED = {*KEYS["province"], *KEYS["commodity"]}


@dataclass
class LongTable:
    """A long table: its sheet, the row of its header (from 0), the header's texts and columns."""

    sheet: Sheet
    row: int
    header: list
    columns: list[heading_words.Column]

    def where(self, *roles) -> list[int]:
        """Find the columns of some roles, in the order of the roles."""
        return [i for role in roles for i, column in enumerate(self.columns) if column.role == role]

    def notes(self) -> list[str]:
        """Collect the texts that stand alone in a row below the header, the first ones if they are many."""
        rows = islice(self.sheet.rows(), self.row + 1, None)
        alone = (row for row in rows if len(row) - row.count("") - row.count(None) == 1)
        texts = (cell for row in alone for cell in row if isinstance(cell, str) and len(cell.strip()) > 3)
        return list(islice(texts, MOST_NOTES))

    def titles(self) -> list[str]:
        """Collect the texts above the header."""
        return [cell for row in self.sheet.head[: self.row] for cell in row if isinstance(cell, str) and cell.strip()]


def find(sheet: Sheet, terms) -> LongTable | None:
    """Find the header of a long table: a row that names what is listed (but for totals), a period, and a value."""
    for number, row in enumerate(sheet.head):
        columns = [_column(cell, terms) if isinstance(cell, str) else heading_words.Column("") for cell in row]
        columns = _with_names(columns, row, sheet.head[number + 1 :])
        columns = _with_periods(_with_sums(columns, row, terms), sheet.head[number + 1 :])
        roles = {column.role for column in columns}
        if (roles & LISTED or terms.kind == "total") and roles & {"year", "period"} and roles & {*COMPONENTS}:
            return LongTable(sheet, number, [cell_values.text(cell) for cell in row], columns)
    return None


def _with_names(columns, row, below):
    """Take a column headed 구분 or 项目 for one of names, where no flow stands below it."""
    for i, column in enumerate(columns):
        if column.role == "flow" and heading_text.plain(row[i]) in heading_words.OF_FLOWS_OR_NAMES:
            cells = [line[i] for line in below if i < len(line) and cell_values.text(line[i])]
            if cells and all(period_values.period(cell) for cell in cells[:20]):
                columns[i] = heading_words.Column("period")
            elif cells and not any(flow_words.flow_of_cell(cell) for cell in cells):
                has_names = any(other.role in LISTED for other in columns)
                columns[i] = heading_words.Column("" if has_names else "name")
    return columns


def _with_periods(columns, below):
    """Take a column headed "Month" for one of periods, where these stand below it with their years."""
    roles = {column.role for column in columns}
    for i, column in enumerate(columns):
        if column.role == "month" and not roles & {"year", "period"}:
            cells = [line[i] for line in below[:20] if i < len(line) and cell_values.text(line[i])]
            periods = [period_values.period(cell) for cell in cells]
            if cells and all(isinstance(period, period_values.Period) for period in periods):
                columns[i] = heading_words.Column("period")
    return columns


def _with_sums(columns, row, terms):
    """Take 进出口 beside 出口 and 进口 for their sum, not for a column of directions."""
    flows = {column.flow for column in columns if column.role == "reported" and column.flow}
    if len(flows) == 2:
        for i, column in enumerate(columns):
            is_sum = column.role in ("flow", "reported", "") and not column.flow and isinstance(row[i], str)
            if is_sum and both_directions.flow_of_header(row[i]) == TOTAL:
                columns[i] = heading_words.Column("reported", TOTAL) if terms.kind == "total" else SUM
    return columns


def _column(cell, terms):
    column = heading_words.column(cell)
    if terms.kind == "total" and column.role in ("", "reported") and heading_words.total_trade(cell):
        return heading_words.Column("reported", TOTAL)
    return column


def lacking(sheet: Sheet, terms) -> str:
    """Say what a row that is nearly the header of a long table lacks, or ""."""
    for row in sheet.head[:50]:
        roles = {heading_words.column(cell).role for cell in row if isinstance(cell, str)}
        needed = {
            "a name or code": roles & LISTED or terms.kind == "total",
            "a year or period": roles & {"year", "period"},
            "values": roles & {*COMPONENTS},
        }
        absent = [need for need, present in needed.items() if not present]
        if len(absent) == 1 and len(roles - {""}) >= 3:
            where = f"{sheet.name}: " if sheet.name else ""
            columns = ", ".join(str(cell) for cell in row if cell)
            return f"{where}the columns {columns}, none of them recognised as {absent[0]}"
    return ""


class ValueColumn(NamedTuple):
    """A column of values: where it stands, what its values are ("reported", "estimate" …), their flow or "", unit."""

    index: int
    component: str
    flow: str
    unit: int


@dataclass
class Columns:
    """The columns of a long table by what they hold."""

    keys: list[int]
    period: list[int]  # year and month, or one column of both
    values: list[ValueColumn]
    flow: int | None = None
    constant_flow: str = ""  # of the whole table, where no column and no header says it
    optional: dict = field(default_factory=dict)  # status, note, quantity, quantity_unit, component

    @property
    def standing_once(self):
        """The columns in which a text may stand once for several rows: names, flows, years."""
        return [*self.keys, *([] if self.flow is None else [self.flow]), *self.period[:1]]

    @property
    def used(self):
        others = [i for i in (self.flow, *self.optional.values()) if i is not None]
        return {*self.keys, *self.period, *(column.index for column in self.values), *others}


def assign_columns(table: LongTable, terms, other_texts=()) -> Columns:
    """Decide which column holds what.

    Raises: Stop, with every fault of the header, or with a question.
    """
    _check_header(table, terms)
    keys = table.where(*KEYS[terms.kind])
    year, month, year_and_month = table.where("year"), table.where("month"), table.where("period")
    flow = table.where("flow")
    known = (*ATTRIBUTES, *(ORIGINS if terms.kind == "total" else ()), "component")
    optional = {role: table.where(role)[0] for role in known if table.where(role)}
    units = table.where("unit")
    if units and "quantity" in optional:
        optional.setdefault("quantity_unit", units.pop())
    columns = Columns(keys, [*year, *month] if year else year_and_month, [], flow[0] if flow else None, "", optional)
    named_units = unit_and_flow.column_units(
        terms, table.sheet, {table.header[i]: distinct_texts(table, i) for i in units}
    )
    around = [*table.notes(), *other_texts]
    columns.values = [_value_column(table, i, terms, named_units, around) for i in table.where(*COMPONENTS)]
    _check_quarters(table)
    _check_parties(table, terms)
    countries.check(terms, table.sheet, [*table.titles(), *(table.header[i] for i in table.where(*COMPONENTS))])
    tells_parties = table.where("exporter") and table.where("importer")
    if columns.flow is None and not tells_parties and not all(column.flow for column in columns.values):
        columns.constant_flow = unit_and_flow.flow(terms, table.sheet, table.titles())
    return columns


def _check_header(table, terms):
    faults = [_duplicate(table, columns) for columns in _duplicate_columns(table, terms)]
    if table.where(*OTHER_KIND[terms.kind]):
        faults.append(_of_other_kind(table, terms))
    faults += _nearly_known(table)
    if faults:
        raise Stop(*_distinct(faults))
    if KEYS[terms.kind] and not table.where(*KEYS[terms.kind]):
        found, expected = "the columns " + ", ".join(filter(None, table.header)), "a column of codes or names"
        raise Stop(table.sheet.fault("no-key", "Name the column.", found=found, expected=expected))


def _duplicate_columns(table, terms):
    """Find columns of which there may be one, and are several: of one role, or of values of the same flow."""
    times = Counter(column.role for column in table.columns if column.role in SINGLE)
    duplicates = [table.where(role) for role, count in times.items() if count > 1]
    flows = Counter((table.columns[i].role, table.columns[i].flow) for i in table.where(*COMPONENTS))
    reported = table.where("reported")
    if max(flows.values()) > 1 or (len(reported) > 1 and None in {table.columns[i].flow for i in reported}):
        duplicates.append(reported if len(reported) > 1 else table.where("estimate", "second_estimate"))
    if len(reported) > 1 and table.where("flow", "status", "quantity", "component"):
        duplicates.append(reported)
    keys = next((columns for role in KEYS[terms.kind] if (columns := table.where(role))), [])
    return [*duplicates, keys] if len(keys) > 1 else duplicates


def _distinct(faults):
    return list({(fault.code, fault.cell, fault.found): fault for fault in faults}.values())


def _duplicate(table, columns):
    names = [f"{table.header[i]} ({table.sheet.place(table.row, i, table.header[i])})" for i in columns]
    return table.sheet.fault(
        "duplicate-column",
        "Remove or rename one of the columns.",
        cell=table.sheet.place(table.row, columns[-1], table.header[columns[-1]]),
        found=" and ".join(names),
        expected="one column for each field, or one value column for each flow",
    )


def _of_other_kind(table, terms):
    column = table.where(*OTHER_KIND[terms.kind])[0]
    thing = {"province": "province", "commodity": "HS code", "total": "period"}[terms.kind]
    other = "province" if table.columns[column].role.startswith("province") else "HS code"
    if terms.kind == "total" and table.columns[column].role in ("code", "name"):
        other = "code or name"
    return table.sheet.fault(
        "other-kind",
        f"Choose the dataset that the file belongs to, or sum the values by {thing} and remove this column.",
        cell=table.sheet.place(table.row, column, table.header[column]),
        found=f"a breakdown by {other}: {table.header[column]}",
        expected=f"values by {thing} only",
    )


def _nearly_known(table):
    """Refuse a header that is a slip of a known one that is absent: "staus" would lose the statuses silently."""
    present = {column.role for column in table.columns}
    known = {name: role for name, role in heading_words.ROLE_OF.items() if role not in present and len(name) > 3}
    known |= {"reported usd": "reported", "estimate usd": "estimate"}
    faults = []
    for i, column in enumerate(table.columns):
        words = heading_text.plain(table.header[i])
        if column.role or not words or heading_words.aside(words):
            continue
        near = _nearest(words, known)
        if near and known[near] not in present:
            faults.append(
                table.sheet.fault(
                    "unknown-column",
                    "Correct the name of the column, or remove it.",
                    cell=table.sheet.place(table.row, i, table.header[i]),
                    found=table.header[i],
                    expected=f"a recognised column; did you mean {near}?",
                )
            )
    return faults


def _nearest(words, known):
    match = process.extractOne(words, list(known), scorer=fuzz.ratio, score_cutoff=82)
    return match[0] if match else None


def distinct_texts(table: LongTable, i: int) -> set[str]:
    """Collect the different texts of a column."""
    rows = islice(table.sheet.rows(), table.row + 1, None)
    return set(map(cell_values.text, {row[i] for row in rows if i < len(row)})) - {""}


def _is_party(text, codes, terms):
    """Whether a cell names the DPRK or its partner, by code or by name."""
    if text.removesuffix(".0").upper() in codes:
        return True
    named = countries.named(text)
    return bool(named.known or named.others) and not named.unclear and not countries.strangers(named, terms)


def _check_parties(table, terms):
    """Refuse a table whose columns name other countries than the DPRK and its partner.

    Raises: Stop.
    """
    for role, codes in (("partner", DPRK_CODES), ("reporter", REPORTER_CODES)):
        for i in table.where(role):
            others = sorted(text for text in distinct_texts(table, i) if not _is_party(text, codes, terms))
            if others:
                advice = "Remove the rows for other countries."
                expected = f"{terms.partner or 'China or the world'} and the DPRK"
                shown = ", ".join(others[:5])
                raise Stop(
                    table.sheet.fault("other-partner", advice, cell=table.header[i], found=shown, expected=expected)
                )


def _check_quarters(table):
    """Refuse a column of quarters or half-years, of which a year beside it says nothing.

    Raises: Stop.
    """
    for i in table.where("period"):
        if heading_text.plain(table.header[i]) in QUARTER:
            cell, found = table.sheet.place(table.row, i, table.header[i]), f"a column “{table.header[i]}”"
            raise Stop(table.sheet.fault("part-year", period_values.QUARTER, cell=cell, found=found, expected=A_PERIOD))


def _value_column(table, i, terms, named_units, around):
    column = table.columns[i]
    flow = flow_words.whose(table.titles(), column.flow or "", table.header[i])
    if flow in (EXPORTS, IMPORTS):
        flow = unit_and_flow.seen_from(terms, flow)
    texts = {text for (row, column), text in table.sheet.shown.items() if row > table.row and column == i}
    header = [table.header[i], *named_units, *unit_and_flow.shown_units(table.sheet, texts)]
    others = [table.header[other] for other in table.where(*COMPONENTS) if other != i]  # their unit may be its own too
    unit = unit_and_flow.unit(terms, table.sheet, header=header, titles=table.titles(), around=[*others, *around])
    return ValueColumn(i, column.role, flow, unit)
