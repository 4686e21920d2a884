"""Makes what every page's payload has beside its figures: addresses, state, dataset, release, controls."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts import controls, view_rules
from trade.charts.choices import time_controls
from trade.charts.comparisons import many_compared
from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells, reading
from trade.charts.figures import over_time as time
from trade.charts.figures import seasons
from trade.charts.figures.points import UNIT
from trade.charts.gaps import gap_choice
from trade.charts.schema import Crumb, Figure, Payload
from trade.charts.text import labels
from trade.charts.text.labels import Level, Member
from trade.charts.time import year_to_date
from trade.charts.view_state import State


def start(cube: dict, state: State, cells: Cells, crumbs: list) -> Payload:
    """Begin a payload; its page adds title, sentence and figures."""
    return {
        "page": state.page,
        "url": state.url(),
        "json_url": state.url(suffix=".json"),
        "csv_url": state.url(suffix=".csv"),
        "svg_url": state.url(suffix=".svg"),
        "views_url": state.url(suffix=".views.json"),
        "gaps_url": gap_choice.of_page(cube, state),
        "state": state.values,
        "notices": state.notices,
        "title": labels.capital(labels.trade(cube["dataset"], cells.flow)),
        "sentence": _("This release contains no figures."),
        "dataset": cube["dataset"],
        "release": release(cube),
        "basis": labels.basis(cube["dataset"], cells.flow),
        "unit": UNIT,
        "controls": list(controls.of(cube, state, cells)),
        "span": time_controls.span(cells, state),
        "crumbs": crumbs,
        "annotations": [],
        "figures": [],
    }


def release(cube: dict) -> dict:
    """Describe the release a page is drawn from, with its address."""
    return cube["release"] | {"url": f"/data/{cube['dataset']['slug']}/{cube['release']['number']}/"}


def crumb(label: str, url: str) -> Crumb:
    """One step of the way back."""
    return {"label": label, "url": url}


def cells_of(cube: dict, state: State, flow: str = "") -> Cells:
    """Open the years, months or years so far of the flow that a state asks for."""
    period = state.get("period", "years")
    if period == "ytd" and state["month"]:
        cube = year_to_date.cube_of(cube, int(state["month"][5:]))
    return reading(cube, flow or state["flow"], estimates=state["estimates"] == "on", monthly=period == "months")


def over_time(cells: Cells, state: State, members: list, level: Level, *, title: str, whole: list) -> Figure:
    """Draw members over time as a state asks for: years or months, columns or lines, dollars or shares.

    But for its "current" category the figure is the same in every year, and views made together share it: so its
    members lead to no year but their own.
    """

    def make():
        any_year = state.of_any_year()
        timeless = [replace(member, url=member.url and any_year.url_of(member.key)) for member in members]
        return _over_time(cells, state, timeless, level, title=title, whole=whole)

    return in_any_year(state, cells.flow, make)


def in_any_year(state: State, flow: str, make: Callable[[], Figure]) -> Figure:
    """Make a figure that is the same in every year but for its "current" category, once for views that share it.

    They are those made together, or of one cube while nothing changes (State.drawn).
    """
    figures = state.drawn if state.drawn is not None else {}
    key, current = (flow, state.of_any_year().url()), str(state.time)
    figure = figures.get(key)
    if figure is None:
        figure = figures[key] = make()
    current = figure["current"] or current  # a season's is the month
    is_there = any(category["key"] == current for category in figure["categories"])
    return figure | {"current": current if is_there else None}


def _over_time(cells, state, members, level, *, title, whole):
    spanned = cells.within(*state.span)
    if draws_all(state):
        together = _together(cells, state, members, whole)
        title, members = _("%(whole)s by %(time)s") % {"whole": together.name, "time": by_time(state)}, [together]
    if state.get("view") == "seasons":
        about = {"title": title, "unit": unit(state), "link": leads_to(state), "current": state.time}
        return seasons.draw(spanned, members[0].slugs, **about) | {"scale": state["scale"]}
    figure = time.draw(
        spanned,
        members,
        level,
        title=title,
        whole=whole,
        link=leads_to(state),
        view=state.get("view", "columns"),
        scale=state.get("scale", "linear"),
        highlight=state.listed("highlight"),
        unit=unit(state),
        base=state.get("base"),
    )
    return many_compared.of(figure, state.listed("show"))


def draws_all(state: State) -> bool:
    """Whether a view draws one thing, what is shown together: its seasons, or its change as columns."""
    return state.get("view") == "seasons" or (unit(state) == "change" and state.get("view") == "columns")


def _together(cells, state, members, whole):
    """What is compared, or all, or the one thing of a page, as one member under the name of its trade."""
    slugs = state.listed("show") or (
        members[0].slugs if len(members) == 1 and members[0].key != labels.OTHERS else tuple(whole)
    )
    key = slugs[0] if len(slugs) == 1 else ROOT
    return Member(key, labels.capital(labels.trade_of(cells, slugs)), 1, tuple(slugs))


def leads_to(state: State) -> Callable[[int | str], str]:
    """Where a period on an axis leads: the same view of that year or month."""
    any_year = state.of_any_year()
    return lambda period: any_year.url(**state.at_time(period))


def by_time(state: State) -> str:
    """Say what time is counted in: "year", "month", "year, Jan–Sep"."""
    if state.get("period") == "ytd" and state["month"]:
        return _("year, %(months)s") % {"months": number_text.months(1, int(state["month"][5:]))}
    return _("month") if state.get("period") == "months" else _("year")


def unit(state: State) -> str:
    """The unit that a state asks for, "usd" or "share"; not every page has shares."""
    return state.get("unit", "usd")


def drawn_over_time(state: State, members: list, others: str) -> list:
    """The members drawn one by one: those that the reader chose; else those with a colour, and one for the rest."""
    if chosen := state.listed("show"):
        return _with_colours([member for slug in chosen for member in members if member.key == slug])
    return coloured(members, others)


def coloured(members: list, others: str) -> list:
    """The members that have a colour, in its order, and one that gathers the rest."""
    if len(members) == 1:
        return members
    named = sorted((member for member in members if member.colour), key=lambda member: member.colour)
    rest = tuple(slug for member in members if not member.colour for slug in member.slugs)
    return named + ([Member(labels.OTHERS, others, 0, rest)] if rest else [])


def _with_colours(members):
    """Give whoever has no colour one that none of the others has."""
    free = [slot for slot in range(1, view_rules.MOST + 1) if slot not in {member.colour for member in members}]
    return [member if member.colour else replace(member, colour=free.pop(0)) for member in members]
