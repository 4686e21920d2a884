"""Has views computed in a process of their own, of low priority, one at a time.

The threads of a server share Python's lock: a view that one of them computes holds up the others, which send what is
kept. The process ends with the one that started it; one that dies, or takes too long, is replaced at the next request.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from io import BytesIO
from multiprocessing import parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError, close_old_connections
from django.http import HttpRequest, HttpResponse

from web.logs import request_id
from web.page_cache import by_stamp

NICENESS = 2  # with more a full machine would leave views without a processor for seconds
LONGEST = 30.0  # seconds in which any view is made


class EndsWithServer(SpawnProcess):
    """A process that a server ends when it ends itself, instead of waiting for it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, daemon=True, **kwargs)


class Context(SpawnContext):
    """Starts processes of that kind."""

    Process = EndsWithServer


class CannotStart(Exception):
    """The process died twice in a row, or did not start: the server computes the view itself."""


class Renderer:
    """The process, started when it is asked for the first time."""

    def __init__(self):
        self._pool, self._lock = None, threading.Lock()
        self.restarts = 0  # processes that were replaced

    def start(self) -> Future:
        """Start the process, so that the first to ask need not wait for it; the answer comes when it is ready."""
        return self._started().submit(os.getpid)

    def submit(self, function: Callable, *arguments) -> Future:
        """Have a function of a module called there."""
        return self._started().submit(function, *arguments)

    def ask(self, name: str, part: str, request: HttpRequest, args: tuple, kwargs: dict, stamp: tuple | None = None):
        """Call a part of a kept view, "view" or "canonical", there: its answer, or what it raises.

        `name` says which: "trade.pages.charts:provinces"; `stamp`, under which the answer is kept. Raises: CannotStart;
        OperationalError where no answer comes in time.
        """
        environ = {key: value for key, value in request.META.items() if isinstance(value, str)}
        return self.call(_in_process, name, part, environ, args, kwargs, stamp)

    def call(self, function: Callable, *arguments) -> Any:
        """Call a function of a module there, and wait for its answer.

        Raises: what it raises; CannotStart; OperationalError where no answer comes in time.
        """
        for _attempt in range(2):
            pool = self._started()
            try:
                return pool.submit(function, *arguments).result(timeout=LONGEST)
            except BrokenProcessPool:
                self._drop(pool)
            except TimeoutError:
                self._drop(pool)
                raise OperationalError("The process that computes views does not answer.") from None
        raise CannotStart

    def _started(self):
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, mp_context=Context(), initializer=_prepare)
            return self._pool

    def _drop(self, pool):
        """Let go of a process that died, and kill one that is stuck."""
        with self._lock:
            if self._pool is pool:
                self._pool = None
                self.restarts += 1
        for process in list((pool._processes or {}).values()):
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)


RENDERER = Renderer()


def name_of(view) -> str | None:
    """Name a kept view so that another process finds it: "trade.pages.charts:provinces"; None where it cannot."""
    found = getattr(import_module(view.__module__), view.__name__, None)
    return f"{view.__module__}:{view.__name__}" if getattr(found, "parts", {}).get("view") is view else None


# --- in the process ------------------------------------------------------------------------------------------------


def _prepare():
    import django

    os.nice(NICENESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    import_module(settings.ROOT_URLCONF)


def _end_with_parent():
    parent_process().join()
    os._exit(0)


def _in_process(name, part, environ, args, kwargs, stamp):
    module, _, function = name.partition(":")
    request = WSGIRequest(environ | {"wsgi.input": BytesIO()})
    request_id.resume(environ.get(request_id.KEY, ""))
    close_old_connections()
    try:
        with by_stamp.noted(by_stamp.Reading(stamp)) as reading:
            answer = getattr(import_module(module), function).parts[part](request, *args, **kwargs)
        return _bare(answer, reading) if isinstance(answer, HttpResponse) else answer
    finally:
        close_old_connections()


def still_hold(answers: dict, stamp: tuple) -> bool:
    """Tell whether what a page read is still the same (by_stamp.still_hold)."""
    close_old_connections()
    try:
        return by_stamp.still_hold(answers, stamp)
    finally:
        close_old_connections()


def _bare(response, reading):
    """The answer as a plain one, which can travel."""
    bare = HttpResponse(response.content, status=response.status_code, headers=dict(response.items()))
    bare.cookies = response.cookies
    if hasattr(response, "known_as"):
        bare.known_as = response.known_as
    bare.has_read = reading.all_of_it
    return bare
