"""Keeps in sight what a year lacks: goods without a figure stand among the bars with the year of their last one."""

from dataclasses import replace

from django.utils.translation import gettext as _

from trade.charts.cube_reader import Cells
from trade.charts.schema import Figure
from trade.charts.text import labels
from trade.charts.text.labels import Member
from trade.charts.view_state import FLOWS, State

MISSING = ("O", "L", "Q")  # statuses of a row without a value
MOST = 5  # rows; the table has all


def of(cells: Cells, members: list[Member], state: State, period) -> list[Member]:
    """Those of `members` whose figure is missing in a period and that have one in another, the largest first.

    Each leads to its own page in the year with which that opens. Of two flows together there are none.
    """
    if cells.flow not in FLOWS:
        return []
    lacking = [one for one in members if _is_missing(cells, one, period) and _latest(cells, one) is not None]
    largest = sorted(lacking, key=lambda one: -cells.value(one.slugs, _latest(cells, one)))[:MOST]
    return [replace(one, url=state.of_any_year().url_of(one.key)) for one in largest]


def dated(figure: Figure, cells: Cells, missing: list[Member]) -> Figure:
    """Let the rows of what is missing, the last of a figure's bars, say when they last had a figure."""
    if not missing:
        return figure
    said = [_("latest figure: %(period)s") % {"period": labels.label(cells, _latest(cells, one))} for one in missing]
    drawn, empty = figure["totals"][: -len(missing)], figure["totals"][-len(missing) :]
    rows = [total | {"share": words, "says": words} for total, words in zip(empty, said, strict=True)]
    return figure | {"totals": [*drawn, *rows]}


def _is_missing(cells, member, period):
    return cells.value(member.slugs, period) is None and cells.status(member.slugs, period) in MISSING


def _latest(cells, member):
    valued = (one for one in reversed(cells.periods) if cells.value(member.slugs, one) is not None)
    return next(valued, None)
