"""Chooses what a page's title says: of all that may be said of a view, the largest story.

Its order: a change of half and more; a new leader; a record; who leads, or where a part ranks; any change; the value.
"""

from collections.abc import Sequence
from typing import NamedTuple

from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells
from trade.charts.text import balance, changes, leads, records
from trade.charts.text.labels import listed, trade, trade_of


class Subject(NamedTuple):
    """What a page is about: nodes that make up one whole, its name in a sentence, and the parts that it has."""

    slugs: tuple  # ("v",)
    whole: str  # "mineral products in China’s imports from the DPRK"
    parts: Sequence = ()  # ["25", "26", "27"]
    about: str = ""  # what a balance is said to be of; "" for all trade


class Among(NamedTuple):
    """What a part is ranked among: "headings", "mineral fuels in China’s imports from the DPRK", ("27",)."""

    many: str
    whole: str
    total: tuple


def headline(cells: Cells, subject: Subject, period, among: Among | None = None) -> str:
    """Say what is most worth knowing of a period: "Liaoning led China’s exports to the DPRK in 2024, with 37%"."""
    if cells.flow == "balance":
        return balance.headline(cells, subject.slugs, period, subject.about)
    slugs, whole = subject.slugs, subject.whole
    return (
        changes.headline(cells, slugs, period, whole, large=True)
        or leads.overtaking(cells, subject.parts, period, whole)
        or records.headline(cells, slugs, period, whole)
        or leads.headline(cells, subject.parts, period, whole, slugs)
        or _place(cells, subject, period, among)
        or changes.headline(cells, slugs, period, whole)
        or changes.plain(cells, slugs, period, whole)
    )


def of_all(cells: Cells, year) -> str:
    """Say what is most worth knowing of all trade: "China’s trade with the DPRK came to US$2.73 bn in 2025, …"."""
    return headline(cells, Subject((ROOT,), trade(cells.cube["dataset"], cells.flow)), year)


def of_compared(cells: Cells, slugs: Sequence, period, whole: str, many: str) -> str:
    """Say who leads of several that a reader compares, in one period."""
    if cells.flow == "balance":
        return balance.headline(cells, slugs, period, _names(cells, slugs))
    return (
        leads.overtaking_among(cells, slugs, period, whole, many)
        or leads.among(cells, slugs, period, whole, many)
        or _together(cells, slugs, period)
    )


def _place(cells, subject, period, among):
    if among is None or len(subject.slugs) != 1:
        return ""
    return leads.place(cells, subject.slugs[0], period, among.whole, among.many, among.total)


def _together(cells, slugs, period):
    named = trade_of(cells, slugs)
    return changes.headline(cells, slugs, period, named) or changes.plain(cells, slugs, period, named)


def _names(cells, slugs):
    return listed([cells.nodes[slug]["name"] for slug in slugs])
