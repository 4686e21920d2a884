from django.urls import path, re_path
from django.views.generic import RedirectView

from sanctions import views

urlpatterns = [
    path("sanctions/", views.sanctions, name="sanctions"),
    path("sanctions/<int:number>/", views.resolution, name="resolution"),
]

# Where editors met resolutions and measures while they were tables of the app `faq`.
former_admin_urlpatterns = [
    re_path(
        r"^admin/faq/(?P<rest>(?:resolution|measure)/.*)$",
        RedirectView.as_view(url="/admin/sanctions/%(rest)s", query_string=True),
    ),
]
