"""Who published a figure of a total, and how finely: what it can be compared with, and what may be said of it."""

from django.utils.translation import gettext as _

from trade.charts.cube_reader import Cells, sides_of
from trade.charts.text.labels import listed


def of(cells: Cells, period) -> list[tuple]:
    """The publisher and precision of each flow behind a value: [("KITA", 10000, ""), …]; [] where no file names any.

    The third is what the editors noted of a break.
    """
    flows = [side.flow for side in sides_of(cells)]
    known, key = cells.cube.get("origins", {}), str(period)
    found = [tuple(known[flow][key]) for flow in flows if key in known.get(flow, {})]
    if len(found) < len(flows) and key in known.get("total", {}):
        return [tuple(known["total"][key])]
    return found


def precision(cells: Cells, period) -> int:
    """The unit to which a value is known, in US$: the coarsest of its parts; 0 where nothing is said."""
    return max((unit or 0 for _publisher, unit, _note in of(cells, period)), default=0)


def uncertainty(cells: Cells, period) -> int:
    """By how much a value may be off, as finely as it was printed, in US$: what its parts may be off, added up."""
    return sum(unit or 0 for _publisher, unit, _note in of(cells, period))


def publishers(cells: Cells, period) -> list[str]:
    """Name who published a value, each once: ["KITA (growth rates)", "CRS (deficit)"]."""
    credits = [credit for publisher, _unit, _note in of(cells, period) for credit in publisher.split(";")]
    return list(dict.fromkeys(filter(None, map(str.strip, credits))))


def compared(cells: Cells, period, before) -> str:
    """Say who published what a sentence compares, where that changed: "Source for 2012: …"; else ""."""
    now, then = publishers(cells, period), publishers(cells, before)
    if not now or not then or now == then:
        return ""
    words = {"period": period, "now": listed(now), "before": before, "then": listed(then)}
    return _("Source for %(period)s: %(now)s. Source for %(before)s: %(then)s.") % words


def reason_of_break(cells: Cells, period) -> str:
    """What the editors noted of a break in the series: "from January 2014 Chinese returns hold no crude oil", or ""."""
    return next((note.rstrip(".") for *_others, note in of(cells, period) if note), "")
