"""Finds single values that make a hundredth of their total and doubled or halved against what was to be expected."""

import numpy as np
import pandas as pd

from trade.importing.checks import row_text
from trade.importing.checks.expected_values import COUNTS, SMALL, Grid, nearer

SHARE = 0.009  # of the total of a direction and period, before or after: one per cent, a little rounded
SHARE_OF_NEW = 0.0065  # the same of new values: what a third of one should have been is only guessed
TWICE = np.log(1.95)
# A new value is compared with a guess, of which the usual error is known: how far it must be off at least, and at most.
ERRORS, LEAST, MOST = 3.6, np.log(1.9), np.log(2.1)
OLDER = np.log(2)  # the same of a year before the first published one: guesses are tested of the newest years


def heavy(grid: Grid, explained: np.ndarray, pairs: list[np.ndarray], names: row_text.Names) -> list[dict]:
    """Tell of single values far from what is published, or from what neighbours and the others suggest.

    Values that are `explained` are told of already; but of `pairs` that seem exchanged, one may be wrong by itself.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        off = nearer(grid.said - grid.expected, grid.said - grid.or_else)
        expected = np.exp(grid.said - off)
        share = np.where(np.isnan(grid.published), SHARE_OF_NEW, SHARE)
        weighs = np.fmax(grid.file, expected) >= np.fmax(share * _totals(grid), COUNTS)
        is_far = np.abs(off) >= _far(grid)
        found = is_far & weighs & grid.differs & ~_without_lone(explained, pairs, is_far)
    if not found.any():
        return []
    rows = np.argwhere(found)
    rows = rows[np.argsort(-np.abs(off[found]), kind="stable")]
    listed = [_listed(grid, at, column, off[at, column], names) for at, column in rows[:5]]
    what = "a large part of the total (about 1% or more) and about double or half of what was expected, or further off"
    return [row_text.warning("heavy", pd.Series(listed + [""] * (len(rows) - len(listed))), "value", what, listed)]


def _without_lone(explained, pairs, is_far):
    """Leave out of what is explained the pairs of which one alone is far off."""
    lone = [pair for pair in pairs if (pair & is_far).sum() == 1]
    return explained & ~np.any(lone, axis=0) if lone else explained


def _far(grid):
    """How far a value must be off; infinitely, where too few names tell how much the whole grew."""
    new = np.clip(ERRORS * grid.usual_errors, LEAST, MOST)
    for at, guess in grid.guesses.items():
        if grid.is_older(at):
            new[:, at] = OLDER
        if np.isnan(guess.growth):
            new[:, at] = np.inf
    return np.where(np.isnan(grid.published), new, TWICE)


def _totals(grid):
    """What is traded in all in each column: the file's values, and the published ones of names that it leaves out."""
    values = np.where(np.isnan(grid.file), grid.head, grid.file)
    return np.where(np.isnan(values), 0, values).sum(axis=0)


def _listed(grid, at, column, off, names):
    flow, year, month = grid.periods[column]
    times = f"× {np.exp(off):,.1f}" if off > 0 else f"÷ {np.exp(-off):,.1f}"
    beside = np.exp(grid.said[at, column] - off) - SMALL
    word = "expected: about" if np.isnan(grid.published[at, column]) else "published:"
    what = f"{names[grid.keys[at]]}, {row_text.flow(flow)} {row_text.written(year, month)}"
    return f"{what}: {row_text.dollars(grid.file[at, column])} ({word} {row_text.dollars(max(beside, 0))}, {times})"
