"""What `search` finds of the sanctions: resolutions, measures, events, in the form of search/index.py."""

import re
from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sanctions.models import Event, Measure, Resolution

# How kinds of measures are told apart, and the words by which people ask for them.
WEIGHTS = {"full_ban": 90, "prohibition": 90, "cap": 87, "sectoral": 85, "clarification": 82}
GOODS_OF_A_MEASURE = re.compile(r"\([^)]*\)|[;:,]| and ")
SAID_OF_ALL = "sanction sanctions sanctioned export exports import imports 제재 대북제재 수출 수입 制裁 出口 进口"
BANNED = "ban bans banned prohibited prohibition forbidden embargo illegal 금지 수출금지 禁止 禁令 禁运"
CAPPED = "cap caps capped limit limits limited quota ceiling 상한 한도 제한 上限 限额 限制"
SAID_OF_KINDS = {"full_ban": BANNED, "prohibition": BANNED, "sectoral": BANNED, "cap": CAPPED}
FIRST_YEAR = 2006  # of the first resolution on this trade


def search_entries() -> Iterator[dict]:
    """All of them, and the page that lists them; six queries."""
    yield from map(_resolution, Resolution.objects.all())
    yield from map(_measure, Measure.objects.for_pages())
    events = Event.objects.all()
    yield from map(_event, events, events.chart_items())
    said = "sanctions list table measures un security council 제재 制裁"
    title = _("UN sanctions on trade with the DPRK")
    yield {"key": "page-sanctions", "kind": "page", "title": title, "url": reverse("sanctions"), "said": said}


def _resolution(resolution):
    return {
        "key": f"resolution-{resolution.number}",
        "kind": "resolution",
        "code": str(resolution.number),
        "title": resolution.title,
        "url": resolution.get_absolute_url(),
        "text": resolution.summary,
        "said": f"resolution un unscr security council {SAID_OF_ALL}",
    }


def _measure(measure):
    """A measure is found by its goods, one by one, and by the everyday names of their codes."""
    until = date_format(measure.until, "j F Y") if measure.until else ""
    since = date_format(measure.effective_from, "j F Y") if measure.effective_from else ""
    when = [_("from %s") % since if since else "", _("until %s") % until if until else ""]
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
        "weight": _weight(measure),
    }


def _weight(measure):
    """The strictest first, and of those alike the last; what has ended after all others."""
    later = (measure.resolution.adopted.year - FIRST_YEAR) / 4
    return WEIGHTS.get(measure.kind, 80) + later - (15 if measure.has_ended else 0)


def _event(event, item):
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
