"""The same figure in another form: shares in place of dollars. Nothing is added up anew, so nothing can disagree."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.figures import tables

UNIT = "%"


def as_shares(figure: dict, cells: Cells, whole: Sequence, periods: Sequence) -> dict:
    """Turn every drawn value into its per cent of the whole of its flow, in the period of its category.

    A point's text becomes its share and its share the dollars: {"value": 52.37, "text": "52%", "share": "US$1.67 bn"}.
    """
    wholes = {side.flow: [side.value(whole, period) for period in periods] for side in sides(cells)}
    series = [one | {"points": list(map(_share, one["points"], wholes[one["flow"]]))} for one in figure["series"]]
    totals = list(map(_share, figure["totals"], wholes[cells.flow]))
    by_flow = {flow: list(map(_share, of, wholes[flow])) for flow, of in figure.get("flow_totals", {}).items()}
    title = _("%(title)s, in per cent") % {"title": figure["title"]}
    if figure["kind"] == "pie":
        totals = [point | {"share": point["part"]} for point in series[0]["points"]]  # what stands beside a slice
    made = figure | {"title": title, "unit": UNIT, "series": series, "totals": totals}
    if figure["kind"] in ("bars", "tiles", "pie"):
        return made
    table = tables.by_period(title, figure["categories"], series, totals, by_flow)
    return made | {"flow_totals": by_flow, "table": table}


def sides(cells: Cells) -> list:
    """A reading and, where it is of both flows, that of each."""
    return [cells, *getattr(cells, "sides", [])]


def _share(point, whole):
    if point["value"] is None or not whole:
        return point | {"value": None, "text": number_text.MISSING, "share": ""}
    value = round(100 * point["value"] / whole, 4)
    return point | {"value": value, "text": number_text.percent(point["value"], whole), "share": point["text"]}
