"""Gives the numbers under a title: what a whole came to, its valuation, its change, the parts that led it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade import number_text
from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells
from trade.charts.text import balance, changes, comparability, evidence, valuation
from trade.charts.text.labels import basis, capital, label, trade
from trade.charts.text.valuation import joined


def of_whole(cells: Cells, slugs: Sequence, parts: Sequence, period, whole: str) -> str:
    """Give a whole: "China’s exports … came to US$2.14 bn in 2024 (FOB), 8% less than in 2023; led by … and …."."""
    if cells.flow == "balance":
        return balance.sentence(cells, slugs, period)
    if cells.value(slugs, period) is None:
        return _no_figure(cells, slugs, period, whole)
    change = "" if _is_remainder(cells, slugs) else changes.or_why_not(cells, slugs, period, already=[period])
    led = _led_by(cells, parts, period)
    return _came_to(cells, slugs, period, whole) + _after(", ", change) + _after("; ", led) + "."


def of_part(cells: Cells, slug: str, period, whole: str) -> str:
    """Give a province in one flow: "Liaoning accounted for US$793 m, or 37%, of China’s exports … (FOB), …."."""
    if cells.flow == "balance":
        return balance.sentence(cells, (slug,), period)
    name, value, all_ = (
        cells.nodes[slug]["name"],
        cells.value((slug,), period),
        trade(cells.cube["dataset"], cells.flow),
    )
    if not value:
        return of_whole(cells, (slug,), (), period, whole)
    words = {
        "name": name,
        "value": changes.value(cells, (slug,), period),
        "trade": all_,
        "period": label(cells, period),
    }
    words["share"] = number_text.share_in_words(value, cells.value((ROOT,), period))
    words["basis"] = joined(valuation.of(cells, (slug,), period), _of_the_total(cells, (slug,), period))
    text = _("%(name)s accounted for %(value)s, or %(share)s, of %(trade)s in %(period)s (%(basis)s)") % words
    return text + _after(", ", changes.or_why_not(cells, (slug,), period, already=[period])) + "."


def of_compared(cells: Cells, slugs: Sequence, period, whole: str, shares_of: Sequence = ()) -> str:
    """Give each of several that a reader compares: "China’s exports … in 2024 (FOB): Liaoning US$793 m; ….".

    Where shares are drawn each has its own of `shares_of`: "Shares of China’s exports … (FOB): Liaoning 37%, …".
    """
    if cells.flow == "balance":
        return balance.sentence(cells, slugs, period)
    told = [_told(cells, slug, period, shares_of) for slug in slugs]
    words = {"Whole": capital(whole), "period": label(cells, period), "told": "; ".join(told)}
    words["basis"] = joined(
        basis(cells.cube["dataset"], cells.flow),
        comparability.missing_words(evidence.of(cells, slugs, period).missing),
        _("low reliability") if evidence.of(cells, slugs, period).is_unreliable else "",
    )
    if shares_of:
        words |= {"whole": whole, "basis": joined(words["basis"], _of_the_total(cells, slugs, period, shares_of))}
        return _("Shares of %(whole)s in %(period)s (%(basis)s): %(told)s.") % words
    return _("%(Whole)s in %(period)s (%(basis)s): %(told)s.") % words


def _told(cells, slug, period, shares_of):
    """One of several: "Liaoning US$793 m"; with its share "Liaoning 37%, US$793 m"."""
    part = cells.value((slug,), period)
    share = number_text.share_in_words(part, cells.value(shares_of, period)) if shares_of else ""
    return f"{cells.nodes[slug]['name']} {joined(share, _with_estimate(cells, slug, period))}"


def of_other(cells: Cells, slugs: Sequence, period) -> str:
    """Give what is gathered as other, which is not compared: it gathers other goods in another year."""
    if cells.flow == "balance":
        return balance.sentence(cells, slugs, period, _("other or unspecified goods"))
    value = cells.value(slugs, period)
    if value is None:
        return _("No other or unspecified goods are recorded for %(period)s.") % {"period": label(cells, period)}
    words = {
        "value": changes.value(cells, slugs, period),
        "period": label(cells, period),
        "basis": joined(valuation.of(cells, slugs, period), _of_the_total(cells, slugs, period)),
        "share": number_text.share_in_words(value, cells.value((ROOT,), period)) or number_text.percent(0, 1),
        "trade": trade(cells.cube["dataset"], cells.flow),
    }
    in_sections = ngettext("in %(count)s section", "in %(count)s sections", len(slugs)) % {"count": len(slugs)}
    text = _("Other or unspecified goods came to %(value)s in %(period)s (%(basis)s), %(share)s of %(trade)s")
    return f"{text % words}, {in_sections}."


def in_short(cells: Cells, year) -> str:
    """Give what stands beside a total on the front page: "FOB, all of it estimated, 8% less than in 2023"."""
    return valuation.of(cells, (ROOT,), year) + _after(", ", changes.words(cells, (ROOT,), year, already=[year]))


# Parts of a sentence.


def _came_to(cells, slugs, period, whole):
    words = {"Whole": capital(whole), "value": changes.value(cells, slugs, period), "period": label(cells, period)}
    return _("%(Whole)s came to %(value)s in %(period)s (%(basis)s)") % (
        words | {"basis": valuation.of(cells, slugs, period)}
    )


def _no_figure(cells, slugs, period, whole):
    words = {"whole": whole, "period": label(cells, period)}
    valued = [one for one in cells.periods if cells.value(slugs, one) is not None]
    if not valued:
        return _("There is no figure for %(whole)s in %(period)s.") % words
    words["latest"] = label(cells, valued[-1])
    return _("There is no figure for %(whole)s in %(period)s; the latest is for %(latest)s.") % words


def _led_by(cells, parts, period):
    """The two largest parts, where no third is as large and nothing larger is unspecified."""
    ranked = [part for part in cells.ranked(parts, period) if cells.value((part,), period)]
    is_tie = len(ranked) > 2 and cells.value(ranked[1:2], period) == cells.value(ranked[2:3], period)
    if len(ranked) < 2 or is_tie or any(cells.is_remainder(part) for part in ranked[:2]):
        return ""
    first, second = (f"{cells.nodes[part]['name']} ({_with_estimate(cells, part, period)})" for part in ranked[:2])
    return _("led by %(first)s and %(second)s") % {"first": first, "second": second}


def _with_estimate(cells, slug, period):
    if cells.value((slug,), period) is None:
        return _("no figure")
    return joined(changes.value(cells, (slug,), period), valuation.estimate(cells, (slug,), period))


def _of_the_total(cells, slugs, period, total=(ROOT,)):
    """What the total of a share rests on, beyond the part itself."""
    own, whole = evidence.of(cells, slugs, period), evidence.of(cells, total, period)
    estimated = _("the total includes an estimate") if whole.estimated - own.estimated else ""
    lacking = whole.missing - own.missing
    missing = _("%(missing)s from the total") % {"missing": comparability.missing_words(lacking)} if lacking > 0 else ""
    return joined(estimated, missing)


def _is_remainder(cells, slugs):
    return any(cells.is_remainder(slug) for slug in slugs)


def _after(mark, words):
    return mark + words if words else ""
