"""The units in which figures are drawn: dollars, or per cent of a whole.

Points are made in dollars, once for all views that show them, and measured as a figure takes them in. Nothing is added
up anew, so that nothing can disagree.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.figures.points import UNIT
from trade.charts.schema import NumberText, Point, Series
from trade.charts.text import comparability


class Dollars:
    """US dollars: points as they are made."""

    unit = UNIT
    measure = "value"
    of = ""
    told: dict = {}  # what a figure in this unit is told besides

    def title(self, title: str) -> str:
        """Name a figure: dollars need no word."""
        return title

    def caption(self, title: str) -> str:
        """Caption a table of exact dollars."""
        return _("%(title)s, US$") % {"title": title}

    def points(self, points: Sequence[Point], flow: str) -> list[Point]:
        """Measure points of a flow, one a category."""
        return list(points)

    def series(self, several: Sequence[Series]) -> list[Series]:
        """Measure the points of each series."""
        return [one | {"points": self.points(one["points"], one["flow"])} for one in several]

    def notes(self) -> list[str]:
        """What has to be said below a figure in this unit: nothing of dollars."""
        return []


class Shares(Dollars):
    """Per cent of the whole of a point's flow, in the period of its category.

    A point's text becomes its share and its share the dollars: {"value": 52.37, "text": "52%", "share": "US$1.67 bn"}.
    """

    unit = "%"
    measure = "share"

    def __init__(self, cells: Cells, whole: Sequence, periods: Sequence, of: str):
        self.of = of
        self._wholes = {
            side.flow: [(side.value(whole, period), _qualifier(side, whole, period)) for period in periods]
            for side in _sides(cells)
        }

    def title(self, title: str) -> str:
        """Name a figure, and what it is drawn in."""
        return _("%(title)s, in per cent") % {"title": title}

    def caption(self, title: str) -> str:
        """Caption a table of shares as its figure is named."""
        return self.title(title)

    def points(self, points: Sequence[Point], flow: str) -> list[Point]:
        """Measure points of a flow, one a category."""
        return [_share(point, whole, self.of) for point, whole in zip(points, self._wholes[flow], strict=True)]


def measure(unit: str, cells: Cells, whole: Sequence, periods: Sequence, of: str) -> Dollars:
    """Measure in "usd", or in "share" of `whole`, which is called `of`; `periods` are those of the categories."""
    return Shares(cells, whole, periods, of) if unit == "share" else Dollars()


def _sides(cells):
    """A reading and, where it is of both flows, that of each."""
    return [cells, *getattr(cells, "sides", [])]


def _qualifier(cells, whole, period):
    """What the shares of a period rest on: ", estimates included"; said with a rank where there is one."""
    words = comparability.qualified(cells, tuple(whole), period, "")
    return f", {words}" if words else ""


def _share(point, of_period, of):
    whole, qualifier = of_period
    part = number_text.exact_percent(point["value"], whole)
    if part is None:
        return point | {"value": None, "text": number_text.MISSING, "share": NumberText("", point["value"], UNIT)}
    text = number_text.percent(point["value"], whole)
    words = point["text"] if point["rank"] else point["text"] + qualifier
    dollars = NumberText(words, point["value"], UNIT)
    made = point | {"value": part, "text": NumberText(text, part, "%", of), "share": dollars}
    return made | {"says": dollars} if "says" in point else made
