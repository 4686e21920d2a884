"""Answers for programs what applies to goods in a direction on a day, in words and rule by rule."""

from datetime import date

from sanctions.models import Measure
from sanctions.pages.standing_words import in_words
from sanctions.rule_sentences import sentences
from sanctions.rules import standing


def applies(code: str, direction: str, day: date, edition: str = "") -> dict:
    """Tell what applies to an HS code of 2 to 10 digits, "to_dprk" or "from_dprk", on a day; three queries.

    {"least": "free", "most": "banned", "words": "partly banned", "sentences": ["Imports from the DPRK: …"], "rules":
     [{"level": "banned", "code": "2701", "covers": "part", "since": date, "until": None, "edition": "", "named_in":
     "text", "resolution": 2371, "paragraph": "8", "url": "/sanctions/2371/#measure-17"}]}, the strictest first.
    """
    measures = {measure.pk: measure for measure in Measure.objects.on_goods([code]).for_pages()}
    known = [rule for measure in measures.values() for rule in measure.rules]
    found = standing(known, code, direction, day, edition)
    return {
        "least": found.least.name.lower(),
        "most": found.most.name.lower(),
        "words": in_words(found),
        "sentences": sentences(measures.values(), [code], direction),
        "rules": [_rule(rule, measures[rule.measure], rule.covers(code, edition)) for rule in found.rules],
    }


def _rule(rule, measure, covers):
    [place] = {one.named_in for one in measure.codes.all() if one.digits == rule.digits}
    return {
        "level": rule.level.name.lower(),
        "code": rule.digits,
        "covers": covers,
        "since": rule.since,
        "until": rule.until,
        "edition": rule.edition,
        "named_in": place,
        "resolution": measure.resolution_id,
        "paragraph": measure.paragraph,
        "url": measure.get_absolute_url(),
    }
