"""Makes points: drawn values with all that may be said of them."""

from dataclasses import replace
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.schema import Point
from trade.charts.text import comparability
from trade.charts.text.labels import Level, Member, status_text

UNIT = "US$"
COMPONENTS = ("reported", "estimate")


def point(value: int | None, *, status: str = "A", share: str = "", rank: str = "", missing: int = 0) -> Point:
    """One drawn value with all that may be said of it; what is missing has no share and no rank."""
    if value is None and status in ("A", "E"):
        status = ""
    text = status_text(status)
    if missing and value is not None:
        count = ngettext("%(count)s part missing", "%(count)s parts missing", missing) % {"count": missing}
        text = f"{text}, {count}" if text else count
    return {
        "value": value,
        "text": number_text.usd(value),
        "share": "" if value is None else share,
        "rank": "" if value is None else rank,
        "status": status,
        "status_text": text,
        "url": None,
    }


def of_member(cells: Cells, member: Member, name: str, whole: list, level: Level, period) -> Point:
    """One component of a member: its share is its own, its rank that of its shown value."""
    value = cells.component(name, member.slugs, period)
    return point(
        value,
        status="E" if name == "estimate" else cells.status(member.slugs, period),
        share=share(cells, value, whole, level, period),
        rank=rank(cells, member, level, period),
        missing=0 if member.single else cells.gaps(member.slugs, period),
    )


def over_periods(cells: Cells, member: Member, name: str, whole: list, level: Level) -> list[Point]:
    """One component of a member in every period; made once for all views that show it."""
    alone = replace(member, url=None)
    return list(_over_periods(cells, alone, name, tuple(whole), level, get_language()))


@lru_cache(maxsize=2_000)
def _over_periods(cells, member, name, whole, level, language):
    return tuple(of_member(cells, member, name, whole, level, period) for period in cells.periods)


def shown(cells: Cells, member: Member, whole: list, level: Level, period) -> Point:
    """A member's shown value, reported and estimate together."""
    value = cells.value(member.slugs, period)
    return point(
        value,
        status=cells.shown_status(member.slugs, period),
        share=share(cells, value, whole, level, period),
        rank=rank(cells, member, level, period),
    )


def total(cells: Cells, member: Member, whole: list, level: Level, period) -> Point:
    """A member's shown value, its share a bare number, "52%", and what is said of that: "52% of all provinces"."""
    value = cells.value(member.slugs, period)
    part = "" if cells.flow == "balance" else number_text.percent(value, cells.value(whole, period))
    status = cells.shown_status(member.slugs, period)
    made = point(value, status=status, share=part, rank=rank(cells, member, level, period))
    return made | {"url": member.url, "says": share(cells, value, whole, level, period)}


def share(cells: Cells, value: int | None, whole: list, level: Level, period) -> str:
    """What part of the whole a value is: "52% of all provinces"; a balance is part of nothing."""
    part = "" if cells.flow == "balance" else number_text.percent(value, cells.value(whole, period))
    if not part:
        return ""
    return comparability.qualified(cells, tuple(whole), period, _of_whole(part, level.whole, get_language()))


@lru_cache(maxsize=10_000)
def _of_whole(part, whole, language):
    return _("%(share)s of %(whole)s") % {"share": part, "whole": whole}


def rank(cells: Cells, member: Member, level: Level, period) -> str:
    """The place of a single member's shown value among its siblings: "2nd of 31 provinces, estimates included"."""
    place = cells.rank(member.slugs[0], period) if member.single else None
    if not place:
        return ""
    words = {"rank": number_text.rank(*place), "many": level.many}
    text = _("%(rank)s %(many)s by balance") if cells.flow == "balance" else _("%(rank)s %(many)s")
    return comparability.qualified(cells, tuple(cells.siblings(member.slugs[0])), period, text % words)
