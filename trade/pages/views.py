"""The public pages of charts and data. They read a release's cube and its files, and of the database only words.

What each template is given:

* home.html: `payload` (trade.charts.home), `figures`
* trade/provinces.html, trade/province.html, trade/commodities.html, trade/commodity.html: `payload` (trade.charts), or
  None while nothing is released, and `figures` = [{"figure": Figure, "svg": SafeString}]
* trade/embed.html: `payload` or None, `figure` and its `svg` if the payload has one, `notices`
* trade/data.html: `releases`, the newest of each dataset, and `datasets` that have none yet
* trade/dataset.html: `dataset`, `releases` (a page of them, newest first), `newest` (not withdrawn, or None), `columns`
  (trade.bundles.data_dictionary) and `statuses` {"A": "normal"} of its files, and of the newest `citation` and `bibtex`
* trade/release.html: `release` (`withdrawn`, `withdrawal_reason`), `dataset`, `newest` (not withdrawn, or None),
  `is_superseded`, `files` = [{"name", "size", "sha256", "url", "purpose"}], none of a withdrawn release,
  `changes` = trade.pages.release_changes.page, `citation`, `bibtex`
* the last three also: `payload` = {"url", "crumbs", "notices"}, what the shared parts of a page ask for
"""

from functools import partial
from pathlib import PurePath

from django.core.paginator import Paginator
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trade import charts
from trade.bundles import build, citations, data_dictionary, metadata
from trade.charts import csv_file, svg, view_state
from trade.models import Dataset, Release
from trade.pages import embeds, events, pictures, release_changes, view_pack, view_workbook
from web import release_files
from web.page_cache import kept

PAGE = 100
DRAWN = ("svg", "png", "card", "xlsx")  # the forms of a page that need a figure
IMMUTABLE = {"public": True, "max_age": 365 * 24 * 3600, "immutable": True}
SHORT_LIVED = {"public": True, "max_age": 60}
ATTACHED = (".xlsx", ".csv", ".parquet", ".zip")  # saved, not shown
TYPES = {
    "": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
}


@kept
@require_safe
def home(request: HttpRequest, form: str = "html") -> HttpResponse:
    """Show both totals and the newest figures."""
    releases = Release.objects.newest_by_dataset()
    payload = charts.home({release.dataset_id: build.cube(release) for release in releases})
    return _answer(request, form, "home.html", payload)


@kept
@require_safe
def provinces(request: HttpRequest, form: str = "html") -> HttpResponse:
    """Show all provinces."""
    cube, chosen = _chosen(request, Dataset.Kind.PROVINCE, "provinces")
    return _shown(request, form, "trade/provinces.html", chosen, partial(charts.provinces, cube))


@kept
@require_safe
def province(request: HttpRequest, slug: str, form: str = "html") -> HttpResponse:
    """Show one province; 404 for a slug that is none."""
    if slug != slug.lower():
        return _lower(request)
    cube, chosen = _chosen(request, Dataset.Kind.PROVINCE, "province", slug)
    return _shown(request, form, "trade/province.html", chosen, partial(charts.province, cube, slug))


@kept
@require_safe
def commodities(request: HttpRequest, form: str = "html") -> HttpResponse:
    """Show all goods by section."""
    cube, chosen = _chosen(request, Dataset.Kind.COMMODITY, "commodities")
    return _shown(request, form, "trade/commodities.html", chosen, partial(charts.commodities, cube))


@kept
@require_safe
def commodity(request: HttpRequest, slug: str, form: str = "html") -> HttpResponse:
    """Show a section, chapter, heading or subheading, or what is other or unspecified; 404 for a code that is none."""
    if slug != slug.lower():
        return _lower(request)
    cube, chosen = _chosen(request, Dataset.Kind.COMMODITY, "commodity", slug)
    return _shown(request, form, "trade/commodity.html", chosen, partial(charts.commodity, cube, slug))


@kept
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """List the datasets with their newest releases."""
    releases = list(Release.objects.newest_by_dataset())
    others = Dataset.objects.exclude(slug__in=[release.dataset_id for release in releases])
    context = {"releases": releases, "datasets": others, "payload": _place(reverse("data"))}
    return _page(request, "trade/data.html", context)


@kept
@require_safe
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a dataset is, and its releases."""
    found = get_object_or_404(Dataset, slug=slug)
    releases = Paginator(found.releases.order_by("-number"), PAGE).get_page(request.GET.get("page"))
    newest = _newest(slug)
    payload = _place(found.get_absolute_url(), (_("Data"), reverse("data")), (found.title, ""))
    context = {
        "dataset": found,
        "releases": releases,
        "newest": newest,
        "columns": data_dictionary.of_data(found),
        "statuses": data_dictionary.status_labels(),
        "payload": payload,
    }
    return _page(request, "trade/dataset.html", context | (_cited(request, newest) if newest else {}))


@kept
@require_safe
def release(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """Show one release: its note, its files, every changed cell."""
    found = _release(slug, n)
    newest = _newest(slug)
    path, crumbs = found.get_absolute_url(), [(_("Data"), reverse("data"))]
    crumbs += [(found.dataset.title, found.dataset.get_absolute_url()), (_("Release %(n)s") % {"n": n}, "")]
    context = {
        "release": found,
        "dataset": found.dataset,
        "newest": newest,
        "is_superseded": bool(newest) and newest.number > n,
        "files": [] if found.withdrawn else _files(found),
        "changes": release_changes.page(found, request.GET.get("page")),
        "payload": _place(path, *crumbs),
        **_cited(request, found),
    }
    return _page(request, "trade/release.html", context)


@require_safe
def release_file(request: HttpRequest, slug: str, n: int, name: str) -> HttpResponse:
    """Send one file of a release: its bytes never change, so from now on the server sends them without Django."""
    found = _release(slug, n)
    response = _file(request, found, name, IMMUTABLE)
    if response.status_code == 200 and (places := build.places(found, name)):
        release_files.offer(request.environ, *places)
    return response


@require_safe
def latest_file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Send one file of the newest release, for a short while: the next release has another."""
    newest = _newest(slug)
    if newest is None:
        raise Http404
    response = _file(request, newest, name, SHORT_LIVED)
    response["Content-Location"] = reverse("release_file", args=[slug, newest.number, name])
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say that the database answers too; 503 while it does not."""
    try:
        connection.ensure_connection()
        Release.objects.exists()
    except Exception:  # whatever it is, this server must get no readers now
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


# What the reader chose, and in which form it is answered.


def _chosen(request, kind, page, slug=""):
    """Open the cube that the query string asks for and read the rest of it: (cube, state), or (None, None)."""
    query = dict(request.GET.lists())
    releases = {one.dataset_id: one for one in Release.objects.newest_by_dataset().filter(dataset__kind=kind)}
    if not releases:
        return None, None
    titles = [(slug, one.dataset.title) for slug, one in releases.items()]
    asked = view_state.asked(query, titles)
    newest = releases[asked.dataset]
    wanted = _wanted(newest, asked.release)
    cube = build.cube(newest if wanted.withdrawn else wanted, newest=newest)
    about = {"newest": newest.number, "withdrawn": wanted.withdrawal_reason, "site": citations.site(request)}
    return cube, view_state.read(page, slug, query, cube, titles, opened=asked, **about)


def _wanted(newest, number):
    """The release of the same dataset that an address asks for by its number, else the newest."""
    if number in (None, newest.number):
        return newest
    return Release.objects.filter(dataset=newest.dataset_id, number=number).first() or newest


def _shown(request, form, template, chosen, make):
    """Answer with the view that `make` makes of what the reader chose, or with those one step away as well."""
    try:
        payload = chosen and make(chosen)
    except KeyError:
        raise Http404 from None
    if form == "views.json" and payload:
        return _sent(HttpResponse(view_pack.views(make, chosen), content_type="application/json"))
    return _answer(request, form, template, payload, chosen)


def _lower(request):
    """Codes are written in small letters in addresses: /commodities/V/ is /commodities/v/."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(request.path.lower() + (f"?{query}" if query else ""), permanent=True)


def _answer(request, form, template, payload, chosen=None):
    payload = payload and events.marked(payload)
    if form == "html":
        return _page(request, template, {"payload": payload, "figures": _drawn(payload), "chosen": chosen})
    if form == "embed":
        return _embed(request, payload)
    if form == "views.json" or not payload or "dataset" not in payload or (form in DRAWN and not payload["figures"]):
        raise Http404
    if form in ("png", "card") and not (drawings := pictures.Drawings()).allow_request(request):
        return _later(drawings.wait())
    if form == "xlsx":
        if "share" not in payload:  # the front page is no view: its figures are on the pages that it leads to
            raise Http404
        return _sent(_xlsx(payload, citations.site(request)))
    return _sent({"json": _json, "csv": _csv, "svg": _svg, "png": _png, "card": _card}[form](payload))


def _later(seconds):
    """Too many pictures were asked for: say when the next may be."""
    said = _("Too many pictures were asked for from this address. Ask again in a minute, or take the SVG.")
    headers = {"Retry-After": str(int(seconds) + 1), "Cache-Control": "no-store"}
    return HttpResponse(f"{said}\n", content_type="text/plain; charset=utf-8", status=429, headers=headers)


def _embed(request, payload):
    """One figure, its drawing with links and its data without: the links leave the frame, a script could not."""
    figure, notices = embeds.figure_of(request, payload) if payload else (None, [])
    context = {"payload": payload, "notices": notices + (payload["notices"] if payload else [])}
    if figure:
        context |= {"figure": embeds.still(figure), "svg": SafeString(svg.draw(figure, target="_blank"))}
    return _page(request, "trade/embed.html", context)


def _drawn(payload):
    """Each figure beside its drawing; tiles are HTML and need none."""
    figures = payload["figures"] if payload else []
    return [
        {"figure": figure, "svg": SafeString(svg.draw(figure) if figure["kind"] != "tiles" else "")}
        for figure in figures
    ]


def _json(payload):
    """The payload, and in each figure its drawing, for a page that shows another view in place."""
    figures = [figure | {"svg": svg.draw(figure)} for figure in payload["figures"]]
    return JsonResponse(payload | {"figures": figures}, json_dumps_params={"ensure_ascii": False})


def _csv(payload):
    return HttpResponse(
        csv_file.as_csv(payload),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{csv_file.name(payload)}.csv"'},
    )


def _svg(payload):
    return HttpResponse(
        svg.compose(payload, payload["figures"][0]).markup,
        content_type="image/svg+xml; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{csv_file.name(payload)}.svg"'},
    )


def _png(payload):
    return HttpResponse(
        pictures.picture(payload),
        content_type="image/png",
        headers={"Content-Disposition": f'inline; filename="{csv_file.name(payload)}.png"'},
    )


def _xlsx(payload, site):
    return HttpResponse(
        view_workbook.workbook(payload, site),
        content_type=metadata.media_type("view.xlsx"),
        headers={"Content-Disposition": f'attachment; filename="{csv_file.name(payload)}.xlsx"'},
    )


def _card(payload):
    return HttpResponse(pictures.card(payload), content_type="image/png")


# How it is sent.


def _page(request, template, context):
    return _sent(render(request, template, context))


def _sent(response):
    """Let caches keep it for a minute; `kept` tags and compresses it."""
    patch_cache_control(response, **SHORT_LIVED)
    return response


def _file(request, found, name, caching):
    """Send the bytes of a release's file under their checksum; without opening it, if the reader has them."""
    file = next((file for file in found.files if file["name"] == name), None)
    if file is None:
        raise Http404
    if found.withdrawn:
        reason = _("This release was withdrawn: %(reason)s") % {"reason": found.withdrawal_reason}
        return _sent(HttpResponse(f"{reason}\n", content_type="text/plain; charset=utf-8", status=410))
    etag = f'"{file["sha256"]}"'
    response = get_conditional_response(request, etag=etag, last_modified=int(found.created.timestamp()))
    if response is None:
        response = _opened(found, name)
    patch_cache_control(response, **caching)
    response["ETag"], response["Last-Modified"] = etag, http_date(found.created.timestamp())
    if build.is_packed(name):
        patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _opened(found, name):
    suffix = PurePath(name).suffix
    filename = f"{found.dataset_id}-{found.number}-{name}"
    file = build.open_file(found, name)
    response = FileResponse(file, as_attachment=suffix in ATTACHED, filename=filename)
    if suffix in TYPES:
        response["Content-Type"] = TYPES[suffix]
    return response


def _files(found):
    """The files of a release with their addresses."""
    place = [found.dataset_id, found.number]
    return [
        file
        | {"url": reverse("release_file", args=[*place, file["name"]])}
        | {"purpose": metadata.purpose(found, file["name"])}
        for file in found.files
    ]


def _cited(request, found):
    """How a release is cited, with the address at which this reader found it."""
    site = citations.site(request)
    return {"citation": citations.text(found, site), "bibtex": citations.bibtex(found, site)}


def _newest(slug):
    """The newest release of a dataset that is not withdrawn, or None."""
    return Release.objects.newest_by_dataset().filter(dataset=slug).first()


def _release(slug, n):
    return get_object_or_404(Release.objects.select_related("dataset"), dataset=slug, number=n)


def _place(url, *crumbs):
    """What the shared parts of a page ask for: its one address and the way back."""
    return {"url": url, "crumbs": [{"label": label, "url": to} for label, to in crumbs], "notices": []}
