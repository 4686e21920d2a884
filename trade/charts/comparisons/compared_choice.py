"""Writes the choice of what is compared: the largest first, each with its value, above them what is chosen already."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.schema import Choice, Control, Preset
from trade.charts.text import labels, valuation
from trade.charts.view_state import State

LARGEST = 5


def control(state: State, cells: Cells, names: dict) -> Control:
    """Write the choice of a page whose parts have `names`: {"cn-ln": "Liaoning"}.

    Its choices carry "text", their value in the year shown, and "also", another name; "presets" are ready choices.
    """
    ranked = _by_size(cells, names, state.time)
    choices = [
        toggle(state, "show", slug, names[slug]) | _about(cells, slug, state.time)
        for slug in [*state.listed("show"), *(one for one in ranked if one not in state.listed("show"))]
    ]
    words = _("Compare provinces") if state.page.startswith("province") else _("Compare goods")
    sorted_by = _("Sorted by value in %(period)s.") % {"period": labels.label(cells, state.time)}
    about = {"sorted_by": sorted_by if state.time is not None else "", "presets": _presets(state, cells, ranked)}
    return several(state, "show", words, choices) | about


def several(state: State, name: str, label: str, choices: list) -> Control:
    """Write a control that takes several choices."""
    reset = state.url(**{name: ""}) if state[name] else None
    return {"name": name, "label": label, "several": True, "reset_url": reset, "choices": choices}


def toggle(state: State, name: str, slug: str, label: str) -> Choice:
    """Write a choice that is put in, or taken out if it is in."""
    url = state.url(**{name: state.toggled(name, slug)})
    return {"value": slug, "label": label, "url": url, "current": slug in state.listed(name)}


def _by_size(cells, names, year) -> list:
    """The largest first, what is missing last; of a balance the largest surplus."""
    ranked = cells.ranked(names, year)
    return [*ranked, *(slug for slug in names if slug not in ranked)]


def _about(cells, slug, year):
    """A value with what of it is an estimate, and the name that the place has in its own language."""
    if cells.value((slug,), year) is None:
        text = _("no figure")
    else:
        text = valuation.joined(number_text.usd(cells.value((slug,), year)), valuation.estimate(cells, (slug,), year))
    return {"text": text, "also": cells.nodes[slug].get("name_zh", "")}


def _presets(state: State, cells: Cells, ranked: Sequence) -> list[Preset]:
    """The largest five, where there are more; and none, where some are chosen."""
    largest = [slug for slug in ranked if not cells.is_remainder(slug)][:LARGEST]
    presets = []
    if len(ranked) > LARGEST and state.listed("show") != tuple(largest):
        presets.append({"label": _("Largest five"), "url": state.url(show=",".join(largest))})
    if state["show"]:
        presets.append({"label": _("Clear"), "url": state.url(show="")})
    return presets
