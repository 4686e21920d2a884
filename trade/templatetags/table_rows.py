"""Writes the rows of a table beside a chart. A page has 500 cells: as a template they took a fifth of its making."""

from html import escape

from django import template
from django.utils.safestring import SafeString

from trade.charts.schema import Cell, Row, Table
from trade.pages.gaps.gap_links import gap_row, in_columns

register = template.Library()


@register.simple_tag(takes_context=True)
def table_rows(context, table: Table) -> SafeString:
    """Write the rows of a table, each a `<tr>`; what is missing leads to its row on the page of gaps.

    In a frame nothing leads away.
    """
    payload = context.get("payload") or {}
    gaps_url = "" if context.get("framed") else payload.get("gaps_url") or ""
    return SafeString("\n      ".join(_row(table, row, gaps_url) for row in table["rows"]))


def _row(table, row, gaps_url):
    header = escape(row["header"])
    if row["url"]:
        header = f'<a href="{escape(row["url"])}">{header}</a>'
    cells = (_cell(table, row, column, cell, gaps_url) for column, cell in in_columns(row, table))
    written = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    look = ' class="total"' if row["total"] else ""
    return f'<tr{look}><th scope="row">{header}</th>{written}</tr>'


def _cell(table: Table, row: Row, column: dict, cell: Cell, gaps_url: str) -> str:
    """Write a value with the letter of its status, whose meaning a screen reader reads."""
    text = escape(cell["text"])
    if not cell["status_text"]:
        return text
    flag = f'<span class="flag" aria-hidden="true">{escape(cell["status"])}</span>' if cell["status"] else ""
    said = f'<span class="visually-hidden"> {escape(cell["status_text"])}</span>'
    if cell["value"] is not None:
        return f"{text}{flag}{said}"
    if gaps_url:
        return f'<a href="{escape(gap_row(gaps_url, table, row, column))}">{text}{said}</a>{flag}'
    return f'<span aria-hidden="true">{text}</span>{flag}{said}'
