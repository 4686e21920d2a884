"""How goods stand, in words: "banned with exemptions", "partly capped", "capped, partly banned"."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sanctions.pages.goods_lines import State, merged
from sanctions.rules import Level, Span, Standing


def in_words(found: Standing) -> str:
    """Say how goods stand: "banned", "partly banned with exemptions", "capped, partly banned"."""
    most = _level(found.most)
    if not found.is_partly:
        return most
    partly = _("partly %(level)s") % {"level": most}
    if found.least == Level.FREE:
        return partly
    return _("%(whole)s, %(part)s") % {"whole": _level(found.least), "part": partly}


def now_in_words(spans: Iterable[Span], today: date) -> str:
    """Say how goods stand today and since when: "Banned since 5 August 2017"."""
    span = next(span for span in reversed(merged(spans)) if span.since is None or span.since <= today)
    words = {"level": in_words(span.standing), "day": span.since and date_format(span.since, "j F Y")}
    return capfirst(_("%(level)s since %(day)s") % words) if span.since else capfirst(words["level"])


def history_in_words(spans: Iterable[Span]) -> str:
    """Say all of a history: "banned with exemptions from 2 March 2016, banned from 5 August 2017"."""
    return ", ".join(
        _("%(level)s from %(day)s") % {"level": in_words(span.standing), "day": date_format(span.since, "j F Y")}
        for span in merged(spans)
        if span.since
    )


def legend() -> list[tuple]:
    """The states that a time line draws, the mildest first, each with its name."""
    return [
        (State.FREE, _("free")),
        (State.CAPPED, _("capped")),
        (State.PARTLY, _("partly banned or capped")),
        (State.EXEMPT, _("banned with exemptions")),
        (State.BANNED, _("banned")),
    ]


def _level(level):
    return {
        Level.FREE: _("free"),
        Level.CAPPED: _("capped"),
        Level.BANNED_WITH_EXEMPTIONS: _("banned with exemptions"),
        Level.BANNED: _("banned"),
    }[level]
