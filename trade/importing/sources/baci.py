"""Reads CEPII's BACI: bilateral trade by HS6, reconciled between exporter and importer; the DPRK is country 408.

    t,i,j,k,v,q                                  t year, i exporter, j importer, k HS6, v thousand US$, q tonnes
    2022,156,408,270900,311.5,400.000

And its aggregate by chapter with the whole world: year,hs2,dprk_exports_to_world_usd,dprk_imports_from_world_usd.
BACI drops zeros in front of codes, and all its codes have six digits; so they are put back without a question.
"""

from spreadsheets.sheet import Book, Question, Stop, counted
from trade.importing import cell_values, describe, hs_codes, select_tables
from trade.importing.cell_values import Wrong
from trade.importing.reading import Reading
from trade.importing.sources import official_table
from trade.importing.sources.official_table import Quantity, SumKey
from trade.importing.texts.flow_words import FROM, TO

NAME, AGGREGATE = "BACI", "BACI by chapter, trade with the world"
HEADER = {"t", "i", "j", "k", "v", "q"}
AGGREGATE_HEADER = {"year", "hs2", "dprkexportstoworldusd", "dprkimportsfromworldusd"}
DPRK, CHINA, WORLD = "408", "156", "world"
DATASETS = {"china": CHINA, "world": WORLD}  # whose trade a dataset is of, by its partner
PARTNERS = Question(
    "partner",
    "The file contains bilateral trade. Which country’s trade with the DPRK should be read?",
    [[CHINA, "China's alone"], [WORLD, "All countries combined"]],
)
LEVELS = Question(
    "level",
    "The file lists goods by 6-digit code. To which level should they be aggregated?",
    [[str(n), label] for n, label in hs_codes.LEVELS.items() if n < 8],
)


def sniff(book: Book, terms) -> int:
    """Tell how surely a file is of this source: 0 not, 1 if no other source knows it, 2 surely."""
    return 2 if _find(book, HEADER) or _find(book, AGGREGATE_HEADER) else 0


def _find(book, header):
    """Find the sheets of a book that have these columns and no others."""
    return [records for records in official_table.find(book, header) if set(records.at) == header]


def read(books: list[Book], terms) -> Reading:
    """Read the files.

    Raises: Stop.
    """
    official_table.only_goods(books, terms, NAME)
    if all(_find(book, AGGREGATE_HEADER) for book in books):
        official_table.only_with("the world", books, terms, NAME)
        return select_tables.read(books, terms, AGGREGATE)
    partner, level = _partner(books, terms), int(terms.answer(LEVELS))
    sums, others = official_table.Sums(), 0
    for records in [records for book in books for records in _find(book, HEADER)]:
        for row in records.rows(terms):
            others += not _add(sums, row, partner, level)
    if not sums.values and not sums.faults:
        sheet, found = books[0].visible[0], counted(others, "row for other countries")
        raise Stop(sheet.fault("no-rows", "Upload the rows for country 408 (DPRK).", found=found))
    reading = sums.into(Reading(form=NAME))
    _describe(reading, _find(books[0], HEADER)[0], terms, partner)
    if others:
        reading.remarks.append(f"Not read: {counted(others, 'row for other countries')}.")
    return reading


def _partner(books, terms):
    """Say whose trade is read: that of which the dataset is; where that is not known, the editor says it.

    Raises: Stop.
    """
    of_dataset = DATASETS.get(official_table.plain_partner(terms.partner))
    if not of_dataset:
        official_table.only_with("China or the world", books, terms, NAME)
        return terms.answer(PARTNERS)
    if PARTNERS.key in terms.answers and terms.answer(PARTNERS) != of_dataset:
        answered = "the world" if of_dataset == CHINA else "China"
        official_table.only_with(answered, books, terms, f"the answer {PARTNERS.key}={terms.answers[PARTNERS.key]}")
    return of_dataset


def _describe(reading, records, terms, partner):
    """Say what was read: exporters and importers are told by i and j, and BACI is in thousand dollars."""
    parties = describe.Evidence(f"{DPRK}, {partner}", "columns i and j")
    evidence = {"Reporter": parties, "Partner": parties, "Direction": parties, "Level": describe.of_column("k")}
    evidence |= {"Measure": describe.of_column("v"), "Unit": describe.Evidence("", "column “v” of BACI: US$ thousand")}
    evidence |= {"Frequency": describe.of_column("t"), "Period": describe.of_column("t")}
    official_table.describe_into(reading, records, terms, 1000, evidence)


def _add(sums, row, partner, level):
    """Add a row to its sum; False for a row of other countries."""
    exporter, importer = row.code("i"), row.code("j")
    other = importer if exporter == DPRK else exporter
    if DPRK not in (exporter, importer) or partner not in (WORLD, other):
        return False
    period = official_table.period(row.cell("t"), row.raw("t"), sums)
    code = row.code("k").zfill(6)
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        sums.note(row.cell("k"), Wrong("code-length", code, "an HS code of 6 digits", "Download the file again."))
    elif period:
        sums.refuse_duplicate(row.cell("k"), (exporter, importer, code, *period))
        key = SumKey(code[:level], FROM if exporter == DPRK else TO, *period)
        value, tonnes = cell_values.rounded(row.raw("v"), 1000), cell_values.quantity(row.raw("q"))
        sums.add(row.cell("v"), key, value, Quantity(tonnes, "t"))
    return True
