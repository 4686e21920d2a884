"""Recognises values that stand in another place than published or expected: exchanged names, shifted rows or columns.

Each explanation is weighed against the values being right where they stand (likelihoods): the one that explains most
is told, the values that it explains are put aside, and the others are weighed again.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from trade.importing.checks import likelihoods, row_text
from trade.importing.checks.expected_values import COUNTS, Grid, median

ENOUGH = 14.0  # of the logarithm of a likelihood, by which a block of values fits another place better
ENOUGH_FOR_ROWS = 20.0  # the same for rows, of which there are many blocks
ENOUGH_FOR_TWO = 3.5  # the same for two names exchanged
FEWEST = 3  # values, of which a shift can be told
APART = 0.28  # in logarithms: names whose values are nearer to each other may be exchanged unseen
NEW_APART = 0.68  # the same of new values (twofold), of which it is only guessed what they should be
NEW_SHARE = 0.0015  # of what is traded in all, that new values must make: small ones change places by themselves
FAR_APART = np.log(5)  # or how far apart they must be: such values do not
COMPARED = 200  # names whose values fit worst: only among these are exchanges looked for
EXPLANATIONS = 6
OTHER = {"to_dprk": "from_dprk", "from_dprk": "to_dprk"}


@dataclass
class Explanation:
    """Where values really belong: the key of its warning, what it says, the cells it explains, how much better."""

    key: str
    gain: float
    cells: np.ndarray = field(repr=False)
    text: str = ""

    @property
    def may_be_one(self):
        """Whether it is two values of one column, one of which may be wrong by itself."""
        return self.key == "exchanged-names" and self.cells.sum() == 2


def moved(grid: Grid, names: row_text.Names) -> tuple[list[dict], np.ndarray, list[np.ndarray]]:
    """Tell of values that moved: (warnings, the cells of the grid that they explain, those of single pairs)."""
    explained, found = np.zeros(grid.file.shape, bool), []
    fits = likelihoods.as_they_stand(grid)
    for _ in range(EXPLANATIONS):
        possible = [one for find in (_periods, _flows, _rows, _pairs) for one in find(grid, fits, names)]
        if not possible:
            break
        best = max(possible, key=lambda one: one.gain)
        found.append(best)
        explained |= best.cells
        fits = np.where(best.cells, np.nan, fits)
    return _warnings(found), explained, [one.cells for one in found if one.may_be_one]


def _warnings(found):
    """One warning of each key: what explanations of the same kind say stands together."""
    counted = Counter()
    for one in found:
        counted[one.key] += int(one.cells.sum())
    return [
        {
            "key": key,
            "text": " ".join(one.text[0].upper() + one.text[1:] for one in found if one.key == key),
            "rows": size,
        }
        for key, size in counted.items()
    ]


# --- values of one period in the column of another ------------------------------------------------------------------


def _periods(grid, fits, names):
    for months, step, label in ((False, 1, "year"), (True, 12, "year"), (True, 1, "month")):
        for sign in (1, -1):
            places = [_moved_period(grid, period, months, sign * step) for period in grid.periods]
            gains = _gains_of_columns(grid, fits, places)
            word = f"a {label} {'earlier' if sign > 0 else 'later'}"
            yield from _over_time(grid, gains, names, months, word)


def _moved_period(grid, period, months, step):
    """The column that a period's values would come from, if they were moved by a step."""
    flow, year, month = period
    if (month > 0) != months:
        return None
    if not months:
        return grid.column_of((flow, year - step, 0))
    ordinal = year * 12 + month - 1 - step
    return grid.column_of((flow, ordinal // 12, ordinal % 12 + 1))


def _gains_of_columns(grid, fits, places):
    """By how much each value fits better what is published in another column than where it stands."""
    source = np.full(grid.file.shape, np.nan)
    for at, place in enumerate(places):
        if place is not None:
            source[:, at] = grid.published[:, place]
    close = likelihoods.rounding(grid)
    fit = np.where(
        grid.is_new,  # a new value is often near that of the year before: only the very same counts
        likelihoods.of_same(grid.said, source, close),
        likelihoods.of_published(grid.said, source, close),
    )
    return likelihoods.better(fit, fits)


def _over_time(grid, gains, names, months, word):
    """Find the block of columns, or of one name's columns, that another period explains best."""
    for flow in sorted({flow for flow, _, _ in grid.periods}):
        run = [at for at, (of, _, month) in enumerate(grid.periods) if of == flow and (month > 0) == months]
        if not run:
            continue
        gain, block = likelihoods.best_block(gains[:, run].sum(axis=0))
        cells = np.zeros(gains.shape, bool)
        cells[:, run[block]] = True
        if told := _shift_in_time(grid, gains, cells & (gains > 0), gain, flow, word, ""):
            yield told
        for at in np.flatnonzero((gains[:, run] > 0).sum(axis=1) >= FEWEST):
            gain, block = likelihoods.best_block(gains[at, run])
            cells = np.zeros(gains.shape, bool)
            cells[at, run[block]] = True
            if told := _shift_in_time(grid, gains, cells & (gains > 0), gain, flow, word, names[grid.keys[at]]):
                yield told


def _shift_in_time(grid, gains, cells, gain, flow, word, name):
    if gain < ENOUGH or cells.sum() < FEWEST:
        return None
    columns = np.flatnonzero(cells.any(axis=0))
    first, last = (_written(grid.periods[at]) for at in (columns[0], columns[-1]))
    where = f"{name + ', ' if name else ''}{row_text.flow(flow)}, {first if first == last else f'{first} to {last}'}"
    text = f"{where}: {cells.sum():,} values are those published for {word}. Were the columns shifted?"
    return Explanation("shifted-periods", gain, cells, text)


# --- values of one direction in the other ---------------------------------------------------------------------------


def _flows(grid, fits, names):
    gains = np.zeros(grid.file.shape)
    for at, (flow, year, month) in enumerate(grid.periods):
        if flow in OTHER and not np.isnan(grid.said[:, at]).all():
            gains[:, at] = _gains_of_other_flow(grid, fits, at, (OTHER[flow], year, month))
    by_column = gains.sum(axis=0)
    cells = (by_column > FEWEST)[None, :] & (gains > 0)
    yield from _exchanged_flows(grid, cells, by_column[by_column > FEWEST].sum(), "")
    for at in np.flatnonzero((gains > 0).any(axis=1)):
        cells = np.zeros(gains.shape, bool)
        cells[at] = gains[at] > 1
        yield from _exchanged_flows(grid, cells, gains[at][cells[at]].sum(), names[grid.keys[at]])


def _gains_of_other_flow(grid, fits, at, period):
    """By how much each value of a column fits the other direction better."""
    said, place = grid.said[:, at], grid.column_of(period)
    published = grid.published[:, place] if place is not None else np.full(len(said), np.nan)
    guess = grid.guess(period, said)
    error = grid.errors.get(period[0], np.full(len(said), np.nan))
    fit = np.where(
        np.isnan(published),
        likelihoods.of_two_guesses(said, guess.values, guess.by_nearest, error),
        likelihoods.of_published(said, published, likelihoods.rounding(grid)[:, at] if grid.unit > 1 else 0.0),
    )
    return likelihoods.better(fit, fits[:, at])


def _exchanged_flows(grid, cells, gain, name):
    if gain < ENOUGH or cells.sum() < FEWEST - bool(name):
        return
    of = f" for {name}" if name else ""
    text = (
        f"{cells.sum():,} values{of} ({_periods_of(grid, cells)}) are about those of the other direction. Were exports "
        "and imports exchanged?"
    )
    yield Explanation("exchanged-flows", gain, cells, text)


# --- values of one name in the row of another -----------------------------------------------------------------------


def _rows(grid, fits, names):
    """Find blocks of rows of the file whose values belong to the row above or below."""
    for flow in sorted({flow for flow, _, _ in grid.periods}):
        columns = [at for at, (of, _, _) in enumerate(grid.periods) if of == flow]
        columns = [at for at in columns if (~np.isnan(grid.said[:, at])).sum() >= FEWEST]
        if not columns:
            continue
        for step in (1, -1):
            gains = np.zeros(grid.file.shape)
            order = {at: _order(grid, at) for at in columns}
            for at in columns:
                gains[order[at], at] = _gains_of_neighbours(grid, fits, at, order[at], step)
            together = _order_of_most(order)
            blocks = [(columns, together), *(([at], order[at]) for at in columns)]
            for of, rows in blocks:
                yield from _shifted_rows(grid, gains, of, rows, step, names)


def _order(grid, at):
    """The names of a column, as they follow each other in the file, also those without a value."""
    present = np.flatnonzero(~np.isnan(grid.rows[:, at]))
    return present[np.argsort(grid.rows[present, at], kind="stable")]


def _order_of_most(order):
    return max(order.values(), key=len)


def _gains_of_neighbours(grid, fits, at, order, step):
    """By how much each value of a column fits the name that stands above it (or below it) in the file better."""
    said = grid.said[order, at]
    source = np.roll(order, step)
    published = grid.published[source, at]
    before, nearest = (moves[source] for moves in grid.before(at))
    growth, since = (median(said - of) for of in (before, nearest))
    error = grid.errors[grid.periods[at][0]][source]
    close = likelihoods.rounding(grid)[order, at] if grid.unit > 1 else 0.0
    fit = np.where(
        np.isnan(published),
        likelihoods.of_two_guesses(said, before + growth, nearest + since, error),
        likelihoods.of_published(said, published, close),
    )
    return likelihoods.better(fit, fits[order, at])


def _shifted_rows(grid, gains, columns, rows, step, names):
    gain, block = likelihoods.best_block(gains[np.ix_(rows, columns)].sum(axis=1))
    if gain < ENOUGH_FOR_ROWS or len(rows[block]) < FEWEST:
        return
    cells = np.zeros(gains.shape, bool)
    cells[np.ix_(rows[block], columns)] = True
    cells &= gains > 0
    if cells.any(axis=1).sum() < FEWEST:
        return
    first, last = (names[grid.keys[at]] for at in (rows[block][0], rows[block][-1]))
    beside = "above" if step > 0 else "below"
    text = (
        f"{row_text.flow(grid.periods[columns[0]][0])}, {_periods_of(grid, cells)}: from {first} to {last}, "
        f"{cells.sum():,} values are about those of the row {beside}. Were the rows shifted?"
    )
    yield Explanation("shifted-rows", gain, cells, text)


def _pairs(grid, fits, names):
    """Find two names whose values are exchanged, in whatever periods and flows."""
    badly = np.where(np.isnan(fits), 0, np.fmax(0, -fits) * grid.differs).sum(axis=1)
    keys = np.argsort(-badly, kind="stable")[:COMPARED]
    keys = keys[badly[keys] > 0]
    if len(keys) < 2:
        return
    total, columns = np.zeros((len(keys), len(keys))), {}
    for at in np.flatnonzero(grid.differs[keys].sum(axis=0) >= 2):
        gains = _gains_of_pairs(grid, fits, at, keys)
        columns[at] = gains > 2
        total += np.where(gains > 2, gains - 1, 0)
    first, second = np.unravel_index(np.argmax(np.triu(total, 1)), total.shape)
    if total[first, second] < ENOUGH_FOR_TWO:
        return
    cells = np.zeros(grid.file.shape, bool)
    for at, gaining in columns.items():
        cells[keys[[first, second]], at] = gaining[first, second]
    a, b = sorted(names[grid.keys[keys[n]]] for n in (first, second))
    flows = " and ".join(row_text.flow(f) for f in sorted({grid.periods[at][0] for at in np.flatnonzero(cells.any(0))}))
    is_new = (cells & grid.is_new).any()
    stand = f"Values {'expected' if is_new else 'published'} for {a} now stand at {b} and the reverse"
    text = f"{stand} ({flows}, {_periods_of(grid, cells)}): were the two exchanged?"
    yield Explanation("exchanged-names", float(total[first, second]), cells, text)


def _gains_of_pairs(grid, fits, at, keys):
    """By how much the values of each two names in a column fit better exchanged: a matrix of keys by keys."""
    said, expected = grid.said[keys, at], grid.expected[keys, at]
    other, is_published = grid.or_else[keys, at], ~np.isnan(grid.published[keys, at])
    error = grid.usual_errors[keys, at]
    close = likelihoods.rounding(grid)[keys, at][:, None] if grid.unit > 1 else 0.0
    fit = np.where(
        is_published[None, :],
        likelihoods.of_published(said[:, None], expected[None, :], close),
        likelihoods.of_two_guesses(said[:, None], expected[None, :], other[None, :], error[None, :]),
    )
    own = fits[keys, at]
    each = fit - own[:, None]
    gains = np.where((each > 0) & (each.T > 0), each + each.T, 0)  # both must fit better
    apart = np.abs(expected[:, None] - expected[None, :]) >= APART
    are_published = is_published[:, None] & is_published[None, :]
    file = grid.file[:, at]
    weighs = file[keys] >= NEW_SHARE * np.nansum(file)
    far_apart = np.abs(expected[:, None] - expected[None, :]) >= FAR_APART
    apart &= are_published | (weighs[:, None] & weighs[None, :]) | far_apart
    apart &= are_published | (np.abs(said[:, None] - said[None, :]) >= NEW_APART)
    counts = np.fmax(grid.file[keys, at], 0) >= COUNTS
    return np.where(apart & (counts[:, None] | counts[None, :]) & ~np.isnan(gains), gains, 0)


# --- words ----------------------------------------------------------------------------------------------------------


def _periods_of(grid, cells):
    """Say of which periods cells are: "2016", "2010 to 2016"."""
    periods = sorted({grid.periods[at][1:] for at in np.flatnonzero(cells.any(axis=0))})
    first, last = (_written(("", *periods[at])) for at in (0, -1))
    return first if first == last else f"{first} to {last}"


def _written(period):
    return row_text.written(period[1], period[2])
