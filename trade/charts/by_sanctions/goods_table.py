"""Says in the table of a year's goods what sanctions say of each, beside its value."""

from django.utils.translation import gettext as _

from trade import sanction_levels
from trade.charts.by_sanctions.split_cube import FLOWS, Split
from trade.charts.cube_reader import Cells
from trade.charts.figures import table_cells
from trade.charts.schema import Figure
from trade.charts.text.labels import capital, within


def with_sanctions(figure: Figure, split: Split, goods: Cells, period) -> Figure:
    """Add a column to the table of ranked goods, of one direction, that names the groups of each: "Banned"."""
    table, year = figure["table"], int(str(period)[:4])
    if not table or table["rows_are"] != "members" or goods.flow not in FLOWS:
        return figure
    names = sanction_levels.names()
    column = table_cells.column("sanctions", _("Sanctions"), "sanctions", numeric=False)
    rows = []
    for row in table["rows"]:
        groups = [] if row["total"] else split.groups(goods.flow, row["key"], year)
        said = capital("; ".join(within(names[group]) for group in groups))
        rows.append(row | {"cells": [*row["cells"], table_cells.word(said)]})
    return figure | {"table": table | {"columns": [*table["columns"], column], "rows": rows}}
