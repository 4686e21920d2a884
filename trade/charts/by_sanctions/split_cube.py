"""Splits the trade of a node by what sanctions say of it: a cube whose nodes are the levels of sanctions.

Whatever draws, tabulates or writes a cube can so do it with this one, and its sums are those of the node. Each year is
split by its deepest codes that have a row, which may be chapters in one year and headings in another, months by
chapters. "then" takes the rules of the last day of a year or month, "today" those of one day for all.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from trade.charts.cube import NO_VALUE, ROOT, UNSPECIFIED, WEIGHT
from trade.charts.cube_reader import Cells, Month, add, reading
from trade.sanction_levels import BANNED, FREE, ORDER, PARTLY, PARTS, Rules, group_of, names

FLOWS = ("to_dprk", "from_dprk")
KEPT = 24  # cubes that were split: of each page that is asked for, those of then and today
NOTHING = Month()


class Split:
    """A node's trade by level of sanctions: its `cube`, and the periods in which the rules changed for its goods."""

    def __init__(self, cube: dict, slug: str, rules: Rules, basis: str):
        self._source, self._slug, self._rules, self._basis = cube, slug, rules, basis
        self._changed = {flow: set() for flow in FLOWS}
        years = {flow: self._years(flow) for flow in FLOWS}
        months = {flow: self._months(flow) for flow in FLOWS}
        self.cube = cube | {
            "nodes": _nodes(cube["nodes"][slug]),
            "cells": {flow: of_flow for flow, of_flow in years.items() if of_flow},
            "months": {flow: of_flow for flow, of_flow in months.items() if of_flow},
            "quantities": {},
            "second_estimates": {},
            "breaks": {flow: _breaks(cube, flow, slug) for flow in FLOWS},
        }

    def changed(self, flow: str, period) -> bool:
        """Whether the rules changed for any of the goods within a year, or "2017-08", in either of its flows."""
        flows = FLOWS if flow == "both" else (flow,)
        return self._basis == "then" and any(str(period) in self._changed[one] for one in flows)

    def groups(self, flow: str, slug: str, period) -> list[str]:
        """The groups of the goods at or below a node in a period, in their order: ["banned", "free"]."""
        cells = self._reading(flow, monthly=isinstance(period, str))
        day = self._day(cells, period)
        found = {group for leaf in _leaves(cells, slug, period) for group in self._groups(cells, leaf, flow, day)}
        return [group for group in ORDER if group in found]

    def _day(self, cells, period):
        return last_day(cells, period) if self._basis == "then" else self._rules.today

    def _years(self, flow):
        cells = self._reading(flow)
        several = [self._split(cells, flow, year) for year in cells.periods]
        return _laid_out(several) if any(several) else {}

    def _months(self, flow):
        cells = self._reading(flow, monthly=True)
        made = {}
        for month in cells.periods:
            for group, cell in self._split(cells, flow, month).items():
                made.setdefault(group, {})[month] = list(cell)
        return made

    def _reading(self, flow, **how):
        return reading(self._source, flow, estimates=True, **how)

    def _split(self, cells, flow, period):
        """The groups of one period: {"banned": Month(…), "all": Month(…)}; {} without any row."""
        first, last, day = _first_day(period), last_day(cells, period), self._day(cells, period)
        groups = {}
        for slug in _leaves(cells, self._slug, period):
            code = self._code(cells, slug)
            if self._rules.changed(code, flow, first, last):
                self._changed[flow].add(str(period))
            for group in self._groups(cells, slug, flow, day):
                groups.setdefault(group, []).append(_cell(cells, slug, period))
        made = {group: _added(several) for group, several in groups.items()}
        return _without_gaps(made) if made else {}

    def _groups(self, cells, slug, flow, day):
        """The groups that a leaf is counted in, from all to its own."""
        ends = self._rules.level(self._code(cells, slug), flow, day)
        group = group_of(FREE, BANNED) if cells.is_remainder(slug) else group_of(*ends)
        return (ROOT, PARTLY, group) if group in PARTS.values() else (ROOT, group)

    def _code(self, cells, slug):
        return cells.nodes[slug]["code"]


def of(cube: dict, slug: str, rules: Rules, basis: str) -> Split:
    """Split the trade of a node ("all", "v", "27", "2701") by the rules of "then" or "today"; made once, and kept."""
    return _made(_Same(cube), slug, _Same(rules), basis)


class _Same:
    """A thing by what it is, not by what it holds, so that it can be looked up."""

    def __init__(self, thing):
        self.thing = thing

    def __eq__(self, other):
        return self.thing is other.thing

    def __hash__(self):
        return id(self.thing)


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


def _leaves(cells: Cells, slug, period) -> Iterator[str]:
    """The deepest nodes at or below one that have a row in a period."""
    below = [child for child in cells.nodes[slug]["children"] if has_row(cells, child, period)]
    for child in below:
        yield from _leaves(cells, child, period)
    if not below and has_row(cells, slug, period):
        yield slug


def has_row(cells: Cells, slug: str, period) -> bool:
    """Whether a node has a row in a period, of what is reported or of an estimate."""
    return bool(cells.status((slug,), period)) or cells.estimate((slug,), period) is not None


def _cell(cells, slug, period):
    """What a leaf has, as a cube writes it."""
    of = (slug,)
    gaps, covered = cells.gaps(of, period), cells.covered(of, period)
    return Month(cells.reported(of, period), cells.estimate(of, period), cells.status(of, period) or " ", gaps, covered)


def _added(several):
    """Add the cells of leaves: of several statuses the weightiest tells about the sum, as trade.charts.cube has it."""
    reported, estimate = (add(*(getattr(cell, name) for cell in several)) for name in ("reported", "estimate"))
    letters = {cell.status for cell in several} - {" "}
    heaviest = max(letters, key=WEIGHT.get, default=" ")
    status = heaviest if len(letters) < 2 or WEIGHT[heaviest] >= NO_VALUE else "O"
    return Month(reported, estimate, status, sum(c.gaps for c in several), sum(c.covered for c in several))


def _without_gaps(made):
    """Of a period with figures a group that no code falls into has none of them: its trade is nought, not missing."""
    nothing = Month(reported=0, status="A") if made[ROOT].reported is not None else NOTHING
    return dict.fromkeys(names(), nothing) | made


def _laid_out(several):
    """Lay the groups of each year out as one list a group: {"banned": {"reported": [None, 5], …, "status": " A"}}."""
    groups = dict.fromkeys(group for one in several for group in one)
    made = {}
    for group in groups:
        columns = zip(*(one.get(group, NOTHING) for one in several), strict=True)
        made[group] = dict(zip(Month._fields, map(list, columns), strict=True))
        made[group]["status"] = "".join(made[group]["status"])
    return made


def last_day(cells: Cells, period) -> date:
    """The last day of a year or month; of a part-year that of the last of its months."""
    is_month = isinstance(period, str)
    year, month = (int(period[:4]), int(period[5:])) if is_month else (period, (cells.part(period) or [12])[-1])
    return date(year, month, monthrange(year, month)[1])


def _first_day(period):
    return date.fromisoformat(f"{period}-01" if isinstance(period, str) else f"{period}-01-01")


def _breaks(cube, flow, slug):
    """A break behind the whole is one of each group: nobody knows which of its codes it moved."""
    periods = cube.get("breaks", {}).get(flow, {}).get(slug, [])
    return dict.fromkeys((ROOT, *names()), periods) if periods else {}
