"""Names and addresses of the goods that measures name: the deepest page that there is, and short titles."""

from collections.abc import Iterable
from importlib import import_module

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

SHORTEST, HEADING, DEEPEST = 2, 4, 6  # digits of the codes that have a title


def provider():
    """What may be asked of goods: slugs(), names(), sections(), titled()."""
    return import_module(settings.PROVIDERS["goods"])


class GoodsNames:
    """The names and pages of some codes, asked for once: at most four queries, whatever their number."""

    def __init__(self, codes: Iterable[str]):
        self.codes = {code[:DEEPEST] for code in codes}

    @cached_property
    def _names(self):
        prefixes = {code[:length] for code in self.codes for length in range(SHORTEST, DEEPEST + 1, 2)}
        return provider().names(sorted(prefixes))

    @cached_property
    def _slugs(self):
        return provider().slugs()

    @cached_property
    def _sections(self):
        return {tuple(one["chapters"]): one for one in provider().sections()}

    def name(self, code: str) -> str:
        """The short title of a code, or of the deepest code above it that has one; the code itself where none has."""
        return next((self._names[one] for one in _upwards(code) if one in self._names), code)

    def title(self, code: str) -> str:
        """The same for readers: details below a heading are called "Helicopters, aeroplanes, spacecraft, in part"."""
        return (
            self.name(code) if len(code) <= HEADING else _("%(goods)s, in part") % {"goods": self.name(code[:HEADING])}
        )

    def section(self, codes: Iterable[str]) -> dict | None:
        """The section whose chapters these codes are, all of them."""
        return self._sections.get(tuple(codes))

    def url(self, code: str, direction: str = "") -> str:
        """The deepest page that goods of this code have, with the direction where it is not the usual one."""
        page = next((one for one in _upwards(code) if one in self._slugs), code[:SHORTEST])
        return page_of(page, direction)


def page_of(slug: str, direction: str = "") -> str:
    """The address of goods; their pages open with imports from the DPRK, and exports to it are asked for."""
    address = reverse("commodity", args=[slug])
    return f"{address}?flow=to_dprk" if direction == "to_dprk" else address


def _upwards(code):
    return [code[:length] for length in range(min(len(code), DEEPEST), SHORTEST - 1, -2)]
