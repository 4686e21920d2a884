"""Sends the files of releases, each under its checksum."""

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trade.bundles import storage
from trade.models import Release
from trade.pages import answers, known_releases
from trade.pages.preview import offered
from web import release_files
from web.cross_origin import shared
from web.unavailable import AWAY, StorageAway

IMMUTABLE = {"public": True, "max_age": 365 * 24 * 3600, "immutable": True}
ATTACHED = (".xlsx", ".csv", ".parquet", ".zip")  # saved, not shown
TYPES = {
    "": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".minisig": "text/plain; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
}


@shared
@require_safe
def release_file(request: HttpRequest, slug: str, n: int, name: str) -> HttpResponse:
    """Send one file of a release: its bytes never change, so from now on the server sends them without Django."""

    def send(release):
        return _offered(request, _file(request, release, name, IMMUTABLE), release, name)

    return _sent(send, lambda: numbered(slug, n), lambda: known_releases.known().get((slug, n)))


@shared
@require_safe
def latest_file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Send one file of the newest release, for a short while: the next release has another."""

    def send(release):
        response = _file(request, release, name, answers.SHORT_LIVED)
        response["Content-Location"] = reverse("release_file", args=[slug, release.number, name])
        return _offered(request, response, release, name, remember=False)

    return _sent(send, lambda: newest(slug), lambda: known_releases.newest(slug))


def _sent(send, look, recall):
    """Look a release up and send of it; once more, if its files were rebuilt in another folder meanwhile."""
    release = _found(look, recall)
    try:
        return send(release)
    except StorageAway:
        again = _found(look, recall)
        if again.bundle == release.bundle:
            raise
        return send(again)


def _found(look, recall):
    """Look a release up in the database, or recall it while that is away; 404 where there is none."""
    try:
        release = look()
        known_releases.remember()
    except AWAY:
        release = recall()
    if release is None:
        raise Http404
    return release


def newest(slug: str) -> Release | None:
    """The newest release of a dataset that is not withdrawn, or None."""
    return offered.newest(slug)


def numbered(slug: str, number: int) -> Release:
    """A release of a dataset by its number, withdrawn or not; 404 for one that is none, or not open to readers."""
    return offered.numbered(slug, number)


def _offered(request, response, release, name, *, remember=True):
    if response.status_code == 200 and not offered.is_preview() and (places := storage.places(release, name)):
        release_files.offer(request.environ, *places, remember=remember)
    return response


def _file(request, release, name, caching):
    """Send the bytes of a release's file under their checksum; without opening it, if the reader has them."""
    file = next((file for file in release.files if file["name"] == name), None)
    if file is None:
        raise Http404
    if release.withdrawn:
        reason = _("This release was withdrawn: %(reason)s") % {"reason": release.withdrawal_reason}
        return answers.sent(HttpResponse(f"{reason}\n", content_type="text/plain; charset=utf-8", status=410))
    etag = f'"{file["sha256"]}"'
    response = get_conditional_response(request, etag=etag, last_modified=int(release.created.timestamp()))
    if response is None:
        response = _opened(release, name)
    patch_cache_control(response, **caching)
    response["ETag"], response["Last-Modified"] = etag, http_date(release.created.timestamp())
    if storage.is_packed(name):
        patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _opened(release, name):
    suffix = PurePath(name).suffix
    filename = f"{release.dataset_id}-{release.number}-{name}"
    file = storage.open_file(release, name)
    response = FileResponse(file, as_attachment=suffix in ATTACHED, filename=filename)
    if suffix in TYPES:
        response["Content-Type"] = TYPES[suffix]
    return response
