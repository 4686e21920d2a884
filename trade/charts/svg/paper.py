"""What a picture is drawn on and signed with: how wide it is, whether it has a ground, and where its view is found."""

from typing import NamedTuple

from django.utils.translation import gettext as _

USUAL, SMALL = 800, 600  # pixels across the drawing, for which its letters are made
OURS = 0.9  # how wide letters are in the typefaces that our pictures are drawn with, likewise


class Paper(NamedTuple):
    """What a picture is drawn on: Paper(600) for a column of text; a clear one lies on any ground."""

    width: int = USUAL
    is_clear: bool = False
    letters: float = 1  # how wide letters are, in parts of those of the widest typeface by which they are measured

    @property
    def margin(self) -> int:
        return 24 if self.width >= USUAL else 18

    @property
    def inside(self) -> int:
        """The pixels between both margins."""
        return self.width - 2 * self.margin


class Imprint(NamedTuple):
    """Who publishes a picture, and at which address its view is found; a file of a release knows no address."""

    site: str  # "Yalu"
    address: str = ""  # "https://yalu.example/provinces/?year=2016"

    @property
    def words(self) -> str:
        """Both in a line: "Yalu, https://yalu.example/provinces/"."""
        return _("%(site)s, %(address)s") % self._asdict() if self.address else self.site


UNSIGNED = Imprint("")
