"""The levels of sanctions by which trade is split, and what a book of rules can be asked.

A code is of the level that applies to all of it. Where a part of it may be held more strictly, or nobody knows which
goods it is, it is "partly": some of its trade may be banned, and some may be free.
"""

from datetime import date
from typing import NamedTuple, Protocol

from django.utils.translation import gettext as _

FREE, CAPPED, EXEMPTED, BANNED = range(4)  # as sanctions.rules.Level counts
PARTLY = "partly"
PARTS = {BANNED: "partly-banned", EXEMPTED: "partly-banned", CAPPED: "partly-capped"}  # of PARTLY, by what is possible
SURE = {BANNED: "banned", EXEMPTED: "exempted", CAPPED: "capped", FREE: "free"}
GROUPS = ("banned", "exempted", "capped", "partly-banned", "partly-capped", "free")  # each good is in one
ORDER = ("banned", "exempted", "capped", PARTLY, "free")  # from the axis upwards
COLOURS = {"banned": 7, "exempted": 2, "capped": 10, PARTLY: 4, "free": 6}  # slots of the palette
RULES = ("then", "today")


class Rules(Protocol):
    """What charts ask of a book of rules (sanctions.rulebook.Rulebook)."""

    today: date
    caps: tuple  # of sanctions.rulebook.CappedAmount

    def level(self, code: str, direction: str, day: date, edition: str = "") -> tuple[int, int]:
        """What applies to all of a code at least, and to any part of it at most."""

    def changes(self, code: str, direction: str, edition: str = "") -> list[date]:
        """The days on which that changed, in their order."""

    def in_force(self, code: str, direction: str, edition: str = "") -> tuple[int, date, int | None] | None:
        """What holds today for all of a code: its level, since when, by which resolution; None of what is free."""


class NoRules(NamedTuple):
    """A book without a rule: all trade is free."""

    today: date = date.max
    caps: tuple = ()

    def level(self, code: str, direction: str, day: date, edition: str = "") -> tuple[int, int]:
        """Nothing applies."""
        return FREE, FREE

    def changes(self, code: str, direction: str, edition: str = "") -> list[date]:
        """Nothing changes."""
        return []

    def in_force(self, code: str, direction: str, edition: str = "") -> None:
        """Nothing is in force."""


NO_RULES = NoRules()


def no_rules() -> Rules:
    """Open a book without a rule."""
    return NO_RULES


def group_of(least: int, most: int) -> str:
    """The group of a code by its two ends: (3, 3) -> "banned", (0, 3) -> "partly-banned", (0, 1) -> "partly-capped"."""
    return SURE[least] if least == most else PARTS[most]


def names() -> dict[str, str]:
    """What a reader calls the groups."""
    return {
        "banned": _("Banned"),
        "exempted": _("Banned with exemptions"),
        "capped": _("Capped"),
        PARTLY: _("Partly or unclear"),
        "free": _("Not restricted"),
        "partly-banned": _("May be banned"),
        "partly-capped": _("May be capped"),
    }
