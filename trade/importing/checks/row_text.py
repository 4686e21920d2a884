"""Writes what faults and warnings quote of the rows of a table: where they stand, of what and when, how much."""

from collections.abc import Callable

import pandas as pd

from spreadsheets.sheet import Fault
from trade import time_period
from trade.flow_names import NAMES

SHOWN = 500  # faults of one sort; the rest of the sort is counted in one more fault


class Names(dict):
    """Codes by their names: "CN-LN" as "Liaoning" where the name is given, else as it stands."""

    def __missing__(self, code):
        return code


def fault(row, code, message, found, expected, at="") -> Fault:
    """Make a fault of a row; of its cell, unless it is said to be at another place."""
    return Fault(
        code=code,
        message=message,
        file=text(row.file),
        sheet=text(row.sheet),
        cell=at or cell(row),
        found=str(found)[:200],
        expected=expected,
    )


def faults(rows: pd.DataFrame, things: str, code: str, message: str, found: Callable, expected: str) -> list[Fault]:
    """Make a fault of each row, `found(row)` saying what stands there; of very many the first, then a count."""
    if rows.empty:
        return []
    listed = [fault(row, code, message, found(row), expected) for row in rows.head(SHOWN).itertuples()]
    return listed + and_more(len(rows), things, code)


def and_more(count: int, things: str, code: str) -> list[Fault]:
    """Count the faults of one sort that are not listed."""
    if count <= SHOWN:
        return []
    return [Fault(code=code, message=f"{count - SHOWN:,} more {things} of this kind are not listed here.")]


def cell(row) -> str:
    """Say where a value stands: "C7" in a workbook, "line 7, column reported_usd" in a text file."""
    if text(row.sheet):
        return f"{text(row.column)}{row.row}"
    return f"line {row.row}, column {row.column}"


def line(row) -> str:
    """Say in which row a value stands."""
    return f"row {row.row}" if text(row.sheet) else f"line {row.row}"


def place(row) -> str:
    """Say where a value stands, in which file: "a.xlsx to_dprk C7"."""
    return " ".join(part for part in (text(row.file), text(row.sheet), cell(row)) if part)


def text(value) -> str:
    """Give a text, or "" where there is none."""
    return value if isinstance(value, str) else ""


def period(row) -> str:
    """Write a period: "2016" or "2016-03"."""
    month = 0 if pd.isna(row.month) else row.month
    return written(row.year, month)


def written(year, month) -> str:
    """Write a period: (2016, 0) -> "2016", (2016, 3) -> "2016-03"."""
    return time_period.written(int(year), int(month))


def flow(code: str) -> str:
    """Name a direction for a reader: "to_dprk" -> "exports to the DPRK"."""
    return NAMES.get(code, code)


def amount(row) -> str:
    """Write a value: "1,198,162", or "no value"."""
    return "no value" if pd.isna(row.value_usd) else f"{row.value_usd:,}"


def dollars(value) -> str:
    """Write an amount in three digits: 1593000000 -> "US$1.59 bn", 845123 -> "US$845,123"."""
    for size, name in ((10**9, "bn"), (10**6, "m")):
        if round(value) >= size * 0.9995:
            number = value / size
            return f"US${number:,.{2 if number < 9.995 else 1 if number < 99.95 else 0}f} {name}"
    return f"US${round(value):,}"


def years(numbers) -> str:
    """Write years in runs: [2019, 2021, 2022, 2023] -> "2019, 2021 to 2023"."""
    runs = []
    for year in sorted(set(numbers)):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in runs)


def dimensions(row, names: Names) -> str:
    """Say what a value is of: "Liaoning, exports to the DPRK 2016"."""
    return f"{names[row.key]}, {flow(row.flow)} {period(row)}"


def first(rows: pd.DataFrame):
    """Give those of some rows that are quoted: the first five."""
    return rows.head(5).itertuples() if len(rows) else ()


def listed(texts, size: int | None = None) -> str:
    """List the first five, and count the others, of `size` in all: "a; b; c; d; e; and 7 more"."""
    texts = list(texts)
    more = (size or len(texts)) - min(len(texts), 5)
    return "; ".join(texts[:5]) + (f"; and {more:,} more" if more else "")


def warning(key: str, rows, noun: str, what: str, texts) -> dict | None:
    """Make a warning of rows, if there are any: {"key": "ban", "text": "2 values are in …: Coal 2019 …", "rows": 2}."""
    size = len(rows)
    if not size:
        return None
    subject = f"1 {noun} is" if size == 1 else f"{size:,} {noun}s are"
    return {"key": key, "text": f"{subject} {what}: {listed(texts, size)}.", "rows": size}


def factor(ratio: float) -> str:
    """Write a leap: 1000.0 -> "× 1,000"; 0.001 -> "÷ 1,000"."""
    return f"× {ratio:,.0f}" if ratio >= 1 else f"÷ {1 / ratio:,.0f}"
