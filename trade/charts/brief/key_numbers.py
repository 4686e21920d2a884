"""Gives the key numbers of a brief: the year chosen, the year so far and the newest month, of each direction."""

from typing import NamedTuple

from trade.charts.board import newest_figures, newest_periods
from trade.charts.cube_reader import Cells
from trade.charts.figures import points
from trade.charts.schema import BoardCell
from trade.charts.text.labels import Level, Member, flow_label, label
from trade.charts.view_state import State


class Subject(NamedTuple):
    """What a brief is about: a member, the whole that its shares are of, and how that is called."""

    member: Member
    whole: tuple
    level: Level


class KeyNumber(NamedTuple):
    """A figure, its share and its rank."""

    cell: BoardCell
    share: str  # "37% of all provinces"
    rank: str  # "1st of 31"


class Direction(NamedTuple):
    """The key numbers of a direction, in the order in which they are told."""

    flow: str
    label: str
    basis: str
    numbers: list[KeyNumber]


def of(cells: Cells, subject: Subject, state: State) -> Direction:
    """Give the numbers of a direction: of the year that the state has, and of what is newer and known by months."""
    slugs, year = subject.member.slugs, state["year"]
    found = [("year", cells, year)]
    for span, newest in (
        ("to_date", newest_periods.year_so_far(cells, slugs)),
        ("month", newest_periods.month(cells, slugs)),
    ):
        if newest.period and newest.period != year and int(str(newest.period)[:4]) >= year:
            found.append((span, *newest))
    dataset = cells.cube["dataset"]
    numbers = [_number(subject, state, *one) for one in found]
    return Direction(cells.flow, flow_label(dataset, cells.flow), dataset["basis"].get(cells.flow, ""), numbers)


def _number(subject, state, span, cells, period):
    def link(span, period):
        return state.url(**newest_figures.view_of(span, period))

    cell = newest_figures.at(span, cells, subject.member.slugs, period, link)
    if cell["value"] is None:
        return KeyNumber(cell | {"label": label(cells, period)}, "", "")
    return KeyNumber(cell, **_place(cells, subject, period))


def _place(cells, subject, period):
    if not subject.whole:
        return {"share": "", "rank": ""}
    value = cells.value(subject.member.slugs, period)
    return points.place(cells, subject.member, value, list(subject.whole), subject.level, period)
