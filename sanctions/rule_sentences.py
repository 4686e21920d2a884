"""What applies to the goods of a page, in a sentence for each direction.

"Imports from the DPRK: banned with exemptions from 2 March 2016 (2270, paragraph 29), capped from 30 November 2016
(2321, paragraph 26(b)), banned from 5 August 2017 (2371, paragraph 8)."

A measure that bears on a part of the goods says "partly", and on which codes where they are deeper than the page's.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sanctions.rules import Level

DIRECTIONS = ("from_dprk", "to_dprk")
MOST_CODES = 6  # named of one measure; a section has more


def sentences(measures: Iterable, codes: list[str], flow: str = "") -> list[str]:
    """Say what each measure does to the goods of these codes, in the order of their days; [] where none bears on them.

    `measures` have their codes at hand; `flow` leaves the other direction out.
    """
    parts = {direction: [] for direction in DIRECTIONS if flow in ("", direction)}
    for measure in sorted(measures, key=lambda one: (one.effective_from or date.max, one.resolution_id, one.position)):
        bearing = [rule for rule in measure.rules if any(rule.covers(code) for code in codes)]
        for direction, said in parts.items():
            if bearing and bearing[0].concerns(direction):
                said.append(_part(measure, bearing, codes))
    return [f"{_subject(direction)}: {', '.join(said)}." for direction, said in parts.items() if said]


def _subject(direction):
    return capfirst(_("imports from the DPRK") if direction == "from_dprk" else _("exports to the DPRK"))


def _part(measure, bearing, codes):
    """Say "partly banned from 5 August 2017 (2371, paragraph 8: 2701, 2702)", of the rules that bear on the codes."""
    is_whole = all(any(rule.covers(code) == "all" for rule in bearing) for code in codes)
    named = [] if is_whole or [rule.digits for rule in bearing] == codes else bearing
    words = {"what": _level(bearing[0].level, is_whole), "day": _day(measure.effective_from)}
    words["where"] = _where(measure, named)
    if measure.until:
        words["last"] = _day(measure.until)
        return _("%(what)s from %(day)s to %(last)s (%(where)s)") % words
    return _("%(what)s from %(day)s (%(where)s)") % words


def _level(level, is_whole):
    if level == Level.CAPPED:
        return _("capped") if is_whole else _("partly capped")
    if level == Level.BANNED_WITH_EXEMPTIONS:
        return _("banned with exemptions") if is_whole else _("partly banned with exemptions")
    return _("banned") if is_whole else _("partly banned")


def _where(measure, named):
    """ "2371, paragraph 8: 2701, 2702": the resolution, its paragraph, and the codes that are not the page's own."""
    place = str(measure.resolution_id)
    if measure.paragraph:
        place = _("%(number)s, paragraph %(paragraph)s") % {"number": place, "paragraph": measure.paragraph}
    if not named:
        return place
    more, codes = len(named) - MOST_CODES, ", ".join(_code(rule) for rule in named[:MOST_CODES])
    return f"{place}: " + (_("%(codes)s and %(count)d more") % {"codes": codes, "count": more} if more > 0 else codes)


def _code(rule):
    return _("%(code)s (part)") % {"code": rule.digits} if rule.in_part else rule.digits


def _day(day):
    return date_format(day, "j F Y")
