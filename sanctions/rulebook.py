"""The rules as they are known on a day, asked again and again: by charts, which ask for each code of each year."""

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from sanctions.rules import Level, Rule, history, standing

CHAPTER = 2  # digits; a rule bears on codes of its own chapter alone
LEVELS = {level.name.lower(): level for level in Level}


class CappedAmount(NamedTuple):
    """How much of some goods may pass: 7,500,000 tonnes of 2701 and 2702 in each calendar year from 1 January 2017."""

    measure: int
    direction: str
    codes: tuple[str, ...]
    amount: int
    unit: str  # "usd", "tonnes" or "barrels"
    tonnes: int | None  # the same in tonnes, as the source gives it
    since: date
    until: date | None
    period: str  # "in_all", "year" or "twelve_months"
    label: str  # "7,500,000 tonnes"
    resolution: int
    paragraph: str


class InForce(NamedTuple):
    """The strictest that holds for all of a code: banned since 5 August 2017, by resolution 2371."""

    level: Level
    since: date
    resolution: int | None  # None where a release did not write it down


class Rulebook:
    """What applies to a code in a direction on a day, worked out once for each code; and how much may pass.

    `today` is the day that "the sanctions of today" means: of a release that of its publication.
    """

    def __init__(
        self, rules: tuple[Rule, ...], today: date, caps: tuple[CappedAmount, ...] = (), resolutions: dict | None = None
    ):
        self.rules, self.today, self.caps, self.resolutions = rules, today, caps, resolutions or {}
        self._spans, self._of_chapter = {}, {}
        for rule in rules:
            self._of_chapter.setdefault(rule.digits[:CHAPTER], []).append(rule)

    def __reduce__(self):
        return Rulebook, (self.rules, self.today, self.caps, self.resolutions)  # not what was worked out of them

    def level(self, code: str, direction: str, day: date, edition: str = "") -> tuple[Level, Level]:
        """What applies to all of a code at least, and to any part of it at most: (Level.FREE, Level.BANNED).

        `edition` is that of the code, where it is known: "2017".
        """
        starts, levels = self._known(code, direction, edition)
        return levels[bisect_right(starts, day) - 1]

    def changes(self, code: str, direction: str, edition: str = "") -> list[date]:
        """The days on which what applies to a code changed, in their order."""
        return self._known(code, direction, edition)[0][1:]

    def in_force(self, code: str, direction: str, edition: str = "") -> InForce | None:
        """The strictest that holds today for all of a code, since when and by which resolution; None for what is free.

        Of several rules of that level the oldest counts.
        """
        found = standing(self._of_chapter.get(code[:CHAPTER], ()), code, direction, self.today, edition)
        if found.least == Level.FREE:
            return None
        rule = next(one for one in found.rules if one.level == found.least and one.covers(code, edition) == "all")
        return InForce(rule.level, rule.since, self.resolutions.get(rule.measure))

    def _known(self, *key):
        if key not in self._spans:
            self._spans[key] = self._of(*key)
        return self._spans[key]

    def _of(self, code, direction, edition):
        """The days from which a code stands as it does, the first of them date.min, and how."""
        starts, levels = [], []
        for span in history(self._of_chapter.get(code[:CHAPTER], ()), code, direction, edition):
            ends = (span.standing.least, span.standing.most)
            if not levels or levels[-1] != ends:
                starts.append(span.since or date.min)
                levels.append(ends)
        return starts, levels

    def written(self, names: dict[int, dict] | None = None) -> dict:
        """Write the book as files do: {"rules": [{"measure": 8, "level": "banned", "code": "2701", …}], "caps": […]}.

        `names` tell the resolution and paragraph of each measure, for readers.
        """
        rules = [_written_rule(rule) | _place((names or {}).get(rule.measure, {})) for rule in self.rules]
        return {"rules": rules, "caps": [_dated(cap._asdict(), str) for cap in self.caps]}


def read(written: dict, today: date) -> Rulebook:
    """Read what `Rulebook.written` wrote."""
    caps = (_dated(row, date.fromisoformat) | {"codes": tuple(row["codes"])} for row in written["caps"])
    resolutions = {row["measure"]: row.get("resolution") for row in written["rules"]}
    rules = tuple(_rule(row) for row in written["rules"])
    return Rulebook(rules, today, tuple(CappedAmount(**row) for row in caps), resolutions)


def _written_rule(rule):
    row = {"measure": rule.measure, "direction": rule.direction, "level": rule.level.name.lower(), "code": rule.digits}
    row |= {"in_part": rule.in_part, "edition": rule.edition}
    return _dated(row | {"since": rule.since, "until": rule.until}, str)


def _place(named):
    return {name: named.get(name) for name in ("resolution", "paragraph")}


def _rule(row):
    row = _dated(row, date.fromisoformat)
    level = LEVELS[row["level"]]
    days = (row["since"], row["until"])
    return Rule(row["measure"], row["direction"], level, row["code"], *days, row["in_part"], row["edition"])


def _dated(row, convert):
    """A row whose days are written, or read."""
    return row | {name: row[name] and convert(row[name]) for name in ("since", "until")}
