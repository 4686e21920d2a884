"""Finds single values that make a hundredth of their total and doubled or halved against what was to be expected."""

import numpy as np
import pandas as pd

from trade.importing.checks import likelihoods, row_text
from trade.importing.checks.expected_values import COUNTS, Grid, nearer

SHARE = 0.009  # of the total of a direction and period, before or after: one per cent, a little rounded
TWICE = np.log(1.95)
# A new value is compared with a guess, of which the usual error is known: how far it must be off at least, and at most.
ERRORS, LEAST, MOST = 2.9, np.log(1.92), np.log(2)


def heavy(grid: Grid, explained: np.ndarray, names: row_text.Names) -> list[dict]:
    """Tell of single values far from what is published, or from what neighbours and the others suggest."""
    with np.errstate(invalid="ignore", over="ignore"):
        off = nearer(grid.said - grid.expected, grid.said - grid.by_nearest)
        far = np.where(np.isnan(grid.published), _far_for_new(grid), TWICE)
        weighs = np.fmax(grid.file, np.exp(grid.expected)) >= np.fmax(SHARE * _totals(grid), COUNTS)
        found = (np.abs(off) >= far) & weighs & grid.differs & ~explained
    if not found.any():
        return []
    rows = np.argwhere(found)
    rows = rows[np.argsort(-np.abs(off[found]), kind="stable")]
    listed = [_listed(grid, at, column, off[at, column], names) for at, column in rows[:5]]
    what = "at least twice or at most half of what is published or expected, and makes 1% of the total or more"
    return [row_text.warning("heavy", pd.Series(listed + [""] * (len(rows) - len(listed))), "value", what, listed)]


def _far_for_new(grid):
    """How far a new value must be off; infinitely, where too few names tell how much the whole grew."""
    far = np.clip(ERRORS * likelihoods.errors(grid), LEAST, MOST)
    for at, guess in grid.guesses.items():
        flow, year, _month = grid.periods[at]
        if year < grid.first_year(flow):  # guesses were tested of the newest years
            far[:, at] = MOST
        if np.isnan(guess.growth):
            far[:, at] = np.inf
    return far


def _totals(grid):
    """What is traded in all in each column: the file's values, and the published ones of names that it leaves out."""
    values = np.where(np.isnan(grid.file), grid.head, grid.file)
    return np.where(np.isnan(values), 0, values).sum(axis=0)


def _listed(grid, at, column, off, names):
    flow, year, month = grid.periods[column]
    times = f"× {np.exp(off):,.1f}" if off > 0 else f"÷ {np.exp(-off):,.1f}"
    beside = "published" if not np.isnan(grid.published[at, column]) else "expected"
    what = f"{names[grid.keys[at]]}, {row_text.flow(flow)} {row_text.written(year, month)}"
    return f"{what}: {grid.file[at, column]:,.0f} ({times} of what is {beside})"
