"""Finds values that readers were shown in a release that was withdrawn, and that would be published again."""

import pandas as pd

from trade.frames import KEY
from trade.importing.checks import row_text

SEEN_AGAIN = [*KEY, "value_usd"]


def warnings(changes: pd.DataFrame, withdrawn: pd.DataFrame, names: dict) -> list[dict]:
    """Warn of changes (frames.CHANGE_COLUMNS) to values of `withdrawn`, rows of frames.HEAD_COLUMNS: a list of one."""
    if withdrawn.empty:
        return []
    gone = withdrawn.loc[withdrawn["value_usd"].notna(), SEEN_AGAIN].drop_duplicates()
    written = changes[changes["kind"] != "removed"].rename(columns={"new_value_usd": "value_usd"})
    rows = written[SEEN_AGAIN].merge(gone, on=SEEN_AGAIN)
    names = row_text.Names(names)
    listed = [f"{row_text.dimensions(row, names)} {row_text.amount(row)}" for row in row_text.first(rows)]
    found = row_text.warning("withdrawn", rows, "value", "as in a release that was withdrawn", listed)
    return [found] if found else []
