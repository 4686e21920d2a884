"""How well a value fits where it stands, and what would explain a block of values better: logarithms of likelihoods."""

import numpy as np

from trade.importing.checks.expected_values import Grid, nearer

EXACT = 0.0005  # a value that was not revised
REVISED = 0.1
ANYTHING = 1 / 12  # the density of a value that may be anything
MOST_FOR_ONE = 12.0  # that one value can count for or against an explanation
FITS_NOWHERE = np.log(0.012)
VAGUE = 1.2  # the error of a guess that leaves out how much the whole grew


def of_published(said, source, rounding=0.0):
    """How well values fit published ones: most are the same, some revised, a few anything."""
    far = said - source
    exact, revised = _normal(far, np.fmax(EXACT, rounding)), _normal(far, REVISED)
    return np.log(0.6 * exact + 0.3 * revised + 0.1 * ANYTHING)


def of_same(said, source, rounding=0.0):
    """How well values fit published ones that were not revised."""
    return np.log(0.9 * _normal(said - source, np.fmax(EXACT, rounding)) + 0.1 * ANYTHING)


def of_guess(said, guess, error):
    """How well values fit a guess whose usual error is known."""
    return np.log(0.9 * _normal(said - guess, error) + 0.1 * ANYTHING)


def of_two_guesses(said, guess, other, error):
    """How well values fit one of two guesses."""
    return of_guess(nearer(said - guess, said - other), 0, error)


def as_they_stand(grid: Grid):
    """How well each value fits its own place; NaN where nothing is expected there."""
    guessed = of_two_guesses(grid.said, grid.expected, grid.or_else, grid.usual_errors)
    return np.where(np.isnan(grid.published), guessed, of_published(grid.said, grid.published, rounding(grid)))


def rounding(grid: Grid, unit=None):
    """By how much, in logarithms, the unit of a file changes each of its values."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(grid.file > 0, (unit or grid.unit) / 2 / grid.file, 0) if (unit or grid.unit) > 1 else 0.0


def better(fit, own):
    """By how much each value fits elsewhere better; nothing where nothing is known, and less where it fits nowhere."""
    gains = np.clip(fit - own, -MOST_FOR_ONE, MOST_FOR_ONE)
    gains = np.where((fit < FITS_NOWHERE) & (gains > -1), -1, gains)
    return np.where(np.isnan(gains), 0, gains)


def best_block(gains) -> tuple[float, slice]:
    """Find the consecutive numbers with the largest sum: [-1, 3, 2, -9] -> (5, slice(1, 3))."""
    best, where, total, start = 0.0, slice(0, 0), 0.0, 0
    for at, gain in enumerate(gains):
        if total <= 0:
            total, start = 0.0, at
        total += gain
        if total > best:
            best, where = total, slice(start, at + 1)
    return best, where


def _normal(far, error):
    return np.exp(-0.5 * np.square(far / error)) / (error * 2.5066)
