"""Draws the values that a correction changes among their neighbours in time, a series at a time, for its review."""

from itertools import groupby

from django.db.models import Q
from django.utils.safestring import SafeString

from trade import number_text, time_period
from trade.charts import svg
from trade.charts.figures.before_after import correction
from trade.models import Flow, Upload, names_of
from trade.publishing.uploads import Refused, changes_of

SERIES_DRAWN = 12
VALUES_NAMED = 4
AROUND = {False: 5, True: 8}  # years, or months, that are drawn before the first corrected value and after the last


def drawings(upload: Upload) -> dict:
    """Draw the series of a correction, those with the largest differences first.

    {"figures": [{"title": "Liaoning: exports to the DPRK", "values": [{"period": "2016", "old": …, "new": …}, …],
    "more": 0, "svg": …}], "left": 3}
    """
    try:
        changes = changes_of(upload) if upload.asked.get("cells") and upload.diff else None
    except Refused:
        changes = None
    if changes is None or changes.empty:
        return {"figures": [], "left": 0}
    names = names_of(upload.dataset.kind, set(changes["key"]))
    series = sorted(_series(changes), key=_largest, reverse=True)
    standing = _standing(upload, series[:SERIES_DRAWN])
    figures = [_figure(n, one, standing, names) for n, one in enumerate(series[:SERIES_DRAWN])]
    return {"figures": figures, "left": max(len(series) - SERIES_DRAWN, 0)}


def _series(changes):
    """Group changes by series: [(("CN-LN", "to_dprk", False), {(2016, 0): [change, …], …}), …]; True is by month."""
    rows = changes.astype(object).where(changes.notna(), None).to_dict("records")
    rows = [row for row in rows if row["old_value_usd"] != row["new_value_usd"]]

    def series_of(row):
        return row["key"], row["flow"], bool(row["month"])

    return [
        (key, {period: list(of_period) for period, of_period in groupby(of_series, lambda r: (r["year"], r["month"]))})
        for key, of_series in groupby(sorted(rows, key=lambda r: (*series_of(r), r["year"], r["month"])), series_of)
    ]


def _largest(one):
    _key, periods = one
    return max(abs((row["new_value_usd"] or 0) - (row["old_value_usd"] or 0)) for p in periods.values() for row in p)


def _standing(upload, series):
    """Sum what stood before the correction: {("CN-LN", "to_dprk", 2016, 0): 136846449, …}, estimates included."""
    observations = upload.dataset.observations
    wanted = Q(pk=None)
    for (key, flow, is_monthly), periods in series:
        first, last = _span(periods, is_monthly)
        of_series = {observations.model.KEY: key, "flow": flow, "year__range": (first[0], last[0])}
        wanted |= Q(**of_series, month__gt=0) if is_monthly else Q(**of_series, month=0)
    rows = observations.as_of(upload.base).filter(wanted).exclude(component="second_estimate")
    sums = {}
    for *cell, value in rows.values_list(observations.model.KEY, "flow", "year", "month", "value_usd"):
        sums[tuple(cell)] = _sum([sums.get(tuple(cell)), value])
    return sums


def _sum(values):
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _span(periods, is_monthly):
    """The first and the last period that are drawn."""
    around = AROUND[is_monthly]
    if not is_monthly:
        return (min(periods)[0] - around, 0), (max(periods)[0] + around, 0)
    return _moved(min(periods), -around), _moved(max(periods), around)


def _moved(period, months):
    number = 12 * period[0] + period[1] - 1 + months
    return number // 12, number % 12 + 1


def _figure(number, one, standing, names):
    (key, flow, is_monthly), changed = one
    cells = {period: standing.get((key, flow, *period)) for period in _periods(*_span(changed, is_monthly), is_monthly)}
    there = [period for period, value in cells.items() if value is not None or period in changed]
    shown = [period for period in cells if there[0] <= period <= there[-1]]
    rows = [
        {"year": year, "month": month, "before": cells[year, month], "is_changed": (year, month) in changed}
        | {"after": _after(cells[year, month], changed.get((year, month), []))}
        for year, month in shown
    ]
    title = f"{names.get(key, key)}: {Flow(flow).label}"
    corrected = [row for row in rows if row["is_changed"]]
    return {
        "title": title,
        "values": [_said(row) for row in corrected[:VALUES_NAMED]],
        "more": max(len(corrected) - VALUES_NAMED, 0),
        "svg": SafeString(svg.draw(correction(rows, f"correction-{number}", title))),
    }


def _periods(first, last, is_monthly):
    if not is_monthly:
        return [(year, 0) for year in range(first[0], last[0] + 1)]
    return [_moved(first, n) for n in range(12 * (last[0] - first[0]) + last[1] - first[1] + 1)]


def _after(before, changes):
    """What a cell will show: what it shows, less what its components were, and with what they will be."""
    if not changes:
        return before
    taken = [row["old_value_usd"] for row in changes if row["old_value_usd"] is not None]
    given = [row["new_value_usd"] for row in changes if row["new_value_usd"] is not None]
    rest = (before or 0) - sum(taken)
    return None if not given and rest == 0 and taken else rest + sum(given)


def _said(row):
    """A corrected value in numbers."""
    old, new = row["before"], row["after"]
    difference = None if old is None or new is None else new - old
    sign = "+" if difference and difference > 0 else ""
    return {
        "period": time_period.written(row["year"], row["month"]),
        "old": number_text.exact(old),
        "new": number_text.exact(new),
        "difference": sign + number_text.exact(difference) if difference is not None else "",
    }
