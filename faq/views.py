"""The page of the questions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from faq.models import Question
from web.page_cache.keep import kept


@kept()
@cache_control(public=True, max_age=60)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Show all published questions, those about both pages first."""
    found = Question.objects.published()
    headings = {
        Question.Page.BOTH: _("General questions"),
        Question.Page.PROVINCES: _("About provinces"),
        Question.Page.COMMODITIES: _("About goods"),
    }
    groups = [(heading, [q for q in found if q.page == page]) for page, heading in headings.items()]
    return render(request, "faq/questions.html", {"groups": [group for group in groups if group[1]]})
