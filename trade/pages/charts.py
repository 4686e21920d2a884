"""The public pages of charts, in all their forms. They read a release's cube, and of the database only words.

Each template is given:

* home.html: `payload` (trade.charts.home), `figures`
* trade/totals.html, trade/provinces.html, trade/province.html, trade/commodities.html, trade/commodity.html: `payload`
  (trade.charts), or None while nothing is released, `figures` = [{"figure": Figure, "svg": SafeString}], `chosen`, the
  state of the view (trade.charts.view_state), and the words beside it (trade.pages.live_figures.asked_beside)
* trade/figure/page.html, of an address that asks for one figure: `payload` (trade.charts.one_figure), `figures`
* trade/embed.html: `payload` or None, `figure` and its `svg` if the payload has one
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from site_texts import shown_texts
from trade import charts
from trade.bundles import file_types, rulebooks, storage
from trade.charts import csv_file, svg, view_state
from trade.charts.svg.paper import Paper
from trade.models import Dataset, Release
from trade.pages import answers, embeds, events, known_releases, pictures, view_workbook
from trade.pages.in_place import shared_figures, view_pack
from trade.pages.live_figures import asked_beside
from trade.pages.one_figure import figure_asked, picture_asked
from trade.pages.preview import offered
from web import site_address
from web.cross_origin import shared_forms
from web.page_cache.by_stamp import once_a_stamp
from web.page_cache.keep import kept

OF_FIGURES = ("figure", *picture_asked.PARAMETERS)  # what every page reads besides: which figure, and how it is drawn
SVG = "image/svg+xml; charset=utf-8"
DRAWN = ("svg", "png", "card", "xlsx")  # the forms of a page that need a figure
PIXELS = ("png", "card")  # those that take a fifth of a second to draw


def kept_view(kind: str, page: str) -> Callable:
    """Keep the views of a page, each under the address that says what differs from the defaults, and no more."""

    def canonical(request, slug="", form="html"):
        if slug != slug.lower():  # is sent to the other address as it was asked
            return request.META["QUERY_STRING"]
        _cube, chosen = _chosen(request, kind, page, slug)
        if chosen is None:
            return ""
        figure = [("figure", request.GET["figure"])] if "figure" in request.GET and form != "views.json" else []
        asked = chosen.query() + figure + picture_asked.of(request, form).query()
        return None if chosen.notices else urlencode(asked, safe=",")

    reads = (*view_state.PARAMETERS[page], *OF_FIGURES)
    return kept(*reads, lists=view_state.LISTS, canonical=canonical)


@shared_forms
@kept(*OF_FIGURES)
@require_safe
def home(request: HttpRequest, form: str = "html") -> HttpResponse:
    """Show both totals and the newest figures."""
    known_releases.remember()
    releases = offered.newest_ones()
    cubes = {release.dataset_id: storage.cube(release) for release in releases}
    expected = {release.dataset_id: _next_release(release.dataset) for release in releases}
    payload = charts.home(cubes, shown_texts.of(request)["home"], expected)
    return _answer(request, form, "home.html", payload)


def _next_release(dataset):
    day = dataset.next_release_on
    return {"next_release_on": day and day.isoformat(), "is_closed": dataset.is_closed}


@shared_forms
@kept_view(Dataset.Kind.TOTAL, "totals")
@require_safe
def totals(request: HttpRequest, form: str = "html") -> HttpResponse:
    """Show all trade together."""
    cube, chosen = _chosen(request, Dataset.Kind.TOTAL, "totals")
    return _shown(request, form, "trade/totals.html", chosen, partial(charts.totals, cube))


@shared_forms
@kept_view(Dataset.Kind.PROVINCE, "provinces")
@require_safe
def provinces(request: HttpRequest, form: str = "html") -> HttpResponse:
    """Show all provinces."""
    cube, chosen = _chosen(request, Dataset.Kind.PROVINCE, "provinces")
    return _shown(request, form, "trade/provinces.html", chosen, partial(charts.provinces, cube))


@shared_forms
@kept_view(Dataset.Kind.PROVINCE, "province")
@require_safe
def province(request: HttpRequest, slug: str, form: str = "html") -> HttpResponse:
    """Show one province; 404 for a slug that is none."""
    if slug != slug.lower():
        return answers.in_small_letters(request)
    cube, chosen = _chosen(request, Dataset.Kind.PROVINCE, "province", slug)
    return _shown(request, form, "trade/province.html", chosen, partial(charts.province, cube, slug))


@shared_forms
@kept_view(Dataset.Kind.COMMODITY, "commodities")
@require_safe
def commodities(request: HttpRequest, form: str = "html") -> HttpResponse:
    """Show all goods by section."""
    cube, chosen = _chosen(request, Dataset.Kind.COMMODITY, "commodities")
    return _shown(request, form, "trade/commodities.html", chosen, partial(charts.commodities, cube))


@shared_forms
@kept_view(Dataset.Kind.COMMODITY, "commodity")
@require_safe
def commodity(request: HttpRequest, slug: str, form: str = "html") -> HttpResponse:
    """Show a section, chapter, heading or subheading, or what is other or unspecified; 404 for a code that is none."""
    if slug != slug.lower():
        return answers.in_small_letters(request)
    cube, chosen = _chosen(request, Dataset.Kind.COMMODITY, "commodity", slug)
    return _shown(request, form, "trade/commodity.html", chosen, partial(charts.commodity, cube, slug))


# What the reader chose, and in which form it is answered.


def asked_of(request: HttpRequest, kind: str, page: str, slug: str = "") -> tuple:
    """Open the cube that an address asks for, and the state of its view: (cube, state), or (None, None)."""
    return _chosen(request, kind, page, slug)


def _chosen(request, kind, page, slug=""):
    """Open the cube that the query string asks for and read the rest of it: (cube, state), or (None, None).

    Read once a request: first to tell by which address the view is known.
    """
    if not hasattr(request, "chosen"):
        request.chosen = _read(request, kind, page, slug)
    return request.chosen


def _read(request, kind, page, slug):
    query = dict(request.GET.lists())
    releases = {release.dataset_id: release for release in offered.newest_ones(kind)}
    if not releases:
        return None, None
    titles = [(dataset, release.dataset.title) for dataset, release in releases.items()]
    asked = view_state.asked(query, titles)
    newest = releases[asked.dataset]
    wanted = _wanted(newest, asked.release)
    cube = storage.cube(newest if wanted.withdrawn else wanted, newest=newest)
    about = {"newest": newest.number, "withdrawn": wanted.withdrawal_reason, "site": site_address.of(request)}
    if kind == Dataset.Kind.COMMODITY:
        about["rules"] = rulebooks.of(cube, is_frozen=asked.release is not None)
    chosen = view_state.read(page, slug, query, cube, titles, opened=asked, **about)
    return cube, replace(chosen, drawn=shared_figures.of(newest.dataset_id, cube["release"]["number"]))


def _wanted(newest, number):
    """The release of the same dataset that an address asks for by its number, else the newest."""
    if number in (None, newest.number):
        return newest
    return _numbered(newest.dataset_id, number) or newest


@once_a_stamp
def _numbered(dataset, number):
    return Release.objects.filter(dataset=dataset, number=number).first()


def _shown(request, form, template, chosen, make):
    """Answer with the view that `make` makes of what the reader chose, or with those of all other times as well."""
    try:
        payload = chosen and make(chosen)
    except KeyError:
        raise Http404 from None
    if form == "views.json" and payload:
        return answers.sent(HttpResponse(view_pack.views(make, chosen), content_type="application/json"))
    return _answer(request, form, template, payload, chosen)


def _answer(request, form, template, payload, chosen=None):
    whole = payload and events.marked(payload)
    payload = whole and figure_asked.narrow(request, whole, chosen)
    response = _in_form(request, form, template, payload, chosen)
    return figure_asked.kept_as(response, request, whole, form) if whole else response


def _in_form(request, form, template, payload, chosen):
    if form == "html":
        return _page(request, template, payload, chosen)
    if form == "embed":
        return _embed(request, payload)
    if not _has_form(payload, form):
        raise Http404
    if form in PIXELS and not (drawings := pictures.Drawings()).allow_one(
        request, picture_asked.of(request, form).size
    ):
        return _later(drawings.wait())
    if form == "xlsx":
        return answers.sent(_xlsx(payload, site_address.of(request)))
    if form in DRAWN:
        return answers.sent(_drawn(request, form, payload))
    return answers.sent({"json": _json, "csv": _csv}[form](payload))


def _page(request, template, payload, chosen):
    """The whole page of a view, or that of the one figure to which its payload is narrowed."""
    context = {"payload": payload, "figures": with_drawings(payload), "chosen": chosen}
    if payload and "whole_url" in payload:
        return answers.page(request, "trade/figure/page.html", context)
    return answers.page(request, template, context | asked_beside.charts(request, template, chosen))


def _has_form(payload, form):
    """Whether there is anything to put into a file of that form."""
    if not payload or "dataset" not in payload or form == "views.json":
        return False
    if form == "xlsx" and payload["page"] == "home":  # the front page is no view: its figures are on the pages below it
        return False
    return bool(payload["figures"]) or form not in DRAWN


def _later(seconds):
    """Too many pictures were asked for: say when the next may be."""
    words = _("Too many image requests from this IP address. Try again in a minute, or download the SVG.")
    headers = {"Retry-After": str(int(seconds) + 1), "Cache-Control": "no-store"}
    return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=429, headers=headers)


def _embed(request, payload):
    """One figure, which has nothing to follow: in a frame no whole page may open."""
    figure, context = next(iter(payload["figures"]), None) if payload else None, {"payload": payload}
    if figure:
        # A frame has no room for many small charts: their lines share one.
        context |= _still(figure | {"multiples": False}, payload["sentence"])
    return answers.page(request, "trade/embed.html", context)


def with_drawings(payload: dict | None) -> list[dict]:
    """Each figure beside its drawing; tiles are HTML and need none."""
    figures = payload["figures"] if payload else []
    if payload and "whole_url" in payload:
        return [_still(figure, payload["sentence"]) for figure in figures]
    return [
        {"figure": figure, "svg": SafeString(svg.draw(figure) if figure["kind"] != "tiles" else "")}
        for figure in figures
    ]


def _still(figure, sentence):
    """A figure by itself with its drawing: it opens nothing, and its label is the sentence of its view."""
    return {"figure": embeds.still(figure), "svg": SafeString(svg.draw(svg.without_links(figure), label=sentence))}


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


def _drawn(request, form, payload):
    """A picture of the first figure, signed; as a file under the name of its view, but for a card."""
    asked, imprint = picture_asked.of(request, form), picture_asked.imprint(request, payload)
    if form == "card":
        return HttpResponse(pictures.card(payload, imprint), content_type="image/png")
    if form == "svg":
        paper = Paper(pictures.SIZES[asked.size], asked.is_clear)
        content, media_type = svg.compose(payload, payload["figures"][0], paper, imprint).markup, SVG
    else:
        content, media_type = pictures.picture(payload, asked.size, imprint, is_clear=asked.is_clear), "image/png"
    name = {"Content-Disposition": f'inline; filename="{csv_file.name(payload)}.{form}"'}
    return HttpResponse(content, content_type=media_type, headers=name)


def _xlsx(payload, site):
    return HttpResponse(
        view_workbook.workbook(payload, site),
        content_type=file_types.media_type("view.xlsx"),
        headers={"Content-Disposition": f'attachment; filename="{csv_file.name(payload)}.xlsx"'},
    )
