"""The manual of the API, a page like any other, with examples that a test runs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trade.api import parameters
from trade.models import Release
from web import site_address, throttling
from web.page_cache.keep import kept


@kept()
@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    """Show what can be asked, its limits, and how to ask from curl, Python, R and Excel."""
    url = reverse("api")
    crumbs = [{"label": _("Data"), "url": reverse("data")}, {"label": _("API"), "url": ""}]
    context = {
        "base": site_address.whole(request, reverse("api-1:start")),
        "releases": Release.objects.newest_by_dataset(),
        "a_minute": throttling.A_MINUTE,
        "most": parameters.MOST,
        "usual": parameters.USUAL,
        "payload": {"url": url, "crumbs": crumbs, "notices": []},
    }
    response = render(request, "trade/api.html", context)
    patch_cache_control(response, public=True, max_age=60)
    return response
