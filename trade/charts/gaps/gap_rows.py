"""Writes the table of gaps as rows, one a part and period, for its CSV and JSON."""

from collections.abc import Iterator

from trade.charts.gaps.gap_choice import Choice
from trade.charts.gaps.gap_table import Gaps

COLUMNS = ("dataset", "release", "flow", "key", "name", "period", "state", "status", "missing_figures", "break_before")


def rows(gaps: Gaps, cube: dict, choice: Choice) -> Iterator[dict]:
    """Write each cell: {"key": "CN-HL", "period": "2016", "state": "both", "status": "A", "missing_figures": 0, …}."""
    of_all = {"dataset": choice.dataset, "release": cube["release"]["number"], "flow": choice.flow}
    for part in gaps.parts:
        for period, state in zip(gaps.periods, part.states, strict=True):
            yield of_all | {
                "key": part.code or choice.dataset,
                "name": part.name,
                "period": period.key,
                "state": state.kind,
                "status": state.status,
                "missing_figures": state.missing,
                "break_before": state.breaks,
            }
