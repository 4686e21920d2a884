"""Completes headers of months whose year stands in the row above, or only in a title.

People write "2016" once, above "Jan", "Feb" … or only in the title. Such a header becomes one row of whole periods
("2016-01"), before tables are looked for. Nothing is guessed: a month whose year is not plain stays as it is, and
is then no header.
"""

import re

from spreadsheets.sheet import BLANKS
from trade import time_period
from trade.importing import cell_values
from trade.importing.cell_values import Wrong
from trade.importing.layouts.header_cells import Aside, CompleteHeader, sound_period
from trade.importing.layouts.row_labels import is_total
from trade.importing.layouts.side_by_side import whole
from trade.importing.texts import heading_words, period_values
from trade.importing.texts.period_values import Period
from trade.importing.texts.year_marks import with_mark

YEAR = re.compile(r"(?<![\d–—-])(?:19|20)\d\d(?![\d–—-])")
ABOVE = 12  # rows above a header in which its title may stand


def complete_headers(grid: list, name: str) -> tuple[list, dict[int, str]]:
    """Return the grid with whole periods in its headers, and {row of a header: year} where only a title says it."""
    from_titles = {}
    for number, row in enumerate(grid[:400]):
        months = _months(row)
        if not months:
            continue
        upper = next((place for place in (number - 1, number - 2) if place >= 0 and any(grid[place])), None)
        years = _years_above(grid[upper], months) if upper is not None else {}
        if not years and (year := _year_of_titles(grid, number, name)):
            years, from_titles[number] = dict.fromkeys(months, Period(year, 0)), str(year)
        if years and _is_sound(row, months, years):
            grid = _join_rows(grid, number, months, years, upper=None if number in from_titles else upper)
        else:
            from_titles.pop(number, None)
    return grid, from_titles


def _months(row):
    """Find the bare months in a row that can be a header: {2: 1, 3: 2} for January and February in columns C and D."""
    months = {}
    for column, cell in enumerate(row):
        if cell in BLANKS or isinstance(cell, bool):
            continue
        month = period_values.month(cell)
        if not isinstance(month, Wrong) and month:
            months[column] = month
    if len(months) < 2 or min(months) == 0:
        return {}
    before = [cell for cell in row[: min(months)] if cell_values.text(cell)]
    roles = [heading_words.column(cell).role if isinstance(cell, str) else "" for cell in before]
    # Beside a column of years the months are those of each row: two_row_flows completes them.
    return months if all(roles) and not {"year", "month", "period"} & set(roles) else {}


def _years_above(row, months):
    """Find the year that stands above each month, or left of that above blanks; {} unless every month has one."""
    years, year = {}, None  # the very Period of one label is that of all months below it
    for column in range(max(months) + 1):
        cell = row[column] if column < len(row) else ""
        if cell_values.text(cell):
            period = sound_period(cell)
            year = period if period and not period.month else None
        if column in months and year:
            years[column] = year
    return years if len(years) == len(months) else {}


def _year_of_titles(grid, number, name):
    """Find the one year that the titles above, or the name of the sheet, speak of; None of none or several."""
    above = [cell for row in grid[max(number - ABOVE, 0) : number] for cell in row if cell not in BLANKS]
    if any(isinstance(cell, (int, float)) for cell in above):
        return None
    years = {int(year) for text in [*map(cell_values.text, above), name] for year in YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def _is_sound(row, months, years):
    """Tell months from a row of small values: as bare numbers they follow each other within each year."""
    if any(isinstance(row[column], str) and not row[column].strip().isdigit() for column in months):
        return True
    ordered = sorted(months)
    steps = [months[b] - months[a] for a, b in zip(ordered, ordered[1:], strict=False) if years[a] == years[b]]
    return bool(steps) and {step % 12 for step in steps} == {1}


def _join_rows(grid, number, months, years, upper):
    """Write the whole periods into the row of months, with what stood beside the years above, in the row `upper`."""
    header = list(grid[number])
    above = [] if upper is None else list(grid[upper])
    turning = _first_turning_back(months, years)
    for column in range(max(len(header), len(above))):
        label = above[column] if column < len(above) else ""
        if column in months:
            period = with_mark(Period(years[column].year, months[column]), years[column])
            wrong = _turned_back(header[column], period) if column == turning else None
            shown = whole(header[column]) if wrong else _written(header[column], period)
            header[column] = CompleteHeader(shown, wrong or period)
        elif column < min(months) and cell_values.text(label) and not cell_values.text(header[column]):
            header[column] = label
        elif column < len(header) and is_total(header[column]) and not isinstance(header[column], Aside):
            header[column] = _total_of(column, years, cell_values.text(header[column]))
    changed = [*grid[:number], header, *grid[number + 1 :]]
    if upper is not None:
        changed[upper] = [""] * len(above)
    return changed


def _written(cell, period):
    """Write a period in place of a bare month, with the words of a row that was lifted: "2016-01 金额（千美元）"."""
    words = whole(cell).removeprefix(cell_values.text(cell)).strip()
    return f"{time_period.written(*period)} {words}".strip()


def _first_turning_back(months, years):
    """Find the first month that runs backwards under its year, as January after December; None where none does.

    Months that come again (those of the other flow) do not, nor do months that are all written newest first.
    """
    ordered = sorted(months)
    steps = [months[b] - months[a] for a, b in zip(ordered, ordered[1:], strict=False) if years[a] == years[b]]
    if len(steps) > 1 and set(steps) == {-1}:
        return None
    seen = set()
    for before, column in zip(ordered, ordered[1:], strict=False):
        seen = {*seen, months[before]} if years[before] == years[column] else set()
        if seen and months[column] < months[before] and months[column] not in seen:
            return column
    return None


def _turned_back(month, period):
    name = cell_values.text(month)
    found = f"{name} after later months, all under {period.year}"
    return Wrong("month", found, "months in order under their own year", f"Write the year above {name}.")


def _total_of(column, years, words):
    """Say the year of a total among the months: the one that the month before it has."""
    before = [month for month in years if month < column]
    year = str(years[max(before)].year) if before else ""
    if not year or year in words:
        return words
    is_year = period_values.period(f"{year} {words}") is not None  # "2019 全年" would be the year itself
    return f"{year} total" if is_year else f"{year} {words}"
