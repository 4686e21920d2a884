"""Writes the choices of a page, each a link to the view that it leads to."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trade.charts.choices import index_base, time_controls
from trade.charts.comparisons import compared_choice
from trade.charts.cube_reader import Cells, reading
from trade.charts.schema import Control
from trade.charts.text import labels
from trade.charts.view_rules import drawn_alone
from trade.charts.view_state import CHOICES, FLOWS, State, choices


def of(cube: dict, state: State, cells: Cells) -> Iterator[Control]:
    """Write the controls of a page; a control with one choice is none.

    {"name": "flow", "label": "Direction", "several": False,
     "choices": [{"value": "to_dprk", "label": "Chinese exports to the DPRK", "url": "/provinces/", "current": True}]}
    """
    for name, label, offered in _single(cube, state, cells):
        if name in state.values and len(offered) > 1:
            chosen = [_choice(state, name, *one) for one in offered]
            yield {"name": name, "label": label, "several": False, "choices": chosen}
    yield from time_controls.of(cells, state)
    yield from _several(state, cells)


def _single(cube, state, cells):
    """Of these one is chosen: (name, label, choices)."""
    yield "dataset", _("Dataset"), state.datasets
    yield "flow", _("Direction"), [(flow, _direction(flow)) for flow in CHOICES["flow"]]
    yield "view", _("Chart type"), _possible(state, "view", _views(state))
    yield "rules", _("Sanctions"), _possible(state, "rules", [("then", _("As of each year")), ("today", _as_of(state))])
    yield "scale", _("Scale"), _possible(state, "scale", [("linear", _("Linear")), ("log", _("Logarithmic"))])
    yield "unit", _("Unit"), _possible(state, "unit", _units())
    yield "base", _("Index base"), index_base.offered(cells, state)
    yield "period", _("Frequency"), _possible(state, "period", _frequencies(state)) if state.calendar.months else []
    yield (
        "estimates",
        _("Estimates"),
        [("on", _("With estimates")), ("off", _("Reported only"))] if _has_estimates(cube, state) else [],
    )


def _direction(flow):
    """A direction in few words, for a row that holds other choices too; the page above it names the partner."""
    if flow in FLOWS:
        return labels.capital(labels.flow_name(flow))
    return pgettext("directions", "Both") if flow == "both" else _("Balance")


def _units():
    return [
        ("usd", _("US$")), ("share", _("Share")), ("change", _("Change, %")), ("index", _("Index")),
        ("quantity", _("Quantity")), ("unit-value", _("Unit value")),
    ]  # fmt: skip


def _frequencies(state):
    known = [("years", _("Annual")), ("months", _("Monthly")), ("ytd", _("Year to date"))]
    return [one for one in known if one[0] in choices(state.page, "period")]


def _views(state):
    known = {"columns": _("Columns"), "lines": _("Lines"), "seasons": _("Seasons"), "sanctions": _("By sanctions")}
    return [(view, known[view]) for view in choices(state.page, "view")]


def _as_of(state):
    """Today, or of a frozen view the day of its release."""
    if state["release"] is None:
        return _("As of today")
    return _("As of %(day)s") % {"day": labels.day(state.rules().today)}


def _several(state, cells):
    """Of these several can be chosen: which parts are drawn, and which of them stand out."""
    names = dict(zip(state.parts.slugs, state.parts.names, strict=True))
    if state.get("view") == "sanctions":
        return
    if "show" in state.values and len(names) > 1:
        yield compared_choice.control(state, cells, names)
    alone = drawn_alone(state.values, state.parts)
    if "highlight" in state.values and len(alone) > 1:
        toggles = [compared_choice.toggle(state, "highlight", slug, names[slug]) for slug in alone]
        yield compared_choice.several(state, "highlight", _("Highlighted"), toggles)


def _choice(state, name, value, label):
    return {"value": value, "label": label, "url": state.url(**{name: value}), "current": value == state[name]}


def _possible(state, name, choices):
    """Leave out what does not go together with the rest of the choice."""
    return [(value, label) for value, label in choices if state.can(name, value)]


def _has_estimates(cube, state):
    """Whether the choice changes anything: in the direction that is shown, or it was made already."""
    shown = [state["flow"]] if state.get("flow") in FLOWS else FLOWS
    return state.get("estimates") == "off" or any(reading(cube, flow).has_estimates() for flow in shown)
