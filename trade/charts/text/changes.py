"""Says by how much a value changed from the period before, or why the two are not compared."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.text import comparability, estimates, origins
from trade.charts.text.comparability import Comparison
from trade.charts.text.labels import capital, label

MOVED = 10  # one part in as many of what was before: where estimates move a change by it, it is given without them, too


def headline(cells: Cells, slugs: Sequence, period, whole: str, *, large: bool = False) -> str:
    """Say what a whole came to: "China’s exports to the DPRK came to US$499 m in 2020, 77% less than in 2019"; else "".

    Of a remainder no change is said; `large` asks for changes of half and more alone.
    """
    compared = comparability.with_period_before(cells, slugs, period)
    if not compared.allowed or _is_remainder(cells, slugs) or (large and not is_large(compared)):
        return ""
    return _("%(Whole)s came to %(value)s in %(period)s, %(change)s") % {
        "Whole": capital(whole),
        "value": value(cells, slugs, period),
        "period": label(cells, period),
        "change": words(cells, slugs, period),
    }


def plain(cells: Cells, slugs: Sequence, period, whole: str) -> str:
    """Say one value and what it rests on: "Coal in China’s imports from the DPRK: US$1.06 bn in 2016"."""
    named = {"Whole": capital(whole), "value": value(cells, slugs, period), "period": label(cells, period)}
    if cells.value(slugs, period) is None:
        return _("%(Whole)s: no figure for %(period)s") % named
    return _("%(Whole)s: %(value)s in %(period)s") % named + comparability.caution(cells, slugs, [period])


def value(cells: Cells, slugs: Sequence, period) -> str:
    """Write a value as finely as it is known: "US$1.06 bn"."""
    return number_text.usd(cells.value(slugs, period), origins.precision(cells, period))


def words(cells: Cells, slugs: Sequence, period, *, already: Sequence = (), compared: Comparison | None = None) -> str:
    """Say the change and its estimates: "8% less than in 2023 (2023 and 2024 include …)"; "" where none may be said.

    Of the periods `already` the sentence has named the estimates; `compared` is what to compare with, if that is not
    the period before.
    """
    compared = compared or comparability.with_period_before(cells, slugs, period)
    if not compared.allowed:
        return ""
    return said(cells, slugs, compared, [each for each in (period, compared.earlier) if each not in already])


def said(cells: Cells, slugs: Sequence, compared: Comparison, cautioned: Sequence) -> str:
    """Say the change of a comparison that may be stated, and what the periods to be `cautioned` of rest on."""
    now, then = compared.now, compared.before
    change = number_text.change(now.value, then.value, compared.when, compared.uncertainty)
    if compared.is_reported:
        change = _("on reported values alone %(change)s") % {"change": change}
    if compared.is_matched:
        change = _("%(change)s where both periods have a figure") % {"change": change}
    return change + comparability.caution(cells, slugs, cautioned, _as_reported(cells, compared))


def or_why_not(cells: Cells, slugs: Sequence, period, *, already: Sequence = ()) -> str:
    """Say the change, or why there is none: "not compared with 2017: figures are missing"; "" with nothing before."""
    compared = comparability.with_period_before(cells, slugs, period)
    if compared.obstacle and None not in (compared.now.value, compared.before.value) and not cells.part(period):
        return _("not compared with %(when)s: %(obstacle)s") % {"when": compared.when, "obstacle": compared.obstacle}
    return words(cells, slugs, period, already=already)


def is_large(compared: Comparison) -> bool:
    """Whether a value fell by half or rose by half, or more."""
    return _size(compared.now.value, compared.before.value) in (-2, 2)


def _size(now, then):
    """The direction of a change, doubled where it is half of what was before, or more: -2, -1, 0, 1 or 2."""
    if 2 * now <= then:
        return -2
    return 2 if 2 * now >= 3 * then else (now > then) - (now < then)


def _as_reported(cells, compared):
    """What the change is without estimates, where they turn it, make it large or move it by a tenth and more."""
    now, then = compared.now, compared.before
    if not now.estimated or not then.estimated or estimates.stand_for_the_figure(cells.cube["dataset"]):
        return ""
    if now.reported is None or not then.reported:
        return _("on reported values alone, no comparison is possible")
    moved = abs(now.value * then.reported - now.reported * then.value)
    is_moved = MOVED * moved >= then.value * then.reported
    if _size(now.reported, then.reported) == _size(now.value, then.value) and not is_moved:
        return ""
    return _("on reported values alone, %(change)s") % {
        "change": number_text.change(now.reported, then.reported, compared.when)
    }


def _is_remainder(cells, slugs):
    return any(cells.is_remainder(slug) for slug in slugs)
