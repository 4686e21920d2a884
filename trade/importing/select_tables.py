"""Finds the tables of workbooks and text files, chooses which to read, and reads them as one Reading.

All tables that can be told apart are read; where two may hold the same thing, the editor is asked.
"""

from spreadsheets.sheet import Book, Fault, Question, Stop, counted
from trade.importing import (
    arrow_table,
    competing_tables,
    contradictions,
    hs_codes,
    nothing_found,
    one_name_sheets,
    unit_and_flow,
    unread_texts,
)
from trade.importing.layouts import both_directions, long_header, wide_header
from trade.importing.layouts.long_components import ORIGINS
from trade.importing.layouts.long_header import LongTable
from trade.importing.layouts.long_table import LongReader
from trade.importing.layouts.wide_header import WideTable
from trade.importing.layouts.wide_table import WideReader
from trade.importing.one_name_sheets import OneNameSheet
from trade.importing.reading import Reading
from trade.importing.texts import period_values
from trade.importing.texts.flow_words import FROM, TO, TOTAL

DATASET_ITEM, RELEASE_ITEM = "Dataset identifier", "Release"  # on the cover, as bundles.workbook writes them
OUR_DATA_SHEETS = ("data", TO, FROM)  # of our own workbook
OUR_OTHER_SHEETS = {"cover", "contents", "notes", "charts", "changes", "sanctions"}
ATTRIBUTES = ("estimate", "second_estimate", "status", "note", "quantity")


def find(book: Book, terms) -> list:
    """Find the tables on the visible sheets of a book: LongTables and WideTables."""
    tables = []
    for sheet in book.visible:
        tables += tables_on(sheet, terms)
    return tables


def tables_on(sheet, terms):
    """The tables of one sheet; totals have nothing to list down a wide table."""
    if long_table := long_header.find(sheet, terms):
        return [long_table]
    if (one_name := one_name_sheets.completed(sheet, terms)) and (long_table := long_header.find(one_name, terms)):
        return [long_table]
    if terms.kind == "total":
        return wide_header.find_flows(sheet, terms)
    return wide_header.find(sheet, terms)


def read(books: list[Book], terms, source: str) -> Reading:
    """Read the tables of all books as one reading; faults of cells are in it, beside what is sound.

    Raises: Stop, with the faults or questions for which a table cannot be read at all.
    """
    reading, readers, reasons = Reading(form=source), [], []
    for book in books:
        try:
            readers.append(_BookReader(book, terms, reading, several=len(books) > 1))
        except Stop as stop:
            reasons += [*stop.faults, *stop.questions]
    if reasons:
        raise Stop(*reasons)
    _join_books(reading, readers, terms)
    contradictions.ask(reading, terms)
    unread_texts.ask(reading)
    return reading


class _BookReader:
    """Reads one book: into tables by layout, totals, and what its long tables speak of."""

    def __init__(self, book, terms, reading, several):
        self.book, self.terms, self.reading = book, terms, reading
        self.signature = signature(book)
        self.tables, self.totals, self.speaks = {"long": [], "wide": []}, [], []
        self.wide_readers, self.differences, self.sums_of_rows = [], [], 0
        chosen = self._choose(find(book, terms), several)
        self._add_remarks_on_sheets(chosen)
        competing_tables.continue_titles(chosen)
        reasons = []
        for table in chosen:
            try:
                if isinstance(table, LongTable):
                    self._read_long(table)
                else:
                    self._read_wide(table, several=sum(isinstance(other, WideTable) for other in chosen) > 1)
            except Stop as stop:
                reasons += [*stop.faults, *stop.questions]
        if reasons:
            raise Stop(*_distinct(reasons))
        self._check_sums()
        if self.signature:
            reading.signature = self.signature

    def _choose(self, tables, several):
        """Choose the tables that are read; ask where two compete."""
        if self.signature:
            tables = [table for table in tables if table.sheet.name in OUR_DATA_SHEETS]
        if not tables:
            raise Stop(nothing_found.fault(self.book, self.terms, tables_on))
        if self.signature or not competing_tables.compete(tables):
            return tables
        key = f"table:{self.book.name}" if several else "table"
        answer = self.terms.answer(competing_tables.question(key, tables))
        return tables if answer == "all" else [tables[int(answer) - 1]]

    def _read_long(self, table):
        reader = LongReader(table, self.terms, self.reading, other_texts=self._texts_of_others(table))
        reader.read()
        self.reading.signature = self.reading.signature or reader.signature()
        self.reading.faults += reader.faults
        self.tables["long"] += reader.tables
        self.totals += reader.totals
        self.differences += reader.differences
        self.sums_of_rows += reader.sums
        unknown = set() if self.terms.kind == "total" else set(ORIGINS)
        if year := getattr(table.sheet, "year_of_title", 0):
            sentence = f"{table.sheet.title}: the months were read as months of {year}, based on a title."
            self.reading.doubts.append(["year", sentence])
        if name := getattr(table.sheet, "name_of_title", ""):
            sentence = f"{table.sheet.title}: all rows were read as those of {name}, based on a title."
            self.reading.doubts.append(["heading", sentence])
        if isinstance(table.sheet, OneNameSheet) and table.sheet.sums:
            self.reading.remarks.append(f"{table.sheet.title}: the sums of both directions were only compared.")
            self.differences += one_name_sheets.differences(table.sheet)
        self.speaks.append({word for word in (*ATTRIBUTES, *ORIGINS) if table.where(word)} - unknown)

    def _read_wide(self, table, several):
        reader = WideReader(table, self.terms, self.reading, other_texts=self._texts_of_others(table))
        if table.is_sum:
            table.flow, table.flows = TOTAL, {}
        elif table.flows:
            named = {column: (flow, table.grid[table.row][column]) for column, flow in table.flows.items()}
            table.flows = unit_and_flow.flows(self.terms, table.sheet, table.titles, named)
        elif reader.side.flow < 0:
            table.flow = unit_and_flow.flow(self.terms, table.sheet, table.titles, several=several)
        reader.read()
        self.reading.faults += reader.faults
        self.wide_readers.append(reader)
        self.tables["wide"].append(reader.values_table())
        self.totals.append(reader.totals_table())

    def _check_sums(self):
        """Compare stated sums of both directions with these; refuse a file that holds nothing but such sums."""
        sums = [one for reader in self.wide_readers for one in reader.sums]
        values = [value for reader in self.wide_readers for value in reader.values]
        if sums and not values and not self.tables["long"] and not self.reading.faults:
            reader = next(reader for reader in self.wide_readers if reader.sums)
            place = reader.table.place(reader.table.row, reader.table.first)
            raise Stop(both_directions.refused(reader.table.sheet, place, _words_of_sum(reader.table)))
        parts = [(value.key, value.flow, value.year, value.month, value.usd) for value in values]
        self.differences += both_directions.compare(sums, parts, self.terms.vocabulary)
        if self.differences:
            listed = "; ".join(self.differences[:5]) + (" …" if len(self.differences) > 5 else "")
            what = "stated sum of both directions differs" if len(self.differences) == 1 else "stated sums differ"
            self.reading.doubts.append(["totals", f"{len(self.differences):,} {what} from its parts: {listed}."])
        if count := len(sums) + self.sums_of_rows:
            verbs = "was compared and is" if count == 1 else "were compared and are"
            self.reading.remarks.append(
                f"{self.book.name}: {counted(count, 'sum')} of both directions {verbs} not stored."
            )

    def _texts_of_others(self, table):
        """Collect what the other visible sheets say above their numbers: a unit may be named only there."""
        if self.signature:
            return []
        others = [sheet for sheet in self.book.visible if sheet.name != table.sheet.name]
        return [text for sheet in others for text in _texts_above_numbers(sheet)]

    def _add_remarks_on_sheets(self, chosen):
        read = {table.sheet.name for table in chosen}
        for sheet in self.book.sheets:
            if sheet.name in read:
                self._add_remarks_on_sheet(sheet)
            elif sheet.hidden and sheet.head:
                self.reading.remarks.append(f"The sheet “{sheet.name}” is hidden and was not read.")
        unread = [sheet.name for sheet in self.book.visible if sheet.name not in read and sheet.head]
        if self.signature:
            unread = [name for name in unread if name not in OUR_OTHER_SHEETS]
        for sheet in self.book.visible:
            if sheet.name in unread:
                unread_texts.of_other_sheet(self.reading, sheet, self.terms)
        if unread:
            self.reading.remarks.append(f"Sheets not read: {', '.join(unread)[:200]}.")

    def _add_remarks_on_sheet(self, sheet):
        """Say of a sheet that was read what is hidden in it, or computed."""
        remarks = self.reading.remarks
        remarks += sheet.notices
        if sheet.partly_hidden:
            sentence = f"The sheet “{sheet.name}” has hidden rows or columns; these were also read."
            self.reading.doubts.append(["hidden", sentence])
        if sheet.concealed:
            self.reading.doubts.append(["hidden", _of_concealed(sheet)])
        unread_texts.of_comments(self.reading, sheet, self.terms)
        if sheet.formulas:
            stored = "their stored values were read; nothing was recalculated"
            remarks.append(f"{sheet.title}: {counted(sheet.formulas, 'formula')}; {stored}.")


def _of_concealed(sheet):
    """Say which cells were read though they are struck through or not shown."""
    places = [f"{sheet.place(*cell)} ({how})" for cell, how in sorted(sheet.concealed.items())]
    listed = ", ".join(places[:5]) + (" …" if len(places) > 5 else "")
    return f"{sheet.title}: {counted(len(places), 'cell')} that a reader would pass over were also read: {listed}."


def _texts_above_numbers(sheet):
    """Yield the texts of a sheet down to the first row that holds a number which is no year."""
    for row in sheet.head:
        if any(isinstance(cell, (int, float)) and not period_values.period(cell) for cell in row):
            return
        yield from (cell for cell in row if isinstance(cell, str) and cell)


def _distinct(reasons):
    """Keep one of each question; faults stay as they are."""
    seen = {}
    for n, reason in enumerate(reasons):
        seen.setdefault(reason.key if isinstance(reason, Question) else n, reason)
    return seen.values()


def _words_of_sum(table):
    """Quote what says that a table holds the sum of both directions."""
    texts = [*table.headers, *reversed(table.titles), table.sheet.name]
    said = [
        text for text in texts if both_directions.flow_of_header(text) == TOTAL or both_directions.is_titled_so([text])
    ]
    return next(iter(said), "the sum of both directions")


def signature(book: Book) -> dict | None:
    """Read from the cover sheet what our own workbook was made from: {"dataset": "china-provinces", "release": 2}."""
    for sheet in book.sheets:
        if sheet.name != "cover":
            continue
        items = {name: content for name, content, *_others in (row for row in sheet.head if len(row) > 1)}
        dataset, release = items.get(DATASET_ITEM), str(items.get(RELEASE_ITEM, "")).removesuffix(".0")
        if dataset and release.isdigit():
            return {"dataset": str(dataset).strip(), "release": int(release)}
    return None


def _join_books(reading, readers, terms):
    """Put what the books hold into one reading, one table a layout, at one level of HS codes."""
    speaks = [words for reader in readers for words in reader.speaks]
    if any(words != speaks[0] for words in speaks):
        advice = "Use the same columns in all tables, or upload the tables separately."
        found = "; ".join(", ".join(sorted(words)) or "values alone" for words in speaks)
        raise Stop(Fault("columns-differ", advice, found=found, expected="the same columns in all tables"))
    reading.speaks = speaks[0] if speaks else set()
    for layout in ("long", "wide"):
        tables = [table for reader in readers for table in reader.tables[layout]]
        if tables:
            reading.tables[layout] = arrow_table.concatenate(tables)
    totals = [table for reader in readers for table in reader.totals]
    reading.totals = arrow_table.concatenate(totals, arrow_table.TOTALS_SCHEMA)
    if len(reading.tables) > 1 and not reading.signature:
        advice = "Upload the long table and the wide table separately."
        raise Stop(Fault("layouts-differ", advice, found="a long and a wide table", expected="one layout at a time"))
    if terms.kind == "commodity" and not reading.faults:
        for layout, table in reading.tables.items():
            reading.tables[layout], remarks = hs_codes.one_level(table, terms)
            reading.remarks += remarks
