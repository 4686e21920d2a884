"""Says of each column of a wide table that is neither of names nor of a period what it is: a total, passed over, wrong.

A column of numbers whose header is not understood is a fault: it may be a year, and skipping it would lose the year.
"""

from dataclasses import dataclass, field

from spreadsheets.sheet import BLANKS, letters
from trade.importing import cell_values
from trade.importing.cell_values import Wrong
from trade.importing.layouts import row_labels
from trade.importing.layouts.header_cells import Aside, year_of_total
from trade.importing.layouts.wide_header import KEY_ROLES, WideTable, is_number
from trade.importing.texts import heading_words, period_values, year_marks

SIDE_ROLES = (*KEY_ROLES, "flow", "unit", "note", "ignored")  # of columns that may stand beside the values
# Columns that split a name's values into several rows, which a wide table has no place for.
SPLITS = ("year", "month", "period", "status", "component", "reported", "estimate", "quantity")


@dataclass
class OtherColumns:
    """The columns of a table that hold no values: totals by column (with their year or None), unread, wrong, names."""

    totals: dict[int, int | None] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    wrong: dict[int, Wrong] = field(default_factory=dict)
    trapped: set[int] = field(default_factory=set)  # those whose header holds a formula without a value
    names: list[int] = field(default_factory=list)  # those in which names or codes may stand


def of(table: WideTable, side: set[int]) -> OtherColumns:
    """Look at every column of a table but those of periods, of sums of both directions, and the `side` ones."""
    found = OtherColumns()
    body = table.grid[table.row + 1 : table.end]
    for column in range(table.left, table.right):
        if column in table.periods or column in table.sums or column in side:
            continue
        filled = [row[column] for row in body if column < len(row) and row[column] not in BLANKS]
        if _is_of_names(table, column, filled):
            found.names.append(column)
        if column != table.key:
            _tell(found, table, column, filled)
    return found


def _is_of_names(table, column, filled):
    """Tell a column in which names may stand from one of ranks, shares or running numbers."""
    header = table.cell_of_header(column)
    if isinstance(header, Aside) or row_labels.stands_aside(header):
        return False
    return column == table.key or not (row_labels.are_shares(filled) or row_labels.are_ranks(filled))


def _tell(found, table, column, filled):
    header = table.header(column)
    place = (column, table.row) if table.turned else (table.row, column)
    if place in table.sheet.traps and filled:
        found.trapped.add(place)
    elif (row_labels.is_total(header) or year_of_total(header)) and not table.flows:
        found.totals[column] = year_of_total(header)
    elif name := _name_of_unread(table, column, filled):
        found.unread.append(name)
    elif filled and (heading_words.column(header).role in SPLITS or _are_codes_of_parties(header, filled)):
        found.wrong[column] = _splitting_column(header)
    elif heading_words.column(header).role in SIDE_ROLES or row_labels.stands_aside(header):
        return
    elif any(is_number(cell) for cell in filled) and not row_labels.is_total(header):
        found.wrong[column] = _not_a_period(header)
    elif filled or header and row_labels.is_total(header):
        found.unread.append(header)


def _name_of_unread(table, column, filled):
    """Name a column that is known not to be of values: a rank, a share, an Aside; "" where it is none of these."""
    header = table.header(column)
    is_key = heading_words.column(header).role in KEY_ROLES
    if isinstance(table.cell_of_header(column), Aside) or (filled and row_labels.stands_aside(header)):
        return header
    if row_labels.are_shares(filled) and not is_key:
        return header or f"column {letters(column)} (shares)"
    if not header and column < table.first and row_labels.are_ranks(filled):
        return f"column {letters(column)} (running numbers)"
    return ""


def _are_codes_of_parties(header, filled):
    """Tell a column of partners or reporters by number; one of names is looked at with the columns not read."""
    is_of_parties = heading_words.column(header).role in ("partner", "reporter")
    return is_of_parties and any(is_number(cell) for cell in filled)


def _splitting_column(header):
    advice = (
        "Arrange the data with one row per value (a long table), or remove the column and the breakdown it contains."
    )
    return Wrong("layout", header, "names in rows and years or months in columns", advice)


def _not_a_period(header):
    advice = "Enter a year (2016) or a month (2016-03) above the values, or remove the column."
    if heading_words.other_values(header) == "an estimate":
        advice = (
            "Estimates are kept apart from reported values: put them in a column “estimate_usd” of a table with one "
            "row per value, or remove the column."
        )
    elif mark := year_marks.unknown(header):
        advice = (
            f"The mark “{mark}” behind the year is in the way, and what it means is not known. Enter the year alone; a "
            "column “status” in a table with one row per value can say more."
        )
    return Wrong("header", cell_values.text(header) or "a blank cell above numbers", period_values.A_PERIOD, advice)
