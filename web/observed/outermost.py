"""Stands before all else: gives each request its number, and notes how it was answered, kept pages and files too.

What a request pays here is a note in a queue; lines and metrics are made of it in another thread, many at once.
"""

from collections.abc import Callable, Iterable
from time import perf_counter, time
from typing import NamedTuple

from web.logs import answer_kinds, request_id


class Answered(NamedTuple):
    """One answer: Answered(1764…, 0.0004, "GET", "/data/", "200 OK", [("Content-Length", "9")], "kept", "9f2c…")."""

    at: float  # when it was asked for, seconds since 1970
    seconds: float  # until there was an answer; sending it is not counted
    method: str
    path: str  # as WSGI has it
    status: str
    headers: list[tuple[str, str]]
    kind: str | None  # what it was said to be, see answer_kinds
    number: str


class Outermost:
    """A WSGI application around the others; `note` gets an Answered for each request."""

    def __init__(self, application: Callable, note: Callable[[Answered], object], behind_proxy: bool = False):
        self.application, self.note, self.behind_proxy = application, note, behind_proxy

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        at, began = time(), perf_counter()
        number = request_id.begin(environ, self.behind_proxy)
        asked = environ["REQUEST_METHOD"], environ["PATH_INFO"]  # before Django writes another text in its place
        said = "500 Internal Server Error", []

        def started(status, headers, exc_info=None):
            nonlocal said
            said = status, headers
            return start_response(status, [*headers, (request_id.HEADER, number)])

        try:
            return self.application(environ, started)
        finally:
            self.note(Answered(at, perf_counter() - began, *asked, *said, environ.get(answer_kinds.KEY), number))
