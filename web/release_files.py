"""Sends files without Django: static files, and the files of releases once a process has met them.

The first time, Django answers for the file of a release. Its view says where the bytes lie (`offer`); from then on
this process sends them itself, under the very headers that Django gave. So there is nothing to register and nothing
to restart after a release. Nobody need be told of a withdrawal either, or that a dataset was hidden: both leave a
marker beside the files, for which is looked at each request, and where it lies Django answers again.

Of a file in a bucket the copy on this machine is offered. No other server can leave a marker beside that, so what was
learned of it counts only until anything is released, withdrawn or edited (web.page_cache.stamp). Where a storage has no
places on this machine, nothing is offered, and Django sends every byte.
"""

import os
import time
from contextlib import suppress
from http import HTTPStatus
from wsgiref.headers import Headers
from wsgiref.util import FileWrapper

from django.conf import settings
from django.db import close_old_connections, connection
from whitenoise import WhiteNoise
from whitenoise.responders import NOT_MODIFIED_HEADERS, MissingFileError, Response, SlicedFile, StaticFile
from whitenoise.string_utils import decode_path_info

from web import compression
from web.cross_origin import ALLOWED
from web.page_cache import stamp
from web.unavailable import AWAY

OFFER = "yalu.archive"
MOST = 20_000  # files that a process remembers, some 5 kB each; then it learns them again
AT_ONCE = 1 << 20  # bytes of a file that is sent in one piece
BLOCK = 1 << 18  # of a larger one
LONGEST = 600  # seconds for which a file without markers is not asked of Django again, as pages are (web.page_cache)
OF_ONE_REQUEST = ("content-length", "date", "set-cookie")
KEPT_OF_A_304 = {*NOT_MODIFIED_HEADERS, *ALLOWED, "Accept-Ranges", "Last-Modified"}


def offer(environ: dict, path: str, *markers: str, remember: bool = True) -> None:
    """Say, while answering for a file, where it lies, and where markers would that it is withdrawn or hidden.

    It is sent from there. What another file may answer for tomorrow ("latest") is not to be remembered.
    """
    environ[OFFER] = (path, markers, remember)


def add_static_headers(headers: Headers, path: str, url: str) -> None:
    """Give a static file the headers of security that Django gives to pages."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # an embed in a frame without an origin asks for them
    if not settings.DEBUG and settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = _hsts()


def _hsts():
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    parts += ["includeSubDomains"] * settings.SECURE_HSTS_INCLUDE_SUBDOMAINS + [
        "preload"
    ] * settings.SECURE_HSTS_PRELOAD
    return "; ".join(parts)


class Archive(WhiteNoise):
    """WhiteNoise, which serves the files of releases as well, and learns of them from Django's answers."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.frozen = {}

    def __call__(self, environ, start_response):
        file = self.frozen.get(decode_path_info(environ.get("PATH_INFO", "")))
        if file and environ["REQUEST_METHOD"] in ("GET", "HEAD") and file.is_offered():
            with suppress(OSError):  # then Django says what became of it
                return self.serve(file, environ, start_response)
        if "/data/" not in environ.get("PATH_INFO", ""):
            return super().__call__(environ, start_response)
        return self._learning(environ, start_response)

    @staticmethod
    def serve(static_file, environ, start_response):
        """Send a small file in one piece: a third faster than block by block.

        Raises: OSError where it cannot be read; nothing was sent then.
        """
        response = static_file.get_response(environ["REQUEST_METHOD"], environ)
        body = []
        if response.file is not None:
            length = int(Headers(list(response.headers))["Content-Length"])
            if length > AT_ONCE:
                body = FileWrapper(response.file, BLOCK)
            else:
                with response.file as file:
                    body = [file.read()]
        start_response(f"{response.status} {response.status.phrase}", list(response.headers))
        return body

    def _learning(self, environ, start_response):
        """Let Django answer, and send the file of which it says where it lies: compressed, or a range, as is asked."""
        said, stands = [], _stamp() if settings.STORAGE_URL else None  # as it was before Django looked

        def noted(*status_and_headers):
            said[:] = status_and_headers

        answer = super().__call__(environ, noted)
        if (offered := environ.get(OFFER)) and said[0].startswith("200"):
            with suppress(OSError, MissingFileError):  # removed meanwhile: what Django has opened is sent
                sent = self.serve(self._learned(environ, offered, said[1], stands), environ, start_response)
                close = getattr(answer, "close", None)
                if close:
                    close()
                return sent
        start_response(*said)
        return answer

    def _learned(self, environ, offered, headers, stands):
        path, markers, remember = offered
        file = FrozenFile(path, markers, headers, stands)
        if remember and not _is_for_one_reader(headers):
            if len(self.frozen) >= MOST:
                self.frozen.clear()
            self.frozen[decode_path_info(environ["PATH_INFO"])] = file
        return file


def _stamp():
    """What readers are offered now, as one value; None where that is not known."""
    try:
        return stamp.seen().value
    except AWAY:
        return None
    finally:
        if not connection.in_atomic_block:  # as a test is
            close_old_connections()  # outside of requests, at whose end Django does so


def _is_for_one_reader(headers):
    """Whether an answer sets a cookie, or depends on one, as it does for a client that sent a broken one."""
    said = [(name.lower(), value.lower()) for name, value in headers]
    return any(name == "set-cookie" or (name == "vary" and "cookie" in value) for name, value in said)


class FrozenFile(StaticFile):
    """A file that never changes, and its compressed forms; each form has a strong tag of its own."""

    def __init__(
        self, path: str, markers: tuple[str, ...], headers: list[tuple[str, str]], stands: tuple | None = None
    ):
        self.markers, self.stands, self.learned = markers, stands, time.monotonic()
        self.tags = []
        kept = [(name, value) for name, value in headers if name.lower() not in OF_ONE_REQUEST]
        forms = {encoding: path + ending for encoding, ending in compression.ENDINGS.items()}
        super().__init__(path, [*kept, ("Accept-Ranges", "bytes")], encodings=forms)

    def is_offered(self) -> bool:
        """Whether Django need not be asked: no marker lies beside it or, where none can, nothing has changed."""
        if self.markers:
            return not any(map(os.path.exists, self.markers))
        return time.monotonic() - self.learned < LONGEST and self.stands is not None and self.stands == _stamp()

    def get_alternatives(self, base_headers, files):
        """The headers by encoding; a compressed form of "0a1b" is tagged "0a1b-br"."""
        found = {}
        for encoding, file in files.items():
            headers = Headers(base_headers.items())
            headers["Content-Length"] = str(file.size)
            if encoding:
                headers["Content-Encoding"] = encoding
                headers["ETag"] = f'{self.etag[:-1]}-{encoding}"'
            self.tags.append(headers["ETag"])
            found[encoding] = (file.path, headers.items())
        return found

    def is_not_modified(self, request_headers):
        """Tell whether the client has the file, in whatever form; a proxy may have made its tag a weak one."""
        held = request_headers.get("HTTP_IF_NONE_MATCH")
        if held is None:
            return super().is_not_modified(request_headers)
        return any(tag.strip().removeprefix("W/") in (*self.tags, "*") for tag in held.split(","))

    def get_path_and_headers(self, request_headers):
        """Choose the form; a range is one of the file itself."""
        if request_headers.get("HTTP_RANGE"):
            return self.alternatives[None]
        wanted = compression.accepted(request_headers.get("HTTP_ACCEPT_ENCODING", ""))
        return self.alternatives.get(wanted) or self.alternatives[None]

    def get_response(self, method, request_headers):
        """Answer with the whole file where a client that resumes has begun with other bytes."""
        if self.is_not_modified(request_headers):
            _path, headers = self.get_path_and_headers(request_headers)
            return Response(HTTPStatus.NOT_MODIFIED, [pair for pair in headers if pair[0] in KEPT_OF_A_304], None)
        if request_headers.get("HTTP_IF_RANGE", self.etag) != self.etag:
            request_headers = request_headers | {"HTTP_RANGE": ""}
        return super().get_response(method, request_headers)

    def get_range_response(self, range_header, base_headers, file_handle):
        """Send a range. As WhiteNoise does, but a range of one byte is one, and one that ends before it begins is none.

        Raises: ValueError for a header that asks for no single range; it is ignored then.
        """
        headers = Headers(list(base_headers))
        size = int(headers["Content-Length"])
        if "--" in range_header:
            raise ValueError(range_header)
        start, end = self.get_byte_range(range_header, size)
        if start >= size:
            return self.get_range_not_satisfiable_response(file_handle, size)
        if start > end:
            raise ValueError(range_header)
        headers["Content-Range"], headers["Content-Length"] = f"bytes {start}-{end}/{size}", str(end - start + 1)
        file = file_handle and SlicedFile(file_handle, start, end)
        return Response(HTTPStatus.PARTIAL_CONTENT, headers.items(), file)

    @staticmethod
    def get_range_not_satisfiable_response(file_handle, size):
        """Refuse a range behind the end of the file; a page of another site may read why."""
        refused = StaticFile.get_range_not_satisfiable_response(file_handle, size)
        return Response(refused.status, [*refused.headers, *ALLOWED.items()], None)
