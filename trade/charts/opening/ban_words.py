"""Says before all else why a series of goods ends, or that they are banned or capped as a whole."""

from django.utils.translation import gettext as _

from trade.charts.cube_reader import Cells, newest_month
from trade.charts.text import labels
from trade.charts.time.usual_years import usual_years
from trade.charts.view_state import FLOWS, State
from trade.sanction_levels import BANNED, CAPPED, EXEMPTED

CODED = ("chapter", "heading", "subheading")


def lead(cells: Cells, state: State, node: dict) -> str:
    """Say what stands before the sentence of goods, "" where it is nothing.

    "There is no figure after 2017. Resolution 2371 has banned these imports since 5 August 2017."
    """
    if node["level"] not in CODED or cells.flow not in FLOWS or cells.is_remainder(node["slug"]):
        return ""
    return "".join(f"{said} " for said in (_end(cells, state, node["slug"]), _in_force(cells, state, node)) if said)


def _end(cells, state, slug):
    """The last year or month with a figure, where full years or months follow; a view of those says so itself."""
    newest = newest_month(cells.cube, cells.flow) if cells.monthly else usual_years(cells.cube)[cells.flow]
    valued = [period for period in cells.periods if cells.value((slug,), period) is not None]
    if not valued or valued[-1] >= newest or state.time > valued[-1]:
        return ""
    return _("There is no figure after %(period)s.") % {"period": labels.label(cells, valued[-1])}


def _in_force(cells, state, node):
    edition = cells.cube["dataset"].get("hs_edition", "")
    found = state.rules().in_force(node["code"], cells.flow, edition)
    if found is None:
        return ""
    level, since, resolution = found
    words = {"trade": _("exports") if cells.flow == "to_dprk" else _("imports"), "day": labels.day(since)}
    if resolution is None:
        return _without_resolution(level) % words
    return _by_resolution(level) % (words | {"number": resolution})


def _by_resolution(level):
    return {
        BANNED: _("UN resolution %(number)s has banned these %(trade)s since %(day)s."),
        EXEMPTED: _("UN resolution %(number)s has banned these %(trade)s, with exemptions, since %(day)s."),
        CAPPED: _("UN resolution %(number)s has capped these %(trade)s since %(day)s."),
    }[level]


def _without_resolution(level):
    return {
        BANNED: _("These %(trade)s have been banned since %(day)s."),
        EXEMPTED: _("These %(trade)s have been banned, with exemptions, since %(day)s."),
        CAPPED: _("These %(trade)s have been capped since %(day)s."),
    }[level]
