"""Public pages are rendered once, and kept until what they show changes.

A kept page is found by its whole address, its query string included, and by a stamp: the newest releases and the newest
edits of words. Each request asks the database for the stamp, with one query, so a release, a withdrawal or an edit
in the admin shows at once in every process; nothing is ever told to forget. What an edit behind the admin's back
leaves stale (psql, a script that writes rows without a release) is made again after SECONDS.
"""

import gzip
import hashlib
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from simple_history.models import HistoricalChanges

from web import compression

SECONDS = 600
LONGEST_QUERY = 1000  # characters: no link of ours comes near
LARGEST = 1_000_000  # bytes, compressed
A_PAGE = 256_000  # bytes; what is compressed once and read often is worth some 30 ms for an eighth fewer bytes
BEST = 10
NEWEST = 20  # entries of the admin's log: of two editors at once, the earlier number may be committed later
PROGRAM = ("accounts", "config", "faq", "sanctions", "spreadsheets", "static", "tables", "templates", "trade", "web")
UNKEPT_HEADERS = ("content-length", "vary", "etag")


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a public view: its answers to GET and HEAD are kept, tagged, and sent compressed, or as "not modified".

    Only a 200 without a cookie is kept, that varies by nothing but its address; all else passes as it is.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        key = _key(request)
        found = key and caches["pages"].get(key)
        if not found:
            response = view(request, *args, **kwargs)
            if not _may_be_kept(response):
                return response
            found = _taken(response)
            if key and sum(map(len, found["bodies"].values())) <= LARGEST:
                caches["pages"].set(key, found, SECONDS)
        return _sent(request, found)

    return answer


# --- by what an answer is found ------------------------------------------------------------------------------------


def stamp() -> list[tuple]:
    """Tell what public pages depend on, with one query: the newest release of each dataset and the newest edits.

    [("china-provinces", 7, 0, "2026-11-21 …"), ("edit", 812, 0, ""), …, ("faq_historicalquestion", 31, 0, "")]:
    of a dataset, the newest release's id, how many were withdrawn, and when it was made.
    """
    with connection.cursor() as cursor:
        cursor.execute(_question())
        return sorted((place, number or 0, *more) for place, number, *more in cursor)


@lru_cache
def _question():
    """Ask for releases, for the end of the admin's log, and for the end of each history of words."""
    releases, log = (apps.get_model(name)._meta.db_table for name in ("trade.Release", "admin.LogEntry"))
    histories = [model._meta.db_table for model in apps.get_models() if issubclass(model, HistoricalChanges)]
    parts = [
        f"SELECT dataset_id, MAX(id), COUNT(withdrawn), CAST(MAX(created) AS VARCHAR) FROM {releases}"  # noqa: S608
        " GROUP BY dataset_id",
        f"SELECT 'edit', id, 0, '' FROM (SELECT id FROM {log} ORDER BY id DESC LIMIT {NEWEST}) AS newest",  # noqa: S608
        *(f"SELECT '{table}', MAX(history_id), 0, '' FROM {table}" for table in histories),  # noqa: S608
    ]
    return " UNION ALL ".join(parts)


def _key(request):
    """The name under which an answer lies in the cache; None where it would not be worth the room."""
    if not settings.KEEP_PAGES or len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return None
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    known_by = (_program(), get_language(), address, stamp())
    return hashlib.sha256(repr(known_by).encode()).hexdigest()


@lru_cache
def _program():
    """Tell this version of the program from others with which it may share a cache."""
    digest = hashlib.sha256()
    for folder in PROGRAM:
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob("*.*")):
            if path.suffix in (".py", ".html", ".css", ".js"):
                digest.update(path.read_bytes())
    return digest.hexdigest()


# --- what is kept, and how it is sent ------------------------------------------------------------------------------


def _may_be_kept(response):
    varies = response.get("Vary", "").lower()
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "public" in response.get("Cache-Control", "")
        and varies in ("", "accept-encoding")
    )


def _taken(response):
    """Take an answer apart: {"headers": {…}, "etag": 'W/"…"', "length": 51234, "bodies": {"br": …, "gzip": …}}."""
    content = response.content
    is_packed = compression.is_worth_packing(content, response.get("Content-Type", ""))
    quality = BEST if len(content) <= A_PAGE else compression.QUALITY
    packed = {name: compression.packed(content, name, quality) for name in compression.ENDINGS} if is_packed else {}
    return {
        "headers": {name: value for name, value in response.items() if name.lower() not in UNKEPT_HEADERS},
        # Weak: one tag for all encodings of the same page.
        "etag": f'W/"{hashlib.sha256(content).hexdigest()[:32]}"',
        "bodies": packed or {"": content},
    }


def _sent(request, found):
    encoding = compression.accepted(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    body = found["bodies"].get(encoding)
    if body is None:
        encoding, body = "", _plain(found["bodies"])
    response = HttpResponse(body, headers=found["headers"])
    response["ETag"], response["Content-Length"] = found["etag"], str(len(body))
    if encoding:
        response["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=found["etag"], response=response)


def _plain(bodies):
    return bodies[""] if "" in bodies else gzip.decompress(bodies["gzip"])
