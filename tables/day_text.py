"""A day as an editor writes it, where it can be read in one way only: "2026-06-01", "1 June 2026", "June 1, 2026".

"01/06/2026" is 1 June to some and 6 January to others, so it is refused and both readings are named.
"""

import datetime as dt
import re
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

MONTHS = ["january", "february", "march", "april", "may", "june"]
MONTHS += ["july", "august", "september", "october", "november", "december"]
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[t ]00:00(?::00)?)?", re.ASCII)
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.? (?P<name>[a-z]{3,9})\.?,? (?P<year>\d{4})", re.ASCII)
MONTH_FIRST = re.compile(r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})", re.ASCII)
NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)


def day(text: str) -> dt.date:
    """Read a day: day("1 June 2026") -> date(2026, 6, 1).

    Raises: ValidationError, which names what was found and how to write it.
    """
    words = " ".join(str(text).split())
    for form in (ISO, DAY_FIRST, MONTH_FIRST):
        if (match := form.fullmatch(words.lower())) and (found := _date(match.groupdict())):
            return found
    readings = list(dict.fromkeys(_readings(words)))
    if len(readings) > 1:
        names = {
            "found": words[:40],
            "one": date_format(readings[0], "j F Y"),
            "other": date_format(readings[1], "j F Y"),
        }
        names |= {"iso": readings[0].isoformat(), "other_iso": readings[1].isoformat()}
        message = _(
            "“%(found)s” can be %(one)s or %(other)s. Write the one that you mean as year-month-day: %(iso)s or "
            "%(other_iso)s."
        )
        raise ValidationError(message % names, code="ambiguous_date")
    example = readings[0] if readings else dt.date(2017, 8, 5)
    message = _("“%(found)s” is not understood as a date. Write it as year-month-day, %(iso)s, or as %(words)s.")
    names = {"found": words[:40], "iso": example.isoformat(), "words": date_format(example, "j F Y")}
    raise ValidationError(message % names, code="date")


def _readings(words) -> Iterator[dt.date]:
    if match := NUMBERS.fullmatch(words):
        first, _sign, second, year = match.groups()
        for number, month in ((first, second), (second, first)):
            if found := _date({"year": year, "month": month, "day": number}):
                yield found


def _date(found):
    """{"year": "2026", "name": "jun", "day": "1"} -> date(2026, 6, 1); None for what is no day."""
    month = int(found["month"]) if "month" in found else _month(found["name"])
    try:
        return dt.date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None


def _month(name):
    return next((number for number, month in enumerate(MONTHS, start=1) if _names(name, month)), 0)


def _names(name, month):
    return month.startswith(name) or name == month[:4]


class DayField(forms.DateField):
    """The box of a form for a day."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        return value if isinstance(value, dt.date) else day(value)
