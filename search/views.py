"""The page of the search, what its box asks while somebody types, and how browsers learn of it."""

from importlib import import_module

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search import asked, finding, misspelt
from site_texts import shown_texts
from web import site_address, throttling, unavailable

SUGGESTED = 8  # entries that the box offers
A_MINUTE = 300  # searches from one address
SHOWN_IN_BOX = ("title", "code", "name", "language", "text", "url")
EXAMPLES = [("coal", ""), ("Guangdong and Liaoning since 2010", ""), ("Dandong", ""), ("crude oil", "")]
EXAMPLES += [("2709", ""), ("is seafood banned?", "")]
EXAMPLES += [("resolution 2371", ""), ("煤", "zh"), ("석탄", "ko")]


class Searches(throttling.PerAddress):
    """Count the searches of an address, those of its box among them."""

    name, most = "search", A_MINUTE


LANE = throttling.Lane(waiting=24, throttle=Searches())


def in_turn(view):
    """Decorate a view that searches: one search at a time, and not too many for one address."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.GET.get("q", "").strip():
            return view(request)
        with LANE.turn(request) as refused:
            return unavailable.too_busy(request, refused) if refused else view(request)

    return answer


@require_safe
@in_turn
def search(request: HttpRequest) -> HttpResponse:
    """Show what is found for ?q=; it is not kept (web.page_cache), for what people type would drive out the charts."""
    answer = finding.find(request.GET.get("q", ""))
    guess = misspelt.guessed(answer.asked) if answer.asked.ranges and not answer.results else ""
    if guess:
        answer = finding.find(guess)._replace(asked=answer.asked)
    context = {
        "query": answer.asked.text,
        "answer": answer,
        "results": [*_composed(answer), *answer.results],
        "guess": guess if answer.results else "",
        "sentence": _sentence(answer),
        "examples": EXAMPLES,
        "payload": {"url": reverse("search"), "notices": _notices(answer.asked)},
    }
    response = render(request, "search/search.html", context)
    patch_cache_control(response, public=True, max_age=60)
    return response


@require_safe
@in_turn
def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer the box: {"results": [{"title", "kind", "code", "name", "language", "text", "url"}]}."""
    answer = finding.find(request.GET.get("q", ""), SUGGESTED)
    found = [*_composed(answer), *answer.results][:SUGGESTED]
    results = [{"kind": str(one.label)} | {part: getattr(one, part) for part in SHOWN_IN_BOX} for one in found]
    response = JsonResponse({"results": results}, json_dumps_params={"ensure_ascii": False})
    patch_cache_control(response, public=True, max_age=60)
    return response


@require_safe
@cache_control(public=True, max_age=3600)
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search to browsers, which offer it beside their own."""
    words = shown_texts.of(request)
    address = site_address.whole(request, reverse("search"))
    context = {"name": words["name"][:16], "description": words["tagline"], "address": address}
    kind = "application/opensearchdescription+xml"
    return render(request, "search/opensearch.xml", context, content_type=kind)


def _composed(answer):
    """The view that a query asks for, of several provinces or of a time: before all that was found."""
    provider = import_module(settings.PROVIDERS["views"])
    return provider.composed(answer.asked.text, answer.results) if answer.asked.ranges else []


def _sentence(answer):
    """Say in one sentence what was found."""
    words = {"count": len(answer.results), "query": answer.asked.text}
    if not answer.asked.ranges:
        return ""
    if not answer.results:
        return _("Nothing was found for “%(query)s”.") % words
    if len(answer.results) >= finding.MOST:
        return _("The %(count)d best results for “%(query)s”.") % words
    message = ngettext("%(count)d result for “%(query)s”.", "%(count)d results for “%(query)s”.", words["count"])
    return message % words


def _notices(sought):
    if not sought.is_cut:
        return []
    words = {"words": asked.MOST_WORDS, "signs": asked.LONGEST}
    return [_("Only the first %(words)d words, or %(signs)d characters, of your query were used.") % words]
