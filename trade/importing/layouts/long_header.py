"""Finds the header of a long table, and decides which of its columns is what."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from rapidfuzz import process

from spreadsheets.sheet import Sheet, Stop
from trade.importing import cell_values, heading_words, unit_and_flow
from trade.importing.heading_words import EXPORTS, IMPORTS

# What a row is about: the first of these columns; where its cell is blank, the next.
KEYS = {
    "province": ("province_code", "code", "province", "name"),
    "commodity": ("good_code", "code", "good", "name"),
}
OTHER_KIND = {"province": KEYS["commodity"][::2], "commodity": KEYS["province"][::2]}
FACTS = ("status", "note", "quantity", "quantity_unit")
SINGLE = (*FACTS, "year", "month", "period", "flow", "unit", "component", "partner", "reporter", "release")
LISTED = {*KEYS["province"], *KEYS["commodity"]}


@dataclass
class LongTable:
    """A long table that was found: its sheet, the row of its header (from 0), the header's texts and columns."""

    sheet: Sheet
    row: int
    header: list
    columns: list[heading_words.Column]

    def where(self, *roles) -> list[int]:
        """Find the columns of some roles, in the order of the roles."""
        return [i for role in roles for i, column in enumerate(self.columns) if column.role == role]

    def titles(self) -> list[str]:
        """Collect the texts above the header."""
        return [cell for row in self.sheet.head[: self.row] for cell in row if isinstance(cell, str) and cell.strip()]


def find(sheet: Sheet) -> LongTable | None:
    """Find the header of a long table: a row that names what is listed, a period, and a value."""
    for number, row in enumerate(sheet.head):
        columns = [heading_words.column(cell) if isinstance(cell, str) else heading_words.Column("") for cell in row]
        roles = {column.role for column in columns}
        if roles & LISTED and roles & {"year", "period"} and roles & {"reported", "estimate"}:
            return LongTable(sheet, number, [cell_values.text(cell) for cell in row], columns)
    return None


def lacking(sheet: Sheet) -> str:
    """Say what a row that is nearly the header of a long table lacks, or ""."""
    for row in sheet.head[:50]:
        roles = {heading_words.column(cell).role for cell in row if isinstance(cell, str)}
        needs = {
            "a name or code": roles & LISTED,
            "a year or period": roles & {"year", "period"},
            "values": roles & {"reported", "estimate"},
        }
        lacks = [need for need, there in needs.items() if not there]
        if len(lacks) == 1 and len(roles - {""}) >= 3:
            where = f"{sheet.name}: " if sheet.name else ""
            return (
                f"{where}the columns {', '.join(str(cell) for cell in row if cell)}, none of them known as {lacks[0]}"
            )
    return ""


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
    optional = {role: found.where(role)[0] for role in (*FACTS, "component") if found.where(role)}
    units = found.where("unit")
    if units and "quantity" in optional:
        optional.setdefault("quantity_unit", units.pop())
    made = Plan(keys, [*year, *month] if year else both, [], flow[0] if flow else None, "", optional)
    said = _said_in_column(found, units[0]) if units else []
    made.values = [_value(found, i, terms, said) for i in found.where("reported", "estimate")]
    _check_parties(found)
    if made.flow is None and not all(value[2] for value in made.values):
        made.constant_flow = unit_and_flow.flow(terms, found.sheet, found.titles())
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
    if len(reported) > 1 and found.where("flow", "status", "quantity", "component"):
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
    known = {name: role for name, role in heading_words.ROLE_OF.items() if role not in present and len(name) > 3}
    known |= {"reported usd": "reported", "estimate usd": "estimate"}
    faults = []
    for i, column in enumerate(found.columns):
        words = heading_words.plain(found.header[i])
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


def said_in(found: LongTable, i: int) -> set[str]:
    """Collect the different texts of a column."""
    rows = islice(found.sheet.rows(), found.row + 1, None)
    return set(map(cell_values.text, {row[i] for row in rows if i < len(row)})) - {""}


def _check_parties(found):
    """Refuse a table whose columns name other countries than the DPRK and its partner.

    Raises: Stop.
    """
    for role, known in (("partner", heading_words.A_DPRK), ("reporter", heading_words.A_REPORTER)):
        for i in found.where(role):
            others = sorted(text for text in said_in(found, i) if not known.fullmatch(text))
            if others:
                advice, expected = "Remove the rows of other countries.", "trade of China, or the world, with the DPRK"
                shown = ", ".join(others[:5])
                raise Stop(
                    found.sheet.fault("other-partner", advice, cell=found.header[i], found=shown, expected=expected)
                )


def _said_in_column(found, i):
    """Return what a column of units says, which must be one thing.

    Raises: Stop, where it says several.
    """
    said = said_in(found, i)
    unit_and_flow.one_unit(found.sheet, found.header[i], said)
    return list(said)


def _value(found, i, terms, said):
    column = found.columns[i]
    flow = heading_words.whose(found.titles(), column.flow or "", found.header[i])
    if flow in (EXPORTS, IMPORTS):
        flow = unit_and_flow.seen_from(terms, flow)
    texts = {text for (row, column), text in found.sheet.shown.items() if row > found.row and column == i}
    header = [found.header[i], *said, *unit_and_flow.shown_units(found.sheet, texts)]
    unit = unit_and_flow.unit(terms, found.sheet, header=header, titles=found.titles())
    return i, column.role, flow, unit
