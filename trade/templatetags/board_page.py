"""Filters that lay out the board of the front page."""

from django import template
from django.utils.translation import gettext as _

from trade.charts.board.newest_figures import SPANS
from trade.charts.schema import BoardDataset

register = template.Library()


@register.filter
def by_span(listed: BoardDataset) -> list[tuple]:
    """The figures of a dataset by span, each with the direction that it is of.

    [("Latest month", [(BoardRow, BoardCell), …]), …]; of a dataset that has years alone, only the full year.
    """
    names = {"month": _("Latest month"), "to_date": _("Year to date"), "year": _("Latest full year")}
    shown = ["year"] if listed["is_annual"] else SPANS
    return [(names[span], [(row, row["cells"][SPANS.index(span)]) for row in listed["rows"]]) for span in shown]
