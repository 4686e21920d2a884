"""Dates known to the day, the month or the year, as ISO 8601 writes them: "2017-09-05", "2020-01", "2023"."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

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
        message = _("“%(found)s” is not a date. Write a day, a month or a year: 2017-09-05, 2020-01 or 2023.")
        raise ValidationError(message % {"found": text}, code="date") from error


def in_words(text: str) -> str:
    """Write a date for readers: "2017-09-05" -> "5 September 2017", "2020-01" -> "January 2020", "2023" -> "2023"."""
    return date_format(_first_day(FORM.fullmatch(text)), WRITTEN[len(text)])


def _first_day(match):
    year, *rest = (int(part or 1) for part in match.groups()) if match else (0,)
    return date(year, *rest)
