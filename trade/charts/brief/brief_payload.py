"""Makes a brief from the payload of a page of charts, so that it says what the page says.

A brief is that payload with fewer figures, each of years and of one direction, and with "brief":

    {"name": "Liaoning", "sentences": ["Liaoning accounted for …"], "directions": [Direction, …],
     "largest": [Largest, …], "has_estimates": True, "notes": ["Hatched: an estimate."],
     "page_url": "/provinces/cn-ln/?year=2016"}
"""

from django.utils.translation import gettext as _

from trade.charts.brief import key_numbers, largest_goods
from trade.charts.brief.key_numbers import Subject
from trade.charts.commodities import commodity
from trade.charts.cube import ROOT
from trade.charts.payload import cells_of
from trade.charts.provinces import province
from trade.charts.schema import Figure, Payload
from trade.charts.text import labels
from trade.charts.text.labels import NO_LEVEL, Member
from trade.charts.totals import totals
from trade.charts.view_state import FLOWS, State


def of_province(cube: dict, slug: str, state: State) -> Payload:
    """Make the brief of a province. Raises KeyError for an unknown one."""
    made = province(cube, slug, state)
    subject = Subject(Member(slug, cube["nodes"][slug]["name"], 0, (slug,)), (ROOT,), labels.provinces())
    return _brief(made, cube, state, subject, [made["sentence"]], made["figures"])


def of_goods(cube: dict, slug: str, state: State) -> Payload:
    """Make the brief of a section or code. Raises KeyError for one that the dataset does not have, and for "other"."""
    node = cube["nodes"][slug]
    if node["level"] == "root":
        raise KeyError(slug)
    made = commodity(cube, slug, state)
    pages = [commodity(cube, slug, state.beside(flow=flow)) for flow in FLOWS]
    above = cube["nodes"][node["parent"]]
    whole = _("all goods") if above["level"] == "root" else labels.numbered(above)
    level = labels.goods(node["level"], whole)
    subject = Subject(Member(slug, labels.numbered(node), 0, (slug,)), (above["slug"],), level)
    figures = [_of_direction(page, flow) for page, flow in zip(pages, FLOWS, strict=True)]
    told = sorted(pages, key=lambda page: page["state"]["flow"] != state["flow"])  # what was chosen is told first
    made = _brief(made, cube, state, subject, [page["sentence"] for page in told], figures)
    return _with_largest(made, cube, slug, state)


def of_totals(cube: dict, state: State) -> Payload:
    """Make the brief of all trade."""
    made = totals(cube, state)
    pages = [totals(cube, state.beside(flow=flow)) for flow in FLOWS]
    subject = Subject(Member(ROOT, "", 0, (ROOT,)), (), NO_LEVEL)
    figures = [_of_direction(page, flow) for page, flow in zip(pages, FLOWS, strict=True)]
    return _brief(made, cube, state, subject, [made["sentence"]], figures)


def _brief(made, cube, state, subject, sentences, figures):
    figures, year = [_without_events(figure) for figure in figures if figure and _has_value(figure)], state["year"]
    flows = ("both", *FLOWS) if cube["kind"] == "total" else FLOWS
    directions = [key_numbers.of(cells_of(cube, state, flow), subject, state) for flow in flows] if year else []
    return made | {
        "figures": figures,
        "brief": {
            "name": subject.member.name or labels.capital(labels.trade(cube["dataset"], "both")),
            "sentences": sentences,
            "directions": directions,
            "largest": [],
            "has_estimates": any(_rests_on_estimates(cells_of(cube, state, flow), subject) for flow in flows),
            "notes": list(dict.fromkeys(note for figure in figures for note in figure["notes"])),
            "page_url": state.url(),
        },
    }


def _rests_on_estimates(cells, subject):
    """Whether there are estimates of the subject, or of the whole that its shares are of."""
    is_traded = any(value is not None for value in cells.column("value", subject.member.slugs))
    return is_traded and cells.has_estimates((*subject.member.slugs, *subject.whole))


def _has_value(figure):
    return any(point["value"] is not None for series in figure["series"] for point in series["points"])


def _without_events(figure):
    """Their list would fill the page; what editors noted stands among the notes (the payload's annotations)."""
    return {name: part for name, part in figure.items() if name != "events"}


def _with_largest(made, cube, slug, state):
    year = state["year"]
    found = [largest_goods.of(cells_of(cube, state, flow), slug, year) for flow in FLOWS] if year else []
    return made | {"brief": made["brief"] | {"largest": [one for one in found if one and one.parts]}}


def _of_direction(page: Payload, flow: str) -> Figure | None:
    """The figure over time of a page, under a name of its own: two of them stand on one brief."""
    figure = next((figure for figure in page["figures"] if figure["id"].startswith("by-year")), None)
    return figure and figure | {"id": f"{figure['id']}-{flow.replace('_', '-')}"}
