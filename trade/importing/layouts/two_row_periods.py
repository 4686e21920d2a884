"""Completes headers of months whose year stands in the row above, or only in a title.

People write "2016" once, above "Jan", "Feb" … or only in the title. Such a header becomes one row of whole periods
("2016-01"), before tables are looked for. Nothing is guessed: a month whose year is not plain stays as it is, and
is then no header.
"""

import re

from spreadsheets.sheet import BLANKS
from trade import time_period
from trade.importing import cell_values, heading_words, period_values
from trade.importing.cell_values import Wrong

YEAR = re.compile(r"(?<![\d–—-])(?:19|20)\d\d(?![\d–—-])")
ABOVE = 12  # rows above a header in which its title may stand


def complete_headers(grid: list, name: str) -> tuple[list, dict[int, str]]:
    """Return the grid with whole periods in its headers, and {row of a header: year} where only a title says it."""
    from_titles = {}
    for number, row in enumerate(grid[:400]):
        months = _months(row)
        if not months:
            continue
        years = _years_above(grid[number - 1], months) if number else {}
        if not years and (year := _year_of_titles(grid, number, name)):
            years, from_titles[number] = dict.fromkeys(months, year), str(year)
        if years and _is_sound(row, months, years):
            grid = _join_rows(grid, number, months, years, two_rows=number not in from_titles)
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
    years, year = {}, None
    for column in range(max(months) + 1):
        cell = row[column] if column < len(row) else ""
        if cell_values.text(cell):
            period = period_values.period(cell)
            year = period.year if period and not isinstance(period, Wrong) and not period.month else None
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
    return bool(steps) and set(steps) == {1}


def _join_rows(grid, number, months, years, two_rows):
    """Write the whole periods into the row of months, with what stood beside the years above."""
    header = list(grid[number])
    above = list(grid[number - 1]) if two_rows else []
    for column in range(max(len(header), len(above))):
        upper = above[column] if column < len(above) else ""
        if column in months:
            header[column] = time_period.written(years[column], months[column])
        elif two_rows and column < min(months) and cell_values.text(upper) and not cell_values.text(header[column]):
            header[column] = upper
        elif column < len(header) and heading_words.is_total(header[column]):
            header[column] = _total_of(column, years) + cell_values.text(header[column])
    changed = [*grid[:number], header, *grid[number + 1 :]]
    if two_rows:
        changed[number - 1] = [""] * len(above)
    return changed


def _total_of(column, years):
    """Say the year of a total among the months: the one that the month before it has."""
    before = [month for month in years if month < column]
    return f"{years[max(before)]} " if before else ""
