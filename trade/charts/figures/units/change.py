"""Measures members by their change from a year earlier: a year from the year before, a month from the same month.

What may be compared is what sentences compare (trade.charts.text.comparability): where figures are missing, where the
source breaks, in a part-year without its like, there is no change and the point says why.
"""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.figures import parts, points
from trade.charts.figures.points import UNIT
from trade.charts.figures.units.measures import Dollars
from trade.charts.schema import NumberText, Series
from trade.charts.text import comparability
from trade.charts.text.labels import OTHERS, Member


class Change(Dollars):
    """Per cent more or less than a year earlier; points are made so, not turned into it."""

    unit = "%"
    measure = "change"

    def title(self, title: str) -> str:
        """Name a figure, and what it is drawn in."""
        return _("%(title)s, change from a year earlier in per cent") % {"title": title}

    def caption(self, title: str) -> str:
        """Caption a table of changes as its figure is named."""
        return self.title(title)


def series(cells: Cells, member: Member) -> Series:
    """The changes of a member: {"value": −7.6, "text": "−7.6%", "share": "US$2.14 bn", "rank": "2024 includes …"}."""
    made = [_point(cells, member, period) for period in cells.periods]
    return parts.series(member.key, member, member.name, "shown", made, cells.flow)


def _point(cells, member, period):
    found, shown = comparability.with_period_before(cells, member.slugs, period), cells.value(member.slugs, period)
    made = points.point(shown, status=cells.shown_status(member.slugs, period))
    made |= {"value": None, "text": number_text.MISSING, "share": NumberText(number_text.usd(shown), shown, UNIT)}
    if shown is None:
        return made
    if reason := _why_not(found, cells, member):
        return made | {"status_text": reason}
    now, then = found.now.value, found.before.value
    percent = number_text.exact_percent(now - then, then)
    text = NumberText(number_text.signed_percent(now - then, then), percent, "%", str(found.earlier))
    return made | {"value": percent, "text": text, "rank": _rests_on(found, cells, member, period)}


def _is_remainder(cells, member):
    """Whether a member is what is left over; a whole is none for holding something that is not specified."""
    remainders = [cells.is_remainder(slug) for slug in member.slugs]
    return any(remainders) if member.key == OTHERS else all(remainders)


def _why_not(found, cells, member):
    """Why there is no change, "" where there is one."""
    if _is_remainder(cells, member):
        return _("not compared: its contents differ from period to period")
    if found.allowed:
        return ""
    reason = found.obstacle or _("nothing a year earlier")
    return _("not compared with %(when)s: %(obstacle)s") % {"when": found.when, "obstacle": reason}


def _rests_on(found, cells, member, period):
    """What a change rests on, beside it: reported values alone, what has figures in both, estimates."""
    words = [_("on reported values alone") if found.is_reported else ""]
    words.append(_("where both periods have a figure") if found.is_matched else "")
    words.append(comparability.qualified(cells, member.slugs, period, "") if not found.is_reported else "")
    return ", ".join(word for word in words if word)
