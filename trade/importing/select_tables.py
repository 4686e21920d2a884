"""Finds the tables of workbooks and text files, chooses which to read, and reads them as one Reading.

All tables that can be told apart are read; where two may hold the same thing, the editor is asked.
"""

from spreadsheets.sheet import Book, Fault, Question, Stop, counted, is_blank
from trade.importing import arrow_table, flow_words, hs_codes, unit_and_flow
from trade.importing.flow_words import FROM, TO
from trade.importing.layouts import long_header, wide_header
from trade.importing.layouts.long_components import ORIGINS
from trade.importing.layouts.long_header import LongTable
from trade.importing.layouts.long_table import LongReader
from trade.importing.layouts.wide_header import WideTable
from trade.importing.layouts.wide_table import WideReader
from trade.importing.reading import Reading

DATASET_ITEM, RELEASE_ITEM = "Dataset identifier", "Release"  # on the cover, as bundles.release_workbook writes them
OUR_DATA_SHEETS = ("data", TO, FROM)  # of our own workbook
OUR_OTHER_SHEETS = {"cover", "contents", "notes", "charts", "changes", "sanctions"}
ATTRIBUTES = ("estimate", "second_estimate", "status", "note", "quantity")


def find(book: Book, terms) -> list:
    """Find the tables on the visible sheets of a book: LongTables and WideTables."""
    tables = []
    for sheet in book.visible:
        tables += _tables_on(sheet, terms)
    return tables


def _tables_on(sheet, terms):
    """The tables of one sheet; totals have nothing to list down a wide table."""
    if long_table := long_header.find(sheet, terms):
        return [long_table]
    return [] if terms.kind == "total" else wide_header.find(sheet, terms)


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
    return reading


class _BookReader:
    """Reads one book: into tables by layout, totals, and what its long tables speak of."""

    def __init__(self, book, terms, reading, several):
        self.book, self.terms, self.reading = book, terms, reading
        self.signature = signature(book)
        self.tables, self.totals, self.speaks = {"long": [], "wide": []}, [], []
        chosen = self._choose(find(book, terms), several)
        self._add_remarks_on_sheets(chosen)
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
        if self.signature:
            reading.signature = self.signature

    def _choose(self, tables, several):
        """Choose the tables that are read; ask where two compete."""
        if self.signature:
            tables = [table for table in tables if table.sheet.name in OUR_DATA_SHEETS]
        if not tables:
            raise Stop(nothing_found(self.book, self.terms))
        if self.signature or not _compete(tables):
            return tables
        key = f"table:{self.book.name}" if several else "table"
        answer = self.terms.answer(_table_question(key, tables))
        return tables if answer == "all" else [tables[int(answer) - 1]]

    def _read_long(self, table):
        reader = LongReader(table, self.terms, self.reading, other_texts=self._other_texts())
        reader.read()
        self.reading.signature = self.reading.signature or reader.signature()
        self.reading.faults += reader.faults
        self.tables["long"] += reader.tables
        self.totals += reader.totals
        unknown = set() if self.terms.kind == "total" else set(ORIGINS)
        self.speaks.append({word for word in (*ATTRIBUTES, *ORIGINS) if table.where(word)} - unknown)

    def _read_wide(self, table, several):
        reader = WideReader(table, self.terms, self.reading, other_texts=self._other_texts())
        if table.flows:
            named = {column: (flow, table.grid[table.row][column]) for column, flow in table.flows.items()}
            table.flows = unit_and_flow.flows(self.terms, table.sheet, table.titles, named)
        elif reader.side.flow < 0:
            table.flow = unit_and_flow.flow(self.terms, table.sheet, table.titles, several=several)
        reader.read()
        self.reading.faults += reader.faults
        self.tables["wide"].append(reader.values_table())
        self.totals.append(reader.totals_table())

    def _other_texts(self):
        """Collect what visible sheets without a table say: a unit may be named only there."""
        if self.signature:
            return []
        others = [sheet for sheet in self.book.visible if not _tables_on(sheet, self.terms)]
        return [cell for sheet in others for row in sheet.head for cell in row if isinstance(cell, str) and cell]

    def _add_remarks_on_sheets(self, chosen):
        remarks, read = self.reading.remarks, {id(table.sheet) for table in chosen}
        for sheet in self.book.sheets:
            if id(sheet) in read:
                remarks += sheet.notices
                if sheet.partly_hidden:
                    sentence = f"The sheet “{sheet.name}” has hidden rows or columns; these were also read."
                    self.reading.doubts.append(["hidden", sentence])
                if sheet.formulas:
                    stored = "their stored values were read; nothing was recalculated"
                    remarks.append(f"Sheet “{sheet.name}”: {counted(sheet.formulas, 'formula')}; {stored}.")
            elif sheet.hidden and sheet.head:
                remarks.append(f"The sheet “{sheet.name}” is hidden and was not read.")
        unread = [sheet.name for sheet in self.book.visible if id(sheet) not in read and sheet.head]
        if self.signature:
            unread = [name for name in unread if name not in OUR_OTHER_SHEETS]
        if unread:
            remarks.append(f"Sheets not read: {', '.join(unread)[:200]}.")


def _distinct(reasons):
    """Keep one of each question; faults stay as they are."""
    seen = {}
    for n, reason in enumerate(reasons):
        seen.setdefault(reason.key if isinstance(reason, Question) else n, reason)
    return seen.values()


def _compete(tables):
    """Tell whether two of the tables may hold the same thing: unless each is wide and of a flow of its own."""
    if len(tables) < 2:
        return False
    if any(isinstance(table, LongTable) for table in tables):
        return True
    flows = [_named_flow(table) for table in tables]
    return len(set(flows)) < len(flows) or None in flows


def _named_flow(table):
    """Find the flow that the headers or titles of a wide table name; None where they name none, or both."""
    if flows := set(table.flows.values()):
        return flows.pop() if len(flows) == 1 else None
    texts = [*reversed(table.titles), table.sheet.name]
    named = [flow for text in texts if (flow := flow_words.flow(text))]
    clear = [flow for flow in named if flow in (TO, FROM)]
    return next(iter([*clear, *named]), None)


def _table_question(key, tables):
    labels = [[str(n), _label(table)] for n, table in enumerate(tables, start=1)]
    if len({isinstance(table, LongTable) for table in tables}) == 1:
        labels.append(["all", "All of them, as parts of one table"])
    return Question(key, "The file contains several tables that may cover the same data. Which should be read?", labels)


def _label(table):
    if isinstance(table, LongTable):
        return f"{table.sheet.name}, {table.sheet.place(table.row, 0)}: one row per value"
    return table.label()


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


def nothing_found(book: Book, terms) -> Fault:
    """Say what was seen of a file in which no table is recognised, and which layouts are known."""
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden and _tables_on(sheet, terms)]
    if hidden:
        advice = "Unhide the sheet in the spreadsheet program, save the workbook, and upload it again."
        return Fault(
            "hidden",
            advice,
            book.name,
            sheet=hidden[0],
            found="a table on a hidden sheet",
            expected="a table on a visible sheet",
        )
    seen = [
        long_header.lacking(sheet, terms) or _fullest_row(sheet)
        for sheet in book.visible
        if not all(map(is_blank, sheet.head))
    ]
    if not seen:
        return Fault("empty", "Upload the file that holds the data.", book.name, found="only empty cells")
    columns = {
        "province": "province, year, month, flow, reported_usd",
        "commodity": "code, year, flow, reported_usd",
        "total": "year, flow, reported_usd, or one row per period with the columns year, exports, imports, total",
    }[terms.kind]
    layouts = "" if terms.kind == "total" else "names in rows and periods in columns (2016, 2016-03), or "
    layouts += "one row per value, with columns such as "
    advice = "Arrange the data in a supported format: see “File formats” in the editors’ guide."
    return Fault("unknown-form", advice, book.name, found="; ".join(seen)[:200], expected=layouts + columns)


def _fullest_row(sheet):
    """Quote the row with most texts, which is the likeliest header."""
    row = max(sheet.head[:50], key=lambda row: sum(1 for cell in row if isinstance(cell, str) and cell.strip()))
    texts = [str(cell).strip() for cell in row if cell not in ("", None)][:8]
    return (f"{sheet.name}: " if sheet.name else "") + ", ".join(text[:30] for text in texts)
