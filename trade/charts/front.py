"""The front page: both totals over time, and the newest figures of every dataset."""

from django.utils.translation import gettext as _

from trade import numbers
from trade.charts import findings, over_time, payload, points, state, terms
from trade.charts.cells import newest_full_year, reading
from trade.charts.sums import ROOT

FIRST = "china-provinces"


def home(cubes: dict) -> dict:
    """Make the front page from the newest cubes, {"china-provinces": cube, …}."""
    cube = cubes.get(FIRST) or next(iter(cubes.values()), None)
    page = {"page": "home", "url": "/", "json_url": "/home.json", "csv_url": "/home.csv", "svg_url": "/home.svg"}
    page["card_url"] = "/cards/home.png"
    page |= {"state": {}, "notices": [], "controls": [], "crumbs": [], "title": "", "sentence": "", "figures": []}
    page["facts"] = [fact for one in cubes.values() for flow in state.FLOWS if (fact := _fact(one, flow))]
    if not cube or not cube["years"]:
        return page
    both = {flow: reading(cube, flow) for flow in state.FLOWS}
    names = {flow: terms.flow_label(cube["dataset"], flow) for flow in state.FLOWS}
    return page | {
        "title": findings.of_home(both),
        "sentence": findings.home_sentence(both),
        "dataset": cube["dataset"],
        "release": payload.release(cube),
        "basis": terms.basis(cube["dataset"], "both"),
        "unit": points.UNIT,
        "figures": [over_time.flows(both, names)],
    }


def _fact(cube, flow):
    """The newest full year of a flow, to be read at a glance."""
    cells, year, dataset = reading(cube, flow), newest_full_year(cube, flow), cube["dataset"]
    if year is None or cells.value([ROOT], year) is None:
        return None
    words = {"flow": terms.flow_label(dataset, flow), "period": terms.label(cells, year)}
    return {
        "dataset": dataset["slug"],
        "is_demonstration": dataset["is_demonstration"],
        "label": _("%(flow)s, %(period)s") % words,
        "value": cells.value([ROOT], year),
        "text": numbers.usd(cells.value([ROOT], year)),
        "note": findings.basis(cells, [ROOT], year) + findings.comparison(cells, ROOT, year),
        "url": _address(cube, flow),
    }


def _address(cube, flow):
    """The page of a dataset's flow, with what differs from that page's own defaults."""
    page = "provinces" if cube["kind"] == "province" else "commodities"
    default = state.DEFAULT_DATASET[page]
    query = {"dataset": [cube["dataset"]["slug"]], "flow": [flow]}
    datasets = [(default, ""), (cube["dataset"]["slug"], cube["dataset"]["title"])]
    return state.read(page, f"/{page}/", query, cube, datasets).url()
