"""How a number is written for a reader: the one place where digits become words, so that locales can follow.

Exact numbers stand in tables, with commas between thousands; sentences and labels take three
significant digits ("US$1.67 bn"). A missing value is a dash, never a nought, and is spoken as "missing".
"""

from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from trade.page_measures import MEASURES

DIGITS = MEASURES.digits
SPACE = "\u00a0"
MISSING = "–"
MINUS = "−"


def exact(value: int | None) -> str:
    """Write a whole number: 1673785123 -> "1,673,785,123", -1234 -> "−1,234", None -> "–"."""
    return MISSING if value is None else f"{value:,}".replace("-", MINUS)


def usd(value: int | None, precision: int = 0) -> str:
    """Write dollars for a sentence: 1673785123 -> "US$1.67 bn", 845123 -> "US$845,123", None -> "–".

    No digit is finer than `precision`, the unit in US$ to which the value is known: (2630000000, 10**8) -> "US$2.6 bn".
    """
    return MISSING if value is None else _usd(value, precision, get_language())


@lru_cache(maxsize=50_000)
def _usd(value, precision, language):
    """Written once a language: the many views of one release write the same values."""
    number = short(abs(value)) if not precision else as_fine_as(abs(value), precision)
    return (MINUS if value < 0 else "") + _("US$%(number)s") % {"number": number}


def as_fine_as(size: int, precision: int) -> str:
    """Write a size in three digits, or in fewer where it is not known so well: (41700000, 10**6) -> "42 m"."""
    finest, power = 10 ** (len(str(precision)) - 1), len(str(size)) - 1
    if finest == 1 or (size >= 10**6 and finest <= 10 ** (power - 2)):
        return short(size)
    rounded = (size + finest // 2) // finest * finest
    scale, name = (10**9, pgettext("billion", "bn")) if rounded >= 10**9 else (10**6, pgettext("million", "m"))
    if rounded < 10**6:
        return exact(rounded)
    decimals = max(0, len(str(scale)) - len(str(finest)))
    return f"{rounded / scale:.{decimals}f}{SPACE}{name}"


def short(size: float) -> str:
    """Write a size in three digits and its scale: 1673785123 -> "1.67 bn", 12300000 -> "12.3 m", 8123 -> "8,123"."""
    if size < DIGITS.millions_from:
        return exact(round(size))
    # Rounded before it is scaled: 999,600,000 is "1.00 bn", never "1000 m".
    if size < DIGITS.billions_from:
        return three_digits(size / 1e6) + SPACE + pgettext("million", "m")
    return three_digits(size / 1e9) + SPACE + pgettext("billion", "bn")


def three_digits(number: float) -> str:
    """Round to three significant digits: 1.6738 -> "1.67", 12.34 -> "12.3", 345.6 -> "346", 1234.5 -> "1,235"."""
    for limit, form in ((DIGITS.two_decimals, ".2f"), (DIGITS.one_decimal, ".1f")):
        if number < limit:
            return format(number, form)
    return exact(round(number))


def tick(value: int, step: int) -> str:
    """Write a number on an axis, as short as its step allows: 1500000000 -> "1.5 bn", 0 -> "0"."""
    for scale, name in ((10**9, pgettext("billion", "bn")), (10**6, pgettext("million", "m"))):
        if abs(value) >= scale or (value and step >= scale):
            return f"{value / scale:.10g}".replace("-", MINUS) + SPACE + name
    return exact(value)


def percent(part: int | None, whole: int | None) -> str:
    """Write a share: 43 of 100 -> "43%", 4 of 1000 -> "0.4%", 1 of 5000 -> "<0.1%"; "" when there is none to tell."""
    if part is None or not whole:
        return ""
    share = rounded_percent(part, whole)
    if share is None:
        return "<0.1%" if abs(part) < abs(whole) / 2 else ">99%"
    return f"{share:.1f}%".replace(".0%", "%").replace("-", MINUS)


def signed_percent(part: int | None, whole: int | None) -> str:
    """Write a change with its sign: (7, 100) -> "+7%", (-16, 1000) -> "−1.6%", (0, 100) -> "0%"; "" where none is."""
    text = percent(part, whole)
    return f"+{text}" if text and part > 0 else text


def index(number: float) -> str:
    """Write an index number in three digits: 100.0 -> "100", 3.456 -> "3.46", 12345.6 -> "12,346"."""
    return exact(round(number)) if number >= DIGITS.one_decimal else three_digits(number)


def share_in_words(part: int | None, whole: int | None) -> str:
    """Write a share in a sentence: "37%", "less than 0.1%", "more than 99%"; "" when there is none to tell."""
    share = percent(part, whole)
    if share.startswith("<"):
        return _("less than %(share)s") % {"share": share[1:]}
    return _("more than %(share)s") % {"share": share[1:]} if share.startswith(">") else share


def rounded_percent(part: int | None, whole: int | None) -> float | None:
    """The number that `percent` writes: 43 of 100 -> 43.0, 4 of 1000 -> 0.4; None where it writes none, or "<0.1%"."""
    if part is None or not whole:
        return None
    share = 100 * part / whole
    if 0 < abs(share) < 0.05 or 99.5 <= share < 100:
        return None
    return round(share, 1 if abs(share) < 9.95 else 0)


def exact_percent(part: int | None, whole: int | None) -> float | None:
    """Tell a share as a number, to four decimals: 1 of 3 -> 33.3333; None when there is none to tell.

    What is smaller keeps one digit, 1 of 10**9 -> 1e-07, so that it is not taken for nothing.
    """
    if part is None or not whole:
        return None
    share = 100 * part / whole
    return round(share, 4) or float(f"{share:.1g}")


def change(now: int, before: int, when: str, uncertainty: int = 0) -> str:
    """Say how a value moved: (92, 100, "2023") -> "8% less than in 2023", (300, 100, …) -> "3 times as much as …".

    `uncertainty` is by how much their difference may be off: where that is more than half a per cent, no decimal is
    said and the number is "about".
    """
    if not before:
        return ""
    if uncertainty and abs(now - before) <= uncertainty:
        return _("about the same as in %(when)s") % {"when": when}
    if now == before:
        return _("the same as in %(when)s") % {"when": when}
    if now >= 2 * before:
        return _("%(factor)s times as much as in %(when)s") % {"factor": factor(now, before), "when": when}
    words = {"share": share_in_words(abs(now - before), before), "when": when}
    if 200 * uncertainty > before:
        words["share"] = _("about %(number)d%%") % {"number": max(1, round(100 * abs(now - before) / before))}
    if now > before:
        return _("%(share)s more than in %(when)s") % words
    return _("%(share)s less than in %(when)s") % words


def factor(now: int, before: int) -> str:
    """Write how many times a value another is: (240, 100) -> "2.4", (12345, 100) -> "123"."""
    return f"{now / before:.1f}".removesuffix(".0") if now < 100 * before else exact(round(now / before))


def unit_value(value: int, quantity: float, unit: str) -> str:
    """Write what one unit came to: (1060000000, 22480000.0, "t") -> "US$47.2/t"."""
    each = value / quantity
    number = three_digits(each) if each >= 1 else f"{each:.3g}"
    return _("US$%(number)s/%(unit)s") % {"number": number, "unit": unit}


def ordinal(place: int) -> str:
    """Write a place in English order: 1 -> "1st", 12 -> "12th", 23 -> "23rd"."""
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def rank(place: int, of: int) -> str:
    """Write a rank: (1, 31) -> "1st of 31"."""
    return _("%(place)s of %(count)s") % {"place": ordinal(place), "count": of}


def months(first: int, last: int) -> str:
    """Name a run of months: (1, 9) -> "Jan–Sep", (3, 3) -> "Mar"."""
    names = [_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun")]
    names += [_("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec")]
    return names[first - 1] if first == last else f"{names[first - 1]}–{names[last - 1]}"


def period(year: int, month: int = 0) -> str:
    """Write a year or a month of it: (2016, 0) -> "2016", (2016, 3) -> "Mar 2016"."""
    return f"{months(month, month)} {year}" if month else str(year)


def period_label(written: int | str) -> str:
    """Write a period as a reader reads it: 2016 -> "2016", "2025-03" -> "Mar 2025"."""
    return str(written) if isinstance(written, int) else period(int(written[:4]), int(written[5:]))


def day(iso: str) -> str:
    """Write a day: "2026-11-27" -> "27 November 2026"."""
    return date_format(date.fromisoformat(iso), "j F Y")
