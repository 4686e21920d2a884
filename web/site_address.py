"""The address under which the site is known: SITE_URL, or else the host that a request asked for.

What is for good (ids of a feed, canonical addresses, citations) is made of it, so that a site with two names is one.
"""

from django.conf import settings
from django.http import HttpRequest

PORTS = {"http": ":80", "https": ":443"}


def of(request: HttpRequest) -> str:
    """Return the site's address without a slash at its end: "https://yalu.example"."""
    if settings.SITE_URL:
        return settings.SITE_URL.rstrip("/")
    host = request.get_host().lower().removesuffix(PORTS[request.scheme])
    name, colon, port = host.partition(":")
    return f"{request.scheme}://{name.rstrip('.')}{colon}{port}"


def whole(request: HttpRequest, path: str) -> str:
    """Write an address of this site as a whole one: "/data/" -> "https://yalu.example/data/"; others stay."""
    return of(request) + path if path.startswith("/") else path
