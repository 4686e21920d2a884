"""Names the estimates on which a sentence rests, and their kind."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade.charts.cube_reader import Cells, sides_of
from trade.charts.text import evidence
from trade.charts.text.labels import label, listed

WORKED_OUT = "worked_out"


def stand_for_the_figure(dataset: dict) -> bool:
    """Whether estimates are the published figure itself, worked out, and not an addition to it."""
    return dataset.get("estimate_kind") == WORKED_OUT


def behind(cells: Cells, slugs: Sequence, periods: Sequence) -> str:
    """Say which of the periods that a sentence compares rest on estimates: "2024 worked out from …", else ""."""
    estimated = sorted(period for period in periods if evidence.of(cells, slugs, period).estimated)
    if not estimated:
        return ""
    named = listed([label(cells, period) for period in estimated])
    return _words(cells, slugs, estimated) % {"periods": named}


def _words(cells, slugs, estimated):
    if not stand_for_the_figure(cells.cube["dataset"]):
        words = "%(periods)s includes estimates"
        return ngettext(words, "%(periods)s include estimates", len(estimated))
    if any(_is_partly_reported(cells, slugs, period) for period in estimated):
        return _("%(periods)s partly worked out from published figures")
    return _("%(periods)s worked out from published figures")


def _is_partly_reported(cells, slugs, period):
    readings = sides_of(cells) if cells.flow == "balance" else [cells]
    return any(side.reported(slugs, period) is not None for side in readings)
