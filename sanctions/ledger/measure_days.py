"""The days of a measure that cannot be, each with a message beside its field."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

MOST_YEARS = 10  # from adoption to force: the longest grace period of these resolutions is of two years


def check(measure, adopted: date | None) -> None:
    """Refuse days out of their order or range, and an end that does not fit what came after.

    Raises: ValidationError, by the field.
    """
    if adopted:
        for name in ("effective_from", "until", "grace_until"):
            _refuse_before(measure, name, adopted, gettext("the resolution was adopted on"))
        _refuse_after(measure, "effective_from", adopted.year + MOST_YEARS)
    for name in ("until", "grace_until"):
        _refuse_after(measure, name, timezone.now().year + MOST_YEARS)
        if measure.effective_from:
            _refuse_before(measure, name, measure.effective_from, gettext("the measure is in force from"))
    _refuse_odd_end(measure)
    _refuse_odd_check(measure)


def _refuse_before(measure, name, first, why):
    found = getattr(measure, name)
    if found and found < first:
        words = {"found": date_format(found, "j F Y"), "why": why, "first": date_format(first, "j F Y")}
        message = gettext("%(found)s is too early: %(why)s %(first)s. Correct one of the two dates.")
        raise ValidationError({name: message % words})


def _refuse_after(measure, name, last):
    found = getattr(measure, name)
    if found and found.year > last:
        message = gettext("%(found)s is too late: the latest year expected here is %(last)s. Correct the year.")
        raise ValidationError({name: message % {"found": date_format(found, "j F Y"), "last": last}})


def _refuse_odd_end(measure):
    """An end has a day; what took the place of a measure is another one, and came no earlier than that."""
    other = measure.replaced_by
    if other and other.pk == measure.pk:
        raise ValidationError({"replaced_by": gettext("A measure cannot replace itself. Choose another one.")})
    if (other or measure.ended_by_id) and not measure.until:
        message = gettext("Enter the last day on which the measure applied.")
        if other and other.effective_from:
            last = (other.effective_from - timedelta(days=1)).isoformat()
            message += " " + gettext("The measure that replaced it is in force from the day after %(day)s.") % {
                "day": last
            }
        raise ValidationError({"until": message})
    if other and other.effective_from and measure.effective_from and other.effective_from < measure.effective_from:
        message = gettext("“%(other)s” is in force from %(day)s, before this measure. Choose another one.")
        words = {"other": other, "day": date_format(other.effective_from, "j F Y")}
        raise ValidationError({"replaced_by": message % words})


def _refuse_odd_check(measure):
    """A check has a day, which is past; and what was checked was checked against something."""
    found = measure.checked_on
    if measure.checked_by and not found:
        raise ValidationError({"checked_on": gettext("Enter the day of the check, or leave “checked by” blank.")})
    if found and found > timezone.now().date():
        message = gettext("%(found)s is in the future. Enter the day on which the entry was checked.")
        raise ValidationError({"checked_on": message % {"found": date_format(found, "j F Y")}})
    if found and measure.basis.strip() in ("", "R"):
        message = gettext(
            "A day of the check is given, but the basis names no source. Write the page there that the entry was "
            "checked against, e.g. S:undocs.org/S/RES/2371(2017), or leave the day blank."
        )
        raise ValidationError({"basis": message})
