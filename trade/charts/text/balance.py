"""Sentences on a balance: who sold more to whom, and the two sides that it is made of."""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Balance
from trade.charts.text.labels import basis, capital, label, trade


def headline(cells: Balance, slugs: list, year: int, about: str = "") -> str:
    """Say who sold more: "China sold the DPRK US$1.79 bn more than it bought in 2024"; `about` names what of it."""
    value, words = cells.value(slugs, year), {"partner": capital(cells.cube["dataset"]["partner"])}
    words |= {"period": label(cells, year), "value": "" if value is None else number_text.usd(abs(value))}
    if value is None:
        text = _("%(partner)s’s trade balance with the DPRK: no figure for %(period)s") % words
    elif value == 0:
        text = _("%(partner)s sold the DPRK as much as it bought in %(period)s") % words
    elif value > 0:
        text = _("%(partner)s sold the DPRK %(value)s more than it bought in %(period)s") % words
    else:
        text = _("%(partner)s bought %(value)s more from the DPRK than it sold in %(period)s") % words
    return _("%(about)s: %(text)s") % {"about": capital(about), "text": text} if about else text


def sentence(cells: Balance, slugs: list, year: int) -> str:
    """Give both sides, each with its valuation: they are not valued alike, so their difference is approximate."""
    sides = [
        _("%(trade)s came to %(value)s (%(basis)s)")
        % {
            "trade": capital(trade(cells.cube["dataset"], side.flow)),
            "value": number_text.usd(side.value(slugs, year)),
            "basis": basis(cells.cube["dataset"], side.flow),
        }
        if side.value(slugs, year) is not None
        else _("There is no figure for %(trade)s") % {"trade": trade(cells.cube["dataset"], side.flow)}
        for side in cells.sides
    ]
    return _("In %(period)s: %(sides)s.") % {"period": label(cells, year), "sides": "; ".join(sides)}
