"""A view as a PNG: the picture to take away, and the card that other sites show beside a link.

Both are the drawings of trade.charts.svg, made into pixels by resvg with typefaces of our own, so that every server
draws the same picture. The size of a picture is bounded whatever is asked for, and what is drawn is kept
(web.page_cache).
"""

import resvg_py
from django.conf import settings
from django.http import HttpRequest

from trade.charts import svg
from trade.charts.schema import Payload
from trade.charts.svg.paper import OURS, SMALL, UNSIGNED, USUAL, Imprint, Paper
from web.throttling import PerAddress

FONTS = [
    "source-sans-3/400Regular/SourceSans3_400Regular.ttf",
    "source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf",
    "source-sans-3/700Bold/SourceSans3_700Bold.ttf",
    "source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf",
]
SIZES = {600: SMALL, 1200: USUAL, 2400: USUAL}  # pixels of a picture, and those across the drawing that it is made of
SIZE = 1200  # the usual one
HIGHEST = 2  # times its width
A_MINUTE = 60  # pictures drawn for one address; one that is kept costs nothing and is not counted


class Drawings(PerAddress):
    """Count the pictures that are drawn for an address: each takes a fifth of a second of a processor.

    A larger one takes longer and counts as several.
    """

    name, most = "pictures", A_MINUTE

    def allow_one(self, request: HttpRequest, size: int = SIZE) -> bool:
        """Count a picture so large; False when its address had its share of this minute."""
        weight = max((size // SIZE) ** 2, 1)
        return all(self.allow_request(request) for _time in range(weight))


def picture(payload: Payload, size: int = SIZE, imprint: Imprint = UNSIGNED, *, is_clear: bool = False) -> bytes:
    """Draw the first figure of a view as its SVG has it, 600, 1200 or 2400 pixels wide; less if it is too high."""
    drawing = svg.compose(payload, payload["figures"][0], Paper(SIZES[size], is_clear, OURS), imprint)
    return _pixels(drawing.markup, min(size / drawing.width, HIGHEST * size / drawing.height))


def card(payload: Payload, imprint: Imprint = UNSIGNED) -> bytes:
    """Draw the first figure of a view as a card of 1200 × 630 pixels."""
    return _pixels(svg.card(payload, payload["figures"][0], imprint), 1)


def _pixels(markup, zoom):
    fonts = [str(settings.FONTS_DIR / name) for name in FONTS]
    names = {"font_family": "Source Sans 3", "sans_serif_family": "Source Sans 3", "serif_family": "Source Serif 4"}
    return bytes(resvg_py.svg_to_bytes(svg_string=markup, zoom=zoom, skip_system_fonts=True, font_files=fonts, **names))
