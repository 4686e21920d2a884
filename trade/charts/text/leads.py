"""Says which part of a whole is the largest, which overtook it, and where a part ranks."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells, Rank
from trade.charts.text import changes, comparability, evidence
from trade.charts.text.comparability import before
from trade.charts.text.labels import capital, label, listed, within


def leader(cells: Cells, parts: Sequence, period, value: Callable | None = None) -> str | None:
    """The one of `parts` with the largest value; None where two share the lead, or one alone has a value.

    Nobody leads where what is not specified is larger, or where the largest is of low reliability. `value` is
    `cells.value`, or `cells.reported`.
    """
    value = value or cells.value
    valued = {part: amount for part in parts if (amount := value((part,), period)) is not None}
    ranked = sorted(valued, key=lambda part: -valued[part])[:2]
    if len(ranked) < 2 or valued[ranked[0]] in (0, valued[ranked[1]]) or cells.is_remainder(ranked[0]):
        return None
    return None if evidence.of(cells, ranked[:1], period).is_unreliable else ranked[0]


def overtaking(cells: Cells, parts: Sequence, period, whole: str) -> str:
    """Say who leads now and led before: "Guangdong overtook Liaoning in 2019 as the largest part of …"."""
    words = _overtaken(cells, parts, period)
    if not words:
        return ""
    text = _("%(first)s overtook %(second)s in %(period)s as the largest contributor to %(whole)s")
    return text % (words | {"whole": whole}) + words["caution"]


def overtaking_among(cells: Cells, parts: Sequence, period, whole: str, many: str) -> str:
    """Say who overtook whom of those that a reader compares: "Of the 2 provinces compared, Jilin overtook …"."""
    words = _overtaken(cells, parts, period)
    if not words:
        return ""
    text = _("Of the %(count)s %(many)s compared, %(first)s overtook %(second)s in %(whole)s in %(period)s")
    return text % (words | {"whole": whole, "count": len(parts), "many": many}) + words["caution"]


def headline(cells: Cells, parts: Sequence, period, whole: str, total: Sequence) -> str:
    """Say who leads: "Liaoning led China’s exports to the DPRK in 2024, with 37% (…)"; else ""."""
    first = leader(cells, parts, period)
    if not first:
        return ""
    words = {"first": cells.nodes[first]["name"], "whole": whole, "period": label(cells, period)}
    words |= {"share": number_text.share_in_words(cells.value((first,), period), cells.value(total, period))}
    caution = comparability.caution(cells, total, [period], _led_as_reported(cells, parts, {period: first}))
    return _("%(first)s led %(whole)s in %(period)s, with %(share)s") % words + caution


def among(cells: Cells, parts: Sequence, period, whole: str, many: str) -> str:
    """Say who leads of those that a reader compares: "Of the 2 provinces compared, Liaoning led …, with US$793 m"."""
    first = leader(cells, parts, period)
    if not first:
        return ""
    words = {"first": cells.nodes[first]["name"], "whole": whole, "period": label(cells, period)}
    words |= {"count": len(parts), "many": many, "value": changes.value(cells, (first,), period)}
    text = _("Of the %(count)s %(many)s compared, %(first)s led %(whole)s in %(period)s, with %(value)s")
    return text % words + comparability.caution(cells, parts, [period], _led_as_reported(cells, parts, {period: first}))


def place(cells: Cells, slug: str, period, whole: str, many: str, total: Sequence) -> str:
    """Say where a part ranks: "Ningxia ranked 27th of 31 provinces in …, with less than 0.1%"; else ""."""
    rank = cells.rank(slug, period)
    if not rank or not cells.value((slug,), period) or evidence.of(cells, (slug,), period).is_unreliable:
        return ""
    words = {"name": capital(cells.nodes[slug]["name"]), "count": rank.count, "many": many, "whole": whole}
    words |= {"place": number_text.ordinal(rank.place), "period": label(cells, period)}
    words |= {"share": number_text.share_in_words(cells.value((slug,), period), cells.value(total, period))}
    text = _("%(name)s ranked %(place)s of %(count)s %(many)s in %(whole)s in %(period)s, with %(share)s")
    # Names of goods are singular or plural, so that no "was" fits them all.
    is_largest = rank.place == 1 and leader(cells, cells.siblings(slug), period) == slug
    if is_largest and cells.nodes[slug]["level"] == "province":
        text = _("%(name)s was the largest of %(count)s %(many)s in %(whole)s in %(period)s, with %(share)s")
    return text % words + comparability.caution(cells, total, [period], _ranked_as_reported(cells, slug, period, rank))


def _overtaken(cells, parts, period):
    """Who leads and who led, in words, where both periods can be compared; else None."""
    earlier = before(period)
    first, second = leader(cells, parts, period), leader(cells, parts, earlier)
    if not first or not second or first == second or not _both_known(cells, first, second, period, earlier):
        return None
    if not comparability.with_period_before(cells, parts, period).plain:
        return None
    return {
        "first": cells.nodes[first]["name"],
        "second": _inside(cells.nodes[second]),
        "period": label(cells, period),
        "caution": comparability.caution(
            cells, parts, [period, earlier], _led_as_reported(cells, parts, {earlier: second, period: first})
        ),
    }


def _inside(node):
    """A name within a sentence; that of a province is a name, that of goods a word."""
    return node["name"] if node["level"] == "province" else within(node["name"])


def _both_known(cells, first, second, period, earlier):
    """A part without a figure in one of the two overtook nobody, and was overtaken by nobody."""
    values = (cells.value((first,), earlier), cells.value((second,), period))
    return None not in values and not cells.part(period)


def _led_as_reported(cells, parts, led):
    """Who leads without estimates, where it is not who `led`; what holds in several periods is said once."""
    said = {}
    for period, first in led.items():
        if text := _leader_as_reported(cells, parts, period, first):
            said.setdefault(text, []).append(label(cells, period))
    return "; ".join(_("%(text)s in %(periods)s") % {"text": text, "periods": listed(said[text])} for text in said)


def _leader_as_reported(cells, parts, period, first):
    if not evidence.of(cells, parts, period).estimated:
        return ""
    reported = leader(cells, parts, period, cells.reported)
    if reported == first:
        return ""
    if reported:
        return _("on reported values alone, %(name)s led") % {"name": _inside(cells.nodes[reported])}
    valued = [part for part in parts if cells.reported((part,), period) is not None]
    if len(valued) == 1:
        return _("only %(name)s has a reported value") % {"name": _inside(cells.nodes[valued[0]])}
    return _("on reported values alone, none of them led")


def _ranked_as_reported(cells, slug, period, rank: Rank):
    """The place without estimates, where it is another."""
    reported = cells.reported_rank(slug, period)
    if not evidence.of(cells, cells.siblings(slug), period).estimated or (reported and reported.place == rank.place):
        return ""
    if not reported:
        return _("on reported values alone, it has no rank")
    return _("on reported values alone, %(place)s of %(count)s") % {
        "place": number_text.ordinal(reported.place),
        "count": reported.count,
    }
