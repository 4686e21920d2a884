"""Puts together what is told of values that are unlikely where they stand, each of them under one name if it can be.

In this order: a wrong unit of many values, values that moved, leaps of single values, doubled or halved ones. Of two
exchanged values of which one alone is far off, both are told: that they were exchanged, and that the one is far off.
"""

import numpy as np
import pandas as pd

from trade.importing.checks import row_text, scales
from trade.importing.checks.coarseness import coarse, unit_of
from trade.importing.checks.expected_values import grid
from trade.importing.checks.heavy_changes import heavy
from trade.importing.checks.moved_values import moved
from trade.importing.checks.outliers import CELL, leaps


def unlikely(
    table: pd.DataFrame, head: pd.DataFrame, new: pd.DataFrame, names: row_text.Names, unit: int | None
) -> list[dict]:
    """List the warnings of values that are unlikely: `new` are the rows that say something else than head."""
    laid = grid(table, head, unit or unit_of(table["value_usd"])) if len(new) else None
    if laid is None:
        return []
    texts, explained = scales.in_columns(laid, names)
    moves, in_moves, pairs = moved(laid.without(explained), names)
    explained |= in_moves
    more, in_rows = scales.in_rows(laid.without(explained), names)
    explained |= in_rows
    leaping, cells = leaps(table, head, new, names, _cells(laid, explained))
    units = scales.warnings(texts + more, int((explained & ~in_moves).sum()))
    doubled = heavy(laid, explained | _among(laid, cells), pairs, names)
    rounded = [] if units else coarse(table, head, unit)  # dollars times 1,000 are round too
    return [*units, *moves, *leaping, *doubled, *rounded]


def _cells(laid, marked):
    """The cells that are marked, as a frame."""
    found = [(laid.keys[at], *laid.periods[column]) for at, column in np.argwhere(marked)]
    return pd.DataFrame(found, columns=CELL).astype({"year": "Int32", "month": "Int32"})


def _among(laid, cells):
    """Mark the cells of a frame."""
    marked, rows = np.zeros(laid.file.shape, bool), {key: at for at, key in enumerate(laid.keys)}
    for key, *period in cells.itertuples(index=False):
        column = laid.column_of((period[0], int(period[1]), int(period[2])))
        if column is not None:
            marked[rows[key], column] = True
    return marked
