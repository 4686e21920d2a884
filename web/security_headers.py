"""Headers that every answer of Django bears beside those of Django's own middleware, and one that no 304 does."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

# What a page of ours needs of a browser: to copy to the clipboard, and to log in with a passkey. Nothing else.
POLICY = ", ".join(
    [
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
                "encrypted-media", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection",
                "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial",
                "usb", "xr-spatial-tracking",
            )
        ),
        *(f"{feature}=(self)" for feature in ("clipboard-write", "publickey-credentials-get")),
    ]
)  # fmt: skip
HEALTH = ("/healthz", "/readyz", "/metrics")


class SecurityHeaders:
    """Middleware, the first of all: it sees an answer as it leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in HEALTH:
            # Whoever watches over the server asks by address, whatever ALLOWED_HOSTS says; no link is made of it.
            request.get_host = lambda: "localhost"
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "cookie" in response.get("Vary", "").lower():
            add_never_cache_headers(response)  # it depends on who asks: allauth's pages and refusals do not say so
        if response.status_code == 404:
            # It may be there in a moment: a static file, while servers of two versions answer; a page, at a release.
            response.setdefault("Cache-Control", "no-store")
        if response.status_code in (204, 304):
            # Neither has a body; of a 304 a cache would take over the length of nothing as that of the page it holds.
            del response["Content-Length"]
        return response
