"""Checks what editors write of a question against the releases: live figures, and what it is about.

Forms and imports ask here; the model does not, because the first questions are loaded before any figures are.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from faq import about_text
from faq.provided import figures

MOST_SHOWN = 5  # faults of one field
QUOTED = 40  # characters of what was found that a message repeats


def check_answer(answer: str, stored: str = "") -> None:
    """Refuse live figures that no release has, but for those of the stored answer.

    Raises: ValidationError, a message for each of the first five.
    """
    if faults := figures().faults(answer, stored):
        raise ValidationError(faults[:MOST_SHOWN])


def check_about(about: str, stored: str = "") -> None:
    """Refuse what names no section, code, province, dataset or term, but for what is stored already.

    Raises: ValidationError, a message for each of the first five.
    """
    faults = [_unread(part) for part in about_text.malformed(about)]
    known = about_text.read(stored)
    named = [one.key for one in about_text.read(about) if one.kind != "term" and one not in known]
    faults += [_unknown(key, near) for key, near in (figures().unknown(named) if named else {}).items()]
    if faults:
        raise ValidationError(faults[:MOST_SHOWN])


def _unread(part):
    words = {"found": part[:QUOTED], "terms": ", ".join(about_text.TERMS)}
    return (
        _(
            "“%(found)s” is no section, code, province or dataset. Write V, 27, 2701, CN-HL or china-totals, with "
            "semicolons between them, or one of the terms: %(terms)s."
        )
        % words
    )


def _unknown(key, near):
    words = {"found": about_text.written(key)[:QUOTED], "near": ", ".join(map(about_text.written, near))}
    if near:
        return _("There is no “%(found)s” on this site. Nearest: %(near)s.") % words
    return _("There is no “%(found)s” on this site. Write a code such as V, 27, 2701 or CN-HL, or a dataset.") % words
