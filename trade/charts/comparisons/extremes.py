"""Gives the range of each of several that a reader compares: its lowest and its highest full period."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trade.charts.comparisons import standings
from trade.charts.cube_reader import Cells
from trade.charts.text import changes, comparability
from trade.charts.text.labels import label

MOST = 5  # things whose ranges are read in one sentence


def sentence(cells: Cells, slugs: Sequence) -> str:
    """Give the ranges: "Lowest and highest year: Liaoning US$121 m in 1999, US$1.87 bn in 2014; …."; "" of too many."""
    if len(slugs) > MOST or cells.flow == "balance":
        return ""
    told = [words for slug in slugs if (words := _range(cells, slug))]
    text = _("Lowest and highest month: %(told)s.") if cells.monthly else _("Lowest and highest year: %(told)s.")
    return text % {"told": "; ".join(told)} if told else ""


def _range(cells, slug):
    """The first lowest and the first highest of the periods that can be compared; "" where all are alike."""
    known = [period for period in cells.periods if standings.is_comparable(cells, (slug,), period)]
    if len(known) < 2:
        return ""
    low, high = (pick(known, key=lambda period: cells.value((slug,), period)) for pick in (min, max))
    if cells.value((slug,), low) == cells.value((slug,), high):
        return ""
    words = {"name": cells.nodes[slug]["name"], "low": _at(cells, slug, low), "high": _at(cells, slug, high)}
    return _("%(name)s %(low)s, %(high)s") % words + comparability.caution(cells, (slug,), sorted({low, high}))


def _at(cells, slug, period):
    words = {"value": changes.value(cells, (slug,), period), "period": label(cells, period)}
    return _("%(value)s in %(period)s") % words
