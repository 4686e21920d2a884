"""Makes points: drawn values with all that may be said of them."""

from dataclasses import replace
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.schema import NumberText, Point
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
        count = comparability.missing_words(missing)
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
        **place(cells, member, value, whole, level, period),
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
        **place(cells, member, value, whole, level, period),
    )


def total(cells: Cells, member: Member, whole: list, level: Level, period) -> Point:
    """A member's shown value, its share a bare number, "52%", and what is said of that: "52% of all provinces"."""
    value = cells.value(member.slugs, period)
    part = "" if cells.flow == "balance" else number_text.percent(value, cells.value(whole, period))
    said = place(cells, member, value, whole, level, period)
    made = point(value, status=cells.shown_status(member.slugs, period), share=part, rank=said["rank"])
    return made | {"url": member.url, "says": said["share"]}


def place(cells: Cells, member: Member, value: int | None, whole: list, level: Level, period) -> dict:
    """What part of the whole a value is, and where its member stands, the last of the two with what it rests on.

    {"share": "1.6% of all provinces", "rank": "2nd of 31, estimates included"}; a balance is part of nothing.
    """
    share, rank = _share(cells, value, whole, level, period), _rank(cells, member, value, period)
    if rank:
        rank = _qualified(cells, cells.siblings(member.slugs[0]), period, rank)
    elif share:
        share = _qualified(cells, tuple(whole), period, share)
    return {"share": share, "rank": rank}


def _share(cells, value, whole, level, period):
    part = "" if cells.flow == "balance" else number_text.percent(value, cells.value(whole, period))
    if not part:
        return ""
    words = _of_whole(part, level.whole, get_language())
    return NumberText(words, number_text.exact_percent(value, cells.value(whole, period)), "%", level.whole)


@lru_cache(maxsize=10_000)
def _of_whole(part, whole, language):
    return _("%(share)s of %(whole)s") % {"share": part, "whole": whole}


def _rank(cells, member, value, period):
    """The place of a single member's shown value among its siblings; a number only beside the value that has it."""
    found = cells.rank(member.slugs[0], period) if member.single else None
    if not found:
        return ""
    words = number_text.rank(*found)
    if cells.flow == "balance":
        words = _("%(rank)s by balance") % {"rank": words}
    is_own = value == cells.value(member.slugs, period)
    return NumberText(words, found.place if is_own else None, of=found.count if is_own else "")


def _qualified(cells, slugs, period, words):
    """Add what a share or rank rests on to its words, and keep its number."""
    return NumberText(comparability.qualified(cells, slugs, period, words), words.number, words.unit, words.of)
