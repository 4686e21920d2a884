"""Writes the places of the grid of tiles, 31 links of six parts each, which as a template took a tenth of a page."""

from html import escape

from django import template
from django.utils.safestring import SafeString

from trade.charts.schema import Figure
from trade.templatetags.chart_page import tiles

register = template.Library()


@register.filter
def tile_items(figure: Figure) -> SafeString:
    """Write an `<li>` for each place: its code and what it came to for the eye, a sentence for the ear."""
    return SafeString("".join(_item({name: _written(value) for name, value in tile.items()}) for tile in tiles(figure)))


def _written(value):
    return "" if value is None else escape(str(value))


def _item(tile):
    mark = f"<sup>{tile['mark']}</sup>" if tile["mark"] else ""
    shown = (
        f'<b aria-hidden="true">{tile["code"]}{mark}<i>{tile["brief"]}</i></b><span class="says">{tile["says"]}</span>'
    )
    about = f'class="{tile["look"]}" data-key="{tile["key"]}"'
    held = f'<a href="{tile["url"]}" {about}>{shown}</a>' if tile["url"] else f"<span {about}>{shown}</span>"
    return f'<li class="row-{tile["row"]} column-{tile["column"]}">{held}</li>'
