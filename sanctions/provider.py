"""What `trade` may ask of the sanctions: settings.PROVIDERS names this module, so that `trade` need not import it."""

from datetime import date
from functools import lru_cache

from django.utils import timezone

from sanctions import rulebook as books
from sanctions.models import Cap, Event, Measure, Resolution
from sanctions.pages import applied_rules, standing_words
from sanctions.queries import MeasureQuerySet, ResolutionQuerySet
from sanctions.rules import Level, Rule, Standing


def chart_events() -> list[dict]:
    """List what charts mark on their time axis: measures (MeasureQuerySet.events), other events; two queries."""
    return Measure.objects.events() + Event.objects.chart_items()


def full_bans() -> list[dict]:
    """List the goods under a full ban, {flow, code, since, until, …} (MeasureQuerySet.banned_chapters)."""
    return Measure.objects.banned_chapters()


def rules() -> list[Rule]:
    """What sanctions.rules asks: a rule for each code of each measure; two queries."""
    return Measure.objects.rules()


def rulebook() -> books.Rulebook:
    """The rules and caps as they stand today, for charts to ask (sanctions.rulebook); four queries."""
    names = books.CappedAmount._fields
    found = (cap | {"codes": tuple(cap["codes"])} for cap in caps())
    amounts = tuple(books.CappedAmount(**{name: cap[name] for name in names}) for cap in found)
    measures = list(Measure.objects.prefetch_related("codes"))
    known = tuple(rule for measure in measures for rule in measure.rules)
    resolutions = tuple((measure.pk, measure.resolution_id) for measure in measures)
    return _opened(known, timezone.now().date(), amounts, resolutions)


def level_words(least: int, most: int) -> str:
    """Say how goods stand between two levels: level_words(0, 3) -> "partly banned"."""
    return standing_words.in_words(Standing(Level(least), Level(most), ()))


def written_rulebook(written: dict, day: date) -> books.Rulebook:
    """The rules and caps as a release wrote them down (Rulebook.written), for its frozen views; no query."""
    book = books.read(written, day)
    return _opened(book.rules, day, book.caps, tuple(book.resolutions.items()))


@lru_cache(maxsize=8)
def _opened(known, day, amounts, resolutions):
    """One book of the same rules for all who ask, so that what applies to a code is worked out once."""
    return books.Rulebook(known, day, amounts, dict(resolutions))


def applies(code: str, direction: str, day: date, edition: str = "") -> dict:
    """Tell what applies to goods on a day, by which rules (sanctions.pages.applied_rules); three queries."""
    return applied_rules.applies(code, direction, day, edition)


def caps() -> list[dict]:
    """What reported amounts are held against, {measure, direction, codes, amount, unit, …} (CapQuerySet.for_charts)."""
    return Cap.objects.for_charts()


def named() -> dict[int, dict]:
    """How labels name each measure: {8: {"resolution": 2371, "paragraph": "8", …}} (MeasureQuerySet.named)."""
    return Measure.objects.named()


def measures() -> MeasureQuerySet:
    """All measures with their resolution, codes, chapters and caps at hand."""
    return Measure.objects.in_full()


def resolutions() -> ResolutionQuerySet:
    """All resolutions, each with an address of its own."""
    return Resolution.objects.all()
