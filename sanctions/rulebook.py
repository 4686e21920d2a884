"""The rules as they are known on a day, asked again and again: by charts, which ask for each code of each year."""

from bisect import bisect_right
from datetime import date

from sanctions.rules import Level, Rule, history

LEVELS = {level.name.lower(): level for level in Level}


class Rulebook:
    """What applies to a code in a direction on a day, worked out once for each code.

    `today` is the day that "the sanctions of today" means: of a release that of its publication.
    """

    def __init__(self, rules: tuple[Rule, ...], today: date):
        self.rules, self.today = rules, today
        self._spans = {}

    def level(self, code: str, direction: str, day: date) -> tuple[Level, Level]:
        """What applies to all of a code at least, and to any part of it at most: (Level.FREE, Level.BANNED)."""
        starts, levels = self._known(code, direction)
        return levels[bisect_right(starts, day) - 1]

    def changed(self, code: str, direction: str, after: date, until: date) -> bool:
        """Whether what applies to a code changes on a day after one, and until another."""
        starts, _levels = self._known(code, direction)
        return bisect_right(starts, after) < bisect_right(starts, until)

    def _known(self, code, direction):
        key = (code, direction)
        if key not in self._spans:
            self._spans[key] = self._of(code, direction)
        return self._spans[key]

    def _of(self, code, direction):
        """The days from which a code stands as it does, the first of them date.min, and how."""
        starts, levels = [], []
        for span in history(self.rules, code, direction):
            ends = (span.standing.least, span.standing.most)
            if not levels or levels[-1] != ends:
                starts.append(span.since or date.min)
                levels.append(ends)
        return starts, levels

    def written(self) -> list[dict]:
        """Write the rules as files do: [{"measure": 8, "direction": "from_dprk", "level": "banned", …}]."""
        return [
            {
                "measure": rule.measure,
                "direction": rule.direction,
                "level": rule.level.name.lower(),
                "code": rule.digits,
                "in_part": rule.in_part,
                "edition": rule.edition,
                "since": rule.since.isoformat(),
                "until": rule.until and rule.until.isoformat(),
            }
            for rule in self.rules
        ]


def read(rows: list[dict], today: date) -> Rulebook:
    """Read what `Rulebook.written` wrote."""
    return Rulebook(tuple(_rule(row) for row in rows), today)


def _rule(row):
    since, until = (row[name] and date.fromisoformat(row[name]) for name in ("since", "until"))
    level = LEVELS[row["level"]]
    return Rule(row["measure"], row["direction"], level, row["code"], since, until, row["in_part"], row["edition"])
