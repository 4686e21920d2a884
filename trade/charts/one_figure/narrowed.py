"""Narrows a view to one of its figures: the same numbers, under an address that names the figure.

A pie and a grid have no table of their own. By themselves they bear that of the ranking beside them, which holds what
they draw, so that their files have rows.
"""

from trade.charts.schema import Figure, Payload
from trade.charts.svg import frame_height
from trade.charts.text import view_links
from trade.charts.view_state import State

ADDRESSES = ("url", "json_url", "csv_url", "svg_url", "card_url")


def to(payload: Payload, figure: Figure, state: State | None) -> dict:
    """Narrow a payload to one of its figures; the front page has no state.

    It has the figure alone, its finding as title and sentence where the view's is another, and adds "whole_url", the
    way back to the whole view.
    """
    figures = payload["figures"]
    name = figure["id"]
    alone = payload | payload.get("findings", {}).get(name, {})
    alone |= {key: view_links.of_figure(payload[key], name) for key in ADDRESSES if key in payload}
    alone |= {"figures": [figure | {"table": _table(figure, figures)}], "whole_url": payload["url"]}
    return alone | {"share": view_links.of(alone, state, name) if state else _of_front_page(alone)}


def _table(figure, figures):
    """The figure's own table, or that of another figure that has a row for each of its parts."""
    parts = {category["key"] for category in figure["categories"]}
    others = [one["table"] for one in figures if one["kind"] == "bars" and one["table"]]
    return figure["table"] or next((table for table in others if _holds(table, parts)), None)


def _holds(table, parts):
    """Whether a table has a row for any of the parts."""
    return bool(parts & {row["key"] for row in table["rows"]})


def _of_front_page(payload):
    """The addresses of the front page's figure, which no release freezes."""
    files = {name: payload[name] for name in ("svg_url", "csv_url")}
    png = payload["svg_url"].replace(".svg", ".png")
    embed = f"/embed/home/{payload['url'].removeprefix('/')}"
    height = frame_height.of(payload["figures"][0])
    return {"live_url": payload["url"], "embed_url": embed, "embed_height": height, "png_url": png, **files}
