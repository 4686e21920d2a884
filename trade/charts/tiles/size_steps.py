"""Divides values by size into a few coloured steps with round ends: 10, 30, 100 … Pure numbers; no unit, no words.

The steps widen with the values, so that each tells an order of magnitude: of two values of one map that are more than
ten times apart, no step holds both. One scale serves all maps of a series, one a year, so that a colour means the same
in each. The lowest and the highest are open. Only where the values span more than there are colours, as about nought
they may, is the lowest wider.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import floor, log10
from typing import NamedTuple

MOST = 7  # colours of one direction, from the palest, 1, to the strongest
MOST_A_SIDE = 4  # where there are values below nought: four colours on either side
WIDEST = 10  # how many times its smallest value the largest one in a step may be
FINEST = (5, 2, 1)


class Step(NamedTuple):
    """One colour: sizes from `low` to below `high`, None where it is open; `number` is negative below nought."""

    number: int
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Scale:
    """The ends between the steps, ascending, and whether there are values below nought."""

    ends: tuple
    two_sided: bool = False

    def number(self, value: float | None) -> int | None:
        """The step of a value: 1 to 7 by size, negative below nought, 0 of nought, None of what is missing."""
        if not value:
            return value if value is None else 0
        size = _colour(bisect_right(self.ends, abs(value)), len(self.ends) + 1, self.two_sided)
        return size if value > 0 else -size

    def steps(self) -> list[Step]:
        """All steps in their order, without a hole: from the most negative, if there are such, to the largest."""
        bounds = list(zip((None, *self.ends), (*self.ends, None), strict=True))
        numbered = [Step(_colour(place, len(bounds), self.two_sided), *pair) for place, pair in enumerate(bounds)]
        below = [Step(-step.number, step.low, step.high) for step in reversed(numbered)] if self.two_sided else []
        return below + numbered


def scale(maps: Sequence[Sequence]) -> Scale:
    """Choose the steps for maps that are to be compared, each a list of values: scale([[57e6, 793e6, None, 0], …])."""
    values = [value for one in maps for value in one if value]
    if not values:
        return Scale(())
    two_sided = min(values) < 0
    sizes = [sorted(abs(value) for value in one if value) for one in maps]
    return Scale(_ends([one for one in sizes if one], MOST_A_SIDE if two_sided else MOST), two_sided)


def _ends(sizes, most):
    """The finest ends that make few enough steps; if none do, the uppermost of those ten times apart."""
    least, largest = min(one[0] for one in sizes), max(one[-1] for one in sizes)
    for ladder in _ladders(largest, most):
        ends = _above(least, ladder, most)
        if all(_is_narrow(one, ends) for one in sizes):
            return ends
    return ends


def _ladders(largest, most):
    """Ways to go down from the largest value: by 1, 2, 5; with ever fewer of the upper tens divided at 3; by tens."""
    top = floor(log10(largest))
    yield (_round(digit, power) for power in count(top, -1) for digit in FINEST if _round(digit, power) <= largest)
    for divided in range(most, -1, -1):
        yield _by_tens(top, divided, largest)


def _by_tens(top, divided, largest) -> Iterator[float]:
    for power in count(top, -1):
        digits = (3, 1) if top - power < divided else (1,)
        yield from (end for digit in digits if (end := _round(digit, power)) <= largest)


def _round(digit, power):
    """A digit before a power of ten, as exact as it is written: (3, -2) -> 0.03."""
    return digit * 10**power if power >= 0 else float(f"{digit}e{power}")


def _above(least, ladder, most):
    """The ends from a ladder that divide something, the uppermost if there are too many, ascending."""
    ends = []
    while len(ends) < most - 1 and (end := next(ladder)) > least:
        ends.append(end)
    return tuple(reversed(ends))


def _is_narrow(sizes, ends):
    """Whether the values of one map in the open lowest step are near each other; all other steps are narrow."""
    lowest = [size for size in sizes if not ends or size < ends[0]]
    return not lowest or lowest[-1] <= WIDEST * lowest[0]


def _colour(place, steps, two_sided):
    """The colour of a place among the steps: spread over all seven, or the strongest of the four of a side."""
    if two_sided:
        return 2 * (MOST_A_SIDE - steps + place) + 1
    return MOST if steps == 1 else 1 + floor((MOST - 1) * place / (steps - 1) + 0.5)
