"""Gives all trade of a year: each direction, then what their sum, or a comparison, has to be read with."""

from django.utils.translation import gettext as _

from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells, sides_of
from trade.charts.text import changes, comparability, labels, origins, valuation

WHOLE = (ROOT,)


def sentence(cells: Cells, year: int) -> str:
    """Give both directions, then how they are added, where the source breaks, and who published what is compared."""
    sides = sides_of(cells)
    told = [_of_side(side, year) for side in sides if side.value(WHOLE, year) is not None]
    parts = ["; ".join(told) + "."] if told else []
    if len(told) == 2:
        parts.append(labels.sum_of_both(cells.cube["dataset"]))
    if not told and cells.value(WHOLE, year) is not None:
        parts.append(
            _("For %(period)s, only total trade (both directions combined) was published.") % _names(cells, year)
        )
    parts += [_break(side, year) for side in sides]
    if any(comparability.with_period_before(side, WHOLE, year).allowed for side in [cells, *sides]):
        parts.append(origins.compared(cells, year, year - 1))
    return " ".join(filter(None, parts)) or _("There is no figure for %(trade)s in %(period)s.") % _names(cells, year)


def _names(cells, year):
    whole = labels.trade(cells.cube["dataset"], cells.flow)
    return {"Trade": labels.capital(whole), "trade": whole, "period": labels.label(cells, year)}


def _of_side(side, year):
    words = _names(side, year) | {"value": changes.value(side, WHOLE, year)}
    text = _("%(Trade)s came to %(value)s in %(period)s (%(basis)s)")
    change = changes.words(side, WHOLE, year, already=[year])
    text %= words | {"basis": valuation.of(side, WHOLE, year)}
    return f"{text}, {change}" if change else text


def _break(side, year):
    if not side.breaks(WHOLE, year) or side.value(WHOLE, year - 1) is None:
        return ""
    words = _names(side, year) | {"before": year - 1, "reason": origins.reason_of_break(side, year)}
    if words["reason"]:
        return _("%(Trade)s are not compared with %(before)s: %(reason)s.") % words
    return _("%(Trade)s are not compared with %(before)s: there is a break in the series between the two.") % words
