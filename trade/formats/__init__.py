"""What every reader of files hands back: one plain table, or a list of faults.

A reader turns bytes into rows of COLUMNS and nothing more; which names exist, what stands in the database and
what may change is for `checks` and `diff`. Readers run in a child process (`sandbox`) and import neither Django
nor each other's callers.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the child process does without pandas, which is slow to start
    import pandas as pd

# One row per value of one component. An example:
#   file "a.xlsx", sheet "Exports", row 7, column "C", key "Nei Mongol", flow "to_dprk", year 2016, month 0,
#   component "reported", value_usd 1198162, status None, quantity None, quantity_unit None, note None
# Types: text, but row/year/month Int32, value_usd Int64 (whole US$), quantity float64. None = the file says nothing;
# a value_usd that is <NA> = the file says that there is no value.
COLUMNS = {
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
}

# Total rows found beside the table: checked against the sum of their parts, never stored.
TOTAL_COLUMNS = ["file", "sheet", "row", "column", "flow", "year", "month", "value_usd"]


@dataclass
class Fault:
    """What is wrong, where, what was expected, what to do. `code` is stable and listed in docs/editors.md."""

    code: str
    message: str
    file: str = ""
    sheet: str = ""
    cell: str = ""  # "C7" in a workbook, "line 7, column reported_usd" in a CSV
    found: str = ""
    expected: str = ""

    def as_dict(self):
        return asdict(self)


@dataclass
class Question:
    """What only the editor can say. `choices` are [value, label] pairs; the answer comes back in `answers[key]`."""

    key: str
    text: str
    choices: list

    def as_dict(self):
        return asdict(self)


@dataclass
class Reading:
    """All that the files of one upload hold.

    `tables` maps a layout, "long" or "wide", to a frame of COLUMNS; both are there only for our own workbook.
    `speaks` names which of {"estimate", "status", "note", "quantity"} the long table has columns for: where it
    does not speak, what is stored stays.
    """

    form: str = ""  # "Our workbook", "Tidy CSV", "GACC online query" …
    tables: dict = field(default_factory=dict)
    speaks: set = field(default_factory=set)
    totals: pd.DataFrame | None = None
    signature: dict | None = None  # {"dataset": "china-provinces", "release": 2} on our own workbook
    faults: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    doubts: list = field(default_factory=list)  # [name, sentence]: read in the likely way, and to be ticked
    asked: set = field(default_factory=set)  # the keys of the questions that the files raised, answered ones included
    remarks: list = field(default_factory=list)  # sentences worth knowing: "12 rows of other partners were ignored."
