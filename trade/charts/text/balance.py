"""Sentences on a balance: who sold more to whom, and the two sides that it is made of."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Balance
from trade.charts.text import changes, comparability, estimates, evidence, origins, valuation
from trade.charts.text.labels import capital, goods_trade, label, trade_of


def headline(cells: Balance, slugs: Sequence, period, about: str = "") -> str:
    """Say who sold more: "China sold the DPRK US$1.79 bn more than it bought in 2024"; `about` names what of it."""
    value, words = cells.value(slugs, period), {"partner": capital(cells.cube["dataset"]["partner"])}
    words |= {"period": label(cells, period), "value": _size(cells, slugs, period)}
    if value is None:
        text = _("%(partner)s’s trade balance with the DPRK: no figure for %(period)s") % words
    else:
        text = _who_sold_more(value, origins.uncertainty(cells, period)) % words
        text += comparability.caution(cells, slugs, [period], _as_reported(cells, slugs, period, value))
    return _("%(about)s: %(text)s") % {"about": capital(about), "text": text} if about else text


def _who_sold_more(value, uncertainty=0):
    if value and abs(value) <= uncertainty:
        return _("%(partner)s sold the DPRK about as much as it bought in %(period)s")
    if value == 0:
        return _("%(partner)s sold the DPRK as much as it bought in %(period)s")
    if value > 0:
        return _("%(partner)s sold the DPRK %(value)s more than it bought in %(period)s")
    return _("%(partner)s bought %(value)s more from the DPRK than it sold in %(period)s")


def _size(cells, slugs, period):
    value = cells.value(slugs, period)
    return "" if value is None else number_text.usd(abs(value), origins.precision(cells, period))


def sentence(cells: Balance, slugs: Sequence, period, goods: str = "") -> str:
    """Give both sides, each with its valuation: they are not valued alike, so their difference is approximate.

    `goods` names what the nodes are together, where that is not their list.
    """
    named = [goods_trade(side, goods) if goods else trade_of(side, slugs) for side in cells.sides]
    sides = [_side(side, slugs, period, name) for side, name in zip(cells.sides, named, strict=True)]
    return _("In %(period)s: %(sides)s.") % {"period": label(cells, period), "sides": "; ".join(sides)}


def _as_reported(cells, slugs, period, value):
    """Who sold more without estimates, where that is another."""
    found = evidence.of(cells, slugs, period)
    if not found.estimated or estimates.stand_for_the_figure(cells.cube["dataset"]):
        return ""
    if found.reported is None:
        return _("on reported values alone, one direction is missing")
    if (found.reported > 0) == (value > 0) and (found.reported < 0) == (value < 0):
        return ""
    words = {"partner": capital(cells.cube["dataset"]["partner"]), "value": number_text.usd(abs(found.reported))}
    if found.reported > 0:
        return _("on reported values alone, %(partner)s sold %(value)s more") % words
    if found.reported < 0:
        return _("on reported values alone, %(partner)s bought %(value)s more") % words
    return _("on reported values alone, both are equal")


def _side(side, slugs, period, name):
    if side.value(slugs, period) is None:
        return _("there is no figure for %(trade)s") % {"trade": name}
    words = {"trade": name, "value": changes.value(side, slugs, period), "basis": valuation.of(side, slugs, period)}
    return _("%(trade)s came to %(value)s (%(basis)s)") % words
