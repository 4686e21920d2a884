"""Makes points: drawn values with all that may be said of them."""

from dataclasses import replace
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.schema import NumberText, Point
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
    value, place = cells.component(name, member.slugs, period), rank(cells, member, period)
    return point(
        value,
        status="E" if name == "estimate" else cells.status(member.slugs, period),
        share=share(cells, value, whole, level, period),
        # Where an estimate is added, the place is not that of what is reported: the words alone are kept.
        rank=place if value == cells.value(member.slugs, period) else str(place),
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
        rank=rank(cells, member, period),
    )


def total(cells: Cells, member: Member, whole: list, period) -> Point:
    """A member's shown value, its share a bare number: "52%"."""
    value = cells.value(member.slugs, period)
    part = "" if cells.flow == "balance" else number_text.percent(value, cells.value(whole, period))
    status = cells.shown_status(member.slugs, period)
    return point(value, status=status, share=part, rank=rank(cells, member, period)) | {"url": member.url}


def share(cells: Cells, value: int | None, whole: list, level: Level, period) -> str:
    """What part of the whole a value is: "52% of all provinces"; a balance is part of nothing."""
    part = "" if cells.flow == "balance" else number_text.percent(value, cells.value(whole, period))
    if not part:
        return ""
    words = _of_whole(part, level.whole, cells.estimate(whole, period) is not None, get_language())
    return NumberText(words, number_text.exact_percent(value, cells.value(whole, period)), "%", level.whole)


@lru_cache(maxsize=10_000)
def _of_whole(part, whole, estimated, language):
    words = {"share": part, "whole": whole}
    return (_("%(share)s of %(whole)s, estimates included") if estimated else _("%(share)s of %(whole)s")) % words


def rank(cells: Cells, member: Member, period) -> str:
    """The place of a single member's shown value among its siblings: "1st of 31"."""
    place = cells.rank(member.slugs[0], period) if member.single else None
    return NumberText(number_text.rank(*place), place.place, of=place.count) if place else ""
