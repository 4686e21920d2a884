"""How high a frame must be so that a figure fits into it without a script, from 280 to 1600 pixels across.

A frame has one height on a phone and on a desk. What is measured here is the highest that a figure gets at any width
(tests/browser/readers/test_framed_figures.py holds it against a browser).
"""

from trade.charts.schema import Figure

OVER_TIME = 720
PIE = 600
ROW, AROUND_ROWS = 42, 330  # pixels: of a bar, and of all that stands around bars
LEAST, MOST = 600, 800


def of(figure: Figure) -> int:
    """The height of a frame for a figure, in pixels: 720."""
    if figure["kind"] == "bars":
        return min(max(ROW * len(figure["categories"]) + AROUND_ROWS, LEAST), MOST)
    return {"pie": PIE, "tiles": MOST}.get(figure["kind"], OVER_TIME)
