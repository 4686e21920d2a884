"""Reads single cells of the headers of wide tables: periods with a unit or a mark beside them, dates, totals of years.

What several cells say together is written into one of them, a CompleteHeader; what is known not to be read is an Aside.
"""

import re
from typing import NamedTuple

from spreadsheets.sheet import BLANKS, RAISED
from trade.importing import cell_values
from trade.importing.cell_values import Wrong
from trade.importing.texts import heading_words, money_units, period_values, year_marks
from trade.importing.texts.period_values import Period

UNIT_BESIDE = re.compile(r"(?P<period>[^(（]+?)\s*(?P<unit>[(（][^)）]*[)）])")
TOTAL_OF_YEAR = re.compile(
    rf"(?P<year>{period_values.YEAR}) ?[年년]? ?(?:totals?|合 ?计|合 ?計|总 ?计|總 ?計|합 ?계|총계|계)", re.IGNORECASE
)
YEAR_AND_RAISED_MARK = re.compile(rf"(?P<year>{period_values.YEAR})[\d*]{{1,2}}")
DEEP = 400  # rows in which headers are looked for
LONGEST = 120  # characters of the header of a column; what is longer is a title


class CompleteHeader(str):
    """The text of a header, with the period and the flow that it means; a year that each row says is None."""

    __slots__ = ("flow", "period")

    def __new__(cls, text, period, flow=""):
        header = super().__new__(cls, text)
        header.period, header.flow = period, flow
        return header


class Aside(str):
    """The text of the header of a column that is known and not read: a quantity, a cumulative value, a share."""

    __slots__ = ()


class ReadHeaders(NamedTuple):
    """A grid whose headers were completed, and what was assumed: {row of a header: sentence}."""

    grid: list
    assumed: dict[int, str]


def period(cell) -> Period | None | Wrong:
    """Read the header of a column: a period, beside which a unit or a mark may stand: "2015 (US$ m)" -> (2015, 0)."""
    if isinstance(cell, CompleteHeader):
        return cell.period
    if isinstance(cell, Aside):
        return None
    if isinstance(cell, str) and (month := getattr(cell, "month", 0)):  # a year, below which the month stands
        year = sound_period(str(cell))
        return year and year_marks.with_mark(Period(year.year, year.month or month), year)
    if marked := year_marks.period(cell):
        return marked
    if isinstance(cell, str) and (match := UNIT_BESIDE.fullmatch(" ".join(cell.split()))):
        units = money_units.units([match["unit"]])
        if not (units.dollars or units.loose or units.other):
            return period_values.period(cell)
        return year_marks.period(match["period"]) or period_values.period(match["period"])
    return period_values.period(cell)


def sound_period(cell) -> Period | None:
    """Read a period that can be stored; None where the cell is none."""
    read = period(cell)
    return None if isinstance(read, Wrong) else read


def year_of_total(cell) -> int | None:
    """Find the year that the total in a header is of: "2025 total" -> 2025; "Total" -> None."""
    match = TOTAL_OF_YEAR.fullmatch(" ".join(cell_values.text(cell).split()))
    return int(match["year"]) if match else None


def complete(grid: list, traps: dict) -> ReadHeaders:
    """Complete headers of dates, and of years with a raised mark."""
    assumed = {}
    for (number, column), trap in traps.items():
        if trap.endswith(RAISED) and number < min(DEEP, len(grid)):
            grid = _without_raised_mark(grid, number, column)
    for number, row in enumerate(grid[:DEEP]):
        if periods := _periods_of_dates(row):
            assumed[number] = _sentence_on_dates(periods)
            grid = [*grid[:number], _with(row, _headers(row, periods)), *grid[number + 1 :]]
    return ReadHeaders(grid, assumed)


def _headers(row, periods):
    return {column: CompleteHeader(_shown(row[column]), period) for column, period in periods.items()}


def _with(row, headers):
    return [headers.get(column, cell) for column, cell in enumerate(row)]


def _without_raised_mark(grid, number, column):
    """Read "2019" with a small raised 2 behind it, which a library gives as "20192"."""
    row = grid[number]
    match = YEAR_AND_RAISED_MARK.fullmatch(str(row[column])) if column < len(row) else None
    if not match:
        return grid
    header = CompleteHeader(row[column], year_marks.noted(int(match["year"]), row[column][4:]))
    return [*grid[:number], _with(row, {column: header}), *grid[number + 1 :]]


# --- dates ---------------------------------------------------------------------------------------------------------


def _periods_of_dates(row):
    """Tell by all dates of a header what each means: years, if all begin (or end) different ones; months likewise.

    One date alone may be either: {}.
    """
    days = {column: day for column, cell in enumerate(row) if (day := period_values.day(cell))}
    if len(days) < 2 or len(set(days.values())) < len(days) or not _begins_a_header(row[: min(days)], row, days):
        return {}
    meaning = period_values.of_dates(set(days.values()))
    if not meaning:
        return {}
    return {column: Period(day.year, 0 if meaning == "years" else day.month) for column, day in days.items()}


def _begins_a_header(before, row, days):
    """Tell a header of dates from a row of values that are formatted as dates: no name of a place stands before it."""
    texts = [cell for cell in before if cell not in BLANKS and cell_values.text(cell)]
    numbers = [cell for column, cell in enumerate(row) if column not in days and isinstance(cell, (int, float))]
    return not numbers and (
        not texts or any(heading_words.column(cell).role for cell in texts if isinstance(cell, str))
    )


def _shown(cell):
    return cell_values.text(cell).removesuffix(" 00:00:00")


def _sentence_on_dates(periods):
    what = "months" if any(period.month for period in periods.values()) else "years"
    return f"the dates in the header were read as {what}"


# --- sums among months ---------------------------------------------------------------------------------------------


def _totals_as_years(row):
    """Read "2019 total" as the year where nothing in its row is a month, or that year as such."""
    totals = {
        column: year for column, cell in enumerate(row) if isinstance(cell, str) and (year := year_of_total(cell))
    }
    if not totals:
        return {}
    others = [sound_period(cell) for column, cell in enumerate(row) if column not in totals and cell not in BLANKS]
    months = [cell for cell in row if cell_values.text(cell) and not isinstance(period_values.month(cell), Wrong)]
    if any(period and (period.month or period.year in totals.values()) for period in others) or any(months):
        return {}
    return {column: Period(year, 0) for column, year in totals.items()}


SINCE_JANUARY = re.compile(
    rf"(?P<year>{period_values.YEAR})?[ 年년,(-]*(?:0?1|jan[a-z]*\.?) ?[月월]?份? ?{period_values.TO} ?"
    rf"(?:(?P<last>\d{{1,2}}) ?[月월]|(?P<name>{period_values.MONTH}))\D*"
    rf"(?P<year_behind>{period_values.YEAR})?\D*",
    re.IGNORECASE,
)


def tell_sums(grid: list) -> list:
    """Return the grid with sums told: "2024年1-3月" beside months is an Aside, "2019 total" alone is a year."""
    for number, row in enumerate(grid[:DEEP]):
        months = {period for cell in row if (period := sound_period(cell)) and period.month}
        told = {i: Aside(cell_values.text(cell)) for i, cell in enumerate(row) if months and _is_summed(cell, months)}
        if told := told or _headers(row, _totals_as_years(row)):
            grid = [*grid[:number], _with(row, told), *grid[number + 1 :]]
    return grid


def _is_summed(cell, months):
    """Tell "2024年1-3月" beside March 2024, and "2024年1-12月" beside any of its months."""
    is_text = isinstance(cell, str) and not isinstance(cell, CompleteHeader)
    match = SINCE_JANUARY.fullmatch(" ".join(cell_values.text(cell).split())) if is_text else None
    if not match:
        return False
    last = int(match["last"] or period_values.MONTHS.index(match["name"][:3].lower()) + 1)
    year = match["year"] or match["year_behind"]
    of_year = [period.month for period in months if year in (None, str(period.year))]
    return bool(of_year) and (last == 12 or last in of_year)
