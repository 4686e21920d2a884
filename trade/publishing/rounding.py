"""Keeps published values that a coarser file only rounds: a file in US$ thousand shall not take away the dollars."""

import pandas as pd

from trade.frames import KEY
from trade.importing.checks.coarseness import unit_of


def kept(head: pd.DataFrame, table: pd.DataFrame) -> tuple[pd.DataFrame, int, int]:
    """Put the published value in place of each that is the same, rounded: (table, how many, the unit).

    A value is the same if it is round, differs by half of the unit at the most, and the published one is finer.
    """
    unit = unit_of(table["value_usd"])
    if unit == 1 or head.empty:
        return table, 0, unit
    standing = table[KEY].merge(head[[*KEY, "value_usd"]], on=KEY, how="left")["value_usd"]
    standing.index = table.index
    is_rounded = (
        (table["value_usd"] % unit == 0) & ((standing - table["value_usd"]).abs() * 2 <= unit) & (standing % unit != 0)
    )
    is_rounded = is_rounded.fillna(False).astype(bool)
    return table.assign(value_usd=table["value_usd"].mask(is_rounded, standing)), int(is_rounded.sum()), unit
