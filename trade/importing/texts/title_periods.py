"""Finds the one period that the titles above a table, or the name of its sheet, speak of: "2024年各省进出口"."""

import re
from typing import NamedTuple

from spreadsheets.sheet import BLANKS
from trade.importing import cell_values
from trade.importing.cell_values import Wrong
from trade.importing.texts import heading_words, period_values, year_marks
from trade.importing.texts.period_values import MONTH, PART, QUARTER, TO, YEAR, Period

HIGH = 12  # rows above a header in which its title may stand
# Texts that name when something was done, not what the values are of.
ASIDE = re.compile(
    r"source|note|retrieved|accessed|updated?|downloaded|published|as of|printed|created|来源|來源|资料|注[:：]|注释"
    r"|日期|填报|date:|날짜|更新|下载|查询|查詢|制表|发布|출처|자료|주[:：]|작성|갱신",
    re.IGNORECASE,
)
A_YEAR = rf"(?<![\d.,]){YEAR}(?!\d|,\d{{3}}(?!\d)|\.\d|p?/\d)"
SPANS = [
    rf"(?P<year>{A_YEAR}) ?[年년]?[ ,(]*(?P<first>\d{{1,2}}) ?[月월]?份? ?{TO} ?(?P<last>\d{{1,2}}) ?[月월]",
    rf"(?P<first_name>{MONTH}) ?{TO} ?(?P<last_name>{MONTH})[ ,]*(?P<year>{A_YEAR})",
    rf"(?P<year>{A_YEAR})[ ,(:]*(?P<first_name>{MONTH}) ?{TO} ?(?P<last_name>{MONTH})",
]
SINGLE = [
    rf"(?P<year>{A_YEAR}) ?[年년] ?(?P<month>\d{{1,2}}) ?[月월]",
    rf"(?<![a-z])(?P<name>{MONTH})[ ,-]+(?P<year>{A_YEAR})",
    rf"(?P<year>{A_YEAR})[ ,-]+(?P<name>{MONTH})(?![a-z])",
    rf"(?P<year>{A_YEAR})-(?P<month>0[1-9]|1[0-2])(?![\d-])",
    r"(?<!\d)(?P<year>20\d\d|19\d\d)(?P<month>0[1-9]|1[0-2])(?!\d)",
    rf"(?P<year>{A_YEAR})(?: ?[年년][度도]?)?(?:全年)?",
]
YEARS = re.compile(
    rf"(?<!\d)(?P<first>{YEAR}) ?[年년]?[度도]? ?{TO} ?(?P<last>{YEAR}|(?:1[3-9]|[2-9]\d)(?!\d))"  # 2019-05 is a month
)
SPANS, SINGLE = ([re.compile(pattern, re.IGNORECASE) for pattern in patterns] for patterns in (SPANS, SINGLE))
# A day is when something was done: 2020年2月10日, 2020-02-10, 10 Feb 2020.
A_DAY = re.compile(
    rf"{YEAR} ?[年년] ?\d{{1,2}} ?[月월] ?\d{{1,2}} ?[日일]|{YEAR}([-./])\d{{1,2}}\1\d{{1,2}}(?!\d)"
    rf"|\d{{1,2}} {MONTH},? {YEAR}|{MONTH} \d{{1,2}},? {YEAR}",
    re.IGNORECASE,
)
UP_TO = re.compile(
    r"截至|截止|[月年]止|\bup to\b|\buntil\b|\bthrough\b|까지|年初至今|前[一二三四五六七八九十\d]+个?月|累计至",
    re.IGNORECASE,
)


class Named(NamedTuple):
    """The periods that a text names, each sound or Wrong, and the text without them."""

    periods: list
    rest: str


class TitlePeriod(NamedTuple):
    """The one period of a table, or why there is none, and the text that names it."""

    period: Period | Wrong
    text: str
    is_sheet_name: bool = False


def named(text: str) -> Named:
    """Find the periods in a text: "2024年1-12月 出口" -> ([(2024, 0)], "出口")."""
    words, periods = A_DAY.sub(" ", " ".join(cell_values.text(text).split())), []
    if YEARS.search(words):
        return Named([Wrong("range", words, period_values.A_PERIOD, period_values.RANGE)], words)
    for pattern, read in (*((pattern, _span) for pattern in SPANS), *((pattern, _single) for pattern in SINGLE)):
        for match in pattern.finditer(words):
            periods.append(read(match))
        words = pattern.sub(" ", words)
    if UP_TO.search(text) or heading_words.part_of_year(words):
        advice = QUARTER if re.search(r"季|quarter|half|半|분기|반기|\b[qh]\d", text, re.IGNORECASE) else PART
        periods = [_part(text, advice) for _period in periods]
    return Named(
        [period for period in periods if period], " ".join(re.sub(r"[(\[] ?[)\]]", " ", words).split()).strip(" ,:-")
    )


def _span(match):
    groups = match.groupdict()
    first, last = (groups.get(name) or _month_of(groups[f"{name}_name"]) for name in ("first", "last"))
    if (int(first), int(last)) == (1, 12):
        return Period(int(match["year"]), 0)
    return _part(match[0], period_values.TWO_MONTHS if (int(first), int(last)) == (1, 2) else PART)


def _single(match):
    groups = match.groupdict()
    month = int(groups.get("month") or (_month_of(groups["name"]) if groups.get("name") else 0))
    return Period(int(match["year"]), month) if month <= 12 else None


def _month_of(name):
    return period_values.MONTHS.index(name[:3].lower()) + 1


def _part(text, advice):
    return Wrong("part-year", cell_values.text(text)[:80], period_values.A_PERIOD, advice)


def find(grid: list, number: int, name: str) -> TitlePeriod | None:
    """Find the one period of the table whose header is row `number`; None where none is named.

    The nearest title counts. The name of the sheet counts where no title names one, and must not say another.
    """
    above = _of_titles(grid, number) or _of_first_titles(grid, number)
    of_sheet = _one([name])
    if above and of_sheet and not isinstance(of_sheet.period, Wrong) and _contradict(above.period, of_sheet.period):
        found = f"“{above.text[:60]}”, on a sheet named “{name}”"
        advice = "Correct the title or the name of the sheet, or write the year above the values."
        return above._replace(period=Wrong("year", found, "one year for the table", advice))
    return above or (of_sheet and of_sheet._replace(is_sheet_name=True))


def _contradict(period, of_sheet):
    if isinstance(period, Wrong):
        return False
    return period.year != of_sheet.year or (of_sheet.month and period.month != of_sheet.month)


def _of_titles(grid, number):
    """Look upward from a header, as far as the values of the table above it."""
    for row in reversed(grid[max(number - HIGH, 0) : number]):
        if _holds_values(row):
            return None
        if found := _one(row):
            return found
    return None


def _of_first_titles(grid, number):
    """Look from the first row down, as far as the first values: what stands there is a title of all below."""
    texts = []
    for row in grid[:number]:
        if _holds_values(row):
            break
        texts += row
    return _one(texts)


def _holds_values(row):
    """Tell a row of values: a number in it is none that may be a year."""
    numbers = [cell for cell in row if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
    texts = [cell for cell in row if isinstance(cell, str) and re.fullmatch(r"[\d,. ]{1,20}", cell.strip())]
    return any(not isinstance(period_values.period(cell), Period) for cell in [*numbers, *texts])


def _one(cells):
    """Find the one period that some texts name: a month, where others name its year; Wrong where they name several."""
    found = {}
    for cell in cells:
        if cell in BLANKS or isinstance(cell, bool) or (isinstance(cell, str) and ASIDE.search(cell)):
            continue
        for period in named(cell_values.text(cell)).periods:
            found.setdefault(period, cell_values.text(cell))
    wrong = [period for period in found if isinstance(period, Wrong)]
    sound = {period: text for period, text in found.items() if not isinstance(period, Wrong)}
    months = [period for period in sound if period.month]
    if len(months) == 1 and {period.year for period in sound} == {months[0].year}:
        sound = {months[0]: sound[months[0]]}
    if wrong:
        return TitlePeriod(wrong[0], found[wrong[0]])
    if len(sound) == 1:
        [(period, text)] = sound.items()
        return TitlePeriod(year_marks.of_title(period, text), text)
    return TitlePeriod(_several(sound), next(iter(sound.values()))) if sound else None


def _several(periods):
    found = ", ".join(str(year) for year in sorted({period.year for period in periods}))
    return Wrong("year", f"titles that name {found}", "one year for the table", "Write the year above the values.")
