"""What a value rests on: the figures missing behind it, the estimates in it, the breaks before it."""

from collections.abc import Sequence
from typing import NamedTuple

from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells, PublishedSum, add, sides_of


class Evidence(NamedTuple):
    """What a sum over slugs, and over one period or several, rests on."""

    value: int | None
    reported: int | None  # without its estimates
    missing: int  # figures that are missing or incomplete behind it
    estimated: frozenset  # the parts that have an estimate: {("to_dprk", "cn-hl")}
    is_broken: bool  # the source breaks before it
    is_unreliable: bool  # some of what is reported is of low reliability


def of(cells: Cells, slugs: Sequence, *periods) -> Evidence:
    """Find what the value of `slugs` rests on, of a year or month; of several months together, a missing one counts."""
    slugs = tuple(slugs)
    return cells.remember(("evidence", slugs, periods), lambda: _found(cells, slugs, periods))


def missing(cells: Cells, slugs: Sequence, *periods) -> int:
    """Count the figures that are missing or incomplete behind a sum: 2. Asked of every leaf, it is not remembered."""
    return sum(cells.gaps(slugs, period) + _directions_missing(cells, period) for period in periods)


def leaves(cells: Cells, slugs: Sequence) -> list:
    """The deepest parts of nodes that a reading knows, of months the chapters: ["2701", "2716"]."""
    found = []
    for slug in slugs:
        deeper = [child for child in cells.nodes[slug]["children"] if cells.has_rows(child)]
        found += leaves(cells, deeper) if deeper else [slug]
    return found


def _found(cells, slugs, periods):
    values = [cells.value(slugs, period) for period in periods]
    return Evidence(
        value=None if None in values else sum(values),
        reported=_reported(cells, slugs, periods),
        missing=missing(cells, slugs, *periods),
        estimated=_estimated(cells, slugs, periods),
        is_broken=any(cells.breaks(slugs, period) for period in periods),
        is_unreliable=any(cells.status(slugs, period) == "U" for period in periods),
    )


def _reported(cells, slugs, periods):
    """What is reported in all periods; of a balance, one reported side less the other."""
    if cells.flow != "balance":
        return add(*(cells.reported(slugs, period) for period in periods))
    sides = [add(*(side.reported(slugs, period) for period in periods)) for side in cells.sides]
    return None if None in sides else sides[0] - sides[1]


def _directions_missing(cells, period):
    """How many of two directions have no figure at all: their sum would be that of one."""
    if isinstance(cells, PublishedSum) or len(sides_of(cells)) == 1:
        return 0
    return sum(side.value((ROOT,), period) is None for side in sides_of(cells))


def _estimated(cells, slugs, periods):
    published = [cells.published] if isinstance(cells, PublishedSum) else []
    return frozenset(
        (side.flow, leaf)
        for side in [*sides_of(cells), *published]
        for period in periods
        for slug in slugs
        for leaf in _leaves(side, slug, period)
    )


def _leaves(side, slug, period):
    """The deepest parts of a node that have an estimate."""
    if side.estimate((slug,), period) is None:
        return []
    below = [leaf for child in side.nodes[slug]["children"] for leaf in _leaves(side, child, period)]
    return below or [slug]
