"""Where each HS code of a measure stands: in the resolution's text, in China's announcement, or as our assignment."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sanctions.code_text import Code


class Place(TextChoices):
    TEXT = "text", _("named in the resolution")
    ANNOUNCEMENT = "announcement", _("named in China’s announcement")
    ASSIGNED = "assigned", _("assigned by us")


def place_of(code: Code, stated: Iterable[Code], announced: Iterable[Code]) -> Place:
    """Find the first of the two lists that names a code: place_of(Code("8471"), [Code("84")], []) is Place.TEXT.

    China writes 10 digits, a whole heading with zeros: 2709000000 is 2709. A part of a code is named, too, by a list
    that names a deeper code; the whole of it is not.
    """
    if any(_names(one, code) for one in stated):
        return Place.TEXT
    return Place.ANNOUNCEMENT if any(_names(one, code) for one in announced) else Place.ASSIGNED


def _names(named, code):
    digits = _without_zeros(named.digits)
    if code.digits.startswith(digits):
        return code.partial or not named.partial
    return code.partial and digits.startswith(code.digits)


def _without_zeros(digits):
    """ "2709000000" -> "2709"; a heading or less stays."""
    while len(digits) > 4 and digits.endswith("00"):
        digits = digits[:-2]
    return digits
