"""Says how a value is valued, and what of it is estimated or missing: what stands in brackets behind it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.text import comparability, estimates, evidence
from trade.charts.text.labels import basis


def of(cells: Cells, slugs: Sequence, period) -> str:
    """Say on what basis a value stands: "FOB, of which US$310 m is an estimate, 1 figure missing"."""
    found = evidence.of(cells, slugs, period)
    missing, unreliable = (
        comparability.missing_words(found.missing),
        _("low reliability") if found.is_unreliable else "",
    )
    return joined(basis(cells.cube["dataset"], cells.flow), estimate(cells, slugs, period), missing, unreliable)


def estimate(cells: Cells, slugs: Sequence, period) -> str:
    """What of a value is an estimate: "of which US$310 m is an estimate", "all of it estimated"; else ""."""
    value, is_all = cells.estimate(slugs, period), cells.reported(slugs, period) is None
    if value is None:
        return ""
    if estimates.stand_for_the_figure(cells.cube["dataset"]):
        return _("worked out from published figures") if is_all else _("partly worked out from published figures")
    if is_all:
        return _("all of it estimated")
    return _("of which %(value)s is an estimate") % {"value": number_text.usd(value)}


def joined(*words: str) -> str:
    """Put together, with commas, what says something."""
    return ", ".join(word for word in words if word)
