"""Checks the sums of both directions that a file of totals gives: one beside its directions is only a check."""

import pandas as pd

from spreadsheets.sheet import Fault
from trade.importing.checks import row_text
from trade.importing.texts.flow_words import TOTAL

CELL = ["key", "year", "month"]


def checked(table: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Drop each total that its directions add up to, and each blank direction beside a total: (table, faults).

    What was published is either both directions, or their sum alone. A sum may differ from its parts by what rounding
    explains: the precision that the file gives, or the unit of the sum's last digit that is no 0; of whole dollars
    nothing is explained.
    """
    reported = table[table["component"] == "reported"]
    values = reported[reported["value_usd"].notna()]
    sums = values[values["flow"] == TOTAL]
    sides = values[values["flow"] != TOTAL].groupby(CELL)["value_usd"].agg(["sum", "count"]).reset_index()
    beside = sums.reset_index().merge(sides, on=CELL)
    is_sum = (beside["count"] == 2) & ((beside["value_usd"] - beside["sum"]).abs() <= _rounding(beside))
    faults = row_text.faults(
        beside[~is_sum],
        "sums",
        "total-beside-direction",
        "Enter either both directions or only their total.",
        found=lambda row: (
            f"{row_text.period(row)}: the total {row_text.amount(row)} in addition to {row.sum:,} by direction"
        ),
        expected="either both directions or only their total for each period",
    )
    return table.drop(index=[*beside.loc[is_sum, "index"], *_blanks_beside(table, sums)]), faults


def _rounding(rows):
    last_digits = rows["value_usd"].map(_unit_of_last_digit)
    units = rows["precision_usd"].fillna(0).astype("int64").combine(last_digits, max)
    return units.where(units > 1, 0)


def _unit_of_last_digit(value):
    digits = str(int(value))
    return 10 ** (len(digits) - len(digits.rstrip("0"))) if value else 1


def _blanks_beside(table, sums):
    """The rows without a value in periods for which the file gives the sum alone."""
    blank = table[table["value_usd"].isna() & (table["flow"] != TOTAL)].reset_index()
    estimated = table.loc[table["component"] == "estimate", [*CELL, "flow"]].assign(estimated=True)
    blank = blank.merge(sums[CELL], on=CELL).merge(estimated, on=[*CELL, "flow"], how="left")
    return blank.loc[blank["estimated"].isna(), "index"]
