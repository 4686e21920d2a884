"""Reads how large a picture an address asks for and on what ground: "size=600", "background=none"."""

from typing import NamedTuple

from django.http import HttpRequest

from site_texts import shown_texts
from trade.charts.schema import Payload
from trade.charts.svg.paper import Imprint
from trade.pages import pictures
from web import site_address

PARAMETERS = ("size", "background")
FORMS = ("svg", "png")


class PictureAsked(NamedTuple):
    """What was asked, or the usual where it cannot be drawn: a picture has no room for a notice."""

    size: int = pictures.SIZE
    is_clear: bool = False

    def query(self) -> list[tuple]:
        """The parameters that differ from the usual: [("size", 600)]."""
        size = [("size", self.size)] if self.size != pictures.SIZE else []
        return size + ([("background", "none")] if self.is_clear else [])


def of(request: HttpRequest, form: str) -> PictureAsked:
    """Read what an address asks of a picture; of other forms nothing is asked."""
    if form not in FORMS:
        return PictureAsked()
    size = request.GET.get("size", "")
    known = {str(size): size for size in pictures.SIZES}
    return PictureAsked(known.get(size, pictures.SIZE), request.GET.get("background") == "none")


def imprint(request: HttpRequest, payload: Payload) -> Imprint:
    """Who publishes a picture, and where its view is found."""
    return Imprint(shown_texts.of(request)["name"], site_address.whole(request, payload["url"]))
