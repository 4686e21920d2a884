"""Says that a year was the highest or lowest of all those that can be compared with it without a break."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.text import changes, comparability, estimates, origins
from trade.charts.text.labels import label


def headline(cells: Cells, slugs: Sequence, year, whole: str) -> str:
    """Say a record: "2013 was the highest year of China’s exports to the DPRK from 1998 to 2013: US$3.6 bn"; else "".

    It stands out of ten years or more, and is larger than the others by more than the precision of the figures.
    Months, and the months of a year so far, set none.
    """
    is_whole = isinstance(year, int) and not cells.cube.get("window")
    years = comparability.run_around(cells, slugs, year) if is_whole else []
    if len(years) < comparability.LONG_ENOUGH or any(cells.is_remainder(slug) for slug in slugs):
        return ""
    extreme = _extreme(cells, slugs, years, year, cells.value)
    if not extreme:
        return ""
    words = {"period": label(cells, year), "whole": whole, "value": changes.value(cells, slugs, year)}
    words |= {"first": years[0], "last": years[-1]}
    text = _("%(period)s was the peak year for %(whole)s from %(first)s to %(last)s: %(value)s")
    if extreme == "lowest":
        text = _("%(period)s was the lowest year for %(whole)s from %(first)s to %(last)s: %(value)s")
    return text % words + comparability.caution(cells, slugs, years, _as_reported(cells, slugs, years, year, extreme))


def _extreme(cells, slugs, years, year, value):
    others = [one for one in years if one != year]
    values = [value(slugs, one) for one in (year, *others)]
    if None in values:
        return ""
    margin = origins.uncertainty(cells, year) + max(origins.uncertainty(cells, one) for one in others)
    if values[0] - max(values[1:]) > margin:
        return "highest"
    return "lowest" if min(values[1:]) - values[0] > margin else ""


def _as_reported(cells, slugs, years, year, extreme):
    """That without estimates the year is no record, where that is so."""
    if estimates.stand_for_the_figure(cells.cube["dataset"]):
        return ""
    if _extreme(cells, slugs, years, year, cells.reported) == extreme:
        return ""
    reported = number_text.usd(cells.reported(slugs, year))
    return _("not on reported values alone, %(value)s") % {"value": reported}
