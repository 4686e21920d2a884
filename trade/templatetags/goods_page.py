"""Tags by which the index of goods is written, and by which pages lead to it."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from trade.charts.goods_index import sparkline
from trade.charts.goods_index.index_rows import Row
from trade.charts.view_state import State

register = template.Library()
EDGE = 4  # units around a line, so that its ends are seen


@register.inclusion_tag("trade/goods/_cells.html", takes_context=True)
def goods_cells(context, row: Row) -> dict:
    """Write the cells of a row: code, name, latest figure, small line, sanctions."""
    values = row.values if any(value is not None for value in row.values) else ()
    return {
        "row": row,
        "code": row.code if row.level != "section" or row.code.isupper() else "",
        "url": context["links"].at("commodity", row.slug).url() if row.has_page else "",
        "path": sparkline.path(values),
        "width": context["spark_width"] + EDGE,
        "rules_url": _rules_url(row.code) if row.level != "section" else "",  # no link within what unfolds
    }


def _rules_url(text):
    return f"{reverse('sanctions')}?{urlencode({'q': text})}"


@register.simple_tag(takes_context=True)
def section_link(context, section: Row) -> dict:
    """Where a section leads: to its chart, to what sanctions say of it, and to all its headings, of which it counts.

    {"chart_url": "/commodities/v/", "rules_url": "/sanctions/?q=…", "url": "/goods/?section=v#v", "count": 68}
    """
    return {
        "chart_url": context["links"].at("commodity", section.slug).url(),
        "rules_url": _rules_url(section.name) if section.sanctions else "",
        "url": f"{context['choice'].url(section=section.slug)}#{section.slug}",
        "count": sum(len(chapter.below) for chapter in section.below),
    }


@register.simple_tag
def index_of_goods(chosen: State | None) -> str:
    """The address of the index with the dataset and direction of a page of goods."""
    told = [] if chosen is None else [pair for pair in chosen.query() if pair[0] in ("dataset", "flow")]
    told = [(name, value) for name, value in told if value not in ("both", "balance")]
    return reverse("goods") + (f"?{urlencode(told)}" if told else "")
