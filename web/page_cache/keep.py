"""Public pages are rendered once, and kept until what they show changes.

A kept page is found by its address, and by a stamp of what pages depend on (web.page_cache.stamp). Of a query string
only the parameters count that the page reads, each once and only where it differs from its default: what else an
address carries ("fbclid", "utm_source") makes no new page. Kept pages need no database. While it is away they are sent
as they were last known, and say so.
"""

from collections.abc import Callable
from functools import partial, wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from web import throttling, unavailable
from web.logs import answer_kinds
from web.page_cache import before_django, by_stamp, remaking, renderer, sending
from web.page_cache.shelf import Page

LARGEST = 1_000_000  # bytes, compressed


def kept(*reads: str, lists: tuple = (), canonical: Callable[..., str | None] | None = None) -> Callable:
    """Decorate a public view: keep its answers to GET and HEAD, and send them compressed, or as "not modified".

    The view gets only the parameters that it `reads`: the last value of each, those of `lists` joined by commas.
    `canonical`, called as the view is, returns the query string under which the same page is kept, or None for a page
    that has to explain what it was asked: it is not kept. A view can also say so afterwards (`known_as`). Only a 200
    without a cookie that varies by nothing but its address is kept; every other answer is sent as it is.
    """

    def decorate(view):
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return view(request, *args, **kwargs)
            narrow(request, reads, lists)
            if getattr(request, "is_unkept", False):  # a preview, which is nobody else's
                return view(request, *args, **kwargs)
            return _fresh_for_editors(request, _answered(request, answer.parts, args, kwargs))

        answer.parts = {"view": view, "canonical": canonical}
        return answer

    return decorate


def _answered(request, parts, args, kwargs):
    """Send what is kept, else what is computed in its turn."""
    page = Page(request)
    if found := page.fresh():
        return _sent_as_kept(request, found, page)
    if page.was_right_just_now:
        before = page.old
        again = _copied(request)
        remaking.begin(
            page.asked, partial(_right_again, again, parts), partial(_made_again, again, parts, args, kwargs)
        )
        return _sent_as_kept(request, before, page)
    with remaking.made_once(page.asked):
        if found := page.fresh():  # another request has made it meanwhile
            return _sent_as_kept(request, found, page)
        return _in_its_turn(request, page, parts, args, kwargs)


def _in_its_turn(request, page, parts, args, kwargs):
    with throttling.COMPUTED.turn(request, is_counted=not page.old) as refused:
        request.META[answer_kinds.KEY] = answer_kinds.REFUSED if refused else answer_kinds.COMPUTED
        if refused:
            return page.last_known() or unavailable.too_busy(request, refused)
        if found := _still_right(page, parts):
            return _sent_as_kept(request, found, page)
        return _computed(request, page, parts, args, kwargs)


def _copied(request):
    """The same request once more, for when this one has been answered."""
    copied = type(request)(dict(request.META))
    copied.resolver_match = request.resolver_match
    return copied


def _right_again(request, parts):
    """The page as it is kept, if it is right, or still right."""
    page = Page(request)
    return page.fresh() or _still_right(page, parts)


def _made_again(request, parts, args, kwargs):
    """Make a page anew beside the requests."""
    page = Page(request)
    return page.fresh() or _computed(request, page, parts, args, kwargs)


def _sent_as_kept(request, found, page):
    request.META[answer_kinds.KEY] = answer_kinds.KEPT
    return _sent(request, found, page)


def _sent(request, found, page):
    if page.stamp and "stamp" in found:  # not a page that explains what was asked, which is not kept
        before_django.offer(request.META, found)
    return sending.sent(request, found, page.seen)


def _still_right(page, parts):
    """The page as it was kept before something was edited or released, if nothing of it has changed."""
    if not page.may_still_hold:
        return None
    answers, stamp = page.old["read"], page.stamp
    try:
        if _name(parts):
            holds = renderer.RENDERER.call(renderer.still_hold, answers, stamp)
        else:
            holds = by_stamp.still_hold(answers, stamp)
    except (*unavailable.AWAY, unavailable.StorageAway, renderer.CannotStart):
        return None
    return page.holds_on() if holds else None


def _name(parts):
    """Name a view that is computed in a process of its own; one that takes no parameters has few pages, and is not."""
    return renderer.name_of(parts["view"]) if settings.RENDERER and parts["canonical"] else None


def _fresh_for_editors(request, response):
    """Have the browser of whoever is logged in ask each time, so that an edit is seen at once."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and "public" in response.get("Cache-Control", ""):
        response["Cache-Control"] = "private, no-cache"
    return response


def known_as(response: HttpResponse, query: str | None) -> HttpResponse:
    """Say under which query string to keep an answer; None says not to keep it, because it explains what was asked."""
    response.known_as = query
    return response


def _computed(request, page, parts, args, kwargs):
    """Make a page that is not kept under the address that was asked for, unless it is kept under the canonical one."""
    try:
        call = _caller(parts, request, args, kwargs, page.stamp)
        query = call("canonical") if parts["canonical"] else request.META["QUERY_STRING"]
        if query is not None and query != request.META["QUERY_STRING"]:
            _ask(request, query)
            if found := page.also_known_as(query):
                return _sent_as_kept(request, found, page)
        response = call("view")
    except (*unavailable.AWAY, unavailable.StorageAway):
        if answer := page.last_known():
            return answer
        raise
    if not sending.may_be_kept(response):
        return response
    found = sending.taken(response) | {"read": getattr(response, "has_read", None)}
    query = getattr(response, "known_as", query)
    if query is not None and sum(map(len, found["bodies"].values())) <= LARGEST:
        page.keep(query, found)
    return _sent(request, found, page)


def _caller(parts, request, args, kwargs, stamp):
    """Call a view, or what tells its canonical address, where it is computed."""
    name, reading = _name(parts), by_stamp.Reading(stamp)

    def here(part):
        with by_stamp.noted(reading):  # one for both parts: what the first has read the second has at hand
            answer = parts[part](request, *args, **kwargs)
        if isinstance(answer, HttpResponse):
            answer.has_read = reading.all_of_it
        return answer

    def call(part):
        try:
            return renderer.RENDERER.ask(name, part, request, args, kwargs, stamp)
        except renderer.CannotStart:
            return here(part)

    return call if name else here


# --- what of an address counts -------------------------------------------------------------------------------------


def narrow(request: HttpRequest, reads: tuple, lists: tuple = ()) -> None:
    """Leave of a query string what the page reads: each parameter once, in one order, none that is blank."""
    told = []
    for name in reads:
        values = [value.strip() for value in request.GET.getlist(name) if value.strip()]
        if values:
            told.append((name, ",".join(values) if name in lists else values[-1]))
    _ask(request, urlencode(told, safe=","))


def _ask(request, query):
    request.META["QUERY_STRING"], request.GET = query, QueryDict(query)
