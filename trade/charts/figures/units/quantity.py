"""Measures goods by how much of them was traded, and by what one unit of it came to: in tonnes, in US$ a tonne.

Both are of what is reported, which is what was weighed; estimates have no quantity. Goods in other units cannot be
added or compared, so those in the unit of most goods are drawn and a note names the rest. A value without a quantity is
a gap.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.figures import parts, points
from trade.charts.figures.points import UNIT
from trade.charts.figures.units.measures import Dollars
from trade.charts.schema import NumberText, Point, Series
from trade.charts.text.labels import Member, label

FAR = 3  # times the neighbouring years, or a third of them: a unit value so far off is an outlier
BESIDE = 2  # years on either side of which a unit value is told apart
NAMED = 6  # outliers named one by one


class Quantities(Dollars):
    """How much there was: {"value": 22480000.0, "text": "22.5 m t", "share": "US$1.06 bn", "rank": "US$47.2/t"}."""

    measure = "quantity"
    told = {"basis": ""}  # valued neither CIF nor FOB

    def __init__(self, cells: Cells, members: Sequence[Member]):
        units = {member.key: _unit(cells, member) for member in members}
        known = Counter(unit for unit in units.values() if unit)
        self.unit_name = known.most_common(1)[0][0] if known else ""
        self.drawn = [member for member in members if units[member.key] == self.unit_name != ""]
        self._left = [member.name for member in members if member not in self.drawn]
        self._outliers = []
        self.unit = self.unit_name

    def title(self, title: str) -> str:
        """Name a figure, and its unit."""
        return _("%(title)s, quantity (%(unit)s)") % {"title": title, "unit": self.unit_name or _("not recorded")}

    def caption(self, title: str) -> str:
        """Caption a table as its figure is named."""
        return self.title(title)

    def made(self, cells: Cells) -> list[Series]:
        """One series a member that has quantities in the common unit."""
        made = []
        for member in self.drawn:
            drawn = self._marked(member, cells, [self._point(cells, member, period) for period in cells.periods])
            made.append(parts.series(member.key, member, member.name, "reported", drawn, cells.flow))
        return made

    def totals(self, cells: Cells, series: Sequence[Series]) -> list[Point]:
        """What all that is drawn came to; a good without a quantity is missing from it."""
        return [self._total([one["points"][place] for one in series]) for place in range(len(cells.periods))]

    def notes(self) -> list[str]:
        """What is not drawn, and which unit values lie far from the rest."""
        yield _("Quantities are of reported trade. A gap means that no quantity was recorded.")
        if self._left:
            words = {"names": "; ".join(self._left), "unit": self.unit_name or _("any unit")}
            yield _("Not drawn, because no quantity in %(unit)s is recorded: %(names)s.") % words
        if self._outliers:
            named = "; ".join(self._outliers[:NAMED]) + ("; …" if len(self._outliers) > NAMED else "")
            yield _("Unit values marked “!” are more than three times those of nearby years, or less than a third; "
                    "the quantity or the value may be wrong: %(named)s.") % {"named": named}  # fmt: skip

    def _point(self, cells, member, period):
        value, known = cells.reported(member.slugs, period), cells.quantity(member.key, period)
        made = points.point(None, status=cells.status(member.slugs, period))
        if value is None:
            return made
        dollars = NumberText(number_text.usd(value), value, UNIT)
        if known is None:
            return made | {"share": dollars, "status": "", "status_text": _("no quantity recorded")}
        each = number_text.unit_value(value, *known) if known.amount else ""
        made = points.point(known.amount, status=cells.status(member.slugs, period))
        return made | {"text": _amount(known.amount, known.unit), "share": dollars, "rank": each}

    def _marked(self, member, cells, made):
        return made

    def _total(self, drawn):
        known = [point["value"] for point in drawn if point["value"] is not None]
        lacking = sum(point["value"] is None and bool(point["share"]) for point in drawn)
        made = points.point(sum(known) if known else None, missing=lacking)
        return made | {"text": _amount(made["value"], self.unit_name)}


class UnitValues(Quantities):
    """What one unit came to: {"value": 47.2, "text": "US$47.2/t", "share": "22.5 m t", "rank": "US$1.06 bn"}."""

    measure = "unit_value"
    told = {}

    def __init__(self, cells: Cells, members: Sequence[Member]):
        super().__init__(cells, members)
        self.unit = f"US$/{self.unit_name}"

    def title(self, title: str) -> str:
        """Name a figure, and its unit."""
        return _("%(title)s, unit value (US$ per %(unit)s)") % {"title": title, "unit": self.unit_name or "?"}

    def totals(self, cells: Cells, series: Sequence[Series]) -> list[Point]:
        """Unit values do not add up."""
        return []

    def _point(self, cells, member, period):
        made, known = super()._point(cells, member, period), cells.quantity(member.key, period)
        if made["value"] is None or not known.amount:
            return made | {"value": None, "text": number_text.MISSING}
        value = cells.reported(member.slugs, period)
        facts = {"text": made["rank"], "share": made["text"], "rank": made["share"]}
        return made | {"value": float(f"{value / known.amount:.6g}")} | facts

    def _marked(self, member, cells, made):
        """Mark what lies far from the years beside it."""
        marked = []
        for place, point in enumerate(made):
            near = made[max(0, place - BESIDE) : place] + made[place + 1 : place + 1 + BESIDE]
            beside = [one["value"] for one in near if one["value"]]
            if point["value"] and beside and not 1 / FAR <= point["value"] / median(beside) <= FAR:
                self._outliers.append(f"{member.name}, {label(cells, cells.periods[place])}, {point['text']}")
                words = "; ".join(text for text in (point["status_text"], _("far from those of nearby years")) if text)
                point = point | {"flag": "!", "status_text": words}
            marked.append(point)
        return marked


def _unit(cells, member):
    """The one unit of a member's quantities; "" where there are none, or several."""
    if not member.single:
        return ""
    units = {known.unit for period in cells.periods if (known := cells.quantity(member.key, period))}
    return units.pop() if len(units) == 1 else ""


def _amount(amount, unit):
    if amount is None:
        return number_text.MISSING
    return NumberText(f"{number_text.short(amount)}{number_text.SPACE}{unit}", amount, unit)
