"""Chooses the year that a page shows while its address names none: the newest of which its own trade has a figure."""

from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells, newest_full_year, reading

FLOWS = ("to_dprk", "from_dprk")


def usual_years(cube: dict, slug: str = "") -> dict:
    """Give the year of each flow with which a page opens: usual_years(cube, "2701") -> {"from_dprk": 2017, …}.

    What never had a figure opens with the year of all trade. A province shows both flows at once, and has one year.
    """
    whole, node = reading(cube, "both").remember(("usual years",), lambda: _of_all(cube)), cube["nodes"].get(slug)
    if node is None or slug == ROOT:
        return whole
    if node["level"] == "province":
        return dict.fromkeys(whole, _newest(reading(cube, "both"), slug, whole["to_dprk"]))
    return {flow: _newest(reading(cube, flow), slug, year) for flow, year in whole.items()}


def _of_all(cube):
    """Of both flows together it is the newest year that both know in full."""
    years = {flow: newest_full_year(cube, flow) for flow in FLOWS}
    both = min((year for year in years.values() if year is not None), default=None)
    return years | {"both": both, "balance": both}


def _newest(cells: Cells, slug, last):
    """The newest year with a figure, none later than that of all trade, unless there are only later ones."""

    def found():
        valued = [year for year in cells.periods if cells.value((slug,), year) is not None]
        full = [year for year in valued if last is not None and year <= last]
        return (full or valued or [last])[-1]

    return cells.remember(("usual year", slug), found)
