"""Finds a file, columns or rows that are a thousand or ten thousand times too large or too small: a wrong unit."""

import numpy as np

from trade.importing.checks import likelihoods, row_text
from trade.importing.checks.expected_values import COUNTS, Grid, logarithm

POWERS = (3, 4, 6, -3, -4, -6)
ENOUGH = 6.0
FEWEST = 2  # values; one alone is a leap
MOST_OF = 0.7  # the share of the values that differ, in what is said to be in another unit


def in_columns(grid: Grid, names: row_text.Names) -> tuple[list[str], np.ndarray]:
    """Find a whole file or columns in another unit: (what to say of each, the cells that are explained)."""
    return _scaled(grid, names, (_whole, _columns))


def in_rows(grid: Grid, names: row_text.Names) -> tuple[list[str], np.ndarray]:
    """Find names whose values are in another unit in every period of a direction."""
    return _scaled(grid, names, (_rows,))


def warnings(texts: list[str], size: int) -> list[dict]:
    """Make the one warning of all that is in another unit."""
    text = f"{row_text.listed(texts)}. Is the unit another one (thousands, 万)?"
    return [{"key": "scale", "text": text, "rows": size}] if texts else []


def _scaled(grid, names, finders):
    explained, texts = np.zeros(grid.file.shape, bool), []
    gains = {power: _gains(grid, power) for power in POWERS}
    for find in finders:
        for power, cells, what in find(grid, gains, explained, names):
            texts.append(f"{what}: {cells.sum():,} values are about {_times(power)} what was expected")
            explained |= cells
    return texts, explained


def _gains(grid, power):
    """By how much each value fits better, divided by a power of ten."""
    factor = 10.0**power
    values = logarithm(grid.file / factor)
    close = likelihoods.rounding(grid, max(grid.unit, 1 / factor)) if factor < 1 or grid.unit > 1 else 0.0
    close = np.minimum(np.broadcast_to(close, values.shape), 0.3)
    gains = likelihoods.of_published(values, grid.published, close) - likelihoods.of_published(
        grid.said, grid.published
    )
    for at, guess in grid.guesses.items():
        new = likelihoods.of_guess(values[:, at], guess.before, likelihoods.VAGUE)
        new -= likelihoods.of_guess(grid.said[:, at], guess.before, likelihoods.VAGUE)
        gains[:, at] = np.where(grid.is_new[:, at], new, gains[:, at])
    return np.clip(np.where(_counts(grid) & ~np.isnan(gains), gains, 0), -12, 12)


def _counts(grid):
    """Which values are large enough, as they stand or as they should be, to be compared."""
    should_be = grid.published.copy()
    for at, guess in grid.guesses.items():
        should_be[:, at] = np.where(grid.is_new[:, at], guess.before, should_be[:, at])
    return np.fmax(grid.file, np.exp(np.where(np.isnan(should_be), -9, should_be))) >= COUNTS


def _whole(grid, gains, explained, names):
    power, gain = _best({power: matrix.sum() for power, matrix in gains.items()})
    cells = gains[power] > 0
    if _is_enough(gain, cells, grid.differs & _counts(grid)):
        flows = {flow for flow, _, _ in grid.periods if flow}
        if cells.any(axis=0).sum() > 1 or len(flows) > 1:
            yield power, cells, "The file"


def _columns(grid, gains, explained, names):
    differing = grid.differs & _counts(grid)
    for at, (flow, year, month) in enumerate(grid.periods):
        part = ~explained[:, at]
        power, gain = _best({power: matrix[part, at].sum() for power, matrix in gains.items()})
        found = (gains[power][:, at] > 0) & part
        if _is_enough(gain, found, differing[:, at] & part):
            what = f"{row_text.written(year, month)}, {row_text.flow(flow)}"
            yield power, _cells(grid, (slice(None), at), found), what


def _rows(grid, gains, explained, names):
    """Look at each row by itself: a large dataset has thousands of them."""
    flows = {flow: np.array([of == flow for of, _, _ in grid.periods]) for flow, _, _ in grid.periods}
    differing = grid.differs & _counts(grid)
    for at in np.flatnonzero(grid.differs.any(axis=1)):
        for flow, of_flow in flows.items():
            part = ~explained[at] & of_flow
            power, gain = _best({power: matrix[at, part].sum() for power, matrix in gains.items()})
            found = (gains[power][at] > 0) & part
            if _is_enough(gain, found, differing[at] & part):
                yield power, _cells(grid, at, found), f"{names[grid.keys[at]]}, {row_text.flow(flow)}"


def _cells(grid, where, found):
    """Mark what was found in a row or a column, in a matrix of all cells."""
    cells = np.zeros(grid.file.shape, bool)
    cells[where] = found
    return cells


def _is_enough(gain, found, differing):
    return gain >= ENOUGH and found.sum() >= max(FEWEST, MOST_OF * differing.sum())


def _best(gains):
    power = max(gains, key=gains.get)
    return power, gains[power]


def _times(power):
    size = f"{10 ** abs(power):,}"
    return f"{size} times" if power > 0 else f"1/{size} of"
