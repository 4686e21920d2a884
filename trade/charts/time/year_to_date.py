"""Adds up the months of each year so far: January to September of 2023, of 2024 and of 2025, each beside its like.

What is made is a cube of its own (trade.charts.cube), whose years hold these months alone, so that whatever reads,
draws, ranks and says years does so for them: {"window": [1, …, 9], "years": [2023, 2024, 2025], …}. A year of which the
flow lacks one of the months has no value; a part that lacks one counts as missing in it.
"""

from functools import lru_cache

from trade import time_period
from trade.charts.cube import LETTER, NO_VALUE, ROOT, WEIGHT
from trade.charts.cube_reader import NO_ROW, Month, Same, add, months_of
from trade.charts.months import year_alone

KEPT = 8  # cubes: three datasets, of the newest month and a few that readers chose


def cube_of(cube: dict, last: int) -> dict:
    """Make the cube of January to month `last` of every year that has them; once for all who read the same cube."""
    return _made(Same(cube), last)


@lru_cache(maxsize=KEPT)
def _made(same, last):
    cube, window = same.thing, list(range(1, last + 1))
    years = _years(cube, window)
    cells = {flow: _of_flow(cube, flow, years, window) for flow in cube["months"]}
    breaks = {flow: {slug: _breaks(found, years, last, _months_known(cube, flow)) for slug, found in of.items()}
              for flow, of in cube.get("breaks", {}).items()}  # fmt: skip
    return cube | {
        "window": window,
        "years": years,
        "cells": cells,
        "breaks": breaks,
        "parts": {},
        "months": {flow: {} for flow in cube["months"]},
        "quantities": {},
        "second_estimates": {},
        "origins": {},
    }


def _years(cube, window):
    """The years, without holes, from the first to the last of which all months of the window are there."""
    months = set(months_of(cube))
    there = [year for year in cube["years"] if {time_period.written(year, one) for one in window} <= months]
    return list(range(there[0], there[-1] + 1)) if there else []


def _of_flow(cube, flow, years, window):
    """Lay the sums out as the cells of a flow: {"cn-ln": {"reported": [311, …], …, "status": "AAP", …}}."""
    nodes, months, alone = cube["nodes"], cube["months"][flow], year_alone.counts(cube, flow)
    whole = months.get(ROOT, {})
    periods = [[time_period.written(year, one) for one in window] for year in years]
    periods = [of_year if all(one in whole for one in of_year) else [] for of_year in periods]
    sums = {}
    for slug in _from_below(nodes):
        if slug in months or slug in alone:
            below = [sums[child] for child in nodes[slug]["children"] if child in sums]
            known, lacking = months.get(slug, {}), alone.get(slug, {})
            sums[slug] = [
                _of_year(known, of_year, place, below, lacks=bool(of_year) and str(years[place]) in lacking)
                for place, of_year in enumerate(periods)
            ]
    return {slug: _column(row) for slug, row in sums.items()}


def _from_below(nodes):
    """The slugs of a tree, each after all that is below it."""
    order, left = [], [ROOT]
    while left:
        order.append(left.pop())
        left += nodes[order[-1]]["children"]
    return reversed(order)


def _of_year(months, periods, place, below, *, lacks):
    """Add up the months of a node in one year; a month without a row is missing as much as one without a value.

    It `lacks` all of them where only its year is known.
    """
    cells = [Month(*months.get(period, NO_ROW)) for period in periods]
    weights = [WEIGHT[cell.status] for cell in cells if cell.status != " "]
    if not weights and not lacks and all(cell.estimate is None for cell in cells):
        return NO_ROW
    gaps, covered = int(lacks or any(map(_is_gap, cells))), int(any(cell.covered for cell in cells))
    if below:
        gaps, covered = (sum(getattr(one[place], name) for one in below) for name in ("gaps", "covered"))
    sums = [add(*(getattr(cell, name) for cell in cells)) for name in ("reported", "estimate")]
    return Month(*sums, _letter(weights), gaps, covered if below or not gaps else 0)


def _is_gap(cell):
    return bool(cell.gaps) or cell == NO_ROW


def _letter(weights):
    """The status that tells about the months together, as a cube has it of a year."""
    if not weights:
        return " "
    high = max(weights)
    return LETTER[high] if high >= NO_VALUE or high == min(weights) else "O"


def _column(row):
    made = {name: [getattr(cell, name) for cell in row] for name in Month._fields}
    return made | {"status": "".join(made["status"])}


def _months_known(cube, flow):
    return {month[:4] for month in cube["months"].get(flow, {}).get(ROOT, {})}


def _breaks(found, years, last, known):
    """The years whose months so far the source parts from those of the year before.

    A cube names a year for a break in any of its months, or in the year before: of a year `known` by months they count.
    """
    periods = [period if len(period) > len("2016") else f"{period}-01" for period in found if period not in known]
    return [str(year) for year in years if any(_falls(period, year, last) for period in periods)]


def _falls(period, year, last):
    """Whether a break lies between the first month of a year before and the last month of this year's."""
    return time_period.written(year - 1, 1) < period <= time_period.written(year, last)
