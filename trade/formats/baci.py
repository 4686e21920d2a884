"""CEPII's BACI: bilateral trade by HS6, reconciled between exporter and importer; DPRK is country 408.

    t,i,j,k,v,q                                  t year, i exporter, j importer, k HS6, v thousand US$, q tonnes
    2022,156,408,270900,311.5,400.000

And its aggregate by chapter with the whole world: year,hs2,dprk_exports_to_world_usd,dprk_imports_from_world_usd.
"""

from trade.formats import Reading, tables
from trade.formats.book import Book

NAME, AGGREGATE = "BACI", "BACI by chapter, with the world"
AGGREGATE_HEADER = ["year", "hs2", "dprk_exports_to_world_usd", "dprk_imports_from_world_usd"]


def sniff(book: Book, terms) -> int:
    """Tell how surely a file is of this form: 0 not, 1 if no other form knows it, 2 surely."""
    return 2 if any(sheet.head and _texts(sheet.head[0]) == AGGREGATE_HEADER for sheet in book.visible) else 0


def _texts(row):
    return [str(cell).strip().lower() for cell in row if cell not in ("", None)]


def read(books: list[Book], terms) -> Reading:
    """Read the files.

    Raises: Stop.
    """
    return tables.read(books, terms, AGGREGATE)
