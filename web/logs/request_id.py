"""The number of the request that a thread answers, or of the one that asked for the task that it does.

It is a random text of 20 hexadecimal digits. Behind a proxy that has given the request one already, that one is used.
"""

import random
import re
from contextvars import ContextVar

HEADER = "X-Request-ID"
KEY = "yalu.request"  # in environ, so that it goes with the request into the process that computes views
PLAIN = re.compile(r"[A-Za-z0-9-]{8,64}")

_current: ContextVar[str] = ContextVar("request", default="")


def begin(environ: dict, behind_proxy: bool) -> str:
    """Give a request its number, and return it: "9f2c41d07be3a5561c80"."""
    given = environ.get("HTTP_X_REQUEST_ID") if behind_proxy else None
    # Nobody gains by guessing it, so it need not come from the system's slower source of random numbers.
    number = given if given and PLAIN.fullmatch(given) else f"{random.getrandbits(80):020x}"  # noqa: S311
    environ[KEY] = number
    _current.set(number)
    return number


def resume(number: str) -> None:
    """Go on with a request, or a task of it, that began in another process; "" ends it."""
    _current.set(number)


def current() -> str:
    """Return the number of the request at hand; "" where there is none."""
    return _current.get()
