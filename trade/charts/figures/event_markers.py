"""Marks events on a chart's time axis: what happened, numbered, one marker a year or month, none touching another."""

from collections.abc import Sequence
from typing import NamedTuple

from trade.charts.schema import Event, Figure, Payload

ROWS = 2
NEAREST = 18  # pixels between the middles of two markers of one row
ACROSS = 297  # pixels over which the periods stand on the narrowest screen: 330 less the numbers of the axis


class Marker(NamedTuple):
    """What happened in a period, the place of that, and the row in which it is marked."""

    place: int
    row: int
    items: list


def mark(payload: Payload, known: Sequence) -> dict:
    """Add events to every figure that has time across, and to the payload the editors' notes that none marks.

    `known` are, in any order: {"date": "2016-03-02" | "2016" | "", "label": "Resolution 2270",
    "text": "Full ban: coal", "url", "kind": "sanction" | "note", "checked": True, "flow": "from_dprk" | "both",
    "codes": ["2701"]}, and of notes "province": "cn-gd". A note without a code or province is about all of its
    dataset; a sanction that names no codes is marked where all goods are, for nobody knows which they are.
    """
    codes, place = payload.get("codes", []), payload.get("province", {}).get("slug", "")
    about = [item for item in known if _touches(item, codes) and _within(item.get("province", ""), place)]
    figures = [one | {"events": of(one, about)} if "events" in one else one for one in payload["figures"]]
    marked = {item["text"] for one in figures for event in one.get("events", []) for item in event["items"]}
    notes = [item for item in about if item["kind"] == "note" and _sentence([item]) not in marked]
    return payload | {"figures": figures, "annotations": [{"date": n["date"], "text": n["text"]} for n in notes]}


def of(figure: Figure, items: Sequence) -> list[Event]:
    """Number the events that fall into a figure's time and touch its flow, in their order.

    [{"number": 1, "category": "2016", "row": 0, "items": [item, …]}]
    """
    keys, flows = [category["key"] for category in figure["categories"]], _flows(figure)
    length, by_period = len(keys[0]) if keys else 4, {}
    for item in sorted(_joined(item for item in items if item["flow"] in flows), key=lambda item: item["date"]):
        if len(item["date"]) >= length:
            by_period.setdefault(item["date"][:length], []).append(item)
    by_place = {place: by_period[key] for place, key in enumerate(keys) if key in by_period}
    return _numbered(_placed(by_place, ACROSS / max(len(keys), 1)), keys)


def _flows(figure):
    """The flows that a figure draws; what touches both flows touches each."""
    drawn = {one["flow"] for one in figure["series"]}
    return {"to_dprk", "from_dprk", "both"} if drawn & {"both", "balance"} else drawn | {"both"}


def _touches(item, codes):
    """Whether an item is about any of the codes: [] are all goods; "27" meets "2701" and the other way round."""
    if not codes or (item["kind"] == "note" and not item["codes"]):
        return True
    return any(a.startswith(c) or c.startswith(a) for a in item["codes"] for c in codes)


def _within(province, place):
    """Whether a note is shown: on the page of all provinces each is, on a province's own page none on another."""
    return not province or not place or province == place


def _joined(items):
    """Make one of all that bears one date and label, such as the measures of a resolution."""
    alike = {}
    for item in items:
        alike.setdefault((item["date"], item["label"], item["url"] or item["text"]), []).append(item)
    return [_item(several) for several in alike.values()]


def _item(several):
    shown = {name: several[0][name] for name in ("date", "label", "url", "kind")}
    return shown | {"text": _sentence(several), "checked": all(item["checked"] for item in several)}


def _sentence(several):
    return ". ".join(dict.fromkeys(item["text"].rstrip(".") for item in several)) + "."


def _placed(by_place, step):
    """Give each marker the first row where it is free; one that is free nowhere joins its neighbour."""
    markers, last = [], [None] * ROWS
    for place, items in by_place.items():
        row = next((r for r in range(ROWS) if last[r] is None or (place - last[r]) * step >= NEAREST), None)
        if row is None:
            markers[-1].items.extend(items)
            continue
        last[row] = place
        markers.append(Marker(place, row, list(items)))
    return markers


def _numbered(markers, keys):
    return [
        {"number": number, "category": keys[marker.place], "row": marker.row, "items": marker.items}
        for number, marker in enumerate(markers, start=1)
    ]
