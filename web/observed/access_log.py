"""Writes one line a request: what was asked for and how it was answered, nothing of who asked.

Of an address the path alone is written: a query string may be what somebody searched for.
"""

import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii as quoted

from web.logs import answer_kinds
from web.logs.masking import masked
from web.observed.outermost import Answered

LONGEST = 500  # characters of a path
_AS = {
    "json": '{{"time": "{time}", "level": "INFO", "logger": "access", "method": {method}, "path": {path},'
    ' "status": {status}, "bytes": {bytes}, "ms": {ms:.1f}, "kind": "{kind}", "request_id": "{number}"}}\n',
    "text": "{time} {method} {path} {status} {bytes} {ms:.1f}ms {kind} {number}\n",
}


def write(answers: Iterable[Answered], form: str) -> None:
    """Write a line for each answer, in "json" or "text"; a log that nobody reads any more stops nothing."""
    file, text = sys.stderr, "".join(line(each, form) for each in answers)
    if not text:
        return
    with suppress(OSError, ValueError):
        file.write(text)
        file.flush()


def line(answer: Answered, form: str) -> str:
    """Write an answer as a line: '{"time": "2026-11-28T14:03:07.120Z", …, "path": "/provinces/", "status": 200, …}'."""
    path = readable(answer.path)
    return _AS[form].format(
        time=datetime.fromtimestamp(answer.at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
        method=quoted(answer.method[:16]),
        path=quoted(masked(path)[:LONGEST]),
        status=answer.status[:3],
        bytes=length(answer.headers),
        ms=answer.seconds * 1000,
        kind=answer_kinds.of(path, answer.kind),
        number=answer.number,
    )


def readable(path: str) -> str:
    """Read a path as WSGI has it, bytes as Latin-1: "/goods/caf\xc3\xa9" -> "/goods/café"."""
    return path if path.isascii() else path.encode("latin-1", "replace").decode("utf-8", "replace")


def length(headers: list[tuple[str, str]]) -> int:
    """Find how many bytes an answer has, by its header; 0 where it does not say."""
    for name, value in headers:
        if name.lower() == "content-length":
            return int(value) if value.isdigit() else 0
    return 0
