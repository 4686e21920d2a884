"""Completes headers of two rows, with flows above or below the periods, and months whose year each row names.

              2015             2016                      Exports        Imports            Province  Year  Jan  Feb
    Province  Exports Imports  Exports Imports           2015   2016    2015   2016        Liaoning  2015    1    2

Each header is given all that it says, before tables are looked for. Nothing is guessed: unless every label stands
above the first of its columns, and has the same columns as the others, headers stay as they are.
"""

from trade.importing import cell_values
from trade.importing.cell_values import Wrong
from trade.importing.layouts import both_directions
from trade.importing.layouts.header_cells import DEEP, LONGEST, CompleteHeader, period, sound_period
from trade.importing.layouts.side_by_side import whole
from trade.importing.texts import heading_words, period_values
from trade.importing.texts.period_values import Period


def complete_headers(grid: list) -> list:
    """Return the grid with every header of two rows as one row of CompleteHeaders, the row above it emptied."""
    for number, row in enumerate(grid[:DEEP]):
        months = _months_of_rows(row)
        if months:
            row = [months.get(column, cell) for column, cell in enumerate(row)]
            grid = [*grid[:number], row, *grid[number + 1 :]]
        upper = next((place for place in (number - 1, number - 2) if place >= 0 and any(grid[place])), None)
        if upper is not None and (meanings := _periods_and_flows(grid[upper], row)):
            header = _join_rows(grid[upper], row, meanings)
            grid = [*grid[:upper], [], *grid[upper + 1 : number], header, *grid[number + 1 :]]
    return grid


def _flow(cell):
    if not isinstance(cell, str) or len(cell) > LONGEST or period(cell) is not None:
        return None
    return both_directions.flow_of_header(cell)


def _direction(cell):
    flow = _flow(cell)
    return None if flow == both_directions.TOTAL else flow


# --- months across, beside a column of years ----------------------------------------------------------------------


def _months_of_rows(row):
    """Find the months in a header that has a column of years before them: {2: "Jan", 3: "Feb"}."""
    months = {column: period_values.month(cell) for column, cell in enumerate(row) if cell_values.text(cell)}
    months = {column: month for column, month in months.items() if not isinstance(month, Wrong) and month}
    if len(months) < 2 or any(isinstance(row[column], (int, float)) for column in months):
        return {}
    before = [heading_words.column(cell).role for cell in row[: min(months)] if isinstance(cell, str)]
    if before.count("year") + before.count("period") != 1 or "month" in before:
        return {}
    return {column: CompleteHeader(row[column], Period(None, month)) for column, month in months.items()}


# --- flows and periods above each other -----------------------------------------------------------------------------


def _periods_and_flows(above, row):
    """Find in two rows which columns are of which period and flow: {1: ((2015, 0), "to_dprk"), …}."""
    for read_flow in (_flow, _direction):  # with sums of both directions; or without, where these are not alike
        by_flow = _columns_by_label(above, row, read_flow, sound_period)
        if len(by_flow) > 1:
            return {column: (period, flow) for flow, columns in by_flow.items() for column, period in columns}
        by_period = _columns_by_label(above, row, sound_period, read_flow)
        if any(len(columns) > 1 for columns in by_period.values()):
            return {column: (period, flow) for period, columns in by_period.items() for column, flow in columns}
    return {}


def _columns_by_label(above, row, read_label, read_header):
    """Gather the columns below each label: {"to_dprk": [(1, (2015, 0)), …]}; {} unless all labels have the same."""
    groups, label = {}, None
    for column, cell in enumerate(row):
        if column < len(above) and cell_values.text(above[column]):
            label = read_label(above[column])
        if not (header := read_header(cell)):
            continue
        if not label:
            return {}
        groups.setdefault(label, []).append((column, header))
    first, *others = [[header for _column, header in columns] for columns in groups.values()] or [[]]
    are_alike = all(headers == first for headers in others) and len(set(first)) == len(first)
    return groups if are_alike else {}


def _join_rows(above, row, meanings):
    """Write what both rows say into the lower one: the texts of both, for a unit may stand in either."""
    header, label = list(row), ""
    for column in range(len(row)):
        upper = whole(above[column]) if column < len(above) else ""
        label = upper or label
        if column in meanings:
            header[column] = CompleteHeader(f"{label} {whole(row[column])}", *meanings[column])
        elif upper and not cell_values.text(row[column]):
            header[column] = upper
    return header
