"""Reads single cells: values in whole US dollars, quantities, periods, statuses and notes.

A cell is what a file library gives: text, int, float, bool, date. Every function returns the plain value, None where
the cell is empty or says "missing", or Wrong, which tells the editor why it cannot be read. Nothing is guessed: a text
that can be read in two ways is Wrong. A fraction of a dollar is refused: it nearly always means thousands or millions
that the file does not mention, and a rounded number would not be what the file says. Float noise is not a fraction.
"""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from spreadsheets.sheet import ERROR_VALUE


class Wrong(NamedTuple):
    """Why a cell cannot be read: a stable code, what was found, what was expected, what to do."""

    code: str
    found: str
    expected: str
    advice: str


LARGEST = 10**13  # US$; more than the whole world trades in a year with any one country
FIRST_YEAR, LAST_YEAR = 1900, 2100  # what can be meant as a year at all; checks.faults is stricter
STATUSES = "APBOLQU"
LONGEST = 60  # characters in which a value or a period can be written
LONGEST_NOTE = 500
# Full-width forms, which Chinese and Korean keyboards give, as ASCII; every kind of space as one space. Not NFKC: it
# would make "10²" one hundred and two.
TYPOGRAPHY = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
TYPOGRAPHY |= dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x09], " ")
TYPOGRAPHY |= dict.fromkeys([0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF], "")
TYPOGRAPHY |= dict.fromkeys(map(ord, "’‘ʼ´"), "'")
TYPOGRAPHY |= {0: "\ufffd"}  # no text holds it, and databases do not take it
DASHES = "-–—−‒―─"
MISSING = {"", "..", "...", "…", "……", "‥", "n/a", "na", "n.a.", "n.a", "无", "無"}
MISSING |= {dash * times for dash in DASHES for times in (1, 2, 3)}
CURRENCY = re.compile(r"^(?:US ?\$|USD|\$) ?|(?: ?USD| ?US ?\$| ?\$| ?美元)$", re.IGNORECASE)
PLAIN = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")
PLAIN_WHOLE = re.compile(r"[1-9][0-9]{0,12}")  # a zero in front would make it a code
GROUPED = re.compile(r"[1-9]\d{0,2}([, '])\d{3}(?:\1\d{3})*(?:\.\d+)?")
COMMA_AND_POINT = str.maketrans(",.", ".,")
WHOLE_DOLLARS = "a whole number of US dollars, or a blank where there is no value"


def text(cell) -> str:
    """Return a cell as text, without space around it: 27.0 is "27", None is ""."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.translate(TYPOGRAPHY).strip()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell)


def money(cell, unit: int = 1, decimal: str = ".") -> int | None | Wrong:
    """Read a value: "1,198,162" -> 1198162; "1.2" in millions (unit 1_000_000) -> 1200000; ".." -> None.

    `decimal` is "," for a file whose editor said that commas mark its decimals.
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        return _money_of_text(cell, unit, decimal)
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return _not_a_number(cell)
    if not math.isfinite(cell):
        return Wrong("not-a-number", text(cell), WHOLE_DOLLARS, "Enter the value, or leave the cell blank.")
    return _whole(cell, unit, text(cell))


def _money_of_text(cell, unit, decimal):
    written = text(cell)
    if written.casefold() in MISSING:
        return None
    number = _number(written, decimal)
    return number if isinstance(number, Wrong) else _whole(number, unit, written)


def _number(written, decimal):
    """Read a number as people write it, or say why it is none. No sign: negatives are refused by name."""
    bare = CURRENCY.sub("", written, count=1)
    if decimal == ",":
        bare = bare.translate(COMMA_AND_POINT)
    if bare.isascii() and (PLAIN.fullmatch(bare) or GROUPED.fullmatch(bare)):
        return Decimal(re.sub(r"[, ']", "", bare))
    return _why_no_number(written, bare)


class Reason(NamedTuple):
    """Why a text that looks like `pattern` is no number: the code and the advice of its Wrong."""

    pattern: re.Pattern
    code: str
    advice: str


# The first pattern that a refused text matches names the reason. Order matters.
REASONS = [
    (
        rf"(?:{ERROR_VALUE}).*",
        "error-value",
        "Correct the formula, or replace it with its value.",
    ),
    (r"\(.*\d.*\)|[-–—−‒]\s?[\d$.].*|.*\d\s?-", "negative", "Trade values cannot be negative. Correct the value."),
    (
        r"(?i)[+]?[\d.,]+E[+-]?\d+",
        "exponent",
        "The spreadsheet program shortened the number: widen the column, format it as a number, and save again.",
    ),
    (r"#+", "exponent", "The column was too narrow to show the number: widen it and save again."),
    (r".*\d\s?[%‰]", "percent", "Enter the value in US dollars, not as a share."),
    (
        r"(?i)nan|[+-]?inf(inity)?|null|none|nil|true|false|yes|no",
        "not-a-number",
        "Enter the value, or leave the cell blank.",
    ),
    (r"0\d+", "leading-zero", "This looks like a code, not a value. Check that the columns are in the right order."),
    (
        r"[1-9]\d*,\d{1,2}|[1-9]\d*,\d{4,}|0,\d+|\d{1,3}(\.\d{3})+(,\d+)?",
        "decimal-comma",
        "Enter the number without thousands separators and with a point for decimals.",
    ),
    (
        r"(?i).*\d\s?(k|m|mn|mio|bn|thousand|million|billion|[万千百亿萬億].*)",
        "unit-in-cell",
        "Enter the value as a whole number of dollars, and state the unit once in the title or header.",
    ),
    (r"(?i).*(¥|￥|€|£|₩|rmb|cny|yuan|元|eur|krw|won|hk\$).*", "currency", "Enter the value in US dollars."),
    (
        r"[\d,.' ]*\d\s*[*†‡¹²³⁴-⁹a-z\[(].*",
        "note-mark",
        "Move the note mark to another cell, so that this cell contains only the value.",
    ),
    (r"=.*", "formula-as-text", "This formula was entered as text. Replace it with its value."),
]
REASONS = [Reason(re.compile(pattern), code, advice) for pattern, code, advice in REASONS]


def _why_no_number(written, bare):
    for pattern, code, advice in REASONS if len(bare) <= LONGEST else ():
        if pattern.fullmatch(bare):
            return Wrong(code, written, WHOLE_DOLLARS, advice)
    return Wrong("not-a-number", written, WHOLE_DOLLARS, "Enter the value as a number, or leave the cell blank.")


def _not_a_number(cell):
    if isinstance(cell, (date, datetime, time, timedelta)):
        advice = "The cell is formatted as a date. Format it as a number and check that the value is still correct."
        return Wrong("date-as-value", text(cell), WHOLE_DOLLARS, advice)
    return Wrong("not-a-number", text(cell).upper(), WHOLE_DOLLARS, "Enter the value as a number.")


def _whole(number, unit, written):
    """Scale to dollars and insist on a whole number; a float may be off by its own noise, not by more."""
    dollars = number * unit
    if number < 0:
        return Wrong("negative", written, WHOLE_DOLLARS, "Trade values cannot be negative. Correct the value.")
    if dollars > LARGEST:
        advice = "This exceeds total world trade. Check the unit, and check that the cell contains only one value."
        return Wrong("too-large", written, f"a value up to {LARGEST:,} US dollars", advice)
    nearest = round(dollars)
    noise = max(1e-6, 8 * math.ulp(dollars)) if isinstance(dollars, float) else 0
    if abs(dollars - nearest) > noise:
        return Wrong("fraction", written, WHOLE_DOLLARS, _about_fractions(unit))
    return nearest


def rounded(cell, unit: int = 1) -> int | None | Wrong:
    """Read a value of a source that publishes decimals (Comtrade, BACI), to the whole dollar, half to even."""
    value = money(cell, unit)
    if not isinstance(value, Wrong) or value.code != "fraction":
        return value
    return round((Decimal(str(cell)) if isinstance(cell, float) else _number(text(cell), ".")) * unit)


def _about_fractions(unit):
    if unit == 1:
        return (
            "If the values are in thousands or millions, say so in the title (“US$ thousand”); otherwise round them "
            "to whole dollars."
        )
    return (
        f"Multiplied by {unit:,}, this is not a whole number of dollars. Round it (in Excel: =ROUND(A1*{unit},0)/"
        f"{unit})."
    )


def quantity(cell, decimal: str = ".") -> float | None | Wrong:
    """Read a quantity, which may have decimals: "135,531.5" -> 135531.5."""
    expected = "a quantity of 0 or more, or a blank"
    if isinstance(cell, str):
        written = text(cell)
        if written.casefold() in MISSING:
            return None
        cell = _number(written, decimal)
    if cell is None:
        return None
    if isinstance(cell, Wrong):
        return cell._replace(expected=expected)
    if isinstance(cell, bool) or not isinstance(cell, (int, float, Decimal)):
        return _not_a_number(cell)._replace(expected=expected)
    if not math.isfinite(cell) or cell < 0 or cell > 1e15:
        return Wrong("quantity", text(cell), expected, "Correct the quantity, or leave the cell blank.")
    return float(cell)


STATUS_WORDS = {
    **dict.fromkeys(("NORMAL", "FINAL", "REPORTED", "正常"), "A"),
    **dict.fromkeys(("PROVISIONAL", "PRELIMINARY", "初步", "初步数", "暂定", "잠정", "잠정치"), "P"),
    **dict.fromkeys(("MISSING", "缺失"), "O"),
    **dict.fromkeys(("ESTIMATE", "ESTIMATED", "估计", "추정"), "E"),
}


def status(cell) -> str | None | Wrong:
    """Read an SDMX status of a reported value: "p" -> "P", a blank -> None."""
    written = text(cell).upper()
    if not written:
        return None
    written = STATUS_WORDS.get(written, written)
    if written in STATUSES and len(written) == 1:
        return written
    expected = "A, P, B, O, L, Q or U, or a blank"
    if written == "E":
        return Wrong(
            "status", written, expected, "Enter the value in the estimate column; its status is then E automatically."
        )
    return Wrong(
        "status", written, expected, "See the status key on the sheet “notes” of the workbook that this site offers."
    )


CONTROLS = dict.fromkeys([*range(9), *range(11, 13), *range(14, 32), 127])


def note(cell) -> str | None | Wrong:
    """Read a note as it is written, without control characters and the space around it; 500 characters at most."""
    written = (cell if isinstance(cell, str) else text(cell)).translate(CONTROLS).strip()
    if len(written) > LONGEST_NOTE:
        return Wrong("note-length", f"{len(written):,} characters", f"at most {LONGEST_NOTE}", "Shorten the note.")
    return written or None


def values(column: list, unit: int = 1, decimal: str = ".") -> list:
    """Read a whole column as `money` does, plain whole numbers by a short way: a column may have a million."""
    largest, read = LARGEST // unit, []
    if _are_whole(column) and min(column) >= 0 and max(column) <= largest:
        return [int(cell) * unit for cell in column]
    for cell in column:
        number = -1
        if cell.__class__ is float:
            if 0 <= cell <= largest and cell == int(cell):
                number = int(cell)
        elif cell == "":
            read.append(None)
            continue
        elif cell.__class__ is str and PLAIN_WHOLE.fullmatch(cell):
            number = int(cell)
        read.append(number * unit if 0 <= number <= largest else money(cell, unit, decimal))
    return read


def _are_whole(column):
    return set(map(type, column)) == {float} and all(map(float.is_integer, column))
