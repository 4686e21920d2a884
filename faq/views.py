"""The pages of what is typed: the list of sanctions, one resolution, the questions."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from config.kept import kept
from faq.forms import MeasuresForm
from faq.models import Measure, Question, Resolution


@kept
@cache_control(public=True, max_age=60)
@require_safe
def sanctions(request: HttpRequest) -> HttpResponse:
    """Show the measures that the query string asks for, by resolution or by goods."""
    form = MeasuresForm(request.GET)
    chosen = form.chosen()
    measures = Measure.objects.chosen(chosen["direction"], chosen["category"], chosen["chapter"])
    by_goods = chosen["group"] == "goods"
    context = {
        "form": form,
        "measures": measures.by_goods() if by_goods else measures,
        "by_goods": by_goods,
        "filtered": any(chosen[name] for name in ("direction", "category", "chapter")),
        "account": Measure.objects.account(),
        "payload": _place(reverse("sanctions"), chosen, form.notices()),
    }
    return render(request, "faq/sanctions.html", context)


@kept
@cache_control(public=True, max_age=60)
@require_safe
def resolution(request: HttpRequest, number: int) -> HttpResponse:
    """Show one resolution with its measures."""
    found = get_object_or_404(Resolution, number=number)
    before, after = Resolution.objects.beside(number)
    crumbs = [{"label": _("Sanctions"), "url": reverse("sanctions")}, {"label": found.title, "url": ""}]
    context = {
        "resolution": found,
        "measures": found.measures.for_pages(),
        "before": before,
        "after": after,
        "payload": {"url": found.get_absolute_url(), "crumbs": crumbs},
    }
    return render(request, "faq/resolution.html", context)


@kept
@cache_control(public=True, max_age=60)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Show all published questions, those about both pages first."""
    found = Question.objects.published()
    headings = {
        Question.Page.BOTH: _("About all figures"),
        Question.Page.PROVINCES: _("About provinces"),
        Question.Page.COMMODITIES: _("About goods"),
    }
    groups = [(heading, [q for q in found if q.page == page]) for page, heading in headings.items()]
    return render(request, "faq/questions.html", {"groups": [group for group in groups if group[1]]})


def _place(path, chosen, notices):
    """What the shared parts of a page ask for: its one address, and what was not understood."""
    query = urlencode({name: value for name, value in chosen.items() if value})
    return {"url": f"{path}?{query}" if query else path, "notices": notices}
