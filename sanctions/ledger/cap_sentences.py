"""Caps in words: "400,870,018 US dollars or 7,500,000 tonnes in each calendar year, from 1 January 2017"."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def amount(cap) -> str:
    """Say an amount: "4,000,000 barrels (525,000 tonnes)", "US$53,495,894"."""
    if cap.unit == cap.Unit.USD:
        return _("US$%(amount)s") % {"amount": f"{cap.amount:,}"}
    if cap.unit == cap.Unit.TONNES:
        return _("%(amount)s tonnes") % {"amount": f"{cap.amount:,}"}
    said = _("%(amount)s barrels") % {"amount": f"{cap.amount:,}"}
    return said + (_(" (%(amount)s tonnes)") % {"amount": f"{cap.tonnes:,}"} if cap.tonnes else "")


def sentences(caps: Iterable) -> list[str]:
    """Say the caps of a measure, those of the same days and period together; "(R)" where one was not yet checked."""
    together = {}
    for cap in caps:
        together.setdefault((cap.since, cap.until, cap.period), []).append(cap)
    return [_sentence(alike) for alike in together.values()]


def _sentence(alike):
    first = alike[0]
    said = _(" or ").join(amount(cap) for cap in alike)
    if len(alike) > 1:
        said = _("%(amounts)s, whichever is lower,") % {"amounts": said}
    words = {"amounts": said, "period": _period(first), "days": _days(first)}
    mark = "" if all(cap.is_checked for cap in alike) else " (R)"
    return _("%(amounts)s %(period)s %(days)s") % words + mark


def _period(cap):
    return {
        cap.Period.IN_ALL: _("in all"),
        cap.Period.YEAR: _("in each calendar year"),
        cap.Period.TWELVE_MONTHS: _("in each 12 months"),
    }[cap.period]


def _days(cap):
    words = {"since": date_format(cap.since, "j F Y"), "until": cap.until and date_format(cap.until, "j F Y")}
    return (_("from %(since)s to %(until)s") if cap.until else _("from %(since)s")) % words
