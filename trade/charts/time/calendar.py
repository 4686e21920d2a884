"""The times that a page can show: the years and months of its dataset, and which of them it opens with.

A view counts time in years, in months, or by the months of each year so far ("ytd": January to September of 2023, 2024
and 2025). A year is written as a number, 2016, a month as SDMX and ISO 8601 do, "2025-09". A year so far is chosen by
its last month.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from trade import time_period
from trade.charts.cube import ROOT
from trade.charts.cube_reader import months_of, newest_month, reading
from trade.charts.time.usual_years import usual_years

FLOWS = ("to_dprk", "from_dprk")
BY_MONTH = ("months", "ytd")  # the ways of counting time in which a month is chosen, not a year


@dataclass(frozen=True)
class Calendar:
    """What a page knows of time: Calendar((1998, …, 2025), ("2025-01", …, "2025-09"), {…}, {…})."""

    years: Sequence = ()
    months: Sequence = ()  # from the first to the last, without holes
    usual_years: dict = field(default_factory=dict)  # {"to_dprk": 2024, "": 2024}: what a page opens with
    usual_months: dict = field(default_factory=dict)  # {"to_dprk": "2025-09", "": "2025-09"}

    def periods(self, values: dict) -> Sequence:
        """The years or months from which a choice picks one; of years so far those that have these months."""
        period = values.get("period", "years")
        if period == "months":
            return self.months
        if period == "ytd":
            return self.years_with(values.get("month") or self.usual(values))
        return self.years

    def years_with(self, month: str) -> list:
        """The years that have all months from January to one: ("2025-09") -> [2023, 2024, 2025]."""
        return self._years_up_to[month[5:]] if month else []

    @cached_property
    def _years_up_to(self):
        months = frozenset(self.months)
        return {
            f"{last:02}": [
                year
                for year in self.years
                if months.issuperset(time_period.written(year, month) for month in range(1, last + 1))
            ]
            for last in range(1, 13)
        }

    def year_of(self, month: str) -> int:
        """The year of a month: "2025-09" -> 2025."""
        return int(month[:4])

    def spanned(self, values: dict) -> Sequence:
        """The years or months within the span of a choice."""
        first, last, periods = values.get("from"), values.get("to"), self.periods(values)
        if first is None and last is None:
            return periods
        return [one for one in periods if (first is None or one >= first) and (last is None or one <= last)]

    def usual(self, values: dict):
        """The year or month that a page opens with, in the direction and within the span of a choice."""
        flow, by_month = values.get("flow", ""), values.get("period") in BY_MONTH
        usual = (self.usual_months if by_month else self.usual_years).get(flow)
        return None if usual is None else self.within(usual, values)

    def within(self, period, values: dict):
        """A year or month, or the end of the span that is nearer; of years so far the last month of the nearest."""
        if values.get("period") != "ytd":
            return _nearest(period, self.spanned(values))
        year = _nearest(self.year_of(period), self.spanned(values | {"month": period}))
        return f"{year}{period[4:]}"

    def opening(self, year: int, values: dict) -> str | None:
        """The month with which a view of a year opens: its newest, or of years so far that which ends like others."""
        usual = self.usual_months.get(values.get("flow", ""))
        there = [month for month in self.months if month.startswith(f"{year}-") and (not usual or month <= usual)]
        if values.get("period") == "ytd" and usual and f"{year}{usual[4:]}" in there:
            return f"{year}{usual[4:]}"
        return there[-1] if there else None


def _nearest(period, within):
    """A period, or the end of a span that is nearer."""
    return min(max(period, within[0]), within[-1]) if within and period is not None else period


def of(cube: dict, slug: str = "") -> Calendar:
    """Read the times of a cube, for a page of all, a province or a code: it opens with the newest that has a value."""
    known = slug if slug in cube["nodes"] else ""
    return reading(cube, "to_dprk").remember(("calendar", known), lambda: _read(cube, known))


def _read(cube, slug):
    slugs = (slug,) if slug in cube["nodes"] else (ROOT,)
    years = usual_years(cube, slug)
    months = _of_both({flow: newest_month(cube, flow, slugs) for flow in FLOWS})
    return Calendar(tuple(cube["years"]), tuple(months_of(cube)), years | {"": years["to_dprk"]}, months)


def _of_both(newest):
    """Of both directions added up the newest that both know; of a page that shows each by itself, "", of either."""
    known = [period for period in newest.values() if period is not None]
    both, either = min(known, default=None), max(known, default=None)
    each = {flow: either if newest[flow] is None else newest[flow] for flow in FLOWS}
    return each | {"both": both, "balance": both, "": either}
