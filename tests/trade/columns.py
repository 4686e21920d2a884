"""Lists written as columns, read back the slow way: what static/js/memory.js does."""

from trade import number_text


def figure(one: dict) -> dict:
    """Make of a figure that trade.pages.in_place.view_pack wrote tightly the one that trade.charts describes."""
    series = [line | {"points": _pointed(line["points"])} for line in one["series"]]
    table = one["table"]
    if table:
        cells = [[_full(cell) for cell in _things(column)] for column in table["cells"]]
        rows = [row | {"cells": [column[at] for column in cells]} for at, row in enumerate(_things(table["rows"]))]
        table = {name: part for name, part in table.items() if name != "cells"} | {"rows": rows}
    lists = {"categories": _things(one["categories"]), "totals": _pointed(one["totals"])}
    return one | lists | {"series": series, "table": table}


def _things(columns):
    names = [name for name in columns if name != "n"]
    return [
        {name: columns[name][at] if isinstance(columns[name], list) else columns[name] for name in names}
        for at in range(columns["n"])
    ]


def _pointed(columns):
    """A point without a text is of dollars."""
    found = _things(columns)
    return [point if "text" in point else point | {"text": number_text.usd(point["value"])} for point in found]


def _full(cell):
    return cell if "text" in cell else cell | {"text": number_text.exact(cell["value"])}


def shown(payload: dict) -> dict:
    """What a page shows of a payload: without what only programs read of its tables."""
    known = {name: part for name, part in payload.items() if name != "findings"}  # of pages of one figure
    return known | {"figures": [_of_page(figure) for figure in payload["figures"]]}


def _of_page(figure):
    table = figure["table"]
    if not table:
        return figure
    columns = [{name: column[name] for name in ("key", "label", "numeric")} for column in table["columns"]]
    rows = [row | {"cells": [_of_cell(cell) for cell in row["cells"]]} for row in table["rows"]]
    return figure | {"table": {"caption": table["caption"], "columns": columns, "rows": rows}}


def _of_cell(cell):
    """The text stands for the number; where something is said of it, a page asks whether there is one."""
    names = ("text", "status", "status_text")
    return {name: cell[name] for name in ((*names, "value") if cell["status_text"] else names)}
