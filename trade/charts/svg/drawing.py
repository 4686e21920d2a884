"""A drawing with its size, and the options by which a figure is drawn where it will stand."""

from typing import NamedTuple

from trade.charts.svg.primitives import short, tag

TALL = 400  # pixels of a figure over time, where no stylesheet says otherwise
PHONE = 326  # pixels across a drawing on a phone


class Drawing(NamedTuple):
    """Markup and the room that it takes, in pixels; what has no width of its own stretches over the page."""

    markup: str
    width: float | None
    height: float
    across: float | None = None  # pixels that a plot takes of the whole width, where names stand beside it

    @property
    def view_box(self) -> str:
        """What an <svg> of its own size shows: "0 0 400 208.5"."""
        return f"0 0 {short(self.width)} {short(self.height)}"

    @property
    def room(self) -> dict:
        """The attributes of an <svg> that holds it."""
        if self.width is None:
            return {"width": self.across or "100%", "height": self.height}
        return {"viewBox": self.view_box, "width": self.width, "height": self.height}


class Options(NamedTuple):
    """How a figure is drawn: how high over time, in which letters, and where its links open."""

    height: int = TALL
    letters: int = 12  # pixels
    names: int = 13  # pixels, of the things ranked
    target: str | None = None  # "_blank": in SVG, links do not follow the <base> of their page
    across: int = PHONE  # pixels across the narrowest place where it will stand: a name must fit beside its number
    is_fixed: bool = False  # whether it will be so wide, and no wider
    hairline: float = 1  # times a hairline is drawn thicker than on a screen
    label: str = ""  # what it shows, in words; else its title


def link(body: list, url: str, target: str | None, **attributes) -> str:
    """A part that opens an address."""
    return tag("a", body, target=target, href=url, **attributes)
