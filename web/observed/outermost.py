"""Stands before all else: gives each request its number, and notes how it was answered, kept pages and files too.

What a request pays here is a note in a queue; lines and metrics are made of it in another thread, many at once.
"""

from collections.abc import Callable, Iterable
from time import perf_counter, time

from web.logs import answer_kinds, request_id

# (1764338587.1, 0.0004, "GET", "/data/", "200 OK", "19012", "kept", "9f2c41d07be3a5561c80"): when it was asked for,
# seconds until there was an answer, what was asked, as WSGI has it, what was answered and its length, the kind that was
# said (web.logs.answer_kinds), the number of the request. No list among them: the garbage collector would walk it.
Note = tuple[float, float, str, str, str, str, str | None, str]


class Outermost:
    """A WSGI application around the others; `note` gets a Note of each request."""

    def __init__(self, application: Callable, note: Callable[[Note], object], behind_proxy: bool = False):
        self.application, self.note, self.behind_proxy = application, note, behind_proxy

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        at, began = time(), perf_counter()
        number = request_id.begin(environ, self.behind_proxy)
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]  # before Django writes another text in its place
        status, size = "500 Internal Server Error", "0"

        def started(said, headers, exc_info=None):
            nonlocal status, size
            status = said
            for name, value in headers:
                if name == "Content-Length":  # as Django and WhiteNoise write it
                    size = value
                    break
            return start_response(said, [*headers, (request_id.HEADER, number)])

        try:
            return self.application(environ, started)
        finally:
            kind = environ.get(answer_kinds.KEY)
            self.note((at, perf_counter() - began, method, path, status, size, kind, number))
