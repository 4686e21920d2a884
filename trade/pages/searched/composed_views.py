"""Makes of a query that names several provinces, or a time, the address of the view that it asks for.

"Guangdong and Liaoning since 2010" is a comparison from 2010 on, "coal 2016" the page of coal in 2016. A query that
names neither is left to what the search finds.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from trade.charts.text.labels import listed
from trade.models import Province

MOST = 10  # provinces that a chart compares
LONGEST = 100  # characters of a query that are read
YEAR = r"(?<!\d)((?:19|20)\d\d)(?!\d)"
SPAN = re.compile(rf"{YEAR}\s*(?:[-–—]|to|until|till)\s*{YEAR}", re.I)
SINCE = re.compile(rf"(?:since|from|after)\s+{YEAR}", re.I)
UNTIL = re.compile(rf"(?:until|till|to|before)\s+{YEAR}", re.I)
IMPORTS = re.compile(r"\bimports?\b|进口|進口|수입", re.I)
# Kinds of found entries whose pages have charts.
CHARTED = ("province", "section", "chapter", "heading", "subheading")


class View(NamedTuple):
    """A view that a query asks for, as the search shows it: View("Compare Guangdong and Liaoning", "/provinces/?…")."""

    title: str
    url: str
    text: str = ""
    label: str = ""
    code: str = ""
    name: str = ""
    language: str = ""


def composed(query: str, found: Sequence) -> list[View]:
    """Compose the view of a query, [] where it asks for none; `found` are the entries that the search has found.

    One query, of the names of provinces.
    """
    text = query[:LONGEST]
    times = _times(text)
    places = _places(text)
    if len(places) > 1:
        return [_comparison(places[:MOST], times, is_import=bool(IMPORTS.search(text)))]
    first = next((one for one in found[:1] if one.kind in CHARTED), None)
    is_code = first and first.code in times.values()  # heading 2009, not the year
    return [_of_time(first, times)] if first and times and not is_code else []


def _times(text):
    """The times that a query names, in the order of an address: {"year": "2016"}, {"from": "2010", "to": "2016"}."""
    if both := SPAN.search(text):
        first, last = sorted(both.groups())
        return {"from": first, "to": last}
    ends = {name: found[1] for name, pattern in (("from", SINCE), ("to", UNTIL)) if (found := pattern.search(text))}
    if ends:
        return ends
    year = re.search(YEAR, text)
    return {"year": year[1]} if year else {}


def _places(text):
    """The provinces that a query names in full, in its order: [("cn-gd", "Guangdong"), …]."""
    found = []
    for code, *names in Province.objects.values_list("code", "name_en", "name_zh", "name_ko"):
        places = [at for name in names if name and (at := _named(name, text)) is not None]
        if places:
            found.append((min(places), code.lower(), names[0]))
    return [(slug, name) for _at, slug, name in sorted(found)]


def _named(name, text):
    """Where a text names a place: a name of letters stands as a word of its own."""
    word = rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name.rstrip("省市"))
    found = re.search(word, text, re.I)
    return found and found.start()


def _comparison(places, times, *, is_import):
    slugs, names = zip(*places, strict=True)
    asked = ({"flow": "from_dprk"} if is_import else {}) | times | {"view": "lines", "show": ",".join(slugs)}
    title = _("Compare %(names)s") % {"names": listed(names)}
    text = _("Chinese imports from the DPRK") if is_import else _("Chinese exports to the DPRK")
    return View(_timed(title, times), f"{reverse('provinces')}?{_query(asked)}", text, _("Chart"))


def _of_time(found, times):
    return View(_timed(found.title, times), f"{found.url}?{_query(times)}", "", _("Chart"), found.code)


def _timed(title, times):
    words = {"title": title} | {"first": times.get("from"), "last": times.get("to"), "year": times.get("year")}
    if "year" in times:
        return _("%(title)s, %(year)s") % words
    if len(times) == 2:
        return _("%(title)s, %(first)s to %(last)s") % words
    if "from" in times:
        return _("%(title)s since %(first)s") % words
    return _("%(title)s until %(last)s") % words if times else title


def _query(asked):
    return "&".join(f"{name}={value}" for name, value in asked.items())
