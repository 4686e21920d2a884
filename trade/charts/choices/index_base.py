"""Writes the periods that an index can be measured by: each complete one, first the one that is taken by default."""

from collections.abc import Callable
from functools import wraps

from django.utils.translation import gettext as _

from trade.charts.cube_reader import Cells
from trade.charts.text import labels
from trade.charts.view_state import State


def offered(cells: Cells, state: State) -> list[tuple]:
    """The complete years or months of which an index can be 100: [(None, "First complete year"), (1998, "1998"), …]."""
    if state.get("unit") != "index":
        return []
    full = [period for period in state.calendar.periods(state.values) if not cells.part(period)]
    return [(None, _usual(state.values)), *((period, labels.label(cells, period)) for period in full)]


def named(make: Callable) -> Callable:
    """Say in the payloads of a page which period is 100 where a reader chose none: "1998 (first complete year)"."""

    @wraps(make)
    def made(*arguments):
        return _named(make(*arguments))

    return made


def _named(payload):
    base = next((figure["base"] for figure in payload["figures"] if "base" in figure), "")
    if not base or payload["state"].get("base") is not None:
        return payload
    label = _("%(period)s (%(usual)s)") % {"period": base, "usual": labels.within(_usual(payload["state"]))}
    controls = [_relabelled(one, label) if one["name"] == "base" else one for one in payload["controls"]]
    return payload | {"controls": controls}


def _usual(values):
    return _("First complete month") if values.get("period") == "months" else _("First complete year")


def _relabelled(control, label):
    choices = [choice | {"label": label} if choice["current"] else choice for choice in control["choices"]]
    return control | {"choices": choices}
