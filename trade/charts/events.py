"""Events on a chart's time axis: what happened, numbered, one marker a year or month, none touching another."""

from collections.abc import Sequence

ROWS = 2
NEAREST = 18  # pixels between the middles of two markers of one row
ACROSS = 297  # pixels over which the periods stand on the narrowest screen: 330 less the numbers of the axis


def mark(payload: dict, items: Sequence) -> dict:
    """Add events to every figure of a payload that has time across; to the payload, the editors' notes.

    `items` are {"date": "2016-03-02" | "2016", "label": "Resolution 2270", "text": "Ban: coal; iron", "url", "kind":
    "sanction" | "note", "checked": True}, in any order.
    """
    figures = [one | {"events": of(one, items)} if "events" in one else one for one in payload["figures"]]
    return payload | {"figures": figures}


def of(figure: dict, items: Sequence) -> list[dict]:
    """Number the events that fall into a figure's time, in its order.

    [{"number": 1, "category": "2016", "row": 0, "items": [item, …]}]
    """
    keys = [category["key"] for category in figure["categories"]]
    length = len(keys[0]) if keys else 4
    found = {}
    for item in sorted(items, key=lambda item: item["date"]):
        if len(item["date"]) >= length:
            found.setdefault(item["date"][:length], []).append(item)
    within = [(keys.index(key), of_key) for key, of_key in found.items() if key in keys]
    return _numbered(_placed(sorted(within, key=lambda one: one[0]), ACROSS / max(len(keys), 1)), keys)


def _placed(found, step):
    """Give each marker the first row where it is free; one that is free nowhere joins its neighbour."""
    placed, last = [], [None] * ROWS
    for place, items in found:
        row = next((r for r in range(ROWS) if last[r] is None or (place - last[r]) * step >= NEAREST), None)
        if row is None:
            placed[-1][2].extend(items)
            continue
        last[row] = place
        placed.append((place, row, list(items)))
    return placed


def _numbered(placed, keys):
    return [
        {"number": number, "category": keys[place], "row": row, "items": items}
        for number, (place, row, items) in enumerate(placed, start=1)
    ]
