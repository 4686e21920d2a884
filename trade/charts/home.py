"""Makes the front page: all trade over time, and a board with the newest figures of every dataset."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trade import number_text
from trade.charts import payload, view_state
from trade.charts.board import home_board
from trade.charts.cube import ROOT
from trade.charts.cube_reader import published_sum, reading
from trade.charts.figures import directions, points
from trade.charts.schema import Payload
from trade.charts.text import headlines, labels, total_sentences

# What leads the front page: totals where there are any, else the first of these.
FIRST = ("total", "province", "commodity")
INVENTED = {"province": gettext_lazy("by province"), "commodity": gettext_lazy("by goods")}
PAGES = {"total": "totals", "province": "provinces", "commodity": "commodities"}


def home(cubes: dict, introduction: str = "", expected: dict | None = None) -> Payload:
    """Make the front page from the newest cubes, {"china-provinces": cube, …}; pages open with the first of a kind.

    `introduction` says who publishes this, and what it is; `expected` which releases come next
    (trade.charts.board.home_board).
    """
    leading = sorted(cubes.values(), key=lambda cube: FIRST.index(cube["kind"]))
    cube = next((one for one in leading if one["years"]), None)
    page = {"page": "home", "url": "/", "json_url": "/home.json", "csv_url": "/home.csv", "svg_url": "/home.svg"}
    page["card_url"] = "/cards/home.png"
    page |= {"state": {}, "notices": [], "controls": [], "crumbs": [], "title": "", "sentence": "", "figures": []}
    page["about"] = f"{introduction} {_about(cube, cubes)}".strip() if cube else ""
    opened = _opened(cubes.values())
    page["board"] = home_board.of(leading, partial(_view, opened=opened), expected or {})
    if not cube:
        return page
    both, (told, year) = published_sum(cube), _spoken_of(cube)
    return page | {
        "title": headlines.of_all(told, year),
        "sentence": total_sentences.sentence(told, year),
        "dataset": cube["dataset"],
        "release": payload.release(cube),
        "basis": labels.basis(cube["dataset"], "both"),
        "unit": points.UNIT,
        "figures": [directions.draw(both, link=lambda period: _view(cube, {"year": [str(period)]}, opened))],
    }


def _spoken_of(cube):
    """The sum of both directions, where there is any, else one direction, and the newest full year that has it."""
    readings = [published_sum(cube), *(reading(cube, flow) for flow in view_state.FLOWS)]
    for cells in readings:
        years = [year for year in cells.periods if cells.value([ROOT], year) is not None and not cells.part(year)]
        if years:
            return cells, years[-1]
    return readings[0], cube["years"][-1]


def _about(cube, cubes):
    """Say how fresh the figures are, and what of them is real."""
    first, last = cube["years"][0], cube["years"][-1]
    words = {"first": first, "last": last, "date": number_text.day(cube["release"]["date"])}
    if cube["dataset"]["is_demonstration"]:
        return _("The figures shown here are invented, to demonstrate the site.")
    told = [_("The totals below are real (%(first)s–%(last)s, released on %(date)s).") % words]
    invented = [INVENTED[one["kind"]] for one in cubes.values() if one["dataset"]["is_demonstration"]]
    if invented:
        kinds = _(" and ").join(str(words) for words in dict.fromkeys(invented))
        told.append(
            _("China’s figures %(kinds)s are invented for demonstration and marked as such.") % {"kinds": kinds}
        )
    return " ".join(told)


def _opened(cubes):
    """With which dataset each page opens: {"province": "china-provinces", …}."""
    return {cube["kind"]: cube["dataset"]["slug"] for cube in reversed(cubes)}


def _view(cube, query, opened):
    """The address of a dataset's view, with what differs from its page's own defaults."""
    page = PAGES[cube["kind"]]
    query = query | {"dataset": [cube["dataset"]["slug"]]}
    datasets = [(opened[cube["kind"]], ""), (cube["dataset"]["slug"], cube["dataset"]["title"])]
    return view_state.read(page, "", query, cube, datasets).url()
