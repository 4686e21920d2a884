"""What every page's payload has beside its figures: addresses, state, dataset, release, controls."""

from django.utils.translation import gettext as _

from trade.charts import figures, recast, terms
from trade.charts.cells import Cells, months_of
from trade.charts.figures import UNIT
from trade.charts.state import FLOWS, State
from trade.charts.terms import Level, Member


def start(cube: dict, state: State, cells: Cells, crumbs: list) -> dict:
    """Begin a payload; its page adds title, sentence and figures."""
    return {
        "page": state.page,
        "url": state.url(),
        "json_url": state.url(suffix=".json"),
        "csv_url": state.url(suffix=".csv"),
        "svg_url": state.url(suffix=".svg"),
        "state": state.values,
        "notices": state.notices,
        "title": terms.capital(terms.trade(cube["dataset"], cells.flow)),
        "sentence": _("This release holds no figures."),
        "dataset": cube["dataset"],
        "release": release(cube),
        "basis": cube["dataset"]["basis"][cells.flow],
        "unit": UNIT,
        "controls": list(_controls(cube, state, cells)),
        "crumbs": crumbs,
        "figures": [],
    }


def release(cube: dict) -> dict:
    """Describe the release a page is drawn from, with its address."""
    return cube["release"] | {"url": f"/data/{cube['dataset']['slug']}/{cube['release']['number']}/"}


def crumb(label: str, url: str) -> dict:
    """One step of the way back."""
    return {"label": label, "url": url}


def cells_of(cube: dict, state: State, flow: str = "") -> Cells:
    """Open the years of the flow that a state asks for."""
    return Cells(cube, flow or state["flow"], estimates=state["estimates"] == "on")


def over_time(cells: Cells, state: State, members: list, level: Level, *, title: str, whole: list) -> dict:
    """Draw members over time as a state asks for: years or months, columns or lines, dollars or shares."""
    monthly = state["period"] == "months"
    drawn = Cells(cells.cube, cells.flow, estimates=cells.estimates, monthly=True) if monthly else cells
    figure = figures.over_time(
        drawn,
        members,
        level,
        title=title,
        whole=whole,
        current=None if monthly else state["year"],
        link=(lambda period: None) if monthly else (lambda period: state.url(year=period)),
        view=state.get("view", "columns"),
    )
    return in_unit(state, figure)


def by_time(state: State) -> str:
    """Say what time is counted in: "year"."""
    return _("month") if state["period"] == "months" else _("year")


def in_unit(state: State, figure: dict) -> dict:
    """Leave a figure in dollars, or turn it into shares, as a state asks for."""
    shares = state.get("unit") == "share" and (len(figure["series"]) > 1 or figure["kind"] == "bars")
    return recast.as_shares(figure) if shares else figure


def coloured(members: list, others: str) -> list:
    """The members that have a colour, in its order, and one that gathers the rest."""
    if len(members) == 1:
        return members
    named = sorted((member for member in members if member.colour), key=lambda member: member.colour)
    rest = tuple(slug for member in members if not member.colour for slug in member.slugs)
    return named + ([Member("others", others, 0, rest)] if rest else [])


def _controls(cube, state, cells):
    """The choices of a page as links; a control with one choice is none."""
    flows = [(flow, terms.flow_label(cube["dataset"], flow)) for flow in FLOWS]
    years = [(year, terms.label(cells, year)) for year in cube["years"]]
    estimates = [("on", _("shown")), ("off", _("not shown"))] if _has_estimates(cube) else []
    months = [("years", _("years")), ("months", _("months"))] if months_of(cube) else []
    for name, label, choices in (
        ("dataset", _("Dataset"), state.datasets),
        ("flow", _("Direction"), flows),
        ("year", _("Year"), years),
        ("view", _("Over time"), [("columns", _("columns")), ("lines", _("lines"))]),
        ("unit", _("Unit"), [("usd", _("US$")), ("share", _("share"))]),
        ("period", _("By"), months),
        ("estimates", _("Estimates"), estimates),
    ):
        if name in state.values and len(choices) > 1:
            yield {"name": name, "label": label, "choices": [_choice(state, name, *one) for one in choices]}


def _choice(state, name, value, label):
    return {"value": value, "label": label, "url": state.url(**{name: value}), "current": value == state[name]}


def _has_estimates(cube):
    return any(Cells(cube, flow).has_estimates() for flow in FLOWS)
