"""The public pages as they would be if an upload were published, under a link that needs no account and expires.

/preview/<token>/ is the front page, /preview/<token>/provinces/ that of provinces, and so on: the pages are made by
the public views, with the release that may come next in place of the newest (trade.pages.preview.offered). Each says
that it is a preview, is kept nowhere and asks not to be found. Addresses of pages that have a preview lead to it.
"""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from trade.models import preview_link
from trade.pages.preview import offered
from web import throttling, unavailable

PREVIEWED = {
    *("home", "totals", "provinces", "province", "commodities", "commodity", "data", "dataset", "release"),
    *("release_file", "latest_file", "totals_brief", "province_brief", "commodity_brief"),
}
# Where a text begins that is the address of such a page: in HTML, in SVG and in JSON.
PAGES = r"(?:totals|provinces|commodities|data|home)[/.]"
ADDRESS = re.compile(rf"""(["'])/(?={PAGES})(?!data/releases\.atom)|(href=")/(?=["?#])""")
REWRITTEN = ("text/html", "application/json")
NOT_TO_BE_KEPT = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
OF_THE_PUBLIC_PAGE = ("ETag", "Last-Modified", "Content-Location", "Access-Control-Allow-Origin", "Expires")


@require_safe
def preview(request: HttpRequest, token: str, path: str = "") -> HttpResponse:
    """Show a page as it would be; 410 with the reason where the link has ended, 404 where we did not make it."""
    link = preview_link.follow(token)
    if link is None:
        raise Http404
    if link.ended:
        return _unkept(render(request, "trade/preview/ended.html", {"link": link, "payload": None}, status=410))
    try:
        match = resolve(f"/{path}")
    except Resolver404:
        raise Http404 from None
    if match.url_name not in PREVIEWED:
        query = request.META["QUERY_STRING"]
        return redirect(f"/{path}" + (f"?{query}" if query else ""))
    with throttling.COMPUTED.turn(request) as refused:
        if refused:
            return unavailable.too_busy(request, refused)
        return _shown(request, link, match, token)


def _shown(request, link, match, token):
    own = request.path, request.path_info
    request.is_unkept, request.resolver_match = True, match
    about = {"release": link.release, "made": link.release.created, "expires": preview_link.expires(link.upload)}
    request.preview = about | {"name": link.upload.preview["name"]}
    request.path = request.path_info = f"/{request.path_info.split('/', 3)[3]}"
    try:
        with offered.previewing(link.release):
            response = match.func(request, *match.args, **match.kwargs)
    finally:
        request.path, request.path_info = own
    return _unkept(_rewritten(response, f"/preview/{token}/"))


def _rewritten(response, home):
    """Let addresses of pages that have a preview lead to it."""
    if not response.streaming and response.get("Content-Type", "").startswith(REWRITTEN):
        text = response.content.decode()
        response.content = ADDRESS.sub(lambda found: f"{found[1] or found[2]}{home}", text).encode()
    if location := response.get("Location"):
        response["Location"] = re.sub(r"^/", home, location)
    return response


def _unkept(response):
    for name in OF_THE_PUBLIC_PAGE:
        del response[name]
    for name, value in NOT_TO_BE_KEPT.items():
        response[name] = value
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    if name := response.get("Content-Disposition"):
        response["Content-Disposition"] = name.replace('filename="', 'filename="preview-')
    return response
