"""Groups the codes that rules name into lines of goods with one and the same history; it asks no database.

A line is of one direction. Its codes were touched by the same measures on the same days, so that it has one time line.
A code below another one of the same history adds nothing and is left out: 8903 stands with 89.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sanctions.rules import Level, Rule, Span, Standing, history

DIRECTIONS = ("from_dprk", "to_dprk")


class State(StrEnum):
    """How goods stand, as a time line draws it."""

    FREE = "free"
    CAPPED = "capped"
    PARTLY = "partly"  # a part of the goods is held more strictly than the rest
    EXEMPT = "exempt"  # banned with exemptions
    BANNED = "banned"


STATES = {
    Level.FREE: State.FREE,
    Level.CAPPED: State.CAPPED,
    Level.BANNED_WITH_EXEMPTIONS: State.EXEMPT,
    Level.BANNED: State.BANNED,
}


class Line(NamedTuple):
    """Goods of one history: Line("from_dprk", ("2701", "2702"), (8, 12, 17), spans); the spans follow each other."""

    direction: str
    codes: tuple[str, ...]
    measures: tuple[int, ...]
    spans: tuple[Span, ...]

    @property
    def begins(self) -> date:
        """The day of the first change."""
        return next(span.since for span in self.spans if span.since)

    def touches(self, codes: Iterable[str]) -> bool:
        """Whether any of these codes is one of its own, above one or below one."""
        return any(one.startswith(code) or code.startswith(one) for one in self.codes for code in codes)

    def is_held_by(self, measures: Iterable) -> bool:
        """Whether any of these measures bears on the goods."""
        return not set(self.measures).isdisjoint(measure.pk for measure in measures)

    def on(self, day: date) -> Standing:
        """What applies on a day."""
        return next(span.standing for span in reversed(self.spans) if span.since is None or span.since <= day)


def state_of(found: Standing) -> State:
    return State.PARTLY if found.is_partly else STATES[found.least]


def lines(rules: Iterable[Rule]) -> list[Line]:
    """All lines, the goods from the DPRK first, those first that were touched first."""
    by_chapter = defaultdict(list)
    for rule in rules:
        by_chapter[rule.digits[:2]].append(rule)
    found = []
    for direction in DIRECTIONS:
        found += sorted(_of(by_chapter, direction), key=lambda line: (line.begins, line.codes))
    return found


def years(found: Iterable[Line]) -> list[int]:
    """The years in which anything changes for these lines, in their order."""
    return sorted({span.since.year for line in found for span in line.spans if span.since})


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same spans, those joined in which the goods stand alike, whatever measures hold them."""
    joined = []
    for span in spans:
        if joined and _ends(joined[-1]) == _ends(span):
            joined[-1] = joined[-1]._replace(until=span.until)
        else:
            joined.append(span)
    return joined


def _of(by_chapter, direction):
    alike = defaultdict(list)
    for rules in by_chapter.values():
        histories = _histories([rule for rule in rules if rule.concerns(direction)], direction)
        for code, (key, spans) in histories.items():
            above = (code[:length] for length in range(2, len(code), 2))
            if not any(one in histories and histories[one][0] == key for one in above):
                alike[key].append((code, spans))
    for key, goods in alike.items():
        codes = tuple(sorted(code for code, _spans in goods))
        measures = tuple(sorted({measure for _since, _least, _most, held in key for measure in held}))
        yield Line(direction, codes, measures, tuple(goods[0][1]))


def _histories(rules, direction):
    """The history of each code that these rules of a chapter name, with what makes two of them the same."""
    found = {}
    for code in sorted({rule.digits for rule in rules}):
        spans = history(rules, code, direction)
        held = [
            (span.since, *_ends(span), tuple(sorted({rule.measure for rule in span.standing.rules}))) for span in spans
        ]
        found[code] = (tuple(held), spans)
    return found


def _ends(span):
    return span.standing.least, span.standing.most


def last_day(year: int) -> date:
    return date(year + 1, 1, 1) - timedelta(days=1)
