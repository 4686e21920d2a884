"""Lists written as columns, read back the slow way: what static/js/memory.js does."""

from trade import number_text


def figure(one: dict) -> dict:
    """Make of a figure that trade.pages.view_pack wrote tightly the one that trade.charts describes."""
    series = [line | {"points": _things(line["points"])} for line in one["series"]]
    table = one["table"]
    if table:
        cells = [[_full(cell) for cell in _things(column)] for column in table["cells"]]
        rows = [row | {"cells": [column[at] for column in cells]} for at, row in enumerate(_things(table["rows"]))]
        table = {name: part for name, part in table.items() if name != "cells"} | {"rows": rows}
    lists = {name: _things(one[name]) for name in ("categories", "totals")}
    return one | lists | {"series": series, "table": table}


def _things(columns):
    names = [name for name in columns if name != "n"]
    return [
        {name: columns[name][at] if isinstance(columns[name], list) else columns[name] for name in names}
        for at in range(columns["n"])
    ]


def _full(cell):
    return cell if "text" in cell else cell | {"text": number_text.exact(cell["value"])}
