"""Workbooks: our own (a signature on its cover, a long sheet and wide ones), and those that people make.

Wide, one sheet a flow, with whatever stands around it:        Long:
    China's exports to North Korea (US$ thousand)                  code   year  flow     reported_usd
    Province          2015    2016                                 CN-LN  2016  to_dprk  1666290000
    Liaoning          2171    1666
    Total             2171    1666
    Source: customs.
"""

from trade.formats import Reading, tables
from trade.formats.book import Book

NAME, OURS = "Workbook", "Our workbook"


def sniff(book: Book, terms) -> int:
    """Tell how surely a file is of this form: 0 not, 1 if no other form knows it, 2 surely."""
    if book.kind != "workbook":
        return 0
    return 2 if tables.signature(book) else 1


def read(books: list[Book], terms) -> Reading:
    """Read the workbooks.

    Raises: Stop.
    """
    ours = all(tables.signature(book) for book in books)
    return tables.read(books, terms, OURS if ours else NAME)
