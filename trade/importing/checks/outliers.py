"""Finds values far from their neighbours in time: ten times as large or small, or a thousand, as slips of unit are."""

import pandas as pd

from trade.importing.checks import row_text

CELL = ["key", "flow", "year", "month"]
LEAP = 10
SLIP = (400, 2500)  # a leap by about 1,000 looks like thousands of dollars taken for dollars, or the reverse
SLIPS = (SLIP, (5000, 20000))  # and one by about 10,000 like a number in units of 万
LEAP_FROM = 100_000  # US$; below this, leaps are everyday


def is_slip(value: int, other: int) -> bool:
    """Tell whether one value is about a thousand times the other."""
    low, high = SLIP
    return bool(value and other) and (low <= value / other <= high or low <= other / value <= high)


def leaps(
    table: pd.DataFrame, head: pd.DataFrame, new: pd.DataFrame, names: row_text.Names, explained: pd.DataFrame
) -> tuple[list[dict], pd.DataFrame]:
    """Find values that are 10 times their neighbours in time or a tenth, and apart those at about 1,000 times.

    `new` are the rows of `table` that say something else than head, with the value in head as `old`; those whose cell
    is among `explained` are told of already. Gives the warnings, and the cells that they tell of.
    """
    fresh = new[(new["component"] == "reported") & new["value_usd"].notna()]
    if fresh.empty:
        return [], fresh[CELL]
    known = _known_values(table, head)
    fresh = fresh.assign(stretched="")
    if (fresh["month"] > 0).any():
        fresh = pd.concat([fresh, _as_years(fresh, known, head)], ignore_index=True)
    fresh = fresh.assign(factor=_factors(fresh, known))
    leaping = without(fresh[fresh["factor"].notna()], explained)
    if leaping.empty:
        return [], leaping[CELL]
    slipped = _looks_like_a_slip(leaping["factor"])
    beside = "larger or smaller than in neighbouring periods"
    told = [
        _leap("slip", leaping[slipped], f"about 1,000 or 10,000 times {beside} (is the unit another one?)", names),
        _leap("leap", leaping[~slipped], f"at least {LEAP} times {beside}", names),
    ]
    return [warning for warning in told if warning], leaping[CELL]


def without(rows: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Leave out the rows of some cells; of a year, also where its months are among them."""
    if cells.empty or rows.empty:
        return rows
    months = cells.assign(month=0).astype({"month": "Int32"})
    told = pd.MultiIndex.from_frame(pd.concat([cells, months])[CELL].astype(str))
    return rows[~pd.MultiIndex.from_frame(rows[CELL].astype(str)).isin(told)]


def _looks_like_a_slip(factors):
    size = factors.where(factors >= 1, 1 / factors)
    return size.between(*SLIPS[0]) | size.between(*SLIPS[1])


def _known_values(table, head):
    """One reported value for each key and period, the file's before head's."""
    columns = ["key", "flow", "year", "month", "value_usd"]
    both = pd.concat([f.loc[f["component"] == "reported", columns] for f in (table, head)], ignore_index=True)
    both = both.drop_duplicates(["key", "flow", "year", "month"])
    return both.assign(ordinal=_ordinal(both)).dropna()


def _as_years(fresh, known, head):
    """Stretch new months to years, so that they are compared with years: 12 times the mean of those that are known."""
    year = ["key", "flow", "year"]
    months = known[known["month"] > 0]
    means = months.groupby(year)["value_usd"].mean().rename("mean").reset_index()
    stored = head.loc[(head["month"] == 0) & (head["component"] == "reported"), [*year, "value_usd"]]
    years = fresh[fresh["month"] > 0].drop_duplicates(year).drop(columns="old").merge(means, on=year)
    years = years.merge(stored.rename(columns={"value_usd": "old"}), on=year, how="left")
    years = years.assign(month=0, value_usd=(12 * years.pop("mean")).round())
    return years.astype(dict(fresh.dtypes))[fresh.columns].assign(stretched="annualised, ")


def _ordinal(rows):
    """Number the periods so that neighbours differ by one; months and years never neighbour each other."""
    return rows["year"].where(rows["month"] == 0, rows["year"] * 12 + rows["month"])


def _factors(fresh, known):
    """The value over the value it replaces, or else over its nearer neighbour, where that is a leap; else <NA>."""
    known = known.assign(monthly=known["month"] > 0)[["key", "flow", "monthly", "ordinal", "value_usd"]]
    on = ["key", "flow", "monthly", "ordinal"]
    rows = fresh[["key", "flow", "value_usd"]].assign(monthly=fresh["month"] > 0, ordinal=_ordinal(fresh))
    ratios = []
    for step in (-1, 1):
        beside = known.assign(ordinal=known["ordinal"] + step).rename(columns={"value_usd": "beside"})
        beside = rows.merge(beside, on=on, how="left")["beside"].astype("Float64")
        ratios.append(_ratio(rows["value_usd"], beside))
    both = pd.concat(ratios, axis=1)
    both.index = fresh.index
    # The nearer neighbour counts: a value is a leap only if it is one from both sides, or has but one neighbour.
    smaller, larger = both.min(axis=1), both.max(axis=1)
    factor = smaller.where(smaller >= LEAP, larger.where(larger <= 1 / LEAP))
    revised = _ratio(fresh["value_usd"], fresh["old"].astype("Float64").reset_index(drop=True))
    revised.index = fresh.index
    # What is published already is what a value is compared with: it may have leapt before.
    leap = revised.where((revised >= LEAP) | (revised <= 1 / LEAP))
    return factor.where(~(fresh["old"] > 0).fillna(False), leap)


def _ratio(values, beside):
    """value / neighbour, where the larger of the two is worth a word and neither is 0."""
    value = values.astype("Float64").reset_index(drop=True)
    counts = (value > 0) & (beside > 0) & ((value >= LEAP_FROM) | (beside >= LEAP_FROM))
    return (value / beside).where(counts.fillna(False)).astype("float64")


def _leap(key, rows, what, names):
    size = rows["factor"].where(rows["factor"] >= 1, 1 / rows["factor"])
    largest = rows.loc[size.sort_values(ascending=False, kind="stable").index[:5]]
    listed = [
        f"{row_text.dimensions(row, names)}: {row.value_usd:,} ({row.stretched}{row_text.factor(row.factor)})"
        for row in largest.itertuples()
    ]
    return row_text.warning(key, rows, "value", what, listed)
