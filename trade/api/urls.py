"""The addresses of the API: its manual at /api/, its first version under /api/v1/."""

from django.urls import URLPattern, include, path

from trade.api.docs import manual
from trade.api.responses import openly
from trade.api.routes import api

_patterns, _app, _namespace = api.urls
_wrapped = [URLPattern(url.pattern, openly(url.callback), url.default_args, url.name) for url in _patterns]

urlpatterns = [
    path("", manual, name="api"),
    path("v1/", include((_wrapped, _app), namespace=_namespace)),
]
