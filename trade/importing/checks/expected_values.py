"""What a value of a file should be about, by what is published: the published value, or one worked out of neighbours.

A grid lays a file's reported values (rows are names, columns are flow, year and month) over what is expected there, in
logarithms: of a value that is published already the published one, which a revision changes little; of a new one the
median of what the nearest three periods suggest, each moved by what all names together grew by since. How far such a
guess is usually off is measured by guessing what is published already.
"""

import warnings
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

SMALL = 1_000  # US$, added to each value: below this, differences are of no interest
COUNTS = 100_000  # US$: smaller values say nothing of how the whole grew
NEAREST = 3  # periods that a guess is made of
PEERS = 4  # names, below which the growth of the whole cannot be told
TESTED = 6  # periods by which guesses are tested
USUAL = 0.3  # the error of a guess where none can be tested, and the least of one of older years
LEAST, MOST = 0.08, 0.9
FOR_NEAREST, FOR_MIDDLE = 1, 4  # by how much a column must keep to one guess better: levels mostly last
AS_VALUES = 8  # of a column, as much as which its earlier errors count


@dataclass
class Grid:
    """The values of a file and of head beside each other: matrices of len(keys) × len(periods), NaN for no value."""

    keys: list
    periods: list  # (flow, year, month)
    file: np.ndarray
    head: np.ndarray
    rows: np.ndarray  # of the file, in which a value stands
    unit: int = 1  # to which the file is rounded

    @cached_property
    def said(self):
        return logarithm(self.file)

    @cached_property
    def published(self):
        return logarithm(self.head)

    @cached_property
    def known(self):
        """What is published, and where nothing is, what the file says."""
        return np.where(np.isnan(self.published), self.said, self.published)

    @cached_property
    def is_new(self):
        """Where the file has a value and none is published."""
        return ~np.isnan(self.file) & np.isnan(self.head)

    @cached_property
    def differs(self):
        """Where the file says something else than head."""
        return ~np.isnan(self.file) & ~(self.file == self.head)

    @cached_property
    def guesses(self):
        """The guess of each column that has new values: {column: Guess}."""
        now = np.where(np.isnan(self.said), self.published, self.said)
        return {at: self.guess(self.periods[at], now[:, at]) for at in np.flatnonzero(self.is_new.any(axis=0))}

    @cached_property
    def expected(self):
        """What each value should be about: the published value, else the guess, else NaN."""
        return self._with_guesses("value")

    @cached_property
    def or_else(self):
        """The same, with the other guess where two hold: a level may last, or be that of one year."""
        return self._with_guesses("other")

    def _with_guesses(self, which):
        expected = self.published.copy()
        for at, kept in self._kept.items():
            expected[:, at] = np.where(self.is_new[:, at], getattr(kept, which), expected[:, at])
        return expected

    @cached_property
    def errors(self):
        """How far guesses are usually off, for each name and flow: {"to_dprk": array of len(keys)}."""
        return {flow: self._errors_of(flow) for flow in {flow for flow, _, _ in self.periods}}

    def guess(self, period, now):
        """Guess a column of the nearest periods of the same flow, of which `now` says how much the whole grew since."""
        return self._guess_of(self._nearest(period), now)

    def _guess_of(self, places, now):
        if not places:
            nothing = np.full(len(self.keys), np.nan)
            return Guess(nothing, np.nan, nothing, nothing, nothing)
        growths = [growth_between(now, self.known[:, place]) for place in places]
        moved = [self.known[:, at] + (0 if np.isnan(by) else by) for at, by in zip(places, growths, strict=True)]
        return Guess(
            _middle(moved), median(growths), _middle(self.known[:, places].T), moved[0], self.known[:, places[0]]
        )

    def before(self, at):
        """What the neighbours of a new column hold, and what the nearest does: nothing of one without new values."""
        if at not in self.guesses:
            nothing = np.full(len(self.keys), np.nan)
            return nothing, nothing
        return self.guesses[at].before, self.guesses[at].nearest

    @cached_property
    def usual_errors(self):
        """How far each value is usually off what is expected."""
        errors = np.vstack([self.errors[flow] for flow, _, _ in self.periods]).T
        for at, kept in self._kept.items():
            errors[:, at] = np.where(self.is_new[:, at], kept.error, errors[:, at])
        return errors

    @cached_property
    def _kept(self):
        return {at: self._kept_to(at, guess) for at, guess in self.guesses.items()}

    def _kept_to(self, at, guess):
        """The guess to which the values of a new column keep, of the two that there are.

        After a year that was unlike others some names return to their former level and some do not: what the column
        as a whole does, its own values tell. Both guesses hold where they do not, and for years before the first
        published one: guesses are tested of the newest years.
        """
        now = np.where(np.isnan(self.said[:, at]), self.published[:, at], self.said[:, at])
        off = np.abs([now - guess.by_nearest, now - guess.values])
        counting = ~np.isnan(off).any(axis=0) & (now >= np.log(COUNTS))
        nearest, middle = (np.clip(median(one[counting]) * 1.48, LEAST, MOST) for one in off)
        better = counting.sum() * np.log(middle / nearest)  # of the logarithm of the likelihood
        error = _pooled(np.fmin(nearest, middle), counting.sum(), self.errors[self.periods[at][0]])
        if self.is_older(at):
            return Kept(guess.values, guess.by_nearest, np.fmax(error, USUAL))
        return Kept(
            np.where((better > FOR_NEAREST) & ~np.isnan(guess.by_nearest), guess.by_nearest, guess.values),
            guess.values if better < -FOR_MIDDLE else guess.by_nearest,
            error,
        )

    def without(self, cells) -> "Grid":
        """The same without some of the file's values."""
        return replace(self, file=np.where(cells, np.nan, self.file)) if cells.any() else self

    def is_older(self, at):
        """Tell whether a column is of a year before the first published one of its flow."""
        flow, year, _month = self.periods[at]
        return year < self._first_years.get(flow, 0)

    @cached_property
    def _first_years(self):
        published = ~np.isnan(self.head).all(axis=0)
        known = [of for of, is_known in zip(self.periods, published, strict=True) if is_known]
        return {flow: min(year for of, year, _ in known if of == flow) for flow in {flow for flow, _, _ in known}}

    def column_of(self, period):
        return self._places.get(period)

    @cached_property
    def _places(self):
        return {period: at for at, period in enumerate(self.periods)}

    @cached_property
    def _runs(self):
        """The columns of each flow and frequency, with their ordinals: {("to_dprk", False): [(2016, 3), …]}."""
        runs = {}
        for at, (flow, year, month) in enumerate(self.periods):
            runs.setdefault((flow, month > 0), []).append((year * 12 + month if month else year, at))
        return runs

    def _nearest(self, period, before_only=False):
        """The columns of the nearest periods of the same flow and frequency, but for a period itself."""
        flow, year, month = period
        own = year * 12 + month if month else year
        others = [
            (abs(ordinal - own), ordinal, at)
            for ordinal, at in self._runs.get((flow, month > 0), ())
            if ordinal != own and not (before_only and ordinal > own) and self._has_values[at]
        ]
        return [at for _distance, _ordinal, at in sorted(others)[:NEAREST]]

    @cached_property
    def _has_values(self):
        return ~np.isnan(self.known).all(axis=0)

    def _errors_of(self, flow):
        misses = [self._misses(at) for at in self._tested(flow)]
        if not misses:
            return np.full(len(self.keys), USUAL)
        misses = np.vstack(misses)
        sizes = np.where(np.isnan(misses), np.nan, np.abs(misses))
        usual = median(sizes[~np.isnan(sizes)]) * 1.48 if (~np.isnan(sizes)).any() else USUAL
        own = np.array([median(column[~np.isnan(column)]) * 1.48 for column in sizes.T])
        usual = np.clip(usual, LEAST, MOST)
        # Of one name few guesses were tested: what they say counts half.
        return np.clip(np.sqrt((np.fmax(own, usual) ** 2 + usual**2) / 2), usual, 2 * usual)

    def _tested(self, flow):
        """The newest published columns of a flow, of the frequency of which there are most."""
        runs = [run for (of, _), run in self._runs.items() if of == flow]
        places = [at for _ordinal, at in sorted(max(runs, key=len)) if not np.isnan(self.head[:, at]).all()]
        return places[-TESTED:]

    def _misses(self, at):
        """How far the nearer guess of a published column is off, of values that count."""
        now = self.published[:, at]
        places = self._nearest(self.periods[at], before_only=True)
        if not places:
            return np.full(len(self.keys), np.nan)
        guess = self._guess_of(places, now)
        return np.where(self.head[:, at] >= COUNTS, nearer(now - guess.values, now - guess.by_nearest), np.nan)


@dataclass
class Guess:
    values: np.ndarray
    growth: float  # of the whole, in logarithms, since the neighbours
    before: np.ndarray  # what the neighbours hold, without that growth
    by_nearest: np.ndarray  # what the nearest of them alone suggests
    nearest: np.ndarray  # what it holds


@dataclass
class Kept:
    """What the new values of a column should be about, one guess or the other, and how far off they usually are."""

    value: np.ndarray
    other: np.ndarray
    error: np.ndarray


def grid(table: pd.DataFrame, head: pd.DataFrame, unit: int = 1) -> Grid | None:
    """Lay the reported values of a file over those of head; None where the file has none."""
    said, stands = _reported(table), _reported(head)
    if said["value_usd"].notna().sum() == 0:
        return None
    keys = sorted({*said["key"], *stands["key"]})
    periods = sorted({*_periods(said), *_periods(stands)})
    rows = {key: n for n, key in enumerate(keys)}
    columns = {period: n for n, period in enumerate(periods)}
    shape = (len(keys), len(periods))
    file, lines = _matrix(said, rows, columns, shape, "value_usd"), _matrix(said, rows, columns, shape, "row")
    return Grid(keys, periods, file, _matrix(stands, rows, columns, shape, "value_usd"), lines, unit)


def _pooled(error, size, earlier):
    """The error of a column of so many values, with that of earlier guesses as if of a few values more.

    It is twice that of the column at most: earlier years, which were unlike others, may say little of a calm one.
    """
    if np.isnan(error):
        return earlier
    return np.fmin(np.sqrt((error**2 * size + earlier**2 * AS_VALUES) / (size + AS_VALUES)), 2 * error)


def logarithm(values):
    return np.log(values + SMALL)


def growth_between(now, before) -> float:
    """By how much the values that count grew, in logarithms; NaN where too few names have both."""
    both = ~np.isnan(now) & ~np.isnan(before)
    both &= np.fmax(now, before) >= np.log(COUNTS)
    return float(np.median((now - before)[both])) if both.sum() >= PEERS else np.nan


def nearer(first, second):
    """The smaller of two distances."""
    return np.where((np.abs(second) < np.abs(first)) | np.isnan(first), second, first)


def _reported(frame):
    return frame.loc[frame["component"] == "reported"]


def _periods(frame):
    return set(zip(frame["flow"], frame["year"].astype(int), frame["month"].astype(int), strict=True))


def _matrix(frame, rows, columns, shape, name):
    matrix = np.full(shape, np.nan)
    if name in frame and len(frame):
        at = frame["key"].map(rows).to_numpy()
        periods = zip(frame["flow"], frame["year"].astype(int), frame["month"].astype(int), strict=True)
        matrix[at, [columns[period] for period in periods]] = (
            frame[name].astype("Float64").to_numpy(float, na_value=np.nan)
        )
    return matrix


def _middle(columns):
    """The median of what is not NaN in each place, without a warning where nothing is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.nanmedian(np.vstack(columns), axis=0)


def median(numbers) -> float:
    """The median of what is not NaN; NaN of nothing."""
    numbers = [number for number in numbers if not np.isnan(number)]
    return float(np.median(numbers)) if numbers else np.nan
