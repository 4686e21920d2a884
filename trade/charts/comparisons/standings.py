"""Who led in which periods, of several that a reader compares: only in those in which all of them can be compared."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from trade.charts.cube_reader import Cells
from trade.charts.text import evidence


class Standings(NamedTuple):
    """The leader of each period that can be compared, None where several share the lead; and the periods left out."""

    leaders: dict  # {2018: "cn-gd", 2020: None}
    left_out: list  # those between the first and the last in which some figure is missing

    def led_by(self, slug: str) -> list:
        """The periods that one of them led."""
        return [period for period, leader in self.leaders.items() if leader == slug]


def of(cells: Cells, slugs: Sequence) -> Standings:
    """Find who led in each full period; nobody is compared with what is not specified."""
    if len(slugs) < 2 or any(cells.is_remainder(slug) for slug in slugs):
        return Standings({}, [])
    known = [period for period in cells.periods if is_comparable(cells, slugs, period)]
    between = [period for period in cells.periods if known and known[0] < period < known[-1]]
    leaders = {period: leader(slugs, period, cells.value) for period in known}
    return Standings(leaders, [period for period in between if period not in leaders])


def is_comparable(cells: Cells, slugs: Sequence, period) -> bool:
    """Whether a period is a full one that had ended, in which each has a whole and reliable figure."""
    is_year = isinstance(period, int)
    if is_year and (cells.part(period) or period >= int(cells.cube["release"]["date"][:4])):
        return False
    found = [evidence.of(cells, (slug,), period) for slug in slugs]
    return all(one.value is not None and not one.missing and not one.is_unreliable for one in found)


def leader(slugs: Sequence, period, value: Callable) -> str | None:
    """The one with the largest value; None where two share it, or one has none."""
    values = {slug: value((slug,), period) for slug in slugs}
    if None in values.values():
        return None
    first, second = sorted(slugs, key=lambda slug: -values[slug])[:2]
    return first if values[first] > values[second] else None


def decided_by_estimates(cells: Cells, slugs: Sequence, standings: Standings) -> dict:
    """The periods in which another leads without estimates, by who that is: {"cn-ln": [2021], None: [2022]}."""
    found = {}
    for period, first in standings.leaders.items():
        if not evidence.of(cells, slugs, period).estimated:
            continue
        reported = leader(slugs, period, cells.reported)
        if reported != first:
            found.setdefault(reported, []).append(period)
    return found
