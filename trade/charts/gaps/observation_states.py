"""Tells what a dataset knows of one part in one period: reported, estimated, missing, or nothing at all."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade.charts.cube_reader import Cells
from trade.charts.text.labels import status_text

REPORTED = "●"
PLUS = "+E"
HALF = "½"  # of a single figure: it lacks some months
KINDS = ("reported", "provisional", "unreliable", "both", "estimated", "incomplete", "missing", "unlisted")
OF_STATUS = {"P": "provisional", "U": "unreliable"}


class Observed(NamedTuple):
    """What is known of a part in a period."""

    kind: str  # one of KINDS, which is also its colour
    letter: str  # what stands in its cell: "●", "P", "+E", "L", "3" figures missing of a sum, "" of what is not listed
    status: str  # "A", as SDMX has it; "E" of an estimate alone, "" of what is not listed
    is_reported: bool
    is_estimated: bool
    missing: int  # figures that are missing or incomplete behind it
    breaks: bool  # the source breaks before it


def of(cells: Cells, slug: str, period) -> Observed:
    """Tell the state of a part in a year or month: of(cells, "cn-hl", 2016).kind -> "both"."""
    slugs = (slug,)
    reported, estimate = cells.reported(slugs, period), cells.estimate(slugs, period)
    status, gaps = cells.shown_status(slugs, period), cells.gaps(slugs, period)
    kind = _kind(reported, estimate, status, gaps)
    letter = _letter(kind, status, gaps, is_sum=any(map(cells.is_known, cells.nodes[slug]["children"])))
    known = (reported is not None, estimate is not None)
    return Observed(kind, letter, status, *known, gaps, cells.breaks(slugs, period))


def _kind(reported, estimate, status, gaps):
    if not status:
        return "unlisted"
    if reported is None and estimate is None:
        return "missing"
    if gaps:
        return "incomplete"
    if estimate is not None:
        return "estimated" if reported is None else "both"
    return OF_STATUS.get(status, "reported")


def _letter(kind, status, gaps, *, is_sum):
    if kind == "incomplete":
        return str(gaps) if is_sum else HALF
    return {"unlisted": "", "both": PLUS, "reported": REPORTED if status == "A" else status}.get(kind, status)


def said(observed: Observed) -> str:
    """Say a state aloud: "reported and estimated", "missing: suppressed", "2 figures missing, break in the series"."""
    words = [_words(observed)]
    if observed.kind != "incomplete" and observed.breaks:
        words.append(status_text("B"))
    return ", ".join(word for word in dict.fromkeys(words) if word)


def _words(observed):
    if observed.kind == "incomplete":
        if observed.letter == HALF:
            return _("some months missing")
        words = ngettext("%(count)s figure missing", "%(count)s figures missing", observed.missing)
        return words % {"count": observed.missing}
    if observed.kind == "missing":
        return status_text(observed.status)
    return _names()[observed.kind]


def _names():
    return {
        "reported": _("reported"),
        "provisional": _("provisional"),
        "unreliable": _("low reliability"),
        "both": _("reported and estimated"),
        "estimated": _("estimated only"),
        "unlisted": _("not listed"),
    }


def legend(found: set[tuple[str, str]]) -> list[dict]:
    """What each colour and letter means, of those (kind, letter) that are found, in the order of KINDS.

    [{"kind": "reported", "letter": "●", "text": "reported"}, …]; all numbers of missing figures are one entry.
    """
    meant = {}
    for kind, letter in sorted(found, key=lambda one: (KINDS.index(one[0]), one[1])):
        shown = "n" if letter.isdigit() else letter
        meant[kind, shown] = {"kind": kind, "letter": shown, "text": _meaning(kind, shown)}
    return list(meant.values())


def _meaning(kind, letter):
    if kind == "incomplete":
        return _("some months missing") if letter == HALF else _("a sum that lacks n figures")
    if kind == "missing":
        return status_text(letter)
    if kind == "reported" and letter != REPORTED:
        return _("reported, %(status)s") % {"status": status_text(letter)}
    return _names()[kind]
