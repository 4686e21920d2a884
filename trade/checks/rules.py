"""What no dataset may hold, as faults that block."""

from datetime import UTC, datetime

import pandas as pd

from trade.checks import wording
from trade.checks.wording import SHOWN
from trade.diff import KEY
from trade.formats import Fault

STATUSES = set("APBOLQU")
EARLIEST = 1949


def faults(table: pd.DataFrame, kind: str) -> list[Fault]:
    """List what no dataset may hold: a key twice, an impossible period, a year beside its months, mixed depths."""
    said = table[table["value_usd"].notna() | table["status"].notna()]  # blanks of a wide table say nothing of levels
    found = duplicates(table) + _impossible(table) + _year_and_months(said)
    if kind == "commodity":
        found += _mixed_depths(said)
    return found


def duplicates(table):
    twice = table[table.duplicated(KEY, keep=False)]
    found = []
    for _key, rows in twice.head(4 * SHOWN).groupby(KEY, sort=False, dropna=False):
        first, *others = rows.itertuples()
        found += [_duplicate(first, other) for other in others]
    repeats = int(table.duplicated(KEY).sum())
    return found[:SHOWN] + wording.and_more(repeats, "repeated values", "duplicate")


def _duplicate(first, other):
    what = f"{other.key}, {other.flow}, {wording.period(other)}, {other.component}"
    return wording.fault(
        other,
        "duplicate",
        "Keep one of the two and remove the other.",
        found=f"{what}: {wording.amount(other)} here, {wording.amount(first)} in {wording.place(first)}",
        expected="one value for each name, flow, period and component",
    )


def _impossible(table):
    now = datetime.now(UTC)
    year, month = table["year"], table["month"]
    ahead = (year > now.year) | ((year == now.year) & (month > now.month))
    rules = [
        ((year < EARLIEST) | ahead | year.isna(), "year", f"a period from {EARLIEST} to {now:%Y-%m}"),
        (~month.between(0, 12) | month.isna(), "month", "a month from 1 to 12, or none for the whole year"),
        (~table["flow"].isin(["to_dprk", "from_dprk"]), "flow", "to_dprk or from_dprk"),
        ((table["value_usd"] < 0).fillna(False), "negative", "a value of 0 or more"),
        (table["status"].notna() & ~table["status"].isin(STATUSES), "status", f"one of {', '.join(sorted(STATUSES))}"),
    ]
    found = []
    for broken, code, expected in rules:
        rows = table[broken.fillna(True).astype(bool)]
        found += [_impossible_fault(row, code, expected) for row in rows.head(SHOWN).itertuples()]
        found += wording.and_more(len(rows), "values", code)
    return found


def _impossible_fault(row, code, expected):
    found = {
        "year": wording.period(row),
        "month": row.month,
        "flow": row.flow,
        "negative": wording.amount(row),
        "status": row.status,
    }
    return wording.fault(row, code, "Correct it in the file.", found=str(found[code]), expected=expected)


def _year_and_months(table):
    group = ["key", "flow", "year", "component"]
    yearly = table[table["month"] == 0]
    both = yearly.merge(table.loc[table["month"] > 0, group].drop_duplicates(), on=group)
    return [
        wording.fault(
            row,
            "year-and-months",
            "Remove the year, which is always the sum of its months, or remove the months.",
            found=f"{row.key} {row.year} as a year and by months, {row.flow}",
            expected="for one name, flow and year either the year or months",
        )
        for row in both.head(SHOWN).itertuples()
    ] + wording.and_more(len(both), "years", "year-and-months")


def _mixed_depths(table):
    group = ["chapter", "flow", "year"]
    rows = table.assign(chapter=table["key"].str[:2], depth=table["key"].str.len())
    depths = rows.groupby(group)["depth"].agg(["min", "max"])
    mixed = depths[depths["min"] != depths["max"]].reset_index()
    first = rows.merge(mixed, on=group).query("depth == max").drop_duplicates(group)
    return [
        wording.fault(
            row,
            "mixed-depths",
            "Keep one depth: chapters (2 digits), headings (4) or subheadings (6). The others would count twice.",
            found=f"chapter {row.chapter}, {row.flow}, {row.year}: codes of {row.min} and of {row.max} digits",
            expected="one depth of codes for each chapter, flow and year",
        )
        for row in first.head(SHOWN).itertuples()
    ] + wording.and_more(len(first), "chapters", "mixed-depths")
