"""Names the estimates on which a sentence rests, and their kind."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade.charts.cube_reader import Cells
from trade.charts.text.labels import label

WORKED_OUT = "worked_out"


def kind(dataset: dict) -> str:
    """Name what a dataset's estimates are: "worked out from published figures"."""
    if dataset.get("estimate_kind") == WORKED_OUT:
        return _("worked out from published figures")
    return _("estimate of unreported trade")


def behind(cells: Cells, slugs: Sequence, periods: Sequence) -> str:
    """Say which of the periods that a sentence compares rest on estimates: " (2024 worked out from …)", else ""."""
    estimated = [period for period in periods if cells.estimate(slugs, period) is not None]
    if not estimated:
        return ""
    named = _(" and ").join(label(cells, period) for period in sorted(estimated))
    return " " + _in_brackets(cells, slugs, estimated) % {"periods": named}


def _in_brackets(cells, slugs, estimated):
    count, dataset = len(estimated), cells.cube["dataset"]
    if dataset.get("estimate_kind") != WORKED_OUT:
        words = "(%(periods)s includes an estimate of unreported trade)"
        return ngettext(words, "(%(periods)s include estimates of unreported trade)", count)
    if any(cells.reported(slugs, period) is not None for period in estimated):
        return _("(%(periods)s partly worked out from published figures)")
    return _("(%(periods)s worked out from published figures)")
