"""Periods in cells and headers: years and months, in English, Chinese and Korean, or why a text is no period."""

import re
from datetime import date, datetime, timedelta
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
TO = r"(?:[-–—−‒~～〜∼至到]|to|through|until)"
JANUARY, FEBRUARY, DECEMBER = (rf"{name}\.?" for name in ("jan(?:uary)?", "feb(?:ruary)?", "dec(?:ember)?"))


def _compiled(pattern):
    """Compile a pattern: YEAR and NAME are a year and a month, TO is a span, NIAN is 年, MON is 月."""
    words = {"YEAR": YEAR, "NAME": MONTH, "TO": TO, "MON": "[月월]", "NIAN": "[年년]"}
    written = re.sub(r"(?<![A-Z])(?:YEAR|NAME|TO|MON|NIAN)(?![A-Z])", lambda match: words[match[0]], pattern)
    return re.compile(written, re.IGNORECASE)


CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九○", "001234567890")
CHINESE_YEAR = re.compile(r"[一二][〇零○一二三四五六七八九]{3}(?=年)")  # 二〇一八年
WHOLE_YEAR = (  # January to December, and words for it
    r"(?P<year>YEAR) ?NIAN?[ ,:(]*0?1 ?MON? ?TO ?12 ?MON份?(?: ?(?:累计|累計|누계|합계))?\)?",
    rf"(?P<year>YEAR)[ ,:(-]*{JANUARY} ?TO ?{DECEMBER}\)?",
    rf"{JANUARY} ?TO ?{DECEMBER}[ ,-]*(?P<year>YEAR)",
    r"0?1 ?MON? ?TO ?12 ?MON份?[ ,]*(?P<year>YEAR) ?NIAN?",
    r"(?P<year>YEAR) ?NIAN? ?(?:全年|全年度|연간|전체|년간)",
    r"(?P<year>YEAR) ?\. ?0?1 ?TO ?12",
    r"(?:(?:full |whole |calendar )?year|annual) (?P<year>YEAR)",
    r"(?P<year>YEAR) ?\(?(?:(?:full |whole |calendar )year|annual|year|yearly)\)?",
)
PERIODS = [
    _compiled(pattern)
    for pattern in (
        r"(?:cy ?|yr? ?)?(?P<year>YEAR)(?: ?NIAN ?[度도]?)?(?:\.0+)?",
        r"(?P<year>YEAR)\. (?P<month>\d{1,2})\.?",
        r"(?P<year>YEAR) ?NIAN ?(?P<month>\d{1,2}) ?MON份? ?[(（](?:当月|單月|单月|당월)[)）]",
        r"(?P<year>YEAR)(?P<month>0[1-9]|1[0-2])",
        r"(?P<year>YEAR) ?[-/] ?(?P<month>\d{1,2})",
        r"(?P<year>YEAR)\.(?P<month>\d\d)",
        r"(?P<year>YEAR) ?NIAN ?(?P<month>\d{1,2}) ?MON份?",
        r"(?P<year>YEAR)[ -]?M(?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[/-](?P<year>YEAR)",
        r"(?P<name>NAME)[ ,-]+(?P<year>YEAR)",
        r"(?P<year>YEAR)[ ,-]+(?P<name>NAME)",
        *WHOLE_YEAR,
    )
]
A_PERIOD = "a year (2016) or a month (2016-03)"
MARKS = re.compile(r"(\s*(\[notes?\s*[\d, ]+\]|[*†‡]))+$", re.IGNORECASE)
# Texts that are meant as a period and are not one that can be stored: why, what to do, how they look.
DATE = "Enter the year or month as text: 2016 or 2016-03."
SHORT = "Enter the year with four digits: 2016 or 2016-03."
QUARTER = "Enter each month separately; quarterly and half-yearly figures are not accepted."
PART = "Enter each month separately; cumulative figures for part of a year are not accepted."
TWO_MONTHS = (
    "Query January and February one by one (GACC’s online query gives both) and enter each in its own column; the two "
    "months together are not accepted, and they are never divided."
)
RANGE = "Put each year in a separate column or row."
NO_PERIODS = [
    Reason(_compiled(pattern), *why)
    for why, patterns in (
        (("date", DATE), (r"YEAR[-/.]\d{1,2}[-/.]\d{1,2}.*", r"\d{1,2}[-/.]\d{1,2}[-/.]YEAR", r"YEAR ?年.*月.*日")),
        (("two-digit-year", SHORT), (r"(?:NAME|\d{1,2})[ -]'?\d\d", r"\d\d[ -]NAME", r"'\d\d")),
        (
            ("part-year", QUARTER),
            (
                r"YEAR.*(?:Q[1-4]|H[12]|季|半年|분기|반기|quarter|half).*",
                r"(?:Q[1-4]|H[12]|[1-4][QH]|上半年|下半年|상반기|하반기).*YEAR.*",
                r"(?:(?:the )?\w{3,6} )?(?:quarter|half) ?(?:of |, ?)?YEAR",
            ),
        ),
        (
            ("part-year", TWO_MONTHS),
            (
                r"YEAR\D{0,3}0?1 ?MON? ?(?:TO|[、,，和+/&]) ?0?2 ?MON.*",
                rf"{JANUARY} ?(?:TO|and|&|[+/]) ?{FEBRUARY}\D{{0,3}}YEAR.*",
                rf"YEAR\D{{0,3}}{JANUARY} ?(?:TO|and|&|[+/]) ?{FEBRUARY}.*",
            ),
        ),
        (
            ("part-year", PART),
            (
                r"YEAR\D{0,3}\d{1,2} ?MON? ?TO ?\d{1,2} ?MON?.*",
                r"\d{1,2} ?MON? ?TO ?\d{1,2} ?MON?\D{0,3}YEAR.*",
                r"NAME ?TO ?NAME\D{0,3}YEAR.*",
                r"YEAR\D{0,3}NAME ?TO ?NAME.*",
                r"(?:截至|截止|至) ?YEAR ?NIAN.*|YEAR ?NIAN.*(?:止|末|为止|까지)",
                r"(?:(?:as of|up to|to|until|through)(?: end-?)? ?)(?:NAME )?YEAR",
                r"(?:year[- ]to[- ](?:date|NAME)|ytd|(?:first )?\w{1,6} months)(?: ?(?:of )?YEAR)?",
                r"YEAR.*(?:year[- ]to[- ](?:date|NAME)|\bytd\b|months|前.{1,3}个?月).*",
                r"YEAR ?NIAN?.*(?:累计|累計|누계).*|cumulative.*YEAR|YEAR.*cumulative.*",
                r"\d{1,2}M ?YEAR|YEAR ?\d{1,2}M",
            ),
        ),
        (("range", RANGE), (r"YEAR ?(?:TO|/) ?(?:\d\d)?\d\d",)),
        (("month", "Enter months as 2016-01 to 2016-12."), (r"YEAR[-/.]\d{1,2}", r"YEAR ?NIAN ?\d{1,2} ?MON")),
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
    written = CHINESE_YEAR.sub(lambda match: match[0].translate(CHINESE_DIGITS), " ".join(text(cell).split()))
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


WRITTEN_DATE = re.compile(r"((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]0?0:00(?::00)?)?")


def day(cell) -> date | None:
    """Read a cell that is a date, or a text in the order year, month, day; None where it is neither."""
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == cell.time().min else None
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str) and (match := WRITTEN_DATE.fullmatch(text(cell))):
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            return None
    return None


def of_dates(cells: set) -> str:
    """Say what dates stand for, "months" or "years", where all begin or all end one; "" where they do not, or vary."""
    days = {found for cell in cells if (found := day(cell))}
    if len(days) < 2 or len(days) < len({day(cell) or cell for cell in cells}):
        return ""
    at_end = all((one + timedelta(days=1)).day == 1 for one in days)
    if not at_end and any(one.day != 1 for one in days):
        return ""
    return "years" if all(one.month == (12 if at_end else 1) for one in days) else "months"


def written_of_date(cell, meaning: str):
    """Write a date as the period that it stands for: 2019-01-31 -> "2019-01"; another cell stays as it is."""
    found = day(cell)
    return cell if not found else str(found.year) if meaning == "years" else f"{found:%Y-%m}"


def year(cell) -> Period | Wrong:
    """Read the cell of a column of years (or of months as 2016-03): (2016, 0)."""
    advice = "Enter the year with four digits."
    if re.match(rf"{YEAR}\D", text(cell)):
        advice = (
            "Enter the year alone. What stands behind it is in the way; a column “status” can say it: P, provisional."
        )
    return period(cell) or Wrong("year", text(cell) or "a blank", A_PERIOD, advice)


CHINESE_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def month(cell) -> int | Wrong:
    """Read the cell of a column of months: 3, "03", "3月", "March" -> 3; a blank is the whole year, 0."""
    written = text(cell)
    if isinstance(cell, (bool, datetime, date)):
        return _no_month(written)
    if not written:
        return 0
    if match := re.fullmatch(r"(\d{1,2})(?:\.0+)? ?[月월]?份?", written):
        number = int(match[1])
        return number if number <= 12 else _no_month(written)
    if written.removesuffix("份").removesuffix("月") in CHINESE_MONTHS and "月" in written:
        return CHINESE_MONTHS.index(written.removesuffix("份").removesuffix("月")) + 1
    if match := re.fullmatch(MONTH, written, re.IGNORECASE):
        return MONTHS.index(match[0][:3].lower()) + 1
    return _no_month(written)


def _no_month(written):
    return Wrong("month", written, "a month from 1 to 12, or a blank for the whole year", "Correct the month.")
