"""Every address of the site; design: a page's state is its query string, its place is its path."""

from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView


class Favicon(RedirectView):
    """Browsers ask for /favicon.ico where a page names no icon, as the admin's do."""

    def get_redirect_url(self):
        return static("favicon.svg")


urlpatterns = [
    path("admin/", admin.site.urls),
    path("favicon.ico", Favicon.as_view()),
    path("api/", include("trade.api.urls")),
    path("", include("faq.urls")),
    path("", include("trade.urls")),
]
