"""Writes one line a request: what was asked for and how it was answered, nothing of who asked.

Of an address the path alone is written: a query string may be what somebody searched for.
"""

import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted
from time import gmtime, strftime

from web.logs.masking import masked
from web.observed.answer_facts import Answer

LONGEST = 500  # characters of a path


def write(answers: Iterable[Answer], form: str) -> None:
    """Write a line for each answer, in "json" or "text"; a log that nobody reads any more stops nothing."""
    file, line = sys.stderr, LINES[form]
    text = "".join(map(line, answers))
    if not text:
        return
    with suppress(OSError, ValueError):
        file.write(text)
        file.flush()


def json_line(answer: Answer) -> str:
    """Write an answer as a line: '{"time": "2026-11-28T14:03:07.120Z", …, "path": "/provinces/", "status": 200, …}'."""
    at, seconds, method, path, status, size, kind, number = answer
    return (
        f'{{"time": "{_time(at)}", "level": "INFO", "logger": "access", "method": {quoted(method[:16])}, '
        f'"path": {_path(path)}, "status": {status}, "bytes": {size}, "ms": {seconds * 1000:.1f}, "kind": "{kind}", '
        f'"request_id": "{number}"}}\n'
    )


def text_line(answer: Answer) -> str:
    """Write an answer as a line: '2026-11-28T14:03:07.120Z GET "/provinces/" 200 19012 0.4ms kept 9f2c…'."""
    at, seconds, method, path, status, size, kind, number = answer
    said = f"{status} {size} {seconds * 1000:.1f}ms {kind} {number}"
    return f"{_time(at)} {quoted(method[:16])[1:-1]} {_path(path)} {said}\n"


LINES = {"json": json_line, "text": text_line}


def _path(path):
    return quoted(masked(path)[:LONGEST])


def _time(at):
    return f"{_second(int(at))}.{int(at % 1 * 1000):03d}Z"


@lru_cache(4)
def _second(at):
    return strftime("%Y-%m-%dT%H:%M:%S", gmtime(at))
