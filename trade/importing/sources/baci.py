"""Reads CEPII's BACI: bilateral trade by HS6, reconciled between exporter and importer; the DPRK is country 408.

    t,i,j,k,v,q                                  t year, i exporter, j importer, k HS6, v thousand US$, q tonnes
    2022,156,408,270900,311.5,400.000

And its aggregate by chapter with the whole world: year,hs2,dprk_exports_to_world_usd,dprk_imports_from_world_usd.
BACI drops zeros in front of codes, and all its codes have six digits; so they are put back without a question.
"""

from spreadsheets.sheet import Book, Question, Stop, counted
from trade.importing import cell_values, hs_codes, select_tables
from trade.importing.cell_values import Wrong
from trade.importing.flow_words import FROM, TO
from trade.importing.reading import Reading
from trade.importing.sources import official_table
from trade.importing.sources.official_table import Quantity, SumKey

NAME, AGGREGATE = "BACI", "BACI by chapter, trade with the world"
HEADER = ["i", "j", "k", "q", "t", "v"]
AGGREGATE_HEADER = ["dprk_exports_to_world_usd", "dprk_imports_from_world_usd", "hs2", "year"]
DPRK, CHINA = "408", "156"
PARTNERS = Question(
    "partner",
    "The file contains bilateral trade. Which country’s trade with the DPRK should be read?",
    [[CHINA, "China's alone"], ["world", "All countries combined"]],
)
LEVELS = Question(
    "level",
    "The file lists goods by 6-digit code. To which level should they be aggregated?",
    [[str(n), label] for n, label in hs_codes.LEVELS.items() if n < 8],
)


def sniff(book: Book, terms) -> int:
    """Tell how surely a file is of this source: 0 not, 1 if no other source knows it, 2 surely."""
    return 2 if _header(book) in (HEADER, AGGREGATE_HEADER) else 0


def _header(book):
    sheet = next((sheet for sheet in book.visible if sheet.head), None)
    return sorted(str(cell).strip().lower() for cell in sheet.head[0] if cell not in ("", None)) if sheet else []


def read(books: list[Book], terms) -> Reading:
    """Read the files.

    Raises: Stop.
    """
    official_table.only_goods(books, terms, NAME)
    if all(_header(book) == AGGREGATE_HEADER for book in books):
        return select_tables.read(books, terms, AGGREGATE)
    partner, level = terms.answer(PARTNERS), int(terms.answer(LEVELS))
    sums, others = official_table.Sums(), 0
    for records in [records for book in books for records in official_table.find(book, set(HEADER))]:
        for row in records.rows(terms):
            others += not _add(sums, row, partner, level)
    if not sums.values and not sums.faults:
        sheet, found = books[0].visible[0], counted(others, "row for other countries")
        raise Stop(sheet.fault("no-rows", "Upload the rows for country 408 (DPRK).", found=found))
    reading = sums.into(Reading(form=NAME))
    if others:
        reading.remarks.append(f"Not read: {counted(others, 'row for other countries')}.")
    return reading


def _add(sums, row, partner, level):
    """Add a row to its sum; False for a row of other countries."""
    exporter, importer = row.text("i"), row.text("j")
    other = importer if exporter == DPRK else exporter
    if DPRK not in (exporter, importer) or partner not in ("world", other):
        return False
    period = official_table.period(row.cell("t"), row.raw("t"), sums)
    code = row.text("k").zfill(6)
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        sums.note(row.cell("k"), Wrong("code-length", code, "an HS code of 6 digits", "Download the file again."))
    elif period:
        sums.refuse_duplicate(row.cell("k"), (exporter, importer, code, *period))
        key = SumKey(code[:level], FROM if exporter == DPRK else TO, *period)
        value, tonnes = cell_values.rounded(row.raw("v"), 1000), cell_values.quantity(row.raw("q"))
        sums.add(row.cell("v"), key, value, Quantity(tonnes, "t"))
    return True
