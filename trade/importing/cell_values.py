"""What one cell says: a value in whole US dollars, a period, a code, or that it cannot be taken as one.

A cell is what a file library gives: text, int, float, bool, date. Every function returns the plain value, None where
the cell is empty or says "missing", or Wrong, which speaks to the editor. Nothing here guesses: a text that two
readings fit is Wrong. Decided here: a fraction of a dollar is refused (it nearly always means thousands or millions
that the file does not mention, and a rounded number would not be what the file says); float noise is not a fraction.
"""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from spreadsheets.sheet import ERROR_VALUE


class Wrong(NamedTuple):
    """A cell that cannot be taken: a stable code, what was found, what was expected, what to do."""

    code: str
    found: str
    expected: str
    advice: str


LARGEST = 10**13  # US$; more than the whole world trades in a year with any one country
FIRST_YEAR, LAST_YEAR = 1900, 2100  # what can be meant as a year at all; `checks` is stricter
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
        return Wrong("not-a-number", text(cell), WHOLE_DOLLARS, "Write the value, or leave the cell blank.")
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


# The first pattern that a refused text matches names the reason. Order matters.
REASONS = [
    (
        rf"(?:{ERROR_VALUE}).*",
        "error-value",
        "Mend the formula, or replace it by its value.",
    ),
    (r"\(.*\d.*\)|[-–—−‒]\s?[\d$.].*|.*\d\s?-", "negative", "Trade values are not negative; correct the value."),
    (
        r"(?i)[+]?[\d.,]+E[+-]?\d+",
        "exponent",
        "The spreadsheet program shortened the number: widen the column, format it as a number, and save again.",
    ),
    (r"#+", "exponent", "The column was too narrow to show the number: widen it and save again."),
    (r".*\d\s?[%‰]", "percent", "Give the value in US dollars, not a share."),
    (
        r"(?i)nan|[+-]?inf(inity)?|null|none|nil|true|false|yes|no",
        "not-a-number",
        "Write the value, or leave the cell blank.",
    ),
    (r"0\d+", "leading-zero", "This looks like a code, not a value: see whether the columns are in place."),
    (
        r"[1-9]\d*,\d{1,2}|[1-9]\d*,\d{4,}|0,\d+|\d{1,3}(\.\d{3})+(,\d+)?",
        "decimal-comma",
        "Write the number without separators, or with a point for decimals.",
    ),
    (
        r"(?i).*\d\s?(k|m|mn|mio|bn|thousand|million|billion|[万千百亿萬億].*)",
        "unit-in-cell",
        "Write the whole number of dollars, and the unit once in the title or the header.",
    ),
    (r"(?i).*(¥|￥|€|£|₩|rmb|cny|yuan|元|eur|krw|won|hk\$).*", "currency", "Give the value in US dollars."),
    (
        r"[\d,.' ]*\d\s*[*†‡¹²³⁴-⁹a-z\[(].*",
        "note-mark",
        "Move the mark of the note out of the cell that holds the value.",
    ),
    (r"=.*", "formula-as-text", "This is a formula that was typed as text: replace it by its value."),
]
REASONS = [(re.compile(pattern), code, advice) for pattern, code, advice in REASONS]


def _why_no_number(written, bare):
    for pattern, code, advice in REASONS if len(bare) <= LONGEST else ():
        if pattern.fullmatch(bare):
            return Wrong(code, written, WHOLE_DOLLARS, advice)
    return Wrong("not-a-number", written, WHOLE_DOLLARS, "Write the value as a number, or leave the cell blank.")


def _not_a_number(cell):
    if isinstance(cell, (date, datetime, time, timedelta)):
        advice = "The cell is formatted as a date: format it as a number, and see whether it still holds the value."
        return Wrong("date-as-value", text(cell), WHOLE_DOLLARS, advice)
    return Wrong("not-a-number", text(cell).upper(), WHOLE_DOLLARS, "Write the value as a number.")


def _whole(number, unit, written):
    """Scale to dollars and insist on a whole number; a float may be off by its own noise, not by more."""
    dollars = number * unit
    if number < 0:
        return Wrong("negative", written, WHOLE_DOLLARS, "Trade values are not negative; correct the value.")
    if dollars > LARGEST:
        advice = "This is more than the world trades: see whether the unit is right and the cell holds one value."
        return Wrong("too-large", written, f"a value up to {LARGEST:,} US dollars", advice)
    nearest = round(dollars)
    noise = max(1e-6, 8 * math.ulp(dollars)) if isinstance(dollars, float) else 0
    if abs(dollars - nearest) > noise:
        return Wrong("fraction", written, WHOLE_DOLLARS, _about_fractions(unit))
    return nearest


def rounded(cell, unit: int = 1) -> int | None | Wrong:
    """Read a value of a source that publishes decimals (Comtrade, BACI), to the whole dollar, half to even."""
    found = money(cell, unit)
    if not isinstance(found, Wrong) or found.code != "fraction":
        return found
    return round((Decimal(str(cell)) if isinstance(cell, float) else _number(text(cell), ".")) * unit)


def _about_fractions(unit):
    if unit == 1:
        return (
            "If the values are in thousands or millions, say so in the title (“US$ thousand”); else round to dollars."
        )
    return f"Times {unit:,} this is not a whole number of dollars: round it (in Excel =ROUND(A1*{unit},0)/{unit})."


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


# --- periods ---------------------------------------------------------------------------------------------------

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
YEAR = r"(?:(?:19|20)\d\d|2100)"
PERIODS = [
    re.compile(pattern.replace("YEAR", f"(?P<year>{YEAR})").replace("NAME", f"(?P<name>{MONTH})"), re.IGNORECASE)
    for pattern in (
        r"YEAR(?: ?年度?)?(?:\.0+)?",
        r"YEAR(?P<month>0[1-9]|1[0-2])",
        r"YEAR ?[-/] ?(?P<month>\d{1,2})",
        r"YEAR\.(?P<month>\d\d)",
        r"YEAR ?年 ?(?P<month>\d{1,2}) ?月份?",
        r"YEAR[ -]?M(?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[/-]YEAR",
        r"NAME[ ,-]+YEAR",
        r"YEAR[ ,-]+NAME",
    )
]
A_PERIOD = "a year (2016) or a month (2016-03)"
MARKS = re.compile(r"(\s*(\[notes?\s*[\d, ]+\]|[*†‡]))+$", re.IGNORECASE)

# Texts that are meant as a period and are not one that can be stored: why, what to do, how they look.
DATE = "Write the year or the month as text: 2016 or 2016-03."
SHORT = "Write the year with four digits: 2016 or 2016-03."
QUARTER = "Give the months one by one; quarters and half-years are not stored."
PART = "Give the months one by one: a sum over part of a year is not stored."
RANGE = "Give each year a column (or a row) of its own."
NO_PERIODS = [
    (
        re.compile(pattern.replace("YEAR", YEAR).replace("NAME", MONTH).replace("TO", "[-–—~～至到]"), re.IGNORECASE),
        *why,
    )
    for why, patterns in (
        (("date", DATE), (r"YEAR[-/.]\d{1,2}[-/.]\d{1,2}.*", r"\d{1,2}[-/.]\d{1,2}[-/.]YEAR", r"YEAR ?年.*月.*日")),
        (("two-digit-year", SHORT), (r"(?:NAME|\d{1,2})[ -]'?\d\d", r"\d\d[ -]NAME", r"'\d\d")),
        (
            ("part-year", QUARTER),
            (r"YEAR.*(?:Q[1-4]|H[12]|季|半年).*", r"(?:Q[1-4]|H[12]|[1-4]Q|上半年|下半年).*YEAR.*"),
        ),
        (
            ("part-year", PART),
            (r"YEAR\D{0,3}\d{1,2} ?月? ?TO ?\d{1,2} ?月?.*", r"\d{1,2} ?月? ?TO ?\d{1,2} ?月?\D{0,3}YEAR.*"),
        ),
        (("part-year", PART), (r"NAME ?(?:TO|to) ?NAME\D{0,3}YEAR.*", r"YEAR\D{0,3}NAME ?(?:TO|to) ?NAME.*")),
        (("range", RANGE), (r"YEAR ?(?:TO|/|to) ?(?:\d\d)?\d\d",)),
        (("month", "Write months as 2016-01 to 2016-12."), (r"YEAR[-/.]\d{1,2}", r"YEAR年\d{1,2}月")),
    )
    for pattern in patterns
]


def period(cell) -> tuple[int, int] | None | Wrong:
    """Read a year or a month: "2016年" -> (2016, 0), "2016-03" -> (2016, 3). None: not meant as a period at all."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (datetime, date)):
        advice = "Format the cell as text and write 2016 or 2016-03: a date may stand for either."
        return Wrong("date", text(cell), A_PERIOD, advice)
    if isinstance(cell, float) and not cell.is_integer():
        return _period_with_fraction(cell)
    written = text(cell)
    return _period_of_text(MARKS.sub("", written)) if len(written) <= LONGEST else None


def _period_with_fraction(cell):
    if not FIRST_YEAR <= cell < LAST_YEAR + 1:
        return None
    return Wrong(
        "month", str(cell), A_PERIOD, "Write months as text: 2016-03. As a number, 2016.1 may be January or October."
    )


def _period_of_text(written):
    for pattern in PERIODS:
        if (match := pattern.fullmatch(written)) and (found := _parts(match)):
            return found
    for pattern, code, advice in NO_PERIODS:
        if pattern.fullmatch(written):
            return Wrong(code, written, A_PERIOD, advice)
    return None


def _parts(match):
    """Take a match apart: (2016, 3); None where the month is none of the twelve."""
    parts = match.groupdict()
    if name := parts.get("name"):
        return int(parts["year"]), MONTHS.index(name[:3].lower()) + 1
    month = int(parts.get("month") or 0)
    return (int(parts["year"]), month) if month in range(1, 13) or not parts.get("month") else None


def year(cell) -> tuple[int, int] | Wrong:
    """Read the cell of a column of years (or of months as 2016-03): (2016, 0)."""
    found = period(cell)
    return found or Wrong("year", text(cell) or "a blank", A_PERIOD, "Write the year with four digits.")


def month(cell) -> int | Wrong:
    """Read the cell of a column of months: 3, "03", "3月", "March" -> 3; a blank is the whole year, 0."""
    written = text(cell)
    if isinstance(cell, (bool, datetime, date)):
        return _no_month(written)
    if not written:
        return 0
    if match := re.fullmatch(r"(\d{1,2})(?:\.0+)? ?月?份?", written):
        number = int(match[1])
        return number if number <= 12 else _no_month(written)
    if match := re.fullmatch(MONTH, written, re.IGNORECASE):
        return MONTHS.index(match[0][:3].lower()) + 1
    return _no_month(written)


def _no_month(written):
    return Wrong("month", written, "a month from 1 to 12, or a blank for the whole year", "Correct the month.")


def status(cell) -> str | None | Wrong:
    """Read an SDMX status of a reported value: "p" -> "P", a blank -> None."""
    written = text(cell).upper()
    if not written:
        return None
    if written in STATUSES and len(written) == 1:
        return written
    expected = "A, P, B, O, L, Q or U, or a blank"
    if written == "E":
        return Wrong(
            "status", written, expected, "Put the value into the column for estimates; its status is E by nature."
        )
    return Wrong("status", written, expected, "See the key of statuses in the sheet “notes” of our workbook.")


CONTROLS = dict.fromkeys([*range(9), *range(11, 13), *range(14, 32), 127])


def note(cell) -> str | None | Wrong:
    """Read a note as it is written, without control characters and the space around it; 500 characters at most."""
    written = (cell if isinstance(cell, str) else text(cell)).translate(CONTROLS).strip()
    if len(written) > LONGEST_NOTE:
        return Wrong("note-length", f"{len(written):,} characters", f"at most {LONGEST_NOTE}", "Shorten the note.")
    return written or None


def values(column: list, unit: int = 1, decimal: str = ".") -> list:
    """Read a whole column as `money` does, the usual forms by a short way: a column may have a million."""
    largest, found = LARGEST // unit, []
    if _are_whole(column) and min(column) >= 0 and max(column) <= largest:
        return [int(cell) * unit for cell in column]
    for cell in column:
        number = -1
        if cell.__class__ is float:
            if 0 <= cell <= largest and cell == int(cell):
                number = int(cell)
        elif cell == "":
            found.append(None)
            continue
        elif cell.__class__ is str and cell.isdigit() and cell.isascii() and cell[0] != "0" and len(cell) < 14:
            number = int(cell)
        found.append(number * unit if 0 <= number <= largest else money(cell, unit, decimal))
    return found


def _are_whole(column):
    return set(map(type, column)) == {float} and all(map(float.is_integer, column))
