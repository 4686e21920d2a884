"""Remembers what was drawn of a figure that many views share, by what the figure is, not by what it holds."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from trade.charts.schema import Figure

MOST = 300  # drawings and lists, some 20 kB each

# {(id of a figure's series, id of its categories, what is drawn): (series, categories, drawing)}
_drawn: OrderedDict = OrderedDict()


def of(figure: Figure, what: Hashable, draw: Callable[[], Any]) -> Any:
    """Give what is drawn of a figure's series over its categories, or draw it: of(figure, "columns", draw).

    Views that share a figure have both in common, and nobody changes either.
    """
    series, categories = figure["series"], figure["categories"]
    key = (id(series), id(categories), what)
    found = _drawn.get(key)
    if not found:
        found = _drawn[key] = (series, categories, draw())  # as long as both are held here, nothing else has their ids
        if len(_drawn) > MOST:
            _drawn.popitem(last=False)
    return found[2]
