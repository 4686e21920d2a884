"""Makes the table of gaps: parts down, periods across, in each cell a state, and how many there are of each."""

from collections import Counter
from typing import NamedTuple

from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells
from trade.charts.gaps import gap_choice, observation_states
from trade.charts.gaps.gap_choice import Choice
from trade.charts.gaps.observation_states import Observed
from trade.charts.text import labels

COUNTED = ("reported", "estimated", "incomplete", "missing", "unlisted")
KNOWN = {"provisional": "reported", "unreliable": "reported", "both": "reported"}


class Part(NamedTuple):
    """A row: a province, or goods."""

    slug: str  # "cn-ln"
    code: str
    name: str  # "Liaoning", "27 Mineral fuels"
    said: str  # the same within a sentence: "Liaoning", "mineral products"
    url: str  # to what it consists of, or its charts
    states: list[Observed]  # one a period


class Period(NamedTuple):
    """A column: a year, or a month."""

    key: str  # "2016", "2025-01"
    label: str  # "2016", "Jan–Sep 2025", "Jan 2025"
    is_part: bool  # a year that is not known in full
    url: str  # to its months; "" where there are none
    counts: dict  # of parts by what is known of them, see COUNTED; each part counts once


class Gaps(NamedTuple):
    """The table, with its legend."""

    parts: list[Part]
    periods: list[Period]
    legend: list[dict]  # trade.charts.gaps.observation_states.legend


def make(cube: dict, choice: Choice) -> Gaps:
    """Lay out what a dataset knows of each part in each period."""
    cells, periods = gap_choice.cells_of(cube, choice), gap_choice.periods(cube, choice)
    parts = [_part(cube, choice, cells, slug, periods) for slug in gap_choice.parts(cube, choice)]
    parts = [part for part in parts if choice.within == "" or any(state.status for state in part.states)]
    found = {(state.kind, state.letter) for part in parts for state in part.states}
    monthly = gap_choice.years_of_months(cube) if choice.year is None else []
    columns = [
        _period(choice, cells, period, [part.states[place] for part in parts], monthly)
        for place, period in enumerate(periods)
    ]
    return Gaps(parts, columns, observation_states.legend(found))


def _part(cube, choice, cells, slug, periods):
    node = cube["nodes"][slug]
    states = [observation_states.of(cells, slug, period) for period in periods]
    return Part(slug, node["code"], *_names(cube, choice, node), _url(node, choice), states)


def _names(cube, choice, node):
    """The name of a row by itself and within a sentence; total trade has that of its direction."""
    if node["level"] == "root":
        trade = labels.trade(cube["dataset"], choice.flow)
        return labels.capital(trade), trade
    if node["level"] == "province":
        return node["name"], node["name"]
    name = labels.numbered(node)
    return name, labels.within(name)


def _url(node, choice):
    if node["level"] == "root":
        return ""
    if node["children"]:
        return choice.url(within=node["slug"])
    folder = "provinces" if node["level"] == "province" else "commodities"
    release = f"&release={choice.release}" if choice.release else ""
    return f"/{folder}/{node['slug']}/?dataset={choice.dataset}{release}"


def _period(choice: Choice, cells: Cells, period, states: list[Observed], monthly: list) -> Period:
    return Period(
        key=str(period),
        label=labels.label(cells, period),
        is_part=bool(cells.part(period)),
        url=choice.url(year=period) if period in monthly else "",
        counts=counts(states),
    )


def counts(states: list[Observed]) -> dict[str, int]:
    """Count parts by what is known of them, each once: {"reported": 28, "estimated": 1, "missing": 2, …}."""
    kinds = Counter(KNOWN.get(state.kind, state.kind) for state in states)
    return {kind: kinds[kind] for kind in COUNTED}


def way_back(cube: dict, choice: Choice) -> list[tuple[str, str]]:
    """The goods that the chosen ones lie in, from all down, with their addresses: [("Mineral products", "/data/…")]."""
    steps, slug = [], choice.within
    while slug and slug != ROOT:
        steps.append((labels.numbered(cube["nodes"][slug]), choice.url(within=slug)))
        slug = cube["nodes"][slug]["parent"]
    return steps[::-1]
