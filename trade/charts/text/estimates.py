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
    named = listed([name for run in _runs(cells, estimated) for name in _spelt([label(cells, each) for each in run])])
    return _words(cells, slugs, estimated) % {"periods": named}


def _runs(cells, periods):
    """Divide periods into runs of full years in a row: [2014, 2015, 2016, 2020] -> [[2014, 2015, 2016], [2020]]."""
    runs = []
    for period in periods:
        is_next = runs and isinstance(period, int) and not cells.part(period) and runs[-1][-1] == period - 1
        runs[-1].append(period) if is_next else runs.append([period])
    return runs


def _spelt(names):
    """Three names in a row are a span: ["2014–2016"]."""
    return [f"{names[0]}–{names[-1]}"] if len(names) > 2 else names


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
