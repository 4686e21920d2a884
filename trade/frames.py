"""The columns that frames have on their way from a file to a release, and the one type of each."""

from contextlib import contextmanager
from functools import lru_cache

import pandas as pd

# One row per value of one component. An example:
#   file "a.xlsx", sheet "Exports", row 7, column "C", key "Nei Mongol", flow "to_dprk", year 2016, month 0,
#   component "reported", value_usd 1198162, status None, quantity None, quantity_unit None, note None, …
# Types: text, but row/year/month Int32, value_usd Int64 (whole US$), quantity float64. None = the file says nothing;
# a value_usd that is <NA> = the file says that there is no value.
READ_COLUMNS = {
    "file": "str",
    "sheet": "str",
    "row": "Int32",  # counted from 1, as the editor's program shows it
    "column": "str",  # the letter in a workbook, the header in a CSV
    "key": "str",  # the province or HS code as the file writes it
    "flow": "str",
    "year": "Int32",
    "month": "Int32",  # 0 = the whole year
    "component": "str",
    "value_usd": "Int64",
    "status": "str",
    "quantity": "float64",
    "quantity_unit": "str",
    "note": "str",
    "publisher": "str",  # of totals: who published the figure, where it was printed, the unit of its last digit
    "source": "str",
    "precision_usd": "Int64",
}

# Total rows found beside the table: checked against the sum of their parts, never stored.
TOTAL_COLUMNS = ["file", "sheet", "row", "column", "flow", "year", "month", "value_usd"]

KEY = ["key", "flow", "year", "month", "component"]
# Facts besides value and status, each with the word by which a file that has a column for it speaks of it.
SPOKEN = {"note": "note", "quantity": "quantity", "quantity_unit": "quantity"}
ORIGINS = ["publisher", "source", "precision_usd"]  # of totals alone
SPOKEN |= {name: name for name in ORIGINS}
FACTS = ["value_usd", "status", *SPOKEN]
HEAD_COLUMNS = ["id", *KEY, *FACTS]
# since_id and until_id are the releases that began and ended a row; until_id is <NA> while it stands.
HISTORY_COLUMNS = [*HEAD_COLUMNS, "since_id", "until_id", "withdrawn"]
ORIGIN = ["file", "sheet", "row", "column"]
# kind is new, changed, removed or withdrawn; `id` is the standing row that would end (none for new).
CHANGE_COLUMNS = ["kind", "id", *KEY, *(f"old_{f}" for f in FACTS), *(f"new_{f}" for f in FACTS), *ORIGIN]
DTYPES = {
    "id": "Int64",
    "year": "Int32",
    "month": "Int32",
    "value_usd": "Int64",
    "quantity": "float64",
    "precision_usd": "Int64",
    "row": "Int32",
    "since_id": "Int64",
    "until_id": "Int64",
    "withdrawn": "bool",
}
FEW_ROWS = 10_000


def empty(columns) -> pd.DataFrame:
    """Make a frame of no rows with the types that the columns have everywhere."""
    return _empty(tuple(columns), pd.get_option("mode.string_storage")).copy()


@lru_cache(maxsize=32)
def _empty(columns, _storage):
    return typed(pd.DataFrame({c: [] for c in columns}))


def typed(frame):
    """Give every column its one type: text, or the numbers of DTYPES (old_ and new_ twins alike)."""
    types = {c: DTYPES.get(c.removeprefix("old_").removeprefix("new_"), "str") for c in frame.columns}
    has = dict(frame.dtypes)
    return frame.astype({c: wanted for c, wanted in types.items() if has[c] != wanted})


@contextmanager
def for_rows(size: int):
    """Keep texts as suits so many rows within the block: up to FEW_ROWS as objects of Python, of more as Arrow.

    A step takes Arrow longer by itself, and Python longer for each row; the values are the same.
    """
    with pd.option_context("mode.string_storage", "python" if size <= FEW_ROWS else "auto"):
        yield
