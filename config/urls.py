"""Every address of the site; design: a page's state is its query string, its place is its path."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from trade import feeds, sitemaps


class Favicon(RedirectView):
    """Browsers ask for /favicon.ico where a page names no icon, as the admin's do."""

    def get_redirect_url(self):
        return static("favicon.svg")


urlpatterns = [
    path("admin/", admin.site.urls),
    path("favicon.ico", Favicon.as_view()),
    path("robots.txt", sitemaps.robots),
    path("sitemap.xml", sitemap, {"sitemaps": sitemaps.SITEMAPS}, name="sitemap"),
    path("api/", include("trade.api.urls")),
    path("data/releases.atom", feeds.releases, name="releases_feed"),
    path("", include("faq.urls")),
    path("", include("trade.urls")),
]
