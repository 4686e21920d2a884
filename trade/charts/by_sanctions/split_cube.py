"""Splits the trade of a node by what sanctions say of it: a cube whose nodes are the levels of sanctions.

Whatever draws, tabulates or writes a cube can so do it with this one, and its sums are those of the node. Each year is
split by its deepest codes that have a row, which may be chapters in one year and headings in another, months by
chapters. "then" takes the rules of the last day of a year or month, "today" those of one day for all.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from trade.charts.cube import NO_VALUE, ROOT, UNSPECIFIED, WEIGHT
from trade.charts.cube_reader import Cells, Month, Same, add, months_of, reading
from trade.sanction_levels import BANNED, FREE, ORDER, PARTLY, PARTS, Rules, group_of, names

FLOWS = ("to_dprk", "from_dprk")
KEPT = 24  # cubes that were split: of each page that is asked for, those of then and today
NOTHING = Month()


class Split:
    """A node's trade by level of sanctions: its `cube`, and the periods in which the rules changed for its goods."""

    def __init__(self, cube: dict, slug: str, rules: Rules, basis: str):
        self._source, self._slug, self._rules, self._basis = cube, slug, rules, basis
        self._changed, self._found = ({flow: set() for flow in FLOWS} for _kind in range(2))
        years = {flow: self._of_flow(flow, cube["cells"].get(flow, {}), cube["years"]) for flow in FLOWS}
        months = {flow: self._months(flow, months_of(cube)) for flow in FLOWS}
        self.cube = cube | {
            "nodes": _nodes(cube["nodes"][slug]),
            "cells": {flow: _laid_out(of_flow) for flow, of_flow in years.items() if any(of_flow)},
            "months": {flow: of_flow for flow, of_flow in months.items() if of_flow},
            "quantities": {},
            "second_estimates": {},
            "breaks": {flow: _breaks(cube, flow, slug) for flow in FLOWS},
        }

    def changed(self, flow: str, period) -> bool:
        """Whether the rules changed for any of the goods within a year, or "2017-08", in either of its flows."""
        flows = FLOWS if flow == "both" else (flow,)
        return self._basis == "then" and any(str(period) in self._changed[one] for one in flows)

    def holds(self, flow: str, group: str) -> bool:
        """Whether any goods fall into a group in any year or month, in either of a flow's directions."""
        return any(group in self._found[one] for one in (FLOWS if flow == "both" else (flow,)))

    def groups(self, flow: str, slug: str, year: int) -> list[str]:
        """The groups of the goods at or below a node in a year, in their order: ["banned", "partly"]."""
        known, years = self._source["cells"].get(flow, {}), self._source["years"]
        leaves = self._leaves(flow, slug, known, years) if year in years else ()
        found = {group for group, _column, places in leaves if places >> years.index(year) & 1}
        found |= {PARTLY} if found & set(PARTS.values()) else set()
        return [group for group in ORDER if group in found]

    def _months(self, flow, months):
        """The months of each group: {"banned": {"2025-01": [1563887, None, "P", 0, 0]}}."""
        known = {slug: _in_months(of, months) for slug, of in self._source["months"].get(flow, {}).items()}
        made = {}
        for month, groups in zip(months, self._of_flow(flow, known, months), strict=True):
            for group, cell in groups.items():
                made.setdefault(group, {})[month] = list(cell)
        return made

    def _of_flow(self, flow, known, periods):
        """The groups of each period: [{"banned": Month(…), "all": Month(…)}]; {} of one without any row."""
        leaves, held = {}, {}  # of each group the columns of its leaves, and the places in which it has any
        for group, column, places in self._leaves(flow, self._slug, known, periods):
            for name in (ROOT, PARTLY, group) if group in PARTS.values() else (ROOT, group):
                leaves.setdefault(name, []).append(column)
                held[name] = held.get(name, 0) | places
        self._found[flow] |= leaves.keys()
        sums = {name: _added(columns) for name, columns in leaves.items()}
        several = (
            {name: sums[name][place] for name in sums if held[name] >> place & 1} for place in range(len(periods))
        )
        return [_without_gaps(groups) if groups else {} for groups in several]

    def _leaves(self, flow, slug, known, periods) -> Iterator[tuple[str, dict, int]]:
        """The deepest nodes at or below one, each once a group: (group, its column, the places of the periods as bits).

        Notes in which periods the rules changed. The column is blank in all other places.
        """
        part = reading(self._source, flow).part
        days = [last_day(part(period), period) for period in periods]
        for node, rows, own in _deepest(self._source["nodes"], known, slug):
            column = known[node["slug"]]
            for group, places in self._groups(flow, node, own, periods, days).items():
                yield group, column if places == rows else _only(column, places), places

    def _groups(self, flow, node, own, periods, days):
        """The groups of a leaf, and as bits the places of the periods in which it belongs to it: {"banned": 0b110}."""
        if reading(self._source, flow).is_remainder(node["slug"]):
            return {group_of(FREE, BANNED): own}
        code, edition = node["code"], self._source["dataset"].get("hs_edition", "")
        changes = self._rules.changes(code, flow, edition)
        if self._basis == "today" or not changes:
            return {group_of(*self._rules.level(code, flow, self._rules.today, edition)): own}
        found = {}
        for place in _places(own):
            if bisect_right(changes, _first_day(periods[place])) < bisect_right(changes, days[place]):
                self._changed[flow].add(str(periods[place]))
            group = group_of(*self._rules.level(code, flow, days[place], edition))
            found[group] = found.get(group, 0) | 1 << place
        return found


def of(cube: dict, slug: str, rules: Rules, basis: str) -> Split:
    """Split the trade of a node ("all", "v", "27", "2701") by the rules of "then" or "today"; made once, and kept."""
    return _made(Same(cube), slug, Same(rules), basis)


@lru_cache(maxsize=KEPT)
def _made(cube, slug, rules, basis):
    return Split(cube.thing, slug, rules.thing, basis)


def _nodes(node):
    """The whole under the root's name, the groups, and below "partly" what may be banned or capped.

    The groups have no parent: they are no parts among which one ranks.
    """
    made = {ROOT: node | {"slug": ROOT, "level": "root", "parent": None, "children": list(ORDER)}}
    below = {PARTLY: list(dict.fromkeys(PARTS.values()))}
    for slug, name in (names() | {UNSPECIFIED: ""}).items():
        made[slug] = {"slug": slug, "code": "", "name": name, "title": name, "level": "sanctions", "parent": None,
                      "colour": 0, "children": below.get(slug, [])}  # fmt: skip
    return made


# Which nodes are the deepest.


def _deepest(nodes, known, slug):
    """Each node at or below one with a row where nothing below it has one: (node, all its rows, those), both as bits.

    A bit stands for the place of a period.
    """
    rows = {}
    for one in _below(nodes, known, slug):
        rows[one] = own = _rows(known[one])
        for child in nodes[one]["children"]:
            own &= ~rows.get(child, 0)
        if own:
            yield nodes[one], rows[one], own


def _places(bits):
    return [place for place in range(bits.bit_length()) if bits >> place & 1]


def _below(nodes, known, slug):
    """The nodes at or below one that a flow knows, the deeper ones first."""
    for child in nodes[slug]["children"]:
        yield from _below(nodes, known, child)
    if slug in known:
        yield slug


def _rows(column):
    if " " not in column["status"]:
        return (1 << len(column["status"])) - 1
    found = 0
    for place, (letter, estimate) in enumerate(zip(column["status"], column["estimate"], strict=True)):
        if letter != " " or estimate is not None:
            found |= 1 << place
    return found


def _only(column, places):
    """Leave of a column what stands in some places."""
    return {
        name: [value if places >> place & 1 else blank for place, value in enumerate(column[name])]
        for name, blank in zip(Month._fields, NOTHING, strict=True)
    }


def has_row(cells: Cells, slug: str, period) -> bool:
    """Whether a node has a row in a period, of what is reported or of an estimate."""
    return bool(cells.status((slug,), period)) or cells.estimate((slug,), period) is not None


def _in_months(of_node, months):
    """Lay a node's months out as its years are: {"reported": [None, 5], "status": [" ", "A"], …}."""
    cells = [of_node.get(month, NOTHING) for month in months]
    return dict(zip(Month._fields, zip(*cells, strict=True), strict=True))


# Sums.


def _added(columns) -> list[Month]:
    """Add the columns of leaves, period by period."""
    fields = [zip(*(column[name] for column in columns), strict=True) for name in Month._fields]
    return [
        Month(add(*reported), add(*estimate), _status(statuses), sum(gaps), sum(covered))
        for reported, estimate, statuses, gaps, covered in zip(*fields, strict=True)
    ]


def _status(several):
    """The status of a sum: of several the weightiest tells about it, as trade.charts.cube has it."""
    letters = set(several) - {" "}
    heaviest = max(letters, key=WEIGHT.get, default=" ")
    return heaviest if len(letters) < 2 or WEIGHT[heaviest] >= NO_VALUE else "O"


def _without_gaps(made):
    """Of a period with figures a group that no code falls into has none of them: its trade is nought, not missing."""
    nought = Month(reported=0, status="A")
    of_partly = NOTHING if PARTLY in made and made[PARTLY].reported is None else nought
    if made[ROOT].reported is None:
        nought = of_partly = NOTHING
    return dict.fromkeys(names(), nought) | dict.fromkeys(PARTS.values(), of_partly) | made


def _laid_out(several):
    """Lay the groups of each year out as one list a group: {"banned": {"reported": [None, 5], …, "status": " A"}}."""
    groups = dict.fromkeys(group for one in several for group in one)
    made = {}
    for group in groups:
        columns = zip(*(one.get(group, NOTHING) for one in several), strict=True)
        made[group] = dict(zip(Month._fields, map(list, columns), strict=True))
        made[group]["status"] = "".join(made[group]["status"])
    return made


def last_day(months: list, period) -> date:
    """The last day of a year or month; of a part-year, known by some `months`, that of the last of them."""
    is_month = isinstance(period, str)
    year, month = (int(period[:4]), int(period[5:])) if is_month else (period, (months or [12])[-1])
    return date(year, month, monthrange(year, month)[1])


def _first_day(period):
    return date.fromisoformat(f"{period}-01" if isinstance(period, str) else f"{period}-01-01")


def _breaks(cube, flow, slug):
    """A break behind the whole is one of each group: nobody knows which of its codes it moved."""
    periods = cube.get("breaks", {}).get(flow, {}).get(slug, [])
    return dict.fromkeys((ROOT, *names()), periods) if periods else {}
