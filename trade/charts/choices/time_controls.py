"""Writes the choices of time: which period a page is about, and which span is drawn."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.schema import Control, Span
from trade.charts.text import labels
from trade.charts.view_state import State


def of(cells: Cells, state: State) -> Iterator[Control]:
    """Write the periods from which one is chosen, within the span; of years so far also the month that they reach."""
    name = "month" if state.by_month else "year"
    periods = state.calendar.spanned(state.values)
    if len(periods) < 2 and state.get("period") != "ytd":
        return
    chosen = [
        {
            "value": state.at_time(period)[name],
            "label": labels.label(cells, period),
            "url": state.url(**state.at_time(period)),
            "current": period == state.time,
        }
        for period in periods
    ]
    label = _("Month") if state.get("period") == "months" else _("Year")
    yield {"name": name, "label": label, "several": False, "choices": chosen}
    if state.get("period") == "ytd":
        yield {"name": "through", "label": _("Months"), "several": False, "choices": list(_windows(state))}


def _windows(state):
    """January alone, January to February, …: as far as the chosen year has months."""
    for month in [one for one in state.calendar.months if one.startswith(state["month"][:4])]:
        if state.calendar.year_of(month) in state.calendar.years_with(month):
            label = number_text.months(1, int(month[5:]))
            yield {"value": month, "label": label, "url": state.url(month=month), "current": month == state["month"]}


def span(cells: Cells, state: State) -> Span | None:
    """Describe the span that is drawn and how far it can reach; None where there is no choice, or nothing over time."""
    periods = state.calendar.periods(state.values)
    if "from" not in state.values or state.parts.is_gathered or len(periods) < 3:
        return None
    first, last = state.span
    within = state.calendar.spanned(state.values)
    return {
        "first": str(periods[0]),
        "last": str(periods[-1]),
        "last_place": len(periods) - 1,
        "from": str(within[0]),
        "from_place": periods.index(within[0]),
        "is_from": first is not None,
        "to": str(within[-1]),
        "to_place": periods.index(within[-1]),
        "is_to": last is not None,
        "url": state.url(**{"from": None, "to": None}),
        "label": _("Months from") if state.get("period") == "months" else _("Years from"),
    }
