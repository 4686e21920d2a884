"""What `trade` may ask of the sanctions: settings.PROVIDERS names this module, so that `trade` need not import it."""

from datetime import date
from functools import lru_cache

from django.utils import timezone

from sanctions import rulebook as books
from sanctions.models import Cap, Event, Measure, Resolution
from sanctions.pages import applied_rules
from sanctions.queries import MeasureQuerySet, ResolutionQuerySet
from sanctions.rules import Rule

# How a search tells measures apart, and the words by which people ask for them.
SEARCH_WEIGHTS = {"full_ban": 90, "prohibition": 90, "cap": 87, "sectoral": 85, "clarification": 82}
GOODS_OF_A_MEASURE = re.compile(r"\([^)]*\)|[;:,]| and ")
SAID_OF_ALL = "sanction sanctions sanctioned export exports import imports 제재 대북제재 수출 수입 制裁 出口 进口"
BANNED = "ban bans banned prohibited prohibition forbidden embargo illegal 금지 수출금지 禁止 禁令 禁运"
CAPPED = "cap caps capped limit limits limited quota ceiling 상한 한도 제한 上限 限额 限制"
SAID_OF_KINDS = {"full_ban": BANNED, "prohibition": BANNED, "sectoral": BANNED, "cap": CAPPED}
FIRST_YEAR = 2006  # of the first resolution on this trade


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
    return _opened(tuple(rules()), timezone.now().date(), amounts)


def written_rulebook(written: dict, day: date) -> books.Rulebook:
    """The rules and caps as a release wrote them down (Rulebook.written), for its frozen views; no query."""
    book = books.read(written, day)
    return _opened(book.rules, day, book.caps)


@lru_cache(maxsize=8)
def _opened(known, day, amounts):
    """One book of the same rules for all who ask, so that what applies to a code is worked out once."""
    return books.Rulebook(known, day, amounts)


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


def search_entries() -> Iterator[dict]:
    """What the search finds of the sanctions, in the form of search/index.py; six queries."""
    yield from map(_searched_resolution, Resolution.objects.all())
    yield from map(_searched_measure, Measure.objects.for_pages())
    events = Event.objects.all()
    yield from map(_searched_event, events, events.chart_items())
    said = "sanctions list table measures un security council 제재 制裁"
    title = gettext("UN sanctions on trade with the DPRK")
    yield {"key": "page-sanctions", "kind": "page", "title": title, "url": reverse("sanctions"), "said": said}


def _searched_resolution(resolution):
    return {
        "key": f"resolution-{resolution.number}",
        "kind": "resolution",
        "code": str(resolution.number),
        "title": resolution.title,
        "url": resolution.get_absolute_url(),
        "text": resolution.summary,
        "said": f"resolution un unscr security council {SAID_OF_ALL}",
    }


def _searched_measure(measure):
    """A measure is found by its goods, one by one, and by the everyday names of their codes."""
    until = date_format(measure.until, "j F Y") if measure.until else ""
    since = date_format(measure.effective_from, "j F Y") if measure.effective_from else ""
    when = [gettext("from %s") % since if since else "", gettext("until %s") % until if until else ""]
    parts = [measure.resolution.title, measure.get_kind_display(), measure.get_direction_display(), " ".join(when)]
    said = [SAID_OF_ALL, SAID_OF_KINDS.get(measure.kind, ""), measure.get_category_display(), *parts]
    return {
        "key": f"measure-{measure.pk}",
        "kind": "measure",
        "title": capfirst(measure.goods),
        "url": measure.get_absolute_url(),
        "text": " · ".join(capfirst(part.strip()) for part in parts if part.strip()),
        "names": [part.strip() for part in GOODS_OF_A_MEASURE.split(measure.goods) if part.strip()],
        "codes": [code.digits for code in measure.codes.all()],
        "said": " ".join(map(str, said)),
        "words": f"{measure.measure} {measure.exemptions} {measure.wind_down_or_cap}",
        "weight": _search_weight(measure),
    }


def _search_weight(measure):
    """The strictest first, and of those alike the last; what has ended after all others."""
    later = (measure.resolution.adopted.year - FIRST_YEAR) / 4
    return SEARCH_WEIGHTS.get(measure.kind, 80) + later - (15 if measure.has_ended else 0)


def _searched_event(event, item):
    """An event has no page of its own: it leads to a chart that marks it."""
    if event.codes:
        url = reverse("commodity", args=[event.codes[0][:2]])
    else:
        url = reverse("province", args=[item["provinces"][0]]) if item["provinces"] else reverse("totals")
    return {
        "key": f"event-{event.pk}",
        "kind": "event",
        "title": event.title,
        "url": url,
        "text": " · ".join(filter(None, [item["when"], event.text])),
        "said": "event",
        "codes": event.codes,
        "weight": 70,
    }
