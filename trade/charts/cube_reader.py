"""Reads a cube: the value, status and gaps of any node or group of nodes in any year, or month, of one flow.

Wherever it says `slugs`, several nodes are added up; wherever it says `period`, it is a year, 2016, or where a dataset
has months and the reader asked for them, a month, "2025-01". Sums are made a column at a time, for all periods, and
kept: the many views of one release ask for the same ones.
"""

from collections.abc import Callable, Sequence
from copy import copy
from functools import lru_cache
from typing import NamedTuple

from trade import time_period
from trade.charts.cube import NO_VALUE, ROOT, UNSPECIFIED, WEIGHT
from trade.charts.months import year_alone

KEPT = 48  # readings: two flows and their pairs, with estimates and without, by year and by month, of three datasets
REMEMBERED = 10_000  # what a reading keeps at most of what others worked out from it


class Month(NamedTuple):
    """A month's cell, in the order in which a cube has it."""

    reported: int | None = None
    estimate: int | None = None
    status: str = " "
    gaps: int = 0
    covered: int = 0


NO_ROW = Month()


class Rank(NamedTuple):
    """A place among those that have a value: the first of 31."""

    place: int
    count: int


class Quantity(NamedTuple):
    """How much there was of a good: 22480000.0 "t"."""

    amount: float
    unit: str


def add(*values: int | None) -> int | None:
    """Add what there is: add(1, None, 2) -> 3, add(None) -> None."""
    there = [value for value in values if value is not None]
    return sum(there) if there else None


def newest_full_year(cube: dict, flow: str) -> int | None:
    """Find the newest year of a flow that has a value and all its months; failing that the newest with a value."""
    cells = reading(cube, flow)
    valued = [year for year in cells.periods if cells.value([ROOT], year) is not None]
    full = [year for year in valued if not cells.part(year)]
    return (full or valued or cells.periods or [None])[-1]


def newest_month(cube: dict, flow: str, slugs: Sequence = (ROOT,)) -> str | None:
    """Find the newest month of a flow in which nodes have a value, or else all together; None without months."""
    cells = reading(cube, flow, monthly=True)
    newest = next((month for month in reversed(cells.periods) if cells.value(slugs, month) is not None), None)
    if newest is None and tuple(slugs) != (ROOT,):
        return newest_month(cube, flow)
    return newest or (cells.periods or [None])[-1]


def sides_of(cells: "Cells") -> list["Cells"]:
    """A direction by itself, or the two that both directions, or their balance, are made of."""
    return getattr(cells, "sides", [cells])


def months_of(cube: dict) -> list:
    """List the months that a dataset has, without holes: ["2025-01", …, "2025-09"]; [] if it has years only."""
    known = [month for of_flow in cube["months"].values() for month in of_flow.get(ROOT, {})]
    if not known:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(known), max(known)))
    return [time_period.written(count // 12, count % 12 + 1) for count in range(first, last + 1)]


def reading(cube: dict, flow: str, *, estimates: bool = True, monthly: bool = False) -> "Cells":
    """Open the cells of a flow, or of "both" or their "balance"; once for all who read the same cube."""
    return _opened(Same(cube), flow, estimates, monthly)


def published_sum(cube: dict) -> "PublishedSum":
    """Open the sum of both flows of any dataset, as published where it was; once for all who read the same cube."""
    return _sum_opened(Same(cube))


class Same:
    """A thing by what it is, not by what it holds: so that a cube can be looked up."""

    def __init__(self, thing):
        self.thing = thing

    def __eq__(self, other):
        return self.thing is other.thing

    def __hash__(self):
        return id(self.thing)


@lru_cache(maxsize=KEPT)
def _opened(same, flow, estimates, monthly):
    both = PublishedSum if same.thing["kind"] == "total" else Both
    kind = {"both": both, "balance": Balance}.get(flow, Cells)
    return kind(same.thing, flow, estimates=estimates, monthly=monthly)


@lru_cache(maxsize=KEPT // 8)
def _sum_opened(same):
    return PublishedSum(same.thing, "both")


class Cells:
    """The cells of one flow, with estimates or without, by year or by month."""

    def __init__(self, cube: dict, flow: str, *, estimates: bool = True, monthly: bool = False):
        self.cube, self.flow, self.estimates, self.monthly = cube, flow, estimates, monthly
        self.nodes = cube["nodes"]
        self.periods = months_of(cube) if monthly else cube["years"]
        self._cells = cube["cells"].get(flow, {})
        self._months = cube["months"].get(flow, {})
        self._parts = cube["parts"].get(flow, {})
        self.periods_of_all = self.periods  # what columns are made of, also where a span narrows the periods
        self._place = {period: place for place, period in enumerate(self.periods_of_all)}
        self._columns, self._ranks, self._laid, self._siblings = {}, {}, {}, {}
        self._remembered = {}

    # Values.

    def column(self, name: str, slugs: Sequence) -> Sequence:
        """One value a period of "reported", "estimate", "value", "gaps" or "letters": [None, 1673785123, …]."""
        key = (name, tuple(slugs))
        if key not in self._columns:
            self._columns[key] = self._made(name, key[1])
        return self._columns[key]

    def reported(self, slugs: Sequence, period) -> int | None:
        """What the source printed, or None where it printed nothing."""
        return self._at("reported", slugs, period)

    def estimate(self, slugs: Sequence, period) -> int | None:
        """What an editor added, or None: there is none, or the reader switched estimates off."""
        return self._at("estimate", slugs, period) if self.estimates else None

    def component(self, name: str, slugs: Sequence, period) -> int | None:
        """The reported value or the estimate, by name."""
        return self.estimate(slugs, period) if name == "estimate" else self.reported(slugs, period)

    def value(self, slugs: Sequence, period) -> int | None:
        """The shown value: reported and estimate together."""
        return self._at("value", slugs, period)

    def gaps(self, slugs: Sequence, period) -> int:
        """How many parts of the sum have no figure, or not one for every month."""
        return self._at("gaps", slugs, period) or 0

    def has_estimates(self, slugs: Sequence = (ROOT,)) -> bool:
        """Whether there is any estimate to show."""
        return self.estimates and any(self.estimate(slugs, period) is not None for period in self.periods)

    def is_known(self, slug: str) -> bool:
        """Whether the flow has any row of a node, with a value or without."""
        return slug in (self._months if self.monthly else self._cells)

    def within(self, first=None, last=None) -> "Cells":
        """The same cells with the periods of a span alone; what stands outside it is still compared with."""
        if first is None and last is None:
            return self
        return self.remember(("within", first, last), lambda: self._narrowed(first, last))

    def _narrowed(self, first, last):
        narrow = copy(self)
        narrow.periods = [
            one for one in self.periods if (first is None or one >= first) and (last is None or one <= last)
        ]
        if sides := getattr(self, "sides", None):
            narrow.sides = [side.within(first, last) for side in sides]
        if published := getattr(self, "published", None):
            narrow.published = published.within(first, last)
        return narrow

    def has_rows(self, slug: str) -> bool:
        """Whether any year, or month, that is read here has a row of a node."""
        return any(self.column("letters", (slug,)))

    def remember(self, key: tuple, make: Callable):
        """Give what was worked out from these cells under a key, or work it out and keep it as long as them."""
        if key in self._remembered:
            return self._remembered[key]
        if len(self._remembered) >= REMEMBERED:
            self._remembered.clear()
        self._remembered[key] = made = make()
        return made

    # What is said of a value.

    def status(self, slugs: Sequence, period) -> str:
        """The SDMX status of what is reported, "" where there is no row: "A", "P", "O" …"""
        letters = self._at("letters", slugs, period)
        if not letters:
            return ""
        heaviest = max(letters, key=WEIGHT.get)
        return heaviest if WEIGHT[heaviest] >= NO_VALUE or len(letters) == 1 else "O"

    def shown_status(self, slugs: Sequence, period) -> str:
        """The status of the shown value: "E" where it is an estimate and nothing else."""
        if self.reported(slugs, period) is None and self.estimate(slugs, period) is not None:
            return "E"
        return self.status(slugs, period)

    def breaks(self, slugs: Sequence, period) -> bool:
        """Whether the source breaks before a period, anywhere behind a sum."""
        known = self.cube.get("breaks")
        if known is None:  # a release of before breaks were listed has the letters alone
            return "B" in (self._at("letters", slugs, period) or ())
        names = (str(period), *self._year_without_months(period))
        return any(name in known.get(self.flow, {}).get(slug, ()) for slug in slugs for name in names)

    def _year_without_months(self, period):
        """The year of a January where only years are known: its break stands before that."""
        if not self.monthly or not period.endswith("-01"):
            return ()
        years = self.remember(("years with months",), lambda: {month[:4] for month in self._months.get(ROOT, {})})
        return () if period[:4] in years else (period[:4],)

    def part(self, period) -> list:
        """The months of a year that is not known in full, [1, …, 9]; [] for a full year, and for a month."""
        return self._parts.get(str(period), [])

    def ranked(self, slugs: Sequence, period) -> list:
        """Those of `slugs` that have a value in the period, the largest first; equals keep their order."""
        valued = {slug: self.value((slug,), period) for slug in slugs}
        return sorted((slug for slug in slugs if valued[slug] is not None), key=lambda slug: -valued[slug])

    def siblings(self, slug: str) -> tuple:
        """The parts of a whole among which a node is ranked, itself one of them; () of the whole and of a remainder."""
        parent = self.nodes[slug]["parent"]
        if not parent or self.is_remainder(slug):
            return ()
        if parent not in self._siblings:
            self._siblings[parent] = tuple(one for one in self.nodes[parent]["children"] if one != UNSPECIFIED)
        return self._siblings[parent]

    def is_remainder(self, slug: str) -> bool:
        """Whether a node is what the source does not specify, or lies below that."""
        while slug and slug != UNSPECIFIED:
            slug = self.nodes[slug]["parent"]
        return slug == UNSPECIFIED

    def rank(self, slug: str, period) -> Rank | None:
        """The place of a node's shown value among its siblings that have one. Equals share a place."""
        return self._rank("value", slug, period)

    def reported_rank(self, slug: str, period) -> Rank | None:
        """The place of what is reported of a node, estimates left aside."""
        return self._rank("reported", slug, period)

    def _rank(self, name, slug, period):
        key, value = (name, self.nodes[slug]["parent"], period), self._at(name, (slug,), period)
        if value is None or not (siblings := self.siblings(slug)):
            return None
        if key not in self._ranks:
            values = [self._at(name, (sibling,), period) for sibling in siblings]
            self._ranks[key] = sorted((value for value in values if value is not None), reverse=True)
        order = self._ranks[key]
        return Rank(order.index(value) + 1, len(order)) if len(order) > 1 else None

    def quantity(self, code: str, year: int) -> Quantity | None:
        """The quantity of a code in a year, or None.

        A code above others has the sum of theirs where each that has a value has a quantity, all in one unit.
        """
        if own := self.cube["quantities"].get(self.flow, {}).get(code, {}).get(str(year)):
            return Quantity(*own)
        if not (children := self.nodes[code]["children"]):
            return None
        return self.remember(("quantity", code, year), lambda: self._sum_of(children, year))

    def _sum_of(self, codes, year):
        parts = []
        for child in codes:
            if not self.reported((child,), year):
                continue
            part = self.quantity(child, year)
            if part is None or part.unit != (parts or [part])[0].unit:
                return None
            parts.append(part)
        return Quantity(sum(part.amount for part in parts), parts[0].unit) if parts else None

    def has_quantities(self, code: str) -> bool:
        """Whether a quantity of a code is known in any year."""
        return not self.monthly and any(self.quantity(code, year) for year in self.periods)

    # How columns are made.

    def _at(self, name, slugs, period):
        place = self._place.get(period)
        return None if place is None else self.column(name, slugs)[place]

    def _made(self, name, slugs):
        if name == "value":
            return self._shown(slugs)
        if name == "letters":
            return [set(letters) - {" "} for letters in self._across("status", slugs)]
        if name == "gaps":
            hidden = [0] * len(self.periods_of_all) if self.estimates else self._added("covered", slugs)
            return [add(*both) or 0 for both in zip(self._added("gaps", slugs), hidden, strict=True)]
        return self._added(name, slugs)

    def _shown(self, slugs):
        if not self.estimates:
            return self.column("reported", slugs)
        parts = zip(self.column("reported", slugs), self.column("estimate", slugs), strict=True)
        return [reported if estimate is None else (reported or 0) + estimate for reported, estimate in parts]

    def _added(self, name, slugs):
        return [column[0] if len(column) == 1 else add(*column) for column in self._across(name, slugs)]

    def _across(self, name, slugs):
        """The slugs' own values beside each other, a period at a time; nothing where none is known."""
        known = [node[name] for slug in slugs if (node := self._node(slug))]
        return list(zip(*known, strict=True)) if known else [() for _period in self.periods_of_all]

    def _node(self, slug):
        return self._in_months(slug) if self.monthly else self._cells.get(slug)

    def _in_months(self, slug):
        """Lay a node's months out as its years are."""
        if slug not in self._laid:
            known = self._months.get(slug, {})
            cells = [Month(*known.get(month, NO_ROW)) for month in self.periods_of_all]
            cells = [cell._replace(gaps=cell.gaps + self._known_by_year(slug, month))
                     for cell, month in zip(cells, self.periods_of_all, strict=True)]  # fmt: skip
            self._laid[slug] = dict(zip(Month._fields, zip(*cells, strict=True), strict=True))
        return self._laid[slug]

    def _known_by_year(self, slug, month):
        """How many parts of a node have no figure in a month, because only that of the year is known."""
        if month not in self._months.get(ROOT, {}):
            return 0
        counts = self.remember(("known by year",), lambda: year_alone.counts(self.cube, self.flow))
        return counts.get(slug, {}).get(month[:4], 0)


class Both(Cells):
    """Both flows added up, as what is traded either way."""

    def __init__(self, cube: dict, flow: str, *, estimates: bool = True, monthly: bool = False):
        super().__init__(cube, flow, estimates=estimates, monthly=monthly)
        how = {"estimates": estimates, "monthly": monthly}
        self.sides = [reading(cube, side, **how) for side in ("to_dprk", "from_dprk")]

    def is_known(self, slug: str) -> bool:
        """Whether either flow has any row of a node."""
        return any(side.is_known(slug) for side in self.sides)

    def part(self, period) -> list:
        """The months that both flows know of a year that is not known in full in both."""
        known = [set(side.part(period) or range(1, 13)) for side in self.sides]
        months = sorted(set.intersection(*known))
        return months if len(months) < 12 else []

    def breaks(self, slugs: Sequence, period) -> bool:
        """Whether the source of either flow breaks before a period."""
        return any(side.breaks(slugs, period) for side in self.sides)

    def quantity(self, code: str, year: int) -> None:
        """Quantities that go both ways are not added up."""

    def has_quantities(self, code: str) -> bool:
        """Quantities that go both ways are not added up."""
        return False

    def _made(self, name, slugs):
        if name == "letters":
            return [set.union(*letters) for letters in self._beside(name, slugs)]
        if name == "gaps":
            return [sum(gaps) for gaps in self._beside(name, slugs)]
        return [self._joined(*values) for values in self._beside(name, slugs)]

    def _beside(self, name, slugs):
        return zip(*(side.column(name, slugs) for side in self.sides), strict=True)

    def _joined(self, to_dprk, from_dprk):
        return add(to_dprk, from_dprk)


class PublishedSum(Both):
    """Both flows added up where both are known, else their sum where only that was published.

    One direction alone is no sum: it is missing.
    """

    def __init__(self, cube: dict, flow: str, *, estimates: bool = True, monthly: bool = False):
        super().__init__(cube, flow, estimates=estimates, monthly=monthly)
        self.published = reading(cube, "total", estimates=estimates, monthly=monthly)

    def breaks(self, slugs: Sequence, period) -> bool:
        """Whether the source breaks before a period, in what its value is made of."""
        return super().breaks(slugs, period) or self.published.breaks(slugs, period)

    def is_added(self, slugs: Sequence, period) -> bool:
        """Whether the value of a period is a sum of both flows, made here."""
        return all(side.value(slugs, period) is not None for side in self.sides)

    def part(self, period) -> list:
        """The months behind a sum that was published, else those that both flows know."""
        return self.published.part(period) if not self.is_added((ROOT,), period) else super().part(period)

    def _made(self, name, slugs):
        added, published = super()._made(name, slugs), self.published.column(name, slugs)
        return [
            mine if self.is_added(slugs, period) else stated
            for period, mine, stated in zip(self.periods_of_all, added, published, strict=True)
        ]


class Balance(Both):
    """What goes to the DPRK less what comes from it; missing where either is. It is one value, not two components."""

    def reported(self, slugs: Sequence, period) -> int | None:
        """The balance itself: its estimates lie within it."""
        return self.value(slugs, period)

    def estimate(self, slugs: Sequence, period) -> None:
        """None: an estimate on one side of a balance is no part of it that could be shown."""

    def has_estimates(self, slugs: Sequence = (ROOT,)) -> bool:
        """Never: see `estimate`."""
        return False

    def status(self, slugs: Sequence, period) -> str:
        """The status of the side that weighs most; of a missing balance that of the side that is missing."""
        if self.value(slugs, period) is not None:
            return super().status(slugs, period)
        missing = [side for side in self.sides if side.value(slugs, period) is None]
        letters = {side.status(slugs, period) for side in missing}
        return letters.pop() if len(letters) == 1 else "O" if letters - {""} else ""

    def _made(self, name, slugs):
        return super()._made("value" if name == "reported" else name, slugs)

    def _joined(self, to_dprk, from_dprk):
        return None if None in (to_dprk, from_dprk) else to_dprk - from_dprk
