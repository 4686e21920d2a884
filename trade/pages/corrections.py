"""All that was corrected, withdrawn or described anew in any dataset, on one page.

trade/corrections.html is given `releases`, a page of them, newest first, and `payload`, what the shared parts ask for.
"""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trade.bundles.facts import as_told
from trade.models import Release
from trade.pages import answers
from web.page_cache.keep import kept, known_as

PAGE = 50


@kept("page", canonical=answers.page_number)
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """List the releases that put something right, and those that were withdrawn; two queries."""
    listed = Release.objects.open_to_readers().put_right()
    releases = Paginator(listed.order_by("-created", "-pk"), PAGE).get_page(request.GET.get("page"))
    releases.object_list = [as_told(release) for release in releases.object_list]
    crumbs = [{"label": _("Data"), "url": reverse("data")}, {"label": _("Corrections"), "url": ""}]
    context = {"releases": releases, "payload": {"url": reverse("corrections"), "crumbs": crumbs, "notices": []}}
    return known_as(answers.page(request, "trade/corrections.html", context), answers.query_of(releases))
