"""Fields in which editors write HS codes, and what is said of those that cannot be understood."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from sanctions import code_text

EDITIONS = [(year, f"HS {year}") for year in ("1988", "1996", "2002", "2007", "2012", "2017", "2022")]


def validate_codes(text):
    """Refuse codes that cannot be understood, in the parser's words."""
    try:
        code_text.parse(text)
    except code_text.CodesError as error:
        raise ValidationError(str(error), code="codes") from error


def codes_field(label, help_text, **more):
    """A list of HS codes as people write it, "2701; 50-63", blank where there is none."""
    more = {"max_length": 200, "blank": True, "validators": [validate_codes]} | more
    return models.CharField(label, help_text=help_text, **more)


def edition_field():
    """The edition of the Harmonized System that codes are taken from; blank where it is not known."""
    return models.CharField(
        _("edition of the codes"),
        max_length=4,
        blank=True,
        choices=EDITIONS,
        help_text=_(
            "The edition of the Harmonized System that the codes are from. Leave blank if it is not known. A code of 6 "
            "digits or more counts as covered in part where figures are in another edition."
        ),
    )
