"""Dates known to the day, the month or the year, as ISO 8601 writes them: "2017-09-05", "2020-01", "2023"."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tables import day_text

MONTH = re.compile(r"([A-Za-z]{3,9})\.? (\d{4})", re.ASCII)
FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
WRITTEN = {4: "Y", 7: "F Y", 10: "j F Y"}


def validate(text: str) -> None:
    """Refuse what is no day, month or year.

    Raises: ValidationError, with the forms that are understood.
    """
    match = FORM.fullmatch(text)
    try:
        _first_day(match)
    except (TypeError, ValueError) as error:
        _refuse_two_readings(text)
        message = _("“%(found)s” is not a date. Write a day, a month or a year: 2017-09-05, 2020-01 or 2023.")
        raise ValidationError(message % {"found": text}, code="date") from error


def _refuse_two_readings(text):
    try:
        day_text.day(text)
    except ValidationError as error:
        if error.code == "ambiguous_date":
            raise


def normal(text: str) -> str:
    """Bring a date that is written in words to its form: "5 September 2017" -> "2017-09-05", "Jan 2020" -> "2020-01".

    What is not understood stays as it is, for `validate` to refuse.
    """
    text = " ".join(text.split())
    try:
        if MONTH.fullmatch(text):
            return day_text.day(f"1 {text}").isoformat()[:7]
        return text if FORM.fullmatch(text) else day_text.day(text).isoformat()
    except ValidationError:
        return text


def first_day(text: str) -> date:
    """The first day of a day, month or year: "2020-01" -> date(2020, 1, 1)."""
    return _first_day(FORM.fullmatch(text))


def in_words(text: str) -> str:
    """Write a date for readers: "2017-09-05" -> "5 September 2017", "2020-01" -> "January 2020", "2023" -> "2023"."""
    return date_format(first_day(text), WRITTEN[len(text)])


def _first_day(match):
    year, *rest = (int(part or 1) for part in match.groups()) if match else (0,)
    return date(year, *rest)
