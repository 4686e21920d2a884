"""Makes the front page: both totals over time, and the newest figures of every dataset."""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts import payload, view_state
from trade.charts.cube import ROOT
from trade.charts.cube_reader import newest_full_year, reading
from trade.charts.figures import over_time, points
from trade.charts.schema import Payload
from trade.charts.text import headlines, labels

FIRST = "china-provinces"


def home(cubes: dict) -> Payload:
    """Make the front page from the newest cubes, {"china-provinces": cube, …}."""
    cube = cubes.get(FIRST) or next(iter(cubes.values()), None)
    page = {"page": "home", "url": "/", "json_url": "/home.json", "csv_url": "/home.csv", "svg_url": "/home.svg"}
    page["card_url"] = "/cards/home.png"
    page |= {"state": {}, "notices": [], "controls": [], "crumbs": [], "title": "", "sentence": "", "figures": []}
    page["facts"] = [fact for one in cubes.values() for flow in view_state.FLOWS if (fact := _fact(one, flow))]
    if not cube or not cube["years"]:
        return page
    both = {flow: reading(cube, flow) for flow in view_state.FLOWS}
    names = {flow: labels.flow_label(cube["dataset"], flow) for flow in view_state.FLOWS}
    return page | {
        "title": headlines.of_home(both),
        "sentence": headlines.home_sentence(both),
        "dataset": cube["dataset"],
        "release": payload.release(cube),
        "basis": labels.basis(cube["dataset"], "both"),
        "unit": points.UNIT,
        "figures": [over_time.flows(both, names)],
    }


def _fact(cube, flow):
    """The newest full year of a flow, to be read at a glance."""
    cells, year, dataset = reading(cube, flow), newest_full_year(cube, flow), cube["dataset"]
    if year is None or cells.value([ROOT], year) is None:
        return None
    words = {"flow": labels.flow_label(dataset, flow), "period": labels.label(cells, year)}
    return {
        "dataset": dataset["slug"],
        "is_demonstration": dataset["is_demonstration"],
        "label": _("%(flow)s, %(period)s") % words,
        "value": cells.value([ROOT], year),
        "text": number_text.usd(cells.value([ROOT], year)),
        "note": headlines.basis(cells, [ROOT], year) + headlines.comparison(cells, ROOT, year),
        "url": _address(cube, flow),
    }


def _address(cube, flow):
    """The page of a dataset's flow, with what differs from that page's own defaults."""
    page = "provinces" if cube["kind"] == "province" else "commodities"
    default = view_state.DEFAULT_DATASET[page]
    query = {"dataset": [cube["dataset"]["slug"]], "flow": [flow]}
    datasets = [(default, ""), (cube["dataset"]["slug"], cube["dataset"]["title"])]
    return view_state.read(page, "", query, cube, datasets).url()
