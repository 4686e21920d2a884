"""Says what came of all trade in a year: its value, its change, and what both rest on.

A change is said against the year before, where both years have a value, no break in the source lies between them and
the difference is larger than the precision of the two figures. The sentence names estimates and another publisher.
"""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells
from trade.charts.text import estimates, labels, origins

WHOLE = (ROOT,)


def headline(cells: Cells, year: int) -> str:
    """Say a year in one line: "China’s trade with the DPRK came to US$2.73 bn in 2025, 25% more than in 2024 (…)"."""
    words = _about(cells, year)
    if words is None:
        return _("%(Trade)s: no figure for %(period)s") % _names(cells, year)
    change, before = _change(cells, year)
    if not change:
        return _("%(Trade)s came to %(value)s in %(period)s") % words + estimates.behind(cells, WHOLE, [year])
    return _("%(Trade)s came to %(value)s in %(period)s, %(change)s") % (words | {"change": change}) + estimates.behind(
        cells, WHOLE, [year, before]
    )


def sentence(cells: Cells, year: int) -> str:
    """Give each direction with its valuation and change, then what the sum, or a comparison, has to be read with."""
    sides = getattr(cells, "sides", [cells])
    told = [_of_side(side, year) for side in sides if side.value(WHOLE, year) is not None]
    parts = ["; ".join(told) + "."] if told else []
    if len(told) == 2:
        valuation = _("The sum adds exports valued %(to_dprk)s to imports valued %(from_dprk)s.")
        parts.append(valuation % cells.cube["dataset"]["basis"])
    if not told and cells.value(WHOLE, year) is not None:
        parts.append(_("For %(period)s only the sum of both directions was published.") % _names(cells, year))
    parts += [_break(side, year) for side in sides]
    if any(_change(side, year)[0] for side in [cells, *sides]):
        parts.append(origins.compared(cells, year, year - 1))
    return " ".join(filter(None, parts)) or _("There is no figure for %(trade)s in %(period)s.") % _names(cells, year)


def _names(cells, year):
    whole = labels.trade(cells.cube["dataset"], cells.flow)
    return {"Trade": labels.capital(whole), "trade": whole, "period": labels.label(cells, year)}


def _about(cells, year):
    value = cells.value(WHOLE, year)
    if value is None:
        return None
    return _names(cells, year) | {"value": number_text.usd(value, origins.precision(cells, year))}


def _of_side(side, year):
    words = _about(side, year) | {"basis": labels.basis(side.cube["dataset"], side.flow)}
    text = _("%(Trade)s came to %(value)s in %(period)s (%(basis)s)") % words
    if side.estimate(WHOLE, year) is not None:
        words |= {"kind": estimates.kind(side.cube["dataset"])}
        text = _("%(Trade)s came to %(value)s in %(period)s (%(basis)s, %(kind)s)") % words
    change, before = _change(side, year)
    return f"{text}, {change}{estimates.behind(side, WHOLE, [before])}" if change else text


def _change(cells, year):
    """The change from the year before in words, and that year; ("", None) where nothing may be said."""
    now, before = cells.value(WHOLE, year), cells.value(WHOLE, year - 1)
    if now is None or not before or breaks_in(cells, year) or cells.part(year) or cells.part(year - 1):
        return "", None
    when = labels.label(cells, year - 1)
    uncertainty = origins.uncertainty(cells, year) + origins.uncertainty(cells, year - 1)
    return number_text.change(now, before, when, uncertainty), year - 1


def breaks_in(cells: Cells, year: int) -> bool:
    """Whether the source breaks at a year, in any direction that a value is made of."""
    return any(side.status(WHOLE, year) == "B" for side in getattr(cells, "sides", [cells]))


def _break(side, year):
    if not breaks_in(side, year) or side.value(WHOLE, year - 1) is None:
        return ""
    words = _names(side, year) | {"before": year - 1, "reason": origins.reason_of_break(side, year)}
    if words["reason"]:
        return _("%(Trade)s are not compared with %(before)s: %(reason)s.") % words
    return _("%(Trade)s are not compared with %(before)s: the source breaks between the two.") % words
