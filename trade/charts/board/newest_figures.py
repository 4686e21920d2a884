"""Gives the newest figures of one direction: each value, its change from a year before, and what it rests on."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.board import newest_periods
from trade.charts.board.newest_periods import Newest
from trade.charts.cube_reader import Cells, months_of
from trade.charts.schema import BoardCell
from trade.charts.text import changes, comparability, evidence, valuation
from trade.charts.text.labels import label, status_text
from trade.charts.text.valuation import joined

SPANS = ("month", "to_date", "year")


def view_of(span: str, period) -> dict:
    """The choices of the view that shows a figure: ("month", "2025-09") -> {"period": "months", "month": "2025-09"}."""
    if span == "month":
        return {"period": "months", "month": period}
    return {"year": period} | ({"period": "ytd"} if span == "to_date" else {})


def of(cells: Cells, slugs: Sequence, link: Callable) -> list[BoardCell]:
    """Give the newest month, the year so far and the newest full year of some nodes, in the order of SPANS.

    `link(span, period)` is the address of the view that shows a figure.
    """
    slugs = tuple(slugs)
    found = (newest_periods.month, newest_periods.year_so_far, newest_periods.full_year)
    newest = [find(cells, slugs) for find in found]
    return [
        at(span, one.cells, slugs, one.period, link) if one.period else _without_figure(span, one, newest[0])
        for span, one in zip(SPANS, newest, strict=True)
    ]


def at(span: str, cells: Cells, slugs: Sequence, period, link: Callable) -> BoardCell:
    """Give the figure of one period: ("year", cells, ("cn-ln",), 2016, …)."""
    if cells.value(slugs, period) is None:
        return _empty(span, _("no figure for %(period)s") % {"period": label(cells, period)})
    compared = comparability.with_period_before(cells, slugs, period)
    percent = _percent(compared)
    return {
        "span": span,
        "period": str(period),
        "label": label(cells, period),
        "value": cells.value(slugs, period),
        "reported": cells.reported(slugs, period),
        "estimate": cells.estimate(slugs, period),
        "text": changes.value(cells, slugs, period),
        "change": changes.words(cells, slugs, period, already=[period], compared=compared) or _why_not(cells, compared),
        "change_percent": percent,
        "change_from": "" if percent is None else str(compared.earlier),
        "status": cells.shown_status(slugs, period),
        "status_text": _rests_on(cells, slugs, period),
        "url": link(span, period),
    }


def _without_figure(span, newest, month: Newest):
    """A cell that says why it is empty."""
    words = {
        "month": _("no monthly data"),
        "to_date": _("no monthly data"),
        "year": _("no full year"),
    }
    if span == "to_date" and month.period:
        words["to_date"] = _("%(year)s is complete") % {"year": month.period[:4]}
    if span != "year" and months_of(newest.cells.cube) and not month.period:
        words[span] = _("no monthly figure")
    return _empty(span, words[span])


def _empty(span, why) -> BoardCell:
    nothing = dict.fromkeys(("period", "value", "reported", "estimate", "change_percent", "url"))
    texts = dict.fromkeys(("label", "change", "change_from", "status"), "")
    return {"span": span, **nothing, **texts, "text": number_text.MISSING, "status_text": why}


def _percent(compared):
    """The change of the shown values themselves, in per cent; None where others are compared, or nothing is."""
    if not compared.plain or not compared.before.value:
        return None
    return number_text.exact_percent(compared.now.value - compared.before.value, compared.before.value)


def _why_not(cells, compared):
    """Say why no change is given: "no monthly figures for 2024", "not compared with 2023: …"."""
    words = {"when": compared.when, "obstacle": compared.obstacle, "year": str(compared.earlier)[:4]}
    if not compared.obstacle:
        return _("nothing was recorded in %(when)s") % words
    if compared.before.value is not None or compared.now.value is None:
        return _("not compared with %(when)s: %(obstacle)s") % words
    needs_months = cells.monthly or compared.when != words["year"]
    if needs_months and not any(month.startswith(words["year"]) for month in months_of(cells.cube)):
        return _("no comparison: no monthly figures for %(year)s") % words
    return _("no comparison: no figure for %(when)s") % words


def _rests_on(cells, slugs, period):
    """Say what a value is: "provisional", "of which US$310 m is an estimate, 2 figures missing", else "reported"."""
    letter, found = cells.status(slugs, period), evidence.of(cells, slugs, period)
    said = joined(
        valuation.estimate(cells, slugs, period),
        status_text(letter) if found.reported is not None else "",
        comparability.missing_words(found.missing),
    )
    return said or _("reported")
