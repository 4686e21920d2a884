"""What `trade` may ask of the sanctions: settings.PROVIDERS names this module, so that `trade` need not import it."""

from datetime import date
from functools import lru_cache

from django.utils import timezone

from sanctions import rulebook as books
from sanctions.models import Event, Measure, Resolution
from sanctions.queries import MeasureQuerySet, ResolutionQuerySet
from sanctions.rules import Rule


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
    """The rules as they stand today, for charts to ask (sanctions.rulebook); two queries."""
    return _opened(tuple(rules()), timezone.now().date())


def written_rulebook(rows: list[dict], day: date) -> books.Rulebook:
    """The rules as a release wrote them down (Rulebook.written), for its frozen views; no query."""
    return _opened(books.read(rows, day).rules, day)


@lru_cache(maxsize=8)
def _opened(known, day):
    """One book of the same rules for all who ask, so that what applies to a code is worked out once."""
    return books.Rulebook(known, day)


def measures() -> MeasureQuerySet:
    """All measures with their resolution, codes and chapters at hand."""
    return Measure.objects.for_pages()


def resolutions() -> ResolutionQuerySet:
    """All resolutions, each with an address of its own."""
    return Resolution.objects.all()
