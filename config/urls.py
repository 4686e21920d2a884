"""Every address of the site; design: a page's state is its query string, its place is its path."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("faq.urls")),
    path("", include("trade.urls")),
]
