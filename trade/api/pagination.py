"""Pages by place, not by number: a page begins after the last row of the one before; no row is lost or doubled."""

import base64
import binascii
import json

from django.db.models import Q, QuerySet

from trade.api.errors import Refused


def cursor(place: tuple) -> str:
    """Write a place as text for an address: ("CN-LN", "to_dprk", 2016, 0, "reported") -> "WyJDTi1M…"."""
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def place(text: str, kinds: tuple) -> tuple:
    """Read a cursor: one value of each kind, (str, str, int, int, str).

    Raises: Refused 400 for a text that `cursor` did not write.
    """
    try:
        values = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True).decode())
        if isinstance(values, list) and list(map(type, values)) == list(kinds) and all(map(_is_comparable, values)):
            return tuple(values)
    except (ValueError, binascii.Error, RecursionError):
        pass
    message = "This cursor is not one of ours."
    raise Refused(400, "bad_cursor", message, "cursor", text, "the cursor of an answer’s “next”, unchanged")


def _is_comparable(value):
    """Tell what a database can compare: numbers that fit, text without NUL or half characters."""
    return 0 <= value < 2**31 if isinstance(value, int) else value.isascii() and value.isprintable()


def after(rows: QuerySet, names: list[str], place: tuple) -> QuerySet:
    """Keep the rows beyond a place in the order of `names`.

    The first condition is implied by the second; without it a database does not use the index that begins with `names`.
    """
    beyond, equal = Q(pk__in=[]), Q()
    for name, value in zip(names, place, strict=True):
        beyond |= equal & Q(**{f"{name}__gt": value})
        equal &= Q(**{name: value})
    return rows.filter(**{f"{names[0]}__gte": place[0]}).filter(beyond)
