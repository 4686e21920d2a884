"""Remembers what was drawn of a figure that many views share, by what the figure is, not by what it holds."""

from collections.abc import Callable, Hashable
from typing import Any

from trade.charts.schema import Figure

MOST = 300  # drawings and lists, some 20 kB each

_drawn: dict = {}  # {(id of its series, id of its categories, what is drawn): (series, categories, drawing)}


def of(figure: Figure, what: Hashable, draw: Callable[[], Any]) -> Any:
    """Give what is drawn of a figure's series over its categories, or draw it: of(figure, "columns", draw).

    Views that share a figure have both in common, and nobody changes either.
    """
    series, categories = figure["series"], figure["categories"]
    key = (id(series), id(categories), what)
    if key not in _drawn:
        while len(_drawn) >= MOST:
            _drawn.pop(next(iter(_drawn)), None)
        _drawn[key] = (series, categories, draw())  # as long as both are held here, nothing else has their ids
    return _drawn[key][2]
