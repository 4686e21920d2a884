"""Shows what somebody else estimates of the same trade: beside the chart, in words and in the table, never added."""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.figures import table_cells
from trade.charts.schema import Table


def note(cells: Cells, slugs: tuple) -> str:
    """Compare the newest second estimate of what is drawn with the one that is added; "" where there is none."""
    known = {slug: found for slug in slugs if (found := _of(cells, slug))}
    return _note(cells, known) if known and cells.estimates and not cells.monthly else ""


def in_table(table: Table, cells: Cells, slug: str) -> Table:
    """Add columns to a table of one place or good by period, where it has second estimates."""
    found = _of(cells, slug)
    if not found or not cells.estimates:
        return table
    rows = [row | {"cells": [*row["cells"], *_cells(found.get(row["key"]))]} for row in table["rows"]]
    return table | {"columns": [*table["columns"], *_columns(cells.flow)], "rows": rows}


def _of(cells, slug):
    found = cells.cube.get("second_estimates", {}).get(cells.flow, {}).get(slug, {})
    drawn = {str(period) for period in cells.periods}
    return {period: value for period, value in found.items() if period in drawn}


def _columns(flow):
    about = ("second_estimate", flow)
    value = table_cells.column("second-estimate", _("Second estimate, not added"), "value", *about)
    return [value, table_cells.column("second-estimate-note", _("Source"), "note", *about, numeric=False)]


def _cells(found):
    if not found:
        return [table_cells.word(""), table_cells.word("")]
    value, note = found
    return [table_cells.number(value, "E"), table_cells.word(note)]


def _note(cells, known):
    slug, period, value = max(
        ((slug, period, cell[0]) for slug, found in known.items() for period, cell in found.items()),
        key=lambda one: one[1],
    )
    words = {"name": cells.nodes[slug]["name"], "period": period, "second": number_text.usd(value)}
    own = cells.estimate((slug,), int(period)) if len(period) == len("2024") and not cells.monthly else None
    if own is None:
        return _("A second estimate for %(name)s in %(period)s, %(second)s, is not added.") % words
    words["own"] = number_text.usd(own)
    return (
        _("A second estimate for %(name)s in %(period)s, %(second)s, is not added; the estimate added is %(own)s.")
        % words
    )
