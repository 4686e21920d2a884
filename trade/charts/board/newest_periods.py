"""Finds the newest periods of a direction that have a value: a month, a year so far, a full year."""

from collections.abc import Sequence
from typing import NamedTuple

from trade.charts.cube_reader import Cells, reading


class Newest(NamedTuple):
    """A period, None where there is none, and the reading that has it."""

    cells: Cells
    period: int | str | None


def month(cells: Cells, slugs: Sequence) -> Newest:
    """Find the newest month with a value: "2025-09"."""
    monthly = reading(cells.cube, cells.flow, estimates=cells.estimates, monthly=True)
    return Newest(monthly, _last(monthly, slugs, monthly.periods))


def year_so_far(cells: Cells, slugs: Sequence) -> Newest:
    """Find the year of the newest month, while it is known in part: 2025, of which January to September are known."""
    newest = month(cells, slugs).period
    year = newest and int(newest[:4])
    return Newest(cells, year if year and cells.part(year) else None)


def full_year(cells: Cells, slugs: Sequence) -> Newest:
    """Find the newest year that has a value and all its months: 2024."""
    return Newest(cells, _last(cells, slugs, [year for year in cells.periods if not cells.part(year)]))


def _last(cells, slugs, periods):
    return next((period for period in reversed(periods) if cells.value(slugs, period) is not None), None)
