"""Says who led of those that a reader compares, over all the periods shown: the shortest statement that is true.

"Guangdong sold the DPRK more than Liaoning in 2018 and 2019 only, of 27 years from 1998 to 2024"; of three and more "Of
the 3 provinces compared, Liaoning led … in 25 of 27 years from 1998 to 2024; Guangdong led in 2018 and 2019".
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade.charts.comparisons import standings as standing
from trade.charts.comparisons.standings import Standings
from trade.charts.cube_reader import Cells
from trade.charts.text import estimates, evidence
from trade.charts.text.labels import capital, label, listed, within

FEW = 3  # runs of periods that are named one by one
OTHERS = 2  # others that led, named beside the first


def headline(cells: Cells, slugs: Sequence, whole: str, many: str) -> str:
    """Say who led in which periods; "" where fewer than two can be compared, or nobody led in most."""
    found = standing.of(cells, slugs)
    if len(found.leaders) < 2 or cells.flow == "balance":
        return ""
    by_count = sorted(slugs, key=lambda slug: -len(found.led_by(slug)))
    if not found.led_by(by_count[0]):
        return ""
    say = _of_two if len(slugs) == 2 else _of_several
    return say(cells, by_count, found, whole, many) + _caution(cells, slugs, found)


def _of_two(cells, by_count, found, whole, many):
    first, second = by_count
    led, others = (found.led_by(slug) for slug in by_count)
    words = {"span": _span(cells, found), "count": len(led)}
    if len(led) == len(found.leaders):
        return f"{_more(cells, first, second, whole)} {_always(cells, found)}"
    if others and len(_runs(cells, others)) <= FEW:
        words["periods"] = _named(cells, others)
        return _more(cells, second, first, whole) + " " + _("in %(periods)s only, of %(span)s") % words
    return _more(cells, first, second, whole) + " " + _("in %(count)s of %(span)s") % words


def _of_several(cells, by_count, found, whole, many):
    first, *others = by_count
    led = found.led_by(first)
    words = {"count": len(by_count), "many": many, "first": _name(cells, first), "whole": whole}
    text = _("Of the %(count)s %(many)s compared, %(first)s led %(whole)s") % words
    if len(led) == len(found.leaders):
        return f"{text} {_always(cells, found)}"
    text += " " + _("in %(count)s of %(span)s") % {"count": len(led), "span": _span(cells, found)}
    told = [_led(cells, one, found.led_by(one)) for one in others if found.led_by(one)]
    return "; ".join([text, *told[:OTHERS]])


def _led(cells, slug, periods):
    words = {"name": _name(cells, slug), "periods": _named(cells, periods), "count": len(periods)}
    text = _("%(name)s led in %(periods)s") if len(_runs(cells, periods)) <= FEW else _("%(name)s led in %(count)s")
    return text % words


def _more(cells, first, second, whole):
    """Who had more than whom: of provinces who sold or bought, of goods what exceeded what."""
    words = {"first": capital(_name(cells, first)), "second": _name(cells, second), "whole": whole}
    if cells.nodes[first]["level"] != "province":
        return _("%(first)s exceeded %(second)s in %(whole)s") % words
    if cells.flow == "to_dprk":
        return _("%(first)s sold the DPRK more than %(second)s") % words
    if cells.flow == "from_dprk":
        return _("%(first)s bought more from the DPRK than %(second)s") % words
    return _("%(first)s traded more with the DPRK than %(second)s") % words


def _name(cells, slug):
    node = cells.nodes[slug]
    return node["name"] if node["level"] == "province" else within(node["name"])


# Periods.


def _always(cells, found):
    """All periods: "in every year from 1998 to 2024"; with gaps "in all 25 comparable years from 1998 to 2024"."""
    known = list(found.leaders)
    words = {"first": label(cells, known[0]), "last": label(cells, known[-1]), "count": len(known)}
    if found.left_out:
        return _("in all %(span)s") % {"span": _span(cells, found)}
    if cells.monthly:
        return _("in every month from %(first)s to %(last)s") % words
    return _("in every year from %(first)s to %(last)s") % words


def _span(cells, found):
    """How many periods are compared, and from when to when: "27 years from 1998 to 2024"."""
    known = list(found.leaders)
    words = {"first": label(cells, known[0]), "last": label(cells, known[-1]), "count": len(known)}
    if cells.monthly:
        text = _("%(count)s comparable months") if found.left_out else _("%(count)s months")
    else:
        text = _("%(count)s comparable years") if found.left_out else _("%(count)s years")
    return (text + " " + _("from %(first)s to %(last)s")) % words


def _runs(cells, periods):
    """Periods that follow each other, as pairs of first and last: [2016, 2017, 2018, 2020] -> [(2016, 2018), …]."""
    places = {period: place for place, period in enumerate(cells.periods)}
    runs = []
    for period in periods:
        if runs and places[period] == places[runs[-1][1]] + 1:
            runs[-1] = (runs[-1][0], period)
        else:
            runs.append((period, period))
    # Two that follow each other are named, not spanned.
    places_of = {run: places[run[1]] - places[run[0]] for run in runs}
    return [one for run in runs for one in ([(run[0],) * 2, (run[1],) * 2] if places_of[run] == 1 else [run])]


def _named(cells, periods):
    """Name periods: "2018 and 2019", "2014–2016 and 2020"."""
    return listed([_run(label(cells, first), label(cells, last)) for first, last in _runs(cells, periods)])


def _run(first, last):
    """Name what lies between two: "2014–2016"; of months "Jan 2025 to Mar 2025"."""
    if first == last:
        return first
    is_short = first.isdecimal() and last.isdecimal()
    return f"{first}–{last}" if is_short else _("%(first)s to %(last)s") % {"first": first, "last": last}


# What the standings rest on.


def _caution(cells, slugs, found: Standings):
    """The periods with estimates, and in which of them another leads without."""
    estimated = [period for period in found.leaders if evidence.of(cells, slugs, period).estimated]
    if not estimated:
        return ""
    words = {"periods": _named(cells, estimated)}
    if estimates.stand_for_the_figure(cells.cube["dataset"]):
        return " (" + _("%(periods)s at least partly worked out from published figures") % words + ")"
    text = ngettext("%(periods)s includes estimates", "%(periods)s include estimates", len(estimated)) % words
    decided = standing.decided_by_estimates(cells, slugs, found)
    told = "; ".join(_as_reported(cells, slug, periods) for slug, periods in decided.items())
    return " (" + "; ".join([text, *([_("on reported values alone, %(told)s") % {"told": told}] if told else [])]) + ")"


def _as_reported(cells, slug, periods):
    words = {"periods": _named(cells, periods)}
    if slug is None:
        return _("there is no leader in %(periods)s") % words
    return _("%(name)s led in %(periods)s") % (words | {"name": _name(cells, slug)})
