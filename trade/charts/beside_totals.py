"""Lays the yearly totals of a dataset beside the published totals of the same trade, and says how far they differ."""

from statistics import median
from typing import NamedTuple

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube import ROOT
from trade.charts.cube_reader import reading
from trade.charts.text import labels
from trade.charts.view_state import FLOWS

WHOLE = (ROOT,)


class Beside(NamedTuple):
    """One year of one flow: both values in US$, and by how much the dataset's is more or less, "+3.2%"."""

    year: int
    flow: str  # "Chinese exports to the DPRK"
    published: int
    own: int
    difference: str
    distance: float  # per cent, without its sign

    @property
    def published_text(self) -> str:
        return number_text.exact(self.published)

    @property
    def own_text(self) -> str:
        return number_text.exact(self.own)


def rows(cube: dict, totals: dict) -> list[Beside]:
    """Compare what each reports in full years: [Beside(1999, "Chinese exports to the DPRK", 328000000, …), …].

    Estimates of unreported trade are left out, as the published totals leave them out; values that are worked out from
    published figures are not.
    """
    found = []
    for flow in FLOWS:
        own, published = reading(cube, flow, estimates=False), reading(totals, flow)
        for year in sorted(set(cube["years"]) & set(totals["years"])):
            values = own.value(WHOLE, year), published.value(WHOLE, year)
            if None in values or not values[1] or own.part(year) or published.part(year):
                continue
            found.append(_beside(year, labels.flow_label(cube["dataset"], flow), *values))
    return found


def _beside(year, flow, own, published):
    distance = 100 * (own - published) / published
    sign = "+" if distance > 0 else ""
    text = number_text.percent(own - published, published) if own != published else "0%"
    return Beside(year, flow, published, own, sign + text, abs(distance))


def sentence(beside: list[Beside]) -> str:
    """Say how far they differ: "Half of the yearly totals lie within 0.3% of the published ones; the farthest …"."""
    if not beside:
        return ""
    farthest = max(beside, key=lambda row: row.distance)
    words = {
        "median": f"{median(row.distance for row in beside):.1f}%",
        "farthest": farthest.difference,
        "flow": farthest.flow,
        "year": farthest.year,
        "count": len(beside),
    }
    return (
        _(
            "Of %(count)s annual totals, half are within %(median)s of the published totals; the largest difference "
            "is %(farthest)s (%(flow)s, %(year)s)."
        )
        % words
    )
