"""Places spans of time on an axis of years or months, to the day where it is known, as parts of the axis' length."""

from bisect import bisect_left
from calendar import monthrange


def first_place(keys: list[str], date: str, until: str) -> int | None:
    """Find the first period in which something is marked: (["2019", "2020"], "2020-01", "") -> 1; None if in none.

    A year stands on no axis of months: nobody knows in which it was.
    """
    length = len(keys[0]) if keys else 4
    if len(date) < length:
        return None
    first = date[:length]
    if not until:
        return keys.index(first) if first in keys else None
    return next((place for place, key in enumerate(keys) if first <= key and key[: len(until)] <= until), None)


def of(events: list, keys: list[str], nearest: float) -> list[dict]:
    """Place the spans among numbered events, the heaviest first; one that begins too near to another is not shaded.

    [{"number": 3, "label": "Border closed", "from": 0.815, "to": 0.89}]
    """
    spans = [_span(event, item, keys) for event in events for item in event["items"] if item["until"]]
    shaded = []
    for span in sorted(spans, key=lambda span: -span.pop("weight")):
        if span["to"] > span["from"] and all(abs(span["from"] - other["from"]) >= nearest for other in shaded):
            shaded.append(span)
    return sorted(shaded, key=lambda span: span["from"])


def _span(event, item, keys):
    ends = [_part(keys, item["date"], False), _part(keys, item["until"], True)]
    placed = {"from": round(ends[0], 4), "to": round(ends[1], 4)}
    return {"number": event["number"], "label": item["label"], "weight": item["weight"]} | placed


def _part(keys, day, ends):
    """The part of the axis that lies before a day begins, or before it `ends`."""
    key = day[: len(keys[0])]
    if len(day) < len(keys[0]) and ends:
        key += "~"  # sorts behind all months of a year
    place = bisect_left(keys, key)
    if place < len(keys) and keys[place] == key:
        place += _within(day, len(key), ends)
    return place / len(keys)


def _within(day, length, ends):
    """How much of its year, or month, lies before a day: ("2020-04", 4, False) -> 0.25."""
    parts = [int(part) for part in day.split("-")]
    if len(day) == length:
        return float(ends)
    of_month = (parts[2] - 1 + ends) / monthrange(*parts[:2])[1] if len(parts) == 3 else float(ends)
    return of_month if length == 7 else (parts[1] - 1 + of_month) / 12
