"""Writes a view as CSV: the numbers of its tables in long form, with what they need so as not to lose their source."""

import csv
import io

from trade.charts import view_columns, view_rows
from trade.charts.schema import Payload
from trade.charts.view_state import CHOICES

NAMED = ("from", "to", "base")  # the periods that need a word
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def name(payload: Payload) -> str:
    """Name the file of a view by its state: "china-provinces-2-to_dprk-2016", "…-from-2010-share"."""
    usual, state = {values[0] for name, values in CHOICES.items() if name != "flow"}, payload["state"]
    left_out = ("dataset", "release", *(["year"] if state.get("month") else []))
    chosen = [
        f"{name}-{value}" if name in NAMED else str(value)
        for name, value in state.items()
        if name not in left_out and value not in usual and value not in (None, "")
    ]
    figure = [payload["figures"][0]["id"]] if "whole_url" in payload else []
    return "-".join([payload["dataset"]["slug"], str(payload["release"]["number"]), *chosen, *figure])


def as_csv(payload: Payload) -> bytes:
    """Write the rows of a view as RFC 4180 in UTF-8 with a byte order mark; a missing value is empty, never 0."""
    buffer = io.StringIO()
    out = csv.DictWriter(buffer, view_columns.NAMES)
    out.writeheader()
    out.writerows({key: inert(value) for key, value in row.items()} for row in view_rows.of(payload))
    return buffer.getvalue().encode("utf-8-sig")


def inert(value):
    """Text that a spreadsheet would run as a formula is made inert; numbers are left alone."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
