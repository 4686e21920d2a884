"""The checks that block an upload: a key twice, an impossible period, a year beside its months, mixed depths."""

from datetime import UTC, datetime
from operator import attrgetter

import pandas as pd

from spreadsheets.sheet import Fault
from trade.frames import KEY
from trade.importing.checks import row_text
from trade.importing.checks.row_text import SHOWN

STATUSES = set("APBOLQU")
EARLIEST = 1949
FLOWS = dict.fromkeys(("province", "commodity"), ("to_dprk", "from_dprk"))
FLOWS |= {"total": ("to_dprk", "from_dprk", "total")}
FOUND = {  # what a fault quotes of the row, by its code
    "year": row_text.period,
    "month": attrgetter("month"),
    "flow": attrgetter("flow"),
    "negative": row_text.amount,
    "status": attrgetter("status"),
}


def faults(table: pd.DataFrame, kind: str) -> list[Fault]:
    """List what no dataset may hold: a key twice, an impossible period, a year beside its months, mixed depths."""
    # A blank of a wide table says nothing of levels: the table has a cell for every name and period.
    observed = table[table["value_usd"].notna() | table["status"].notna()]
    listed = duplicates(table) + _impossible(table, kind) + _year_and_months(observed)
    if kind == "commodity":
        listed += _mixed_depths(observed)
    return listed


def duplicates(table):
    is_repeated = table.duplicated(KEY, keep=False)
    if not is_repeated.any():
        return []
    repeated = table[is_repeated]
    listed = []
    for _key, rows in repeated.head(4 * SHOWN).groupby(KEY, sort=False, dropna=False):
        first, *others = rows.itertuples()
        listed += [_duplicate(first, other) for other in others]
    repeats = int(table.duplicated(KEY).sum())
    return listed[:SHOWN] + row_text.and_more(repeats, "repeated values", "duplicate")


def _duplicate(first, other):
    what = f"{other.key}, {other.flow}, {row_text.period(other)}, {other.component}"
    return row_text.fault(
        other,
        "duplicate",
        "Keep one of the two and remove the other.",
        found=f"{what}: {row_text.amount(other)} here, {row_text.amount(first)} in {row_text.place(first)}",
        expected="one value for each name, flow, period and component",
    )


def _impossible(table, kind):
    now, known = datetime.now(UTC), FLOWS[kind]
    year, month = table["year"], table["month"]
    ahead = (year > now.year) | ((year == now.year) & (month > now.month))
    rules = [
        ((year < EARLIEST) | ahead | year.isna(), "year", f"a period from {EARLIEST} to {now:%Y-%m}"),
        (~month.between(0, 12) | month.isna(), "month", "a month from 1 to 12, or a blank for the whole year"),
        (~table["flow"].isin(known), "flow", " or ".join(known)),
        ((table["value_usd"] < 0).fillna(False), "negative", "a value of 0 or more"),
        (table["status"].notna() & ~table["status"].isin(STATUSES), "status", f"one of {', '.join(sorted(STATUSES))}"),
    ]
    listed = []
    for is_broken, code, expected in rules:
        is_broken = is_broken.fillna(True).astype(bool)
        if is_broken.any():
            rows = table[is_broken]
            listed += row_text.faults(rows, "values", code, "Correct it in the file.", FOUND[code], expected)
    return listed


def _year_and_months(table):
    group = ["key", "flow", "year", "component"]
    is_yearly = table["month"] == 0
    if is_yearly.all() or not is_yearly.any():
        return []
    yearly = table[is_yearly]
    both = yearly.merge(table.loc[table["month"] > 0, group].drop_duplicates(), on=group)
    return row_text.faults(
        both,
        "years",
        "year-and-months",
        "Remove either the annual value or the monthly values. Annual values are calculated from the months.",
        found=lambda row: f"{row.key} {row.year} both as an annual value and by month, {row.flow}",
        expected="either an annual value or monthly values for each name, flow and year",
    )


def _mixed_depths(table):
    group = ["chapter", "flow", "year"]
    rows = table.assign(chapter=table["key"].str[:2], depth=table["key"].str.len())
    if not rows[[*group, "depth"]].drop_duplicates().duplicated(group).any():
        return []
    depths = rows.groupby(group)["depth"].agg(["min", "max"])
    mixed = depths[depths["min"] != depths["max"]].reset_index()
    first = rows.merge(mixed, on=group).query("depth == max").drop_duplicates(group)
    return row_text.faults(
        first,
        "chapters",
        "mixed-depths",
        "Keep only one level: chapters (2 digits), headings (4) or subheadings (6). Otherwise values would be "
        "counted twice.",
        found=lambda row: f"chapter {row.chapter}, {row.flow}, {row.year}: {row.min}-digit and {row.max}-digit codes",
        expected="one HS level for each chapter, flow and year",
    )
