"""The pages of briefs. The template trade/brief/brief.html is given:

* `payload`, of trade.charts.brief.brief_payload, or None while nothing is released
* `figures` = [{"figure": Figure, "svg": SafeString}]
"""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from trade.charts.brief import brief_payload
from trade.charts.text.view_links import BRIEF
from trade.models import Dataset
from trade.pages import answers, events
from trade.pages.charts import asked_of, with_drawings
from web.page_cache.keep import kept

TEMPLATE = "trade/brief/brief.html"


def _kept(kind: str, page: str) -> Callable:
    """Keep each brief under the address that says what differs from the defaults."""

    def canonical(request, slug=""):
        if slug != slug.lower():
            return request.META["QUERY_STRING"]
        _cube, state = asked_of(request, kind, page, slug)
        if state is None:
            return ""
        asked = [(name, value) for name, value in state.query() if name in BRIEF]
        return None if state.notices else urlencode(asked, safe=",")

    return kept(*BRIEF, canonical=canonical)


@_kept(Dataset.Kind.TOTAL, "totals")
@require_safe
def totals(request: HttpRequest) -> HttpResponse:
    """Show the brief of all trade."""
    cube, state = asked_of(request, Dataset.Kind.TOTAL, "totals")
    return _shown(request, state, partial(brief_payload.of_totals, cube))


@_kept(Dataset.Kind.PROVINCE, "province")
@require_safe
def province(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the brief of a province; 404 for a slug that is none."""
    if slug != slug.lower():
        return answers.in_small_letters(request)
    cube, state = asked_of(request, Dataset.Kind.PROVINCE, "province", slug)
    return _shown(request, state, partial(brief_payload.of_province, cube, slug))


@_kept(Dataset.Kind.COMMODITY, "commodity")
@require_safe
def commodity(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the brief of a section or code; 404 for one that is none, and for what is gathered as other."""
    if slug != slug.lower():
        return answers.in_small_letters(request)
    cube, state = asked_of(request, Dataset.Kind.COMMODITY, "commodity", slug)
    return _shown(request, state, partial(brief_payload.of_goods, cube, slug))


def _shown(request, state, make):
    try:
        payload = state and events.marked(make(state))
    except KeyError:
        raise Http404 from None
    return answers.page(request, TEMPLATE, {"payload": payload, "figures": with_drawings(payload)})
