"""Reads tidy text files, one row a value, columns found by name; or a wide table that was saved as CSV.

province,year,month,flow,reported_usd,estimate_usd,status,note
CN-LN,2016,,to_dprk,1666290000,,A,
"""

from spreadsheets.sheet import Book
from trade.importing import select_tables
from trade.importing.reading import Reading

NAME = "Tidy CSV"


def sniff(book: Book, terms) -> int:
    """Tell how surely a file is of this source: 0 not, 1 if no other source knows it, 2 surely."""
    return 1 if book.kind == "text" else 0


def read(books: list[Book], terms) -> Reading:
    """Read the files.

    Raises: Stop.
    """
    return select_tables.read(books, terms, NAME)
