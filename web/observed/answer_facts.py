"""What lines and metrics both tell of an answer, worked out once."""

from collections.abc import Iterable
from typing import NamedTuple

from web.logs import answer_kinds
from web.observed.outermost import Note


class Answer(NamedTuple):
    """One request and its answer: Answer(1764…, 0.0004, "GET", "/goods/café", "200", 912, "kept", "9f2c…")."""

    at: float  # seconds since 1970
    seconds: float  # until there was an answer; sending it is not counted
    method: str
    path: str
    status: str
    size: int  # bytes of the body, by the header; 0 where it does not say
    kind: str
    number: str


def of(notes: Iterable[Note]) -> list[Answer]:
    """Read notes."""
    return [_of(*note) for note in notes]


def _of(at, seconds, method, path, status, size, kind, number):
    path = _readable(path)
    return Answer(at, seconds, method, path, status[:3], int(size), answer_kinds.of(path, kind), number)


def _readable(path):
    """Read a path as WSGI has it, each byte a character: "/goods/cafÃ©" is "/goods/café"."""
    return path if path.isascii() else path.encode("latin-1", "replace").decode("utf-8", "replace")
