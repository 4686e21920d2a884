"""The pages of the sanctions: the list, and one resolution."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from sanctions import overview
from sanctions.forms import MeasuresForm
from sanctions.models import Measure, Resolution
from web.page_cache.keep import kept


def _canonical(request):
    """Write the query string that names what is chosen, and only that; None where something was not understood."""
    form = _form(request)
    return None if form.notices() else _query(form.chosen())


def _form(request):
    """What is chosen, read once a request."""
    if not hasattr(request, "form"):
        request.form = MeasuresForm(request.GET)
    return request.form


@kept("direction", "category", "chapter", "group", canonical=_canonical)
@cache_control(public=True, max_age=60)
@require_safe
def sanctions(request: HttpRequest) -> HttpResponse:
    """Show the measures that the query string asks for, by resolution or by goods."""
    form = _form(request)
    chosen = form.chosen()
    measures = Measure.objects.chosen(chosen["direction"], chosen["category"], chosen["chapter"])
    by_goods = chosen["group"] == "goods"
    shown = list(measures.by_goods() if by_goods else measures)
    context = {
        "form": form,
        "measures": shown,
        "overview": (overview.by_goods if by_goods else overview.by_resolution)(shown),
        "by_goods": by_goods,
        "filtered": any(chosen[name] for name in ("direction", "category", "chapter")),
        "account": Measure.objects.account(),
        "payload": _place(reverse("sanctions"), chosen, form.notices()),
    }
    return render(request, "sanctions/sanctions.html", context)


@kept()
@cache_control(public=True, max_age=60)
@require_safe
def resolution(request: HttpRequest, number: int) -> HttpResponse:
    """Show one resolution with its measures."""
    found = get_object_or_404(Resolution, number=number)
    before, after = Resolution.objects.beside(number)
    crumbs = [{"label": _("Sanctions"), "url": reverse("sanctions")}, {"label": found.title, "url": ""}]
    measures = list(found.measures.for_pages())
    context = {
        "resolution": found,
        "measures": measures,
        "has_unchecked": any(measure.caution for measure in measures),
        "before": before,
        "after": after,
        "payload": {"url": found.get_absolute_url(), "crumbs": crumbs},
    }
    return render(request, "sanctions/resolution.html", context)


def _place(path, chosen, notices):
    """What the shared parts of a page ask for: its one address, and what was not understood."""
    query = _query(chosen)
    return {"url": f"{path}?{query}" if query else path, "notices": notices}


def _query(chosen):
    return urlencode({name: value for name, value in chosen.items() if value})
