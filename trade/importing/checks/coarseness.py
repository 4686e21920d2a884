"""Finds files whose values are rounded (to thousands, to millions) where published ones are exact."""

import pandas as pd

from trade.frames import KEY

UNITS = (10**9, 10**8, 10**7, 10**6, 10**5, 10**4, 10**3, 10**2)
FEWEST = 5  # values, below which round ones may be so by chance
MOST_OF = 0.8  # the share of values that must be round: an exact one may stand among them, typed by hand


def unit_of(values: pd.Series) -> int:
    """Find the unit to which the values of a file are rounded, in US dollars: 1000; 1 where they are not."""
    known = values.dropna()
    known = known[known != 0]
    if len(known) < FEWEST:
        return 1
    return next((unit for unit in UNITS if (known % unit == 0).mean() >= MOST_OF), 1)


def coarse(table: pd.DataFrame, head: pd.DataFrame, unit: int | None = None) -> list[dict]:
    """Tell of a file that rounds where the published values of the same directions are finer.

    `unit` is that of the file as it was read, before published values were kept that it only rounds.
    """
    said = table[table["component"] == "reported"]
    unit = unit or unit_of(said["value_usd"])
    stands = head[(head["component"] == "reported") & head["flow"].isin(said["flow"].unique())]
    finer = unit_of(stands["value_usd"])
    if unit <= finer or len(stands) < FEWEST:
        return []
    beside = said.merge(stands[[*KEY, "value_usd"]], on=KEY, how="left", suffixes=("", "_old"))
    rounded = (beside["value_usd"] % unit == 0) & (beside["value_usd"] != 0)
    differs = (beside["value_usd"] != beside["value_usd_old"]).fillna(True)
    size = int((rounded & differs).fillna(False).sum())
    if not size:
        return []
    count = "1 rounded value" if size == 1 else f"{size:,} rounded values"
    text = (
        f"The file gives values rounded to US${unit:,}, but the published values are finer: {count} would be "
        "published. Upload the exact values if you have them."
    )
    return [{"key": "coarse", "text": text, "rows": size}]
