"""Sends kept pages before Django is asked, to readers who bring no cookie.

The first time Django answers, and says what it sent (`offer`). From then on this process answers the same request
itself, under the very headers that Django gave, for as long as the page is kept under the stamp of the moment
(web.page_cache.stamp). Four times a second one request goes on to Django, which asks the database for that stamp.
"""

from functools import lru_cache

from django.utils.http import parse_etags

from web import compression
from web.logs import answer_kinds
from web.page_cache import popular, sending, stamp
from web.page_cache.shelf import Shelf

OFFER = "yalu.kept_page"
OF_ONE_REQUEST = ("content-length", "content-encoding", "date")
OF_A_BODY = ("content-type", "content-disposition")
NOT_OURS = ("HTTP_COOKIE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")  # a request with any of these is Django's


def offer(environ: dict, found: dict) -> None:
    """Say, while answering, which kept page is sent."""
    environ[OFFER] = found


class KeptPages:
    """A WSGI application around Django's, which learns of its answers what it may send itself."""

    def __init__(self, application):
        self.application = application
        self.known = Shelf()  # what a request asks for: (the page as it is kept, its headers)

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or any(name in environ for name in NOT_OURS):
            return self.application(environ, start_response)
        asked = _asked(environ)
        found, headers = self.known.get(asked) or (None, None)
        if found is None or not _is_current(found):
            return self._learning(asked, environ, start_response)
        popular.count(found)
        environ[answer_kinds.KEY] = answer_kinds.KEPT
        return _send(found, headers, environ, start_response)

    def _learning(self, asked, environ, start_response):
        def noted(status, headers, *of_an_error):
            if OFFER in environ and status.startswith("200"):
                self._learn(asked, environ[OFFER], headers)
            return start_response(status, headers, *of_an_error)

        return self.application(environ, noted)

    def _learn(self, asked, found, headers):
        if any(name.lower() == "set-cookie" for name, _value in headers):
            return
        self.known.put(asked, (found, [pair for pair in headers if pair[0].lower() not in OF_ONE_REQUEST]))


def _asked(environ):
    """All of a request that its answer depends on, beside the forms that the client understands."""
    return (
        environ.get("HTTP_HOST"),
        environ.get("PATH_INFO"),
        environ.get("QUERY_STRING"),
        environ.get("wsgi.url_scheme"),
        environ.get("HTTP_X_FORWARDED_PROTO"),
    )


def _is_current(found):
    value = stamp.current()
    return value is not None and found["stamp"] == value and sending.is_young(found["made"])


def _send(found, headers, environ, start_response):
    held = environ.get("HTTP_IF_NONE_MATCH")
    if held and _has(held, found["etag"]):
        start_response("304 Not Modified", [pair for pair in headers if pair[0].lower() not in OF_A_BODY])
        return []
    encoding, body = sending.body(found["bodies"], compression.accepted(environ.get("HTTP_ACCEPT_ENCODING", "")))
    more = [("Content-Length", str(len(body)))]
    if encoding:
        more.append(("Content-Encoding", encoding))
    start_response("200 OK", headers + more)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


@lru_cache(maxsize=2_000)
def _has(held, etag):
    """Whether a client has the page already; its tag is a weak one, and a proxy may have made that of theirs one."""
    tags = parse_etags(held)
    return tags == ["*"] or etag.removeprefix("W/") in (tag.removeprefix("W/") for tag in tags)
