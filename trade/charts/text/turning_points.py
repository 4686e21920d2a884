"""Finds the turning points of a whole: a collapse, a leap, a record.

Each is true of the full years that this release knows. The rule, in its order: where the year before is full as well
and nothing is missing behind either,

* half or less of the year before is a collapse: "China’s exports to the DPRK fell by 78% in 2020";
* twice the year before, or more, is a leap: "…: 2.4 times as much in 2022 as in 2021";

and among ten full years or more with nothing missing, the one largest, or smallest, of all is a record. Years without a
value, part-years, sums with gaps and balances make no turning point.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.text.labels import capital, label

LONG_ENOUGH = 10  # years, of which one can be a record


def headline(cells: Cells, slugs: Sequence, year: int, whole: str) -> str:
    """Say what turned in a year, "" where nothing did; `whole` is "China’s exports to the DPRK"."""
    value = _known(cells, slugs, year)
    if value is None:
        return ""
    words = {"Whole": capital(whole), "whole": whole, "period": label(cells, year), "value": number_text.usd(value)}
    return _against_the_year_before(cells, slugs, year, value, words) or _record(cells, slugs, year, words)


def _known(cells, slugs, year):
    """The value of a full year behind which nothing is missing, else None."""
    is_full = year in cells.periods and not cells.part(year) and not cells.gaps(slugs, year)
    return cells.value(slugs, year) if is_full and cells.flow != "balance" else None


def _against_the_year_before(cells, slugs, year, value, words):
    before = _known(cells, slugs, year - 1)
    if not before:
        return ""
    words |= {"before": label(cells, year - 1)}
    if 2 * value <= before:
        words["share"] = number_text.percent(before - value, before)
        return _("%(Whole)s fell by %(share)s in %(period)s") % words
    if value >= 2 * before:
        words["factor"] = number_text.factor(value, before)
        return _("%(Whole)s: %(factor)s times as much in %(period)s as in %(before)s") % words
    return ""


def _record(cells, slugs, year, words):
    known = {each: value for each in cells.periods if (value := _known(cells, slugs, each)) is not None}
    if len(known) < LONG_ENOUGH:
        return ""
    words |= {"first": min(known), "last": max(known)}
    others = [value for each, value in known.items() if each != year]
    if known[year] > max(others):
        return _("%(period)s was the record year of %(whole)s: %(value)s") % words
    if known[year] < min(others):
        return _("%(period)s was the lowest year of %(whole)s from %(first)s to %(last)s: %(value)s") % words
    return ""
