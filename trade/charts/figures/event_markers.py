"""Marks events on a chart's time axis: numbered, one marker a year or month, none touching another; spans are shaded.

A chart marks what it can hold: by weight, so many items in all and by marker, and so many markers as do not touch. What
is left over is counted, and the list beside the chart says how many there are.
"""

from collections.abc import Sequence
from typing import NamedTuple

from trade.charts.figures import event_spans
from trade.charts.schema import Figure, Payload

ROWS = 2
NEAREST = 18  # pixels between the middles of two markers of one row, and between the beginnings of two spans
ACROSS = 297  # pixels over which the periods stand on the narrowest screen: 330 less the numbers of the axis
MOST = 12  # items in all: a list that is read as a whole
MOST_OF_ONE = 3  # items of one marker


class Marker(NamedTuple):
    """What happened in a period, the place of that, and the row in which it is marked."""

    place: int
    row: int
    items: list


def mark(payload: Payload, known: Sequence) -> dict:
    """Add events to every figure that has time across, and to the payload the editors' notes that none marks.

    `known` are, in any order: {"date": "2016-03-02" | "2016" | "", "until": "2022-01-16" | "", "when": "2 March 2016",
    "label": "Resolution 2270", "text": "Full ban: coal", "url", "kind": "sanction" | "event" | "note", "checked": True,
    "flow": "from_dprk" | "both", "codes": ["2701"], "provinces": ["cn-gd"], "on_totals": True, "weight": 3, "sources"}.
    What names no codes is about all goods, and what names no provinces about all of them; but a sanction that names no
    codes is marked where all goods are, for nobody knows which they are. What bears on goods alone ("on_totals" is
    False) marks no chart that knows no goods.
    """
    place, by_goods = payload.get("province", {}).get("slug", ""), payload["dataset"]["kind"] == "commodity"
    codes = payload.get("codes", [])
    about = [
        item
        for item in known
        if _touches(item, codes) and _within(item["provinces"], place) and (by_goods or item["on_totals"])
    ]
    figures = [one | of(one, about) if "events" in one else one for one in payload["figures"]]
    marked = {item["text"] for one in figures for event in one.get("events", []) for item in event["items"]}
    notes = [item for item in about if item["kind"] == "note" and _sentence([item]) not in marked]
    return payload | {"figures": figures, "annotations": [{"date": n["date"], "text": n["text"]} for n in notes]}


def of(figure: Figure, items: Sequence) -> dict:
    """Number the events that fall into a figure's time and touch its flow, and place the spans among them.

    {"events": [{"number": 1, "category": "2016", "row": 0, "items": [item, …]}],
     "spans": [{"number": 3, "label": "Border closed", "from": 0.815, "to": 0.89}], "events_left": 2}
    """
    keys, flows = [category["key"] for category in figure["categories"]], _flows(figure)
    joined = _joined(item for item in items if item["flow"] in flows)
    placed = [(event_spans.first_place(keys, item["date"], item["until"]), item) for item in joined]
    placed = [(place, item) for place, item in placed if place is not None]
    events = _numbered(_markers(_heaviest(placed), ACROSS / max(len(keys), 1)), keys)
    return {
        "events": events,
        "spans": event_spans.of(events, keys, NEAREST / ACROSS),
        "events_left": len(placed) - sum(len(event["items"]) for event in events),
    }


def _flows(figure):
    """The flows that a figure draws; what touches both flows touches each."""
    drawn = {one["flow"] for one in figure["series"]}
    return {"to_dprk", "from_dprk", "both"} if drawn & {"both", "balance"} else drawn | {"both"}


def _touches(item, codes):
    """Whether an item is about any of the codes: [] are all goods; "27" meets "2701" and the other way round."""
    if not codes or (item["kind"] != "sanction" and not item["codes"]):
        return True
    return any(a.startswith(c) or c.startswith(a) for a in item["codes"] for c in codes)


def _within(provinces, place):
    """Whether an item is shown: on the page of all provinces each is, on a province's own page none on others."""
    return not provinces or not place or place in provinces


def _joined(items):
    """Make one of all that bears one date and label, such as the measures of a resolution."""
    alike = {}
    for item in items:
        alike.setdefault((item["date"], item["label"], item["url"] or item["text"]), []).append(item)
    return [_item(several) for several in alike.values()]


def _item(several):
    shown = {name: several[0][name] for name in ("date", "until", "when", "label", "url", "kind", "sources")}
    together = {"checked": all(item["checked"] for item in several), "weight": max(one["weight"] for one in several)}
    return shown | together | {"text": _sentence(several)}


def _sentence(several):
    """One text of several: "Full ban: coal. Cap: oil."; "" of none."""
    texts = dict.fromkeys(item["text"].rstrip(".") for item in several if item["text"])
    return ". ".join(texts) + "." if texts else ""


def _heaviest(placed):
    """As many items as a chart and a marker can hold, by their places: {18: [item, …]}; of equals the earlier."""
    held = {}
    for place, item in sorted(placed, key=lambda one: (-one[1]["weight"], one[1]["date"])):
        if sum(map(len, held.values())) < MOST and len(held.get(place, [])) < MOST_OF_ONE:
            held.setdefault(place, []).append(item)
    return {place: sorted(items, key=lambda item: item["date"]) for place, items in held.items()}


def _markers(held, step):
    """Give each place a marker, the heaviest first, in a row where it touches none, if there is one."""
    markers = []
    for place, items in sorted(held.items(), key=lambda one: (-max(item["weight"] for item in one[1]), one[0])):
        near = {marker.row for marker in markers if abs(marker.place - place) * step < NEAREST}
        free = [row for row in range(ROWS) if row not in near]
        markers += [Marker(place, row, items) for row in free[:1]]
    return sorted(markers, key=lambda marker: marker.place)


def _numbered(markers, keys):
    return [
        {"number": number, "category": keys[marker.place], "row": marker.row, "items": marker.items}
        for number, marker in enumerate(markers, start=1)
    ]
