"""Reads workbooks: our own (a signature on its cover, a long sheet and wide ones), and those that people make.

Wide, one sheet a flow, with whatever stands around it:        Long:
    China's exports to North Korea (US$ thousand)                  code   year  flow     reported_usd
    Province          2015    2016                                 CN-LN  2016  to_dprk  1666290000
    Liaoning          2171    1666
    Total             2171    1666
    Source: customs.
"""

from spreadsheets.sheet import Book
from trade.importing import select_tables
from trade.importing.reading import Reading

NAME, OURS = "Workbook", "Our workbook"


def sniff(book: Book, terms) -> int:
    """Tell how surely a file is of this source: 0 not, 1 if no other source knows it, 2 surely."""
    if book.kind != "workbook":
        return 0
    return 2 if select_tables.signature(book) else 1


def read(books: list[Book], terms) -> Reading:
    """Read the workbooks.

    Raises: Stop.
    """
    are_ours = all(select_tables.signature(book) for book in books)
    return select_tables.read(books, terms, OURS if are_ours else NAME)
