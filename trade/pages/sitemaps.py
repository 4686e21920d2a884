"""Sitemaps for search engines: every page that has a place of its own, not every view of it."""

from urllib.parse import urlsplit

from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from trade import providers
from trade.models import Chapter, Dataset, Province, Release, Section
from web import site_address

PAGES = ["home", "totals", "provinces", "commodities", "goods", "sanctions", "questions", "data", "corrections", "api"]


class Places(Sitemap):
    """Pages of this site, under the one address that it is known by."""

    def __init__(self, home: str):
        self.home = urlsplit(home)
        self.protocol = self.home.scheme

    def get_domain(self, site=None) -> str:
        return self.home.netloc


class Pages(Places):
    """The pages that are always there."""

    def items(self):
        return PAGES

    def location(self, name: str) -> str:
        return reverse(name)


class Charts(Places):
    """The page of each province, section and chapter, once figures of its kind are released."""

    def items(self):
        kinds = {release.dataset.kind for release in Release.objects.newest_by_dataset()}
        places = Province.objects.all() if Dataset.Kind.PROVINCE in kinds else []
        goods = [*Section.objects.all(), *Chapter.objects.all()] if Dataset.Kind.COMMODITY in kinds else []
        return [*places, *goods]


class Resolutions(Places):
    """The page of each resolution of the Security Council."""

    def items(self):
        return providers.sanctions().resolutions()


class Questions(Places):
    """The page of each question."""

    def items(self):
        return providers.questions().published()


class Datasets(Places):
    """The page of each dataset."""

    def items(self):
        return Dataset.objects.listed()


class Gaps(Places):
    """The page of gaps of each dataset that has a release."""

    def items(self):
        return list(Release.objects.newest_by_dataset())  # uncounted

    def location(self, release: Release) -> str:
        return reverse("gaps", args=[release.dataset_id])


class Releases(Places):
    """The newest release of each dataset: those before it ask not to be found."""

    def items(self):
        return list(Release.objects.newest_by_dataset())  # uncounted

    def lastmod(self, release: Release):
        return release.created


SITEMAPS = {
    "pages": Pages,
    "charts": Charts,
    "resolutions": Resolutions,
    "questions": Questions,
    "datasets": Datasets,
    "gaps": Gaps,
    "releases": Releases,
}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Send the whole of it: some hundreds of addresses."""
    home = site_address.of(request)
    return views.sitemap(request, {name: places(home) for name, places in SITEMAPS.items()})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let all come, but not to the editors' desk, and say where the sitemap is."""
    address = site_address.whole(request, reverse("sitemap"))
    response = HttpResponse(f"User-agent: *\nDisallow: /admin/\n\nSitemap: {address}\n", content_type="text/plain")
    patch_cache_control(response, public=True, max_age=3600)
    return response
