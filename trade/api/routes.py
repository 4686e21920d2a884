"""The addresses of the API: each checks its parameters and makes a small fixed number of queries."""

from typing import Annotated
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve, reverse
from ninja import NinjaAPI, Path, Query

from site_texts import shown_texts
from trade import providers
from trade.api import (
    by_sanctions,
    csv_rows,
    errors,
    pagination,
    parameters,
    queries,
    release_choice,
    schemas,
    serializers,
)
from trade.api.errors import Refusal, Refused
from trade.api.parameters import MOST, in_words, only
from trade.models import Dataset, Flow, Release
from web import site_address
from web.throttling import A_MINUTE, PerAddress

DESCRIPTION = (
    "Read only; no key. "
    f"Limits: {A_MINUTE} requests a minute from one address, {MOST:,} rows in one answer. "
    "A missing value is null, never 0; an estimate is a row of its own. "
    "Datasets with `demonstration: true` hold invented figures."
)
THROTTLE = PerAddress()
SLUG = Annotated[in_words(r"[a-z0-9-]{1,40}", "the short name of a dataset, as china-provinces"), Path()]
UNKNOWN = "unknown"
N = Annotated[int, Path(ge=1, le=1_000_000)]
ERRORS = dict.fromkeys((400, 404, 410, 422, 429), Refusal)


class Described(NinjaAPI):
    """An API whose document has the name and the summary of the site, as editors wrote them."""

    def get_openapi_schema(self, **where):
        schema, words = super().get_openapi_schema(**where), shown_texts.now()
        schema["info"] |= {"title": words["name"], "description": f"{words['summary']} {DESCRIPTION}"}
        return schema


api = Described(
    version="1",
    urls_namespace="api-1",
    docs_url=None,
    throttle=[THROTTLE],
)
errors.register(api)


def get(path: str, answer: type, kind: str = "json", **more):
    """Register an address: it answers `answer`, or an error of the one shape; with CSV where `kind` is "csv"."""
    if kind == "csv":
        content = {"text/csv": {"schema": {"type": "string"}}}
        more["openapi_extra"] = {"responses": {200: {"content": content}}}
    return api.get(path, response={200: answer} | ERRORS, **more)


@get("/", schemas.Start, url_name="start", summary="Where to begin")
def start(request: HttpRequest):
    only(request, parameters.NoParameters)
    pages = {name: f"api-1:{name}" for name in ("datasets", "sanctions", "questions", "search")} | {
        "documentation": "api"
    }
    pages["openapi"] = "api-1:openapi-json"
    addresses = {name: site_address.whole(request, reverse(page)) for name, page in pages.items()}
    return addresses | {"about": serializers.about_words("This site")}


@get("/datasets", schemas.Datasets, url_name="datasets", summary="All datasets, with their newest releases")
def datasets(request: HttpRequest):
    only(request, parameters.NoParameters)
    newest = {release.dataset_id: release for release in Release.objects.newest_by_dataset()}
    listed = [serializers.dataset(request, dataset, newest.get(dataset.slug)) for dataset in Dataset.objects.listed()]
    return {"datasets": listed}


@get("/datasets/{slug}", schemas.DatasetFacts, url_name="dataset", summary="One dataset")
def dataset(request: HttpRequest, slug: SLUG):
    only(request, parameters.NoParameters)
    return serializers.dataset(request, release_choice.dataset(slug), _newest(slug))


@get(
    "/datasets/{slug}/releases",
    schemas.Releases,
    url_name="releases",
    summary="The releases of a dataset, newest first",
)
def releases(request: HttpRequest, response: HttpResponse, slug: SLUG, asked: Query[parameters.Releases]):
    only(request, type(asked))
    dataset = release_choice.dataset(slug)
    older = dataset.releases.select_related("reverts_to", "withdraws").order_by("-number")
    if asked.cursor is not None:
        (number,) = pagination.place(asked.cursor, (int,))
        older = older.filter(number__lt=number)
    page, has_more = _page(older[: asked.limit + 1], asked)
    place = (page[-1].number,) if has_more else None
    return {
        "about": serializers.about(request, dataset, _newest(slug)),
        "releases": [serializers.release(request, release) for release in page],
        "next": _add_links(request, response, {}, place),
    }


@get("/datasets/{slug}/releases/{n}", schemas.OneRelease, url_name="release", summary="One release and its files")
def release(request: HttpRequest, slug: SLUG, n: N):
    only(request, parameters.NoParameters)
    dataset = release_choice.dataset(slug)
    if release := dataset.releases.select_related("reverts_to", "withdraws").filter(number=n).first():
        return {
            "about": serializers.about(request, dataset, release),
            "release": serializers.release(request, release),
        }
    expected = f"one of those under /api/v1/datasets/{slug}/releases"
    raise Refused(404, "no_release", "There is no such release.", "n", n, expected)


@get(
    "/datasets/{slug}/observations",
    schemas.Observations,
    "csv",
    url_name="observations",
    summary="The figures as they stood at a release",
)
def observations(request: HttpRequest, response: HttpResponse, slug: SLUG, asked: Query[parameters.Observations]):
    only(request, type(asked))
    chosen = release_choice.chosen(request, slug, asked.release, asked.as_of)
    _refuse_other_keys(chosen.dataset, asked)
    queries.refuse_unknown(asked.province, asked.code, chosen.dataset)
    page, has_more = _page(queries.page(chosen, asked, asked.limit, _after(asked)), asked)
    rows = serializers.observations(chosen.dataset, page)
    place = page[-1].place if has_more else None
    pinned = {"release": chosen.number, "as_of": None}
    if asked.format == "csv":
        return _csv(request, csv_rows.of_observations(chosen, rows), pinned, place)
    return {
        "about": serializers.about(request, chosen.dataset, chosen),
        "observations": rows,
        "next": _add_links(request, response, pinned, place),
    }


@get(
    "/datasets/{slug}/changes",
    schemas.Changes,
    "csv",
    url_name="changes",
    summary="Every cell that differs between two releases",
)
def changes(request: HttpRequest, response: HttpResponse, slug: SLUG, asked: Query[parameters.Changes]):
    only(request, type(asked))
    earlier, later = release_choice.pair(request, slug, asked.from_, asked.to)
    page, has_more = _page(queries.changed(earlier, later, asked.limit, _after(asked)), asked)
    rows = serializers.changes(later.dataset, page)
    place = tuple(page[-1][name] for name in queries.place_names(later.dataset)) if has_more else None
    pinned = {"to": later.number}
    if asked.format == "csv":
        return _csv(request, csv_rows.of_changes(later, rows), pinned, place)
    return {
        "about": serializers.about(request, later.dataset, later),
        "since": serializers.release_name(request, earlier),
        "changes": rows,
        "next": _add_links(request, response, pinned, place),
    }


@get(
    "/datasets/{slug}/by-sanctions",
    schemas.BySanctions,
    "csv",
    url_name="by-sanctions",
    summary="The trade of a dataset of goods, split by what sanctions say of them",
)
def split_by_sanctions(request: HttpRequest, response: HttpResponse, slug: SLUG, asked: Query[parameters.BySanctions]):
    only(request, type(asked))
    chosen = release_choice.chosen(request, slug, asked.release, asked.as_of)
    found = by_sanctions.answer(chosen, asked)
    request.last_modified = None  # the rules may have changed since the release
    # Without a release it is the newest under the rules of now, and has no address that would stay.
    pinned = {"release": chosen.number, "as_of": None} if asked.release or asked.as_of else {}
    if asked.format == "csv":
        return _csv(request, csv_rows.of_groups(chosen, found["groups"]), pinned, None)
    _add_links(request, response, pinned, None)
    return {"about": serializers.about(request, chosen.dataset, chosen)} | found


@get("/sanctions", schemas.Sanctions, url_name="sanctions", summary="What the UN Security Council bans or caps")
def sanctions(request: HttpRequest, asked: Query[parameters.Sanctions]):
    only(request, type(asked))
    measures = providers.sanctions().measures()
    if asked.direction:
        measures = measures.filter(direction=asked.direction)
    if asked.code:
        queries.refuse_unknown([], asked.code)
        measures = measures.on_goods(asked.code)
    return {
        "about": serializers.about_words("Resolutions of the UN Security Council; each measure says how it is known"),
        "measures": [serializers.measure(request, measure) for measure in measures],
    }


@get(
    "/sanctions/applies",
    schemas.Applies,
    url_name="applies",
    summary="What applies to an HS code, in a direction, on a day",
)
def applies(request: HttpRequest, asked: Query[parameters.Applies]):
    only(request, type(asked))
    queries.refuse_unknown([], [asked.code[:4]])  # headings are the same in all editions, as far as rules go
    found = providers.sanctions().applies(asked.code, asked.direction, asked.day, asked.edition or "")
    return serializers.applies(request, found) | {
        "about": serializers.about_words("Resolutions of the UN Security Council; each measure says how it is known"),
        "code": asked.code,
        "direction": asked.direction,
        "day": asked.day,
        "edition": asked.edition,
    }


@get("/questions", schemas.Questions, url_name="questions", summary="The questions that readers ask, and answers")
def questions(request: HttpRequest, asked: Query[parameters.Questions]):
    only(request, type(asked))
    listed = providers.questions().questions(asked.page or "")
    return {
        "about": serializers.about_words("The editors of this site"),
        "questions": [serializers.question(request, question) for question in listed],
    }


@get(
    "/search", schemas.Search, url_name="search", summary="Goods, provinces, sanctions, questions and datasets by name"
)
def search(request: HttpRequest, asked: Query[parameters.Search]):
    only(request, type(asked))
    answer = providers.search().find(asked.q, asked.limit)
    return {
        "about": serializers.about_words("The editors of this site"),
        "query": answer.asked.text,
        "results": [serializers.result(request, one) for one in answer.results],
    }


@api.get("/{path:rest}", include_in_schema=False, url_name=UNKNOWN)
def unknown(request: HttpRequest, rest: str):
    """Answer for every other address under /api/v1/; one with a slash too many leads to the right one."""
    if (shorter := request.path.rstrip("/")) != request.path and resolve(shorter).url_name != UNKNOWN:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(shorter + (f"?{query}" if query else ""))
    expected = site_address.whole(request, reverse("api-1:start"))
    raise Refused(404, "no_address", "There is no such address.", None, request.path, expected)


def _newest(slug):
    return Release.objects.newest_by_dataset().filter(dataset=slug).first()


def _page(rows, asked):
    """Cut what was read of `limit` + 1 rows to the page, and tell whether more rows follow."""
    rows = list(rows)
    return rows[: asked.limit], len(rows) > asked.limit


def _after(asked):
    return None if asked.cursor is None else pagination.place(asked.cursor, queries.PLACE)


def _refuse_other_keys(dataset, asked):
    """Provinces are asked of provinces, codes of goods, and sums of both directions of totals."""
    key = queries.key_of(dataset)
    for other in ("province", "code"):
        if other != key and (codes := getattr(asked, other)):
            listed = f"is listed by {key}, not by {other}" if key else "holds totals"
            message, expected = f"The dataset {dataset.slug} {listed}.", f"“{key}”, or another dataset"
            raise Refused(422, "wrong_key", message, other, ", ".join(codes), expected if key else "another dataset")
    if asked.flow == Flow.TOTAL and dataset.kind != Dataset.Kind.TOTAL:
        message = f"The dataset {dataset.slug} gives each direction by itself."
        raise Refused(422, "wrong_flow", message, "flow", asked.flow, "to_dprk or from_dprk, or a dataset of totals")


def _csv(request, text, pinned, place):
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    _add_links(request, response, pinned, place)
    return response


def _add_links(request, response, pinned, place):
    """Write the Link header, and give the address of the next page: the same question, of the same release."""
    canonical = _address(request, pinned)
    links = [f'<{canonical}>; rel="canonical"']
    following = _address(request, pinned | {"cursor": pagination.cursor(place)}) if place else None
    if following:
        links.append(f'<{following}>; rel="next"')
    response["Link"] = ", ".join(links)
    return following


def _address(request, changed):
    """The address that was asked for, with some of its parameters changed; None takes one away."""
    asked = {name: values for name, values in request.GET.lists() if name not in changed}
    asked |= {name: [value] for name, value in changed.items() if value is not None}
    query = urlencode(sorted(asked.items()), doseq=True)
    return site_address.whole(request, request.path) + (f"?{query}" if query else "")
