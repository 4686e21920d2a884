"""Leads from a missing figure of a table to its row on the page of gaps; static/js/figure/gaps.js does the same."""

from collections.abc import Iterator

from trade.charts.schema import Cell, Column, Row, Table
from trade.page_measures import MEASURES

NO_ROWS = MEASURES.no_rows_of_gaps  # sums, and what is gathered, are no row there
FLOW = MEASURES.flow_of_gaps  # which the address of a page that shows both directions does not name


def in_columns(row: Row, table: Table) -> Iterator[tuple[Column, Cell]]:
    """The cells of a row, each with its column; the first column is the row's name."""
    return zip(table["columns"][1:], row["cells"], strict=True)


def gap_row(gaps_url: str, table: Table, row: Row, column: Column) -> str:
    """The address of the gaps behind a cell, at the row of what is missing: "/data/china-provinces/gaps/#cn-qh".

    Of seasons each column is a year, which is a column there.
    """
    member = row["key"] if table["rows_are"] == "members" else column["member"]
    if table["rows_are"] == "months":
        member = f"p{member}"
    path, _hash, of_page = gaps_url.partition("#")
    if column["flow"] == FLOW and "flow=" not in path:
        path += f"{'&' if '?' in path else '?'}flow={FLOW}"
    anchor = of_page or ("" if member in NO_ROWS else member)
    return f"{path}#{anchor}" if anchor else path
