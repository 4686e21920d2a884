"""More things than one can follow in one chart of lines: each is drawn in a small one, all on one scale."""

from django.utils.translation import gettext as _

from trade.charts.schema import Figure

MOST = 5  # lines that are compared in one chart


def of(figure: Figure, compared: tuple) -> Figure:
    """The figure as small charts, where more than five things are compared as lines; it stays one figure.

    Events are marked in charts with room for them alone.
    """
    members = {one["member"] for one in figure["series"]}
    if figure["kind"] != "line" or len(compared) <= MOST or not members <= set(compared) or len(members) <= MOST:
        return figure
    kept = {name: part for name, part in figure.items() if name not in ("events", "spans", "events_left")}
    return kept | {"multiples": True, "notes": [_("All charts have the same scale."), *figure["notes"]]}
