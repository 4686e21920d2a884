"""Every address of the site; design: a page's state is its query string, its place is its path."""

from django.contrib import admin
from django.urls import include, path

from accounts.urls import admin_urlpatterns
from sanctions.urls import former_admin_urlpatterns
from trade.admin.desk import guide
from trade.pages import sitemaps
from trade.pages.feeds import release_feed
from web import favicons, security_txt

urlpatterns = [
    *former_admin_urlpatterns,
    *admin_urlpatterns,
    path("admin/guide/", admin.site.admin_view(guide.page), name="guide"),
    path("admin/guide/<slug:name>/", admin.site.admin_view(guide.page), name="guide_page"),
    path("admin/guide/screenshots/<slug:name>.png", admin.site.admin_view(guide.picture), name="guide_picture"),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("favicon.ico", favicons.favicon, name="favicon"),
    path("apple-touch-icon.png", favicons.touch_icon, name="touch_icon"),
    path(".well-known/security.txt", security_txt.security_txt, name="security_txt"),
    path("robots.txt", sitemaps.robots),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("api/", include("trade.api.urls")),
    path("data/releases.atom", release_feed.releases, name="releases_feed"),
    path("", include("drafts.urls")),
    path("", include("faq.urls")),
    path("", include("sanctions.urls")),
    path("", include("search.urls")),
    path("", include("trade.pages.urls")),
]
