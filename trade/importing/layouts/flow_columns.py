"""Completes headers whose columns are exports, imports and their sum, or a value, of a period that stands elsewhere.

    China's trade with the DPRK, 2019                 Province   2019 Exports   2019 Imports   2020 Exports
    Province    Exports   Imports   Total             Liaoning   1              2              3
    Liaoning    1         2         3

The period is that of the title or of the name of the sheet (title_periods); or each header names its own.
"""

from typing import NamedTuple

from spreadsheets.sheet import BLANKS
from trade import time_period
from trade.importing import cell_values
from trade.importing.cell_values import Wrong
from trade.importing.layouts import both_directions, side_by_side
from trade.importing.layouts.header_cells import (
    DEEP,
    LONGEST,
    Aside,
    CompleteHeader,
    ReadHeaders,
    period,
    sound_period,
    year_of_total,
)
from trade.importing.layouts.side_by_side import whole
from trade.importing.texts import heading_words, period_values, title_periods
from trade.importing.texts.flow_words import TOTAL
from trade.importing.texts.period_values import Period
from trade.importing.texts.year_marks import MarkedPeriod

NAMES = {"province_code", "good_code", "code", "province", "good", "name"}
PERIODS = {"year", "month", "period"}


class Meaning(NamedTuple):
    """What the header of one column means: a flow or "" (that of the table), and its own period, if it names one."""

    flow: str
    period: Period | None = None


def complete_headers(grid: list, name: str) -> ReadHeaders:
    """Return the grid with such headers completed, and for each the sentence that says where its period stood."""
    assumed = {}
    for number, row in enumerate(grid[:DEEP]):
        if any(isinstance(cell, CompleteHeader) for cell in row):
            continue
        header = _of_own_periods(row)
        if not header and (meanings := _of_one_period(row, grid[number + 1 : number + 40])):
            if not (found := title_periods.find(grid, number, name)):
                continue
            header = _completed(row, meanings, found.period)
            if not isinstance(found.period, Wrong):
                assumed[number] = _sentence(found)
        if header:
            grid = [*grid[:number], header, *grid[number + 1 :]]
    return ReadHeaders(grid, assumed)


def _sentence(found):
    where = "the name of the sheet" if found.is_sheet_name else f"the title “{found.text[:80]}”"
    mark = f" ({found.period.mark.meaning})" if isinstance(found.period, MarkedPeriod) else ""
    return f"the values were read as those of {time_period.written(*found.period)}{mark}, as {where} says"


def _completed(row, meanings, shared=None):
    header = list(row)
    for column, cell in enumerate(row):
        if column in meanings:
            flow, own_period = meanings[column]
            header[column] = CompleteHeader(whole(cell), _joined(own_period, shared), flow)
        elif side_by_side.kind(cell) == side_by_side.ASIDE:
            header[column] = Aside(cell)
    return header


def _joined(own_period, shared):
    """Give a bare month the year that is shared."""
    if own_period is None or isinstance(shared, Wrong):
        return shared
    if own_period.year is not None:
        return own_period
    if shared.month in (0, own_period.month):
        return Period(shared.year, own_period.month)
    found, advice = f"month {own_period.month} below {time_period.written(*shared)}", "Correct the title or the header."
    return Wrong("month", found, "one month", advice)


# --- one period for all columns ------------------------------------------------------------------------------------


def _of_one_period(row, below):
    """Find the columns of a header that names flows or values and no period: {1: Meaning("exports"), …}."""
    texts = {column: cell for column, cell in enumerate(row) if cell not in BLANKS and cell_values.text(cell)}
    if not texts or any(not isinstance(cell, str) or len(cell) > LONGEST for cell in texts.values()):
        return {}
    if any(period(cell) is not None for cell in texts.values()):
        return {}
    meanings = {column: meaning for column, cell in texts.items() if (meaning := _meaning(cell))}
    meanings = meanings or _month_beside_its_sum(texts)
    before = [cell for column, cell in texts.items() if column < min(meanings, default=0)]
    roles = {heading_words.column(cell).role for column, cell in texts.items() if column not in meanings}
    flows = [meaning.flow for meaning in meanings.values()]
    if not meanings or min(meanings) == 0 or roles & PERIODS or len(set(flows)) < len(flows):
        return {}
    names_keys = any(heading_words.column(cell).role in NAMES for cell in before)
    return meanings if (names_keys or len(meanings) > 1) and _has_numbers(below, meanings) else {}


def _meaning(cell):
    if isinstance(cell, Aside):
        return None
    month = getattr(cell, "month", 0)
    if flow := both_directions.flow_of_header(cell):
        return Meaning(flow, Period(None, month) if month else None)
    if side_by_side.kind(cell) == side_by_side.KEPT or heading_words.column(cell).role == "reported":
        return Meaning("")
    return None


def _month_beside_its_sum(texts):
    """Find the one month beside the sum since January, whose year stands elsewhere: "3月", "1-3月"."""
    has_sum = any(side_by_side.is_cumulative(cell) for cell in texts.values())
    months = {column: period_values.month(cell) for column, cell in texts.items() if not cell.strip().isdigit()}
    months = {column: month for column, month in months.items() if not isinstance(month, Wrong)}
    return {column: Meaning("", Period(None, month)) for column, month in months.items()} if has_sum else {}


def _has_numbers(below, columns):
    cells = [row[column] for row in below for column in columns if column < len(row)]
    return any(any(map(str.isdigit, cell_values.text(cell))) for cell in cells)


# --- a period in each header ---------------------------------------------------------------------------------------


def _of_own_periods(row):
    """Complete a header whose cells name a period and a flow (or a measure) each: "2019年出口", "2024年3月 当月"."""
    meanings, asides = {}, {}
    for column, cell in enumerate(row):
        if not isinstance(cell, str) or isinstance(cell, Aside) or len(cell) > LONGEST or sound_period(cell):
            continue
        named = title_periods.named(cell)
        if len(named.periods) != 1 or not named.rest:
            continue
        [own_period] = named.periods
        if side_by_side.kind(named.rest) == side_by_side.ASIDE and not _is_part(named, row):
            asides[column] = Aside(cell)
        elif not isinstance(own_period, Wrong) and (meaning := _meaning(named.rest)):
            meanings[column] = meaning._replace(period=own_period)
    directions = {meaning.period for meaning in meanings.values() if meaning.flow not in ("", TOTAL)}
    meanings = {i: one for i, one in meanings.items() if one.period in directions or not year_of_total(row[i])}
    periods = [column for column, cell in enumerate(row) if sound_period(cell)]
    enough = len(meanings) > 1 or (meanings and (asides or periods or _names_keys(row[: min(meanings)])))
    if not enough and not (asides and periods):
        return None
    return [asides.get(column, cell) for column, cell in enumerate(_completed(row, meanings))]


def _is_part(named, row):
    """Tell a sum over part of a year that no month stands beside: it is refused, not passed over."""
    beside = [period for cell in row if isinstance(cell, str) for period in title_periods.named(cell).periods]
    months = [period for period in beside if not isinstance(period, Wrong) and period.month]
    return side_by_side.is_cumulative(named.rest) and not months


def _names_keys(before):
    return any(isinstance(cell, str) and heading_words.column(cell).role in NAMES for cell in before)
