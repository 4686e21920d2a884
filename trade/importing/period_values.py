"""Periods in cells and headers: years and months, in English, Chinese and Korean, or why a text is no period."""

import re
from datetime import date, datetime
from typing import NamedTuple

from trade.importing.cell_values import FIRST_YEAR, LAST_YEAR, LONGEST, Reason, Wrong, text


class Period(NamedTuple):
    """A year, of which `month` is 0, or a month."""

    year: int
    month: int


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
DATE = "Enter the year or month as text: 2016 or 2016-03."
SHORT = "Enter the year with four digits: 2016 or 2016-03."
QUARTER = "Enter each month separately; quarterly and half-yearly figures are not accepted."
PART = "Enter each month separately; cumulative figures for part of a year are not accepted."
RANGE = "Put each year in a separate column or row."
NO_PERIODS = [
    Reason(
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
        (("month", "Enter months as 2016-01 to 2016-12."), (r"YEAR[-/.]\d{1,2}", r"YEAR年\d{1,2}月")),
    )
    for pattern in patterns
]


def period(cell) -> Period | None | Wrong:
    """Read a year or a month: "2016年" -> (2016, 0), "2016-03" -> (2016, 3). None: not meant as a period at all."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (datetime, date)):
        advice = "Format the cell as text and enter 2016 or 2016-03: a date could mean either the year or the month."
        return Wrong("date", text(cell), A_PERIOD, advice)
    if isinstance(cell, float) and not cell.is_integer():
        return _period_with_fraction(cell)
    written = text(cell)
    return _period_of_text(MARKS.sub("", written)) if len(written) <= LONGEST else None


def _period_with_fraction(cell):
    if not FIRST_YEAR <= cell < LAST_YEAR + 1:
        return None
    return Wrong(
        "month",
        str(cell),
        A_PERIOD,
        "Enter months as text: 2016-03. As a number, 2016.1 could mean January or October.",
    )


def _period_of_text(written):
    for pattern in PERIODS:
        if (match := pattern.fullmatch(written)) and (read := _period_of_match(match)):
            return read
    for pattern, code, advice in NO_PERIODS:
        if pattern.fullmatch(written):
            return Wrong(code, written, A_PERIOD, advice)
    return None


def _period_of_match(match):
    """Read the groups of a match: (2016, 3); None where the month is none of the twelve."""
    groups = match.groupdict()
    if name := groups.get("name"):
        return Period(int(groups["year"]), MONTHS.index(name[:3].lower()) + 1)
    month = int(groups.get("month") or 0)
    return Period(int(groups["year"]), month) if month in range(1, 13) or not groups.get("month") else None


def year(cell) -> Period | Wrong:
    """Read the cell of a column of years (or of months as 2016-03): (2016, 0)."""
    return period(cell) or Wrong("year", text(cell) or "a blank", A_PERIOD, "Enter the year with four digits.")


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
