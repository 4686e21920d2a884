"""What applies to an HS code, in a direction, on a day: the one answer that pages, the API and files share.

It asks no database. A measure makes one rule for each code that it names. A rule covers all of the code that is asked
for, or a part of it: where the rule's code is "(part)", where it is deeper than the code asked for (2701 of chapter
27), and where both are subheadings of different editions of the Harmonized System. What is covered in part may be free,
so the answer has two ends. Where rules overlap, the strictest counts, and all are listed.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

SUBHEADING = 6  # digits from which on the editions differ; headings are taken to be the same


class Level(IntEnum):
    """How strict a rule is; the greater is the stricter."""

    FREE = 0
    CAPPED = 1
    BANNED_WITH_EXEMPTIONS = 2
    BANNED = 3


class Rule(NamedTuple):
    """One code of a measure: Rule(8, "from_dprk", Level.BANNED, "2701", date(2017, 8, 5)) bans all of 2701.

    `until` is the last day on which it applies, None while it does; `edition` is "2017", or "" where it is not known.
    """

    measure: int
    direction: str  # "to_dprk", "from_dprk" or "both"
    level: Level
    digits: str
    since: date
    until: date | None = None
    in_part: bool = False
    edition: str = ""

    def concerns(self, direction: str) -> bool:
        return self.direction in (direction, "both")

    def applies(self, direction: str, day: date) -> bool:
        return self.concerns(direction) and self.since <= day and (self.until is None or day <= self.until)

    def covers(self, code: str, edition: str = "") -> str:
        """How much of a code it covers: "all", "part" or "" for none of it."""
        if not (code.startswith(self.digits) or self.digits.startswith(code)):
            return ""
        differs = self.edition and edition and self.edition != edition
        if self.in_part or len(self.digits) > len(code) or (differs and len(self.digits) >= SUBHEADING):
            return "part"
        return "all"


class Standing(NamedTuple):
    """What applies to a code on a day: at least `least` to all of it, at most `most` to any part of it."""

    least: Level
    most: Level
    rules: tuple[Rule, ...]  # the strictest first, of one level the oldest

    @property
    def is_partly(self) -> bool:
        """True where a part of the code may be held more strictly than the rest."""
        return self.least != self.most


class Span(NamedTuple):
    """A time in which nothing changes for a code: from `since` to `until`, both days among it; None is open."""

    since: date | None
    until: date | None
    standing: Standing


def standing(rules: Iterable[Rule], code: str, direction: str, day: date, edition: str = "") -> Standing:
    """Tell what applies to an HS code of 2 to 10 digits in a direction, "to_dprk" or "from_dprk", on a day."""
    found = [(rule, how) for rule in rules if rule.applies(direction, day) and (how := rule.covers(code, edition))]
    least = max((rule.level for rule, how in found if how == "all"), default=Level.FREE)
    most = max((rule.level for rule, _how in found), default=Level.FREE)
    return Standing(least, most, tuple(sorted((rule for rule, _how in found), key=_strictest)))


def history(rules: Iterable[Rule], code: str, direction: str, edition: str = "") -> list[Span]:
    """List the times of a code, each until something changed, from the first day to the last; at least one."""
    bearing = [rule for rule in rules if rule.covers(code, edition) and rule.concerns(direction)]
    days = {rule.since for rule in bearing} | {rule.until + timedelta(days=1) for rule in bearing if rule.until}
    starts = [None, *sorted(days)]
    ends = [day - timedelta(days=1) for day in starts[1:]] + [None]
    return [
        Span(start, end, standing(bearing, code, direction, start or date.min, edition))
        for start, end in zip(starts, ends, strict=True)
    ]


def together(standings: Iterable[Standing]) -> Standing:
    """What applies to several codes taken as one, the chapters of a section: the ends of them all, and all rules."""
    every = list(standings)
    rules = sorted({rule for one in every for rule in one.rules}, key=_strictest)
    least = min((one.least for one in every), default=Level.FREE)
    return Standing(least, max((one.most for one in every), default=Level.FREE), tuple(rules))


def _strictest(rule):
    return (-rule.level, rule.since, rule.measure, rule.digits)
