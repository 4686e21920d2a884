"""Measures series as an index: the value of one period is 100, so that growth can be compared whatever the size."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.figures.points import UNIT
from trade.charts.figures.units.measures import Dollars
from trade.charts.schema import NumberText, Point, Series
from trade.charts.text.labels import Member, label


class Index(Dollars):
    """Index numbers: {"value": 134.2, "text": "134", "share": "US$1.67 bn"}.

    Each member is measured by its own shown value in the base period. Where that is missing, nought, incomplete or of a
    part-year there is no index, which `notes` says.
    """

    unit = "index"
    measure = "index"

    def __init__(self, cells: Cells, members: Sequence[Member], base):
        self.base, self.of = base, label(cells, base)
        self.told = {"base": self.of}
        slugs = tuple(slug for member in members for slug in member.slugs)
        self._total = _base(cells, slugs, base)
        self._bases = {
            (side.flow, member.key): _base(side, member.slugs, base)
            for side in getattr(cells, "sides", [cells])
            for member in members
        }
        without = {key for (_flow, key), found in self._bases.items() if found is None}
        self._lacking = [member.name for member in members if member.key in without]

    def title(self, title: str) -> str:
        """Name a figure, and what is 100 in it."""
        return _("%(title)s, index (%(base)s = 100)") % {"title": title, "base": self.of}

    def caption(self, title: str) -> str:
        """Caption a table as its figure is named."""
        return self.title(title)

    def points(self, points: Sequence[Point], flow: str) -> list[Point]:
        """Measure the totals of all members."""
        return [_index(point, self._total) for point in points]

    def series(self, several: Sequence[Series]) -> list[Series]:
        """Measure the points of each series by the base of its member."""
        return [
            one | {"points": [_index(point, self._bases.get((one["flow"], one["member"]))) for point in one["points"]]}
            for one in several
        ]

    def notes(self) -> list[str]:
        """What 100 is, and of what there is no index."""
        yield _("Each line is 100 in %(base)s.") % {"base": self.of}
        if self._lacking:
            words = {"names": "; ".join(dict.fromkeys(self._lacking)), "base": self.of}
            yield _("No index for %(names)s: there is no complete figure for %(base)s, or it is zero.") % words


def _base(cells, slugs, base):
    if cells.part(base) or cells.gaps(slugs, base):
        return None
    return cells.value(slugs, base) or None


def _index(point, base):
    dollars = NumberText(point["text"], point["value"], UNIT)
    if point["value"] is None or not base:
        return point | {"value": None, "text": number_text.MISSING, "share": dollars}
    number = 100 * point["value"] / base
    text = NumberText(number_text.index(number), round(number, 4), "index")
    return point | {"value": round(number, 4), "text": text, "share": dollars}
