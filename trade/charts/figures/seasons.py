"""Draws the months of several years over each other: a line a year, from January to December, the newest bold."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from trade import number_text, time_period
from trade.charts.cube_reader import Cells
from trade.charts.figures import footnotes, over_time, parts, points
from trade.charts.figures.units import change
from trade.charts.figures.units.change import Change
from trade.charts.figures.units.measures import Dollars
from trade.charts.schema import Figure
from trade.charts.text.labels import Member
from trade.number_text import period_label

MONTHS = range(1, 13)
COLOURS = 10  # years that have a colour of their own, the newest ones


def draw(cells: Cells, slugs: tuple, *, title: str, unit: str, link: Callable, current: str | None = None) -> Figure:
    """Draw what `slugs` came to together, reported and estimated, month by month; or its change from a year earlier.

    Each series is a year, {"key": "2025", "bold": True, …}, each category a month, {"key": "09", "label": "Sep"}.
    """
    measured = Change() if unit == "change" else Dollars()
    make = _change if unit == "change" else _shown
    made = dict(zip(cells.periods, make(cells, slugs), strict=True))
    years = sorted({period[:4] for period in cells.periods})
    series = [_year(cells, year, years, made, link) for year in years]
    categories = [_month(month) for month in MONTHS]
    words = {"title": title, "first": years[0], "last": years[-1]}
    figure = over_time.figure(
        title=_("%(title)s, %(first)s to %(last)s") % words if len(years) > 1 else title,
        kind="line",
        description=_("Lines from January to December, one a year. The table lists all values."),
        categories=categories,
        series=series,
        totals=[],
        notes=_notes(cells, slugs, series),
        measured=measured,
    )
    return figure | {"current": current and current[5:], "table": figure["table"] | {"rows_are": "months"}}


def _shown(cells, slugs):
    for period in cells.periods:
        value, status = cells.value(slugs, period), cells.shown_status(slugs, period)
        yield points.point(value, status=status, missing=cells.gaps(slugs, period))


def _change(cells, slugs):
    return change.series(cells, Member("all", "", 1, slugs))["points"]


def _year(cells, year, years, made, link):
    """A year's line; a month that the dataset does not have is a gap."""
    age = years[::-1].index(year)
    member = Member(year, year, age + 1 if age < COLOURS else 0, ())
    drawn = [_point(cells, made, time_period.written(int(year), month), link) for month in MONTHS]
    return parts.series(year, member, year, "shown", drawn, cells.flow) | {"bold": not age, "estimated": False}


def _point(cells, made, period, link):
    if period in made:
        return made[period] | {"url": link(period)}
    is_left_out = period in cells.periods_of_all
    return points.point(None) | ({"status_text": _("not among the months shown")} if is_left_out else {})


def _month(month):
    return {"key": f"{month:02d}", "label": number_text.months(month, month), "partial": False, "url": None,
            "break_before": False}  # fmt: skip


def _notes(cells, slugs, series):
    estimated = cells.estimates and any(cells.estimate(slugs, period) is not None for period in cells.periods)
    broken = [period for period in cells.periods if cells.breaks(slugs, period)]
    return footnotes.all_of(
        _("The thick line is the newest year."),
        _("Estimates are included.") if estimated else "",
        footnotes.breaks([{"label": period_label(one), "break_before": True} for one in broken]),
        footnotes.letters([point for one in series for point in one["points"]]),
    )
