"""Shows what somebody else estimates of the same trade: beside the chart, in words and in the table, never added."""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.figures import tables
from trade.charts.schema import Table


def note(cells: Cells, slugs: tuple) -> str:
    """Compare the newest second estimate of what is drawn with the one that is added; "" where there is none."""
    known = {slug: found for slug in slugs if (found := _of(cells, slug))}
    return _note(cells, known) if known and cells.estimates else ""


def in_table(table: Table, cells: Cells, slug: str) -> Table:
    """Add columns to a table of one place or good by period, where it has second estimates."""
    found = _of(cells, slug)
    if not found or not cells.estimates:
        return table
    rows = [row | {"cells": [*row["cells"], *_cells(found.get(row["key"]))]} for row in table["rows"]]
    return table | {"columns": [*table["columns"], *_columns()], "rows": rows}


def _of(cells, slug):
    return cells.cube.get("second_estimates", {}).get(cells.flow, {}).get(slug, {})


def _columns():
    value = {"key": "second-estimate", "label": _("Second estimate, not added"), "numeric": True}
    return [value, {"key": "second-estimate-note", "label": _("Whose it is"), "numeric": False}]


def _cells(found):
    if not found:
        return [tables.word(""), tables.word("")]
    value, note = found
    return [tables.cell(value, "E"), tables.word(note)]


def _note(cells, known):
    slug, period, value = max(
        ((slug, period, cell[0]) for slug, found in known.items() for period, cell in found.items()),
        key=lambda one: one[1],
    )
    words = {"name": cells.nodes[slug]["name"], "period": period, "second": number_text.usd(value)}
    own = cells.estimate((slug,), int(period)) if len(period) == len("2024") and not cells.monthly else None
    if own is None:
        return _("Not added: a second estimate for %(name)s, %(second)s in %(period)s.") % words
    words["own"] = number_text.usd(own)
    return _("Not added: a second estimate for %(name)s, %(second)s in %(period)s, where %(own)s is added.") % words
