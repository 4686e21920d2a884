"""How high a frame must be so that a figure fits into it without a script, from 280 to 1600 pixels across.

A frame has one height on a phone and on a desk. What is measured here is the highest that a figure gets at any width
(tests/browser/readers/test_framed_figures.py holds it against a browser).
"""

from trade.charts.schema import Figure
from trade.charts.svg import bars, pie
from trade.charts.svg.drawing import PHONE, Options

OVER_TIME = 720
PIE = 480  # pixels across a pie where it has room, as the stylesheet has it
ON_A_PHONE, ON_A_DESK = 330, 210  # pixels of all that stands around bars and slices
LEAST, MOST = 600, 800


def of(figure: Figure) -> int:
    """The height of a frame for a figure, in pixels: 720."""
    if figure["kind"] == "bars":
        return _bounded(bars.ROW * len(figure["categories"]) + ON_A_PHONE)
    if figure["kind"] == "pie":
        drawn = pie.draw(figure, Options())
        shape = drawn.height / drawn.width
        return _bounded(round(max(PHONE * shape + ON_A_PHONE, PIE * shape + ON_A_DESK)))
    return MOST if figure["kind"] == "tiles" else OVER_TIME


def _bounded(height):
    return min(max(height, LEAST), MOST)
