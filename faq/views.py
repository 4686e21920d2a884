"""The page of the questions, and the page of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from faq import answers_shown
from faq.models import Question
from web.page_cache.keep import kept


@kept()
@cache_control(public=True, max_age=60)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Show all published questions by the pages that they stand on, the general ones first."""
    found = answers_shown.with_figures(Question.objects.published())
    headings = {
        _("General questions"): [Question.Page.ALL, Question.Page.BOTH],
        _("About totals"): [Question.Page.TOTALS],
        _("About provinces"): [Question.Page.PROVINCES],
        _("About goods"): [Question.Page.COMMODITIES],
    }
    groups = [(heading, [one for one in found if one.page in pages]) for heading, pages in headings.items()]
    archived = Question.objects.archived().only("slug")
    context = {"groups": [group for group in groups if group[1]], "archived": archived}
    return render(request, "faq/questions.html", context)


@kept()
@cache_control(public=True, max_age=60)
@require_safe
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one question; one that is archived leads to the page of all, which says so."""
    found = get_object_or_404(Question.objects.exclude(state=Question.State.DRAFT), slug=slug)
    if not found.is_published:
        return redirect(f"{redirect('questions').url}#{found.anchor}")
    [shown] = answers_shown.with_figures([found])
    return render(request, "faq/question.html", {"question": shown})
