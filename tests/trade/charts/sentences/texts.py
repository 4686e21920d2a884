"""Collects every text of a payload: title, sentence, notes of facts, and what tooltips and speech say of each point."""

from typing import NamedTuple


class Spoken(NamedTuple):
    """What is said of one drawn point, and of what it is said."""

    figure: dict
    flow: str
    member: str
    component: str  # "reported", "estimate", or "shown" for both together
    category: str
    point: dict


def points(payload: dict) -> list[Spoken]:
    """All points that a reader can point at or walk to, as static/js/walk.js reads them."""
    found = []
    for figure in payload["figures"]:
        if figure["kind"] == "bars":
            found += _bars(figure)
            continue
        for one in figure["series"]:
            for category, point in zip(figure["categories"], one["points"], strict=True):
                is_line = figure["kind"] == "line" and one["component"] == "estimate"
                component = (
                    "shown" if is_line or figure["kind"] == "tiles" else category.get("component", one["component"])
                )
                in_time = figure["kind"] in ("stacked", "line")
                member = one["member"] if in_time else category["key"].removesuffix("-estimate")
                found.append(Spoken(figure, one["flow"], member, component, category["key"], point))
    return found


def _bars(figure):
    """A bar speaks of its sum: value, share and rank of both components together."""
    flows = {one["flow"] for one in figure["series"]}
    flow = "both" if len(flows) > 1 else next(iter(flows), "")
    for category, total in zip(figure["categories"], figure["totals"], strict=True):
        yield Spoken(figure, flow, category["key"], "shown", category["key"], total | {"share": total["says"]})
