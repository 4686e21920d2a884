"""The pages of the sanctions: the matrix and the list, and one resolution."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from sanctions.forms import MeasuresForm
from sanctions.models import Measure, Resolution
from sanctions.pages import goods_search, measure_groups
from sanctions.pages.goods_matrix import Matrix
from web.page_cache.keep import kept

NARROWS = ("q", "direction", "category", "chapter")


def _canonical(request):
    """Write the query string that names what is chosen, and only that; None for what is not kept.

    That is what was not understood, and what was typed: it is endless, and would drive other pages out of memory.
    """
    form = _form(request)
    chosen = form.chosen()
    return None if form.notices() or chosen["q"] else _query(chosen)


def _form(request):
    """What is chosen, read once a request."""
    if not hasattr(request, "form"):
        request.form = MeasuresForm(request.GET)
    return request.form


@kept("q", "direction", "category", "chapter", "group", canonical=_canonical)
@cache_control(public=True, max_age=60)
@require_safe
def sanctions(request: HttpRequest) -> HttpResponse:
    """Show what applies to which goods since when, and the measures that the query string asks for."""
    form = _form(request)
    chosen, every = form.chosen(), list(Measure.objects.for_pages())
    found = goods_search.find(chosen["q"], every) if chosen["q"] else None
    shown = [measure for measure in (found.measures if found else every) if form.keeps(measure)]
    filtered = any(chosen[name] for name in NARROWS)
    grouped = measure_groups.by_goods if chosen["group"] == "goods" else measure_groups.by_resolution
    context = {
        "form": form,
        "question": chosen["q"],
        "found": found,
        "measures": shown,
        "groups": grouped(shown),
        "matrix": Matrix(every, timezone.now().date(), _kept(found, shown) if filtered else None),
        "filtered": filtered,
        "account": Measure.objects.account(),
        "payload": _place(reverse("sanctions"), chosen, form.notices()),
    }
    return render(request, "sanctions/sanctions.html", context)


@kept()
@cache_control(public=True, max_age=60)
@require_safe
def resolution(request: HttpRequest, number: int) -> HttpResponse:
    """Show one resolution with its measures, the history of its goods, and how China carried it out."""
    found = get_object_or_404(Resolution, number=number)
    before, after = Resolution.objects.beside(number)
    crumbs = [{"label": _("Sanctions"), "url": reverse("sanctions")}, {"label": found.title, "url": ""}]
    measures = list(found.measures.in_full())
    codes = _codes(measures)
    every = Measure.objects.on_goods(sorted({code[:2] for code in codes})).prefetch_related("codes") if codes else []
    matrix = Matrix(every, timezone.now().date(), lambda line: line.is_held_by(measures))
    context = {
        "resolution": found,
        "measures": measures,
        "announcements": list(found.announcements.all()),
        "matrix": matrix,
        "names": matrix.names,
        "unchecked": [measure for measure in measures if measure.caution],
        "before": before,
        "after": after,
        "payload": {"url": found.get_absolute_url(), "crumbs": crumbs},
    }
    return render(request, "sanctions/resolution.html", context)


def _kept(found, shown):
    """Which goods the matrix shows: those that were found, else those of the measures that are shown."""
    return lambda line: line.touches(found.codes) if found and found.codes else line.is_held_by(shown)


def _codes(measures):
    return {rule.digits for measure in measures for rule in measure.rules}


def _place(path, chosen, notices):
    """What the shared parts of a page ask for: its one address, and what was not understood."""
    query = _query(chosen)
    return {"url": f"{path}?{query}" if query else path, "notices": notices}


def _query(chosen):
    return urlencode({name: value for name, value in chosen.items() if value})
