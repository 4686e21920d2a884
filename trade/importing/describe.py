"""Says what one table was understood to be about, property by property, each with the text or column that says so.

The page of an upload shows it, so that an editor sees at a glance what was read, and what was assumed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from trade import time_period
from trade.flow_names import NAMES
from trade.importing.texts import countries, flow_words, heading_words, money_units

LEVELS = {2: "chapters (2 digits)", 4: "headings (4 digits)", 6: "subheadings (6 digits)"}
LISTED = {"province": "provinces", "commodity": "goods", "total": "all goods and provinces together"}
STATUSES = {
    "A": "normal (A)",
    "P": "provisional (P)",
    "B": "break in the series (B)",
    "O": "missing (O)",
    "L": "not collected (L)",
    "Q": "suppressed (Q)",
    "U": "low reliability (U)",
    "E": "estimate (E)",
}
COMPONENTS = {"reported": "value as reported", "estimate": "estimate", "second_estimate": "second estimate"}
MOST = 80  # characters of a text that are quoted
UNSAID, ANSWERED, CHOSEN = "not named in the file", "answered by the editor", "chosen at upload"


class Evidence(NamedTuple):
    """What says a property: a text of the file, quoted, and where it stands; or only where it comes from."""

    said: str = ""
    place: str = UNSAID


@dataclass
class Facts:
    """What the rows of a table hold: {"to_dprk"}, {(2016, 0), (2016, 3)}, lengths of codes, statuses, components."""

    flows: set = field(default_factory=set)
    periods: set = field(default_factory=set)
    lengths: set = field(default_factory=set)
    statuses: set = field(default_factory=set)
    components: set = field(default_factory=set)
    largest: int = 0  # value, in dollars


def facts(tables: Iterable[pa.Table]) -> Facts:
    """Collect what the rows of Arrow tables hold."""
    found = Facts()
    for table in tables:
        months = pc.unique(pc.add(pc.multiply(table["year"], 100), table["month"])).to_pylist()
        found.periods |= {divmod(month, 100) for month in months if month is not None}
        found.largest = max(found.largest, pc.max(table["value_usd"]).as_py() or 0)
        found.lengths |= set(pc.unique(pc.utf8_length(pc.unique(table["key"]))).to_pylist()) - {None}
        found.statuses |= {"A"} if pc.any(pc.is_null(table["status"])).as_py() else set()
        for name, into in (("flow", found.flows), ("status", found.statuses), ("component", found.components)):
            into |= set(pc.unique(table[name]).to_pylist()) - {None}
    return found


class Texts:
    """The texts of a table by where they stand: [("title", "China's exports …"), ("header", "Value (US$)"), …]."""

    def __init__(self, sheet, titles: Iterable, headers: Iterable, notes: Iterable = (), columns: dict | None = None):
        self.sheet, self.columns = sheet, columns or {}  # {"flow": "Direction"}: headers by the role of their columns
        named = [("sheet name", sheet.name)] if sheet.name else []
        self.all = [*(("title", text) for text in titles), *named, *(("header", text) for text in headers)]
        self.all += [("note", text) for text in notes]

    def near(self) -> list[tuple[str, str]]:
        """List the titles, the name of the sheet and the headers: what is said of the whole table."""
        return [(place, str(text)) for place, text in self.all if place not in ("note", "column") and text]

    def column(self, *roles) -> Evidence:
        """Find the column of the first of some roles that the table has."""
        header = next((self.columns[role] for role in roles if role in self.columns), "")
        return of_column(header) if header else Evidence()

    def first(self, says, *roles) -> Evidence:
        """Find the column of a role, or else the first text that says something."""
        if (column := self.column(*roles)) != Evidence():
            return column
        for place, text in self.all:
            if text and says(text):
                return Evidence(str(text).strip()[:MOST], place)
        return Evidence()


def table(texts: Texts, terms, found: Facts, unit: int) -> list[dict]:
    """Describe a table by its texts and rows; `unit` is how many dollars one of its units is."""
    evidence = {
        "Reporter": reporter(texts, terms),
        "Partner": partner(texts, terms),
        "Measure": texts.first(_names_value, "component"),
        "Unit": _unit(texts, terms, unit),
        "Frequency": texts.column("month", "period", "year"),
        "Status": texts.column("status"),
    }
    evidence |= {f"Direction {flow}": _direction(texts, terms, flow) for flow in found.flows}
    return rows(texts.sheet, terms, found, unit, evidence)


def rows(sheet, terms, found: Facts, unit: int, evidence: dict[str, Evidence]) -> list[dict]:
    """Write the description of a table.

    [{"what": "Unit", "value": "US$ thousand", "said": "in US$ thousand", "place": "title", "where": "Sheet “a”"}, …];
    `said` is "" where nothing in the file says it. `evidence` is by property; for one direction "Direction to_dprk".
    """
    where = sheet.title
    values = [
        ("Reporter", "Reporter", terms.partner[:1].upper() + terms.partner[1:] or "the partner of the dataset"),
        ("Partner", "Partner", "the DPRK"),
        *((f"Direction {flow}", "Direction", NAMES.get(flow, flow)) for flow in sorted(found.flows)),
        ("Measure", "Measure", _in_words(found.components, COMPONENTS) or "value as reported"),
        ("Unit", "Unit", money_units.in_words(unit)),
        ("Frequency", "Frequency", _frequency(found.periods)),
        ("Period", "Period", _span(found.periods)),
        ("Status", "Status", _in_words(found.statuses, STATUSES) or STATUSES["A"]),
        ("Level", "Level", _level(terms.kind, found.lengths)),
    ]
    by_rows = {"Frequency", "Period", "Level"}  # these are read off the rows themselves
    described = []
    for key, what, value in values:
        of_rows = Evidence("", "the rows of the table") if key in by_rows else Evidence()
        said, place = evidence.get(key) or evidence.get(what) or of_rows
        place = of_rows.place if place == UNSAID and key in by_rows else place
        described.append({"what": what, "value": value, "said": said, "place": place, "where": where})
    return described


def of_column(header: str, said="") -> Evidence:
    """Make the evidence of a column, and of what its cells say."""
    return Evidence(said, f"column “{header}”")


def merged(described: list[dict]) -> list[dict]:
    """Put together what is said alike of several tables: `where` then names the tables, or is "" if it is all."""
    wheres = list(dict.fromkeys(row["where"] for row in described))
    together = {}
    for row in described:
        key = tuple(row[name] for name in ("what", "value", "said", "place"))
        together.setdefault(key, []).append(row["where"])
    order = list(dict.fromkeys(row["what"] for row in described))
    return [
        dict(zip(("what", "value", "said", "place"), key, strict=True))
        | {"where": "" if set(tables) == set(wheres) else _listed(list(dict.fromkeys(tables)))}
        for key, tables in sorted(together.items(), key=lambda item: order.index(item[0][0]))
    ]


def _listed(names):
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _names_value(text):
    return heading_words.column(text).role == "reported" or bool(money_units.units([text]).dollars)


def reporter(texts: Texts, terms) -> Evidence:
    """Find what names the partner of the dataset, whose trade with the DPRK it is."""
    code = countries.of_dataset(terms)
    return texts.first(lambda text: countries.names(text, code), "reporter")


def partner(texts: Texts, terms) -> Evidence:
    """Find what names the DPRK."""
    said = texts.first(lambda text: countries.DPRK in countries.named(text).known, "partner")
    return Evidence("", ANSWERED) if said == Evidence() and "partner" in terms.answers else said


def _direction(texts, terms, flow):
    said = texts.first(lambda text: flow_words.flow(text) == flow, "flow")
    if said == Evidence():
        said = texts.first(lambda text: flow_words.flow(text) or flow_words.total_trade(text))
    if "exports" in terms.asked and said != Evidence():
        return said._replace(place=f"{said.place}; whose it is was {ANSWERED}")
    if said == Evidence() and terms.flow == flow:
        return Evidence("", CHOSEN)
    return Evidence("", ANSWERED) if said == Evidence() and terms.asked else said


def names_unit(texts: Texts) -> bool:
    """Tell whether any text or column names a unit."""
    return "unit" in texts.columns or any(money_units.units([str(text)]) for _place, text in texts.all if text)


def _unit(texts, terms, unit):
    said = texts.first(lambda text: unit in money_units.units([text]).dollars | money_units.units([text]).loose, "unit")
    if said != Evidence():
        return said
    return Evidence("", ANSWERED if "unit" in terms.asked else f"{UNSAID}: whole dollars are read")


def _in_words(codes, names):
    return ", ".join(dict.fromkeys(names.get(code, code) for code in sorted(codes)))


def _frequency(periods):
    kinds = {"monthly" if month else "annual" for _year, month in periods}
    return " and ".join(sorted(kinds)) or "none"


def _span(periods):
    if not periods:
        return "none"
    first, last = (time_period.written(*period) for period in (min(periods), max(periods)))
    return f"{first} to {last}" if first != last else first


def _level(kind, lengths):
    if kind != "commodity":
        return LISTED[kind]
    known = [LEVELS[length] for length in sorted(lengths) if length in LEVELS]
    return ", ".join(known) or LISTED[kind]
