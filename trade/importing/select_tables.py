"""Finds the tables of workbooks and text files, chooses which to read, and reads them as one Reading.

All tables that can be told apart are read; where two may hold the same thing, the editor is asked.
"""

from spreadsheets.sheet import UNCALCULATED, Book, Fault, Question, Stop, counted, is_blank
from trade.importing import (
    arrow_table,
    cell_values,
    contradictions,
    hs_codes,
    one_name_sheets,
    unit_and_flow,
    unread_texts,
)
from trade.importing.layouts import both_directions, flow_columns, long_header, row_labels, wide_header
from trade.importing.layouts.long_components import ORIGINS
from trade.importing.layouts.long_header import LongTable
from trade.importing.layouts.long_table import LongReader
from trade.importing.layouts.wide_header import WideTable
from trade.importing.layouts.wide_table import WideReader
from trade.importing.one_name_sheets import OneNameSheet
from trade.importing.reading import Reading
from trade.importing.texts import flow_words, period_values
from trade.importing.texts.flow_words import FROM, TO, TOTAL

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
        _continue_titles(chosen)
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
            raise Stop(nothing_found(self.book, self.terms))
        if self.signature or not _compete(tables):
            return tables
        key = f"table:{self.book.name}" if several else "table"
        answer = self.terms.answer(_table_question(key, tables))
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
            sentence = f"Sheet “{table.sheet.name}”: the months were read as months of {year}, based on a title."
            self.reading.doubts.append(["year", sentence])
        if name := getattr(table.sheet, "name_of_title", ""):
            sentence = f"Sheet “{table.sheet.name}”: all rows were read as those of {name}, based on a title."
            self.reading.doubts.append(["heading", sentence])
        if isinstance(table.sheet, OneNameSheet) and table.sheet.sums:
            self.reading.remarks.append(f"Sheet “{table.sheet.name}”: the sums of both directions were only compared.")
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
        others = [sheet for sheet in self.book.visible if sheet is not table.sheet and sheet.name != table.sheet.name]
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
                unread_texts.of_other_sheet(self.reading, sheet, self.terms, unit=0)
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
            remarks.append(f"Sheet “{sheet.name}”: {counted(sheet.formulas, 'formula')}; {stored}.")


def _of_concealed(sheet):
    """Say which cells were read though they are struck through or not shown."""
    places = [f"{sheet.place(*cell)} ({how})" for cell, how in sorted(sheet.concealed.items())]
    listed = ", ".join(places[:5]) + (" …" if len(places) > 5 else "")
    return (
        f"Sheet “{sheet.name}”: {counted(len(places), 'cell')} that a reader would pass over were also read: {listed}."
    )


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


def _compete(tables):
    """Tell whether two of the tables may hold the same thing.

    They do not where each is of a name of its own (of its sheet), of a flow, or of a period that only its title names.
    """
    if len(tables) < 2:
        return False
    names = [
        table.sheet.name if isinstance(table.sheet, OneNameSheet) else getattr(table, "only_name", "")
        for table in tables
    ]
    if all(names):
        return len(set(names)) < len(names)
    if all(isinstance(table, LongTable) for table in tables):
        named = [_flow_of_long(table) for table in tables]
        return len(set(named)) < len(named) or None in named
    if any(isinstance(table, LongTable) for table in tables):
        return True
    if _are_continued(tables):
        return False
    if all(table.has_period_of_title or len(set(table.flows.values())) > 1 for table in tables):
        claims = [claim for table in tables for claim in _claims(table)]
        return len(set(claims)) < len(claims)
    flows = [_named_flow(table) for table in tables]
    return len(set(flows)) < len(flows) or None in flows


def _flow_of_long(table):
    """Find the one flow that the title or the sheet name of a long table names; None where a column may say another."""
    if table.where("flow") or any(table.columns[i].flow for i in table.where("reported")):
        return None
    texts = [*reversed(table.titles()), table.sheet.name]
    named = [flow for text in texts if (flow := flow_words.flow(text)) in (TO, FROM)]
    return next(iter(named), None)


def _are_continued(tables):
    """Tell the parts of one table whose header is repeated, as at a page break: other names below the same header."""
    headers = [[cell_values.text(cell) for cell in table.grid[table.row]] for table in tables]
    if any(header != headers[0] for header in headers) or len({table.sheet.name for table in tables}) > 1:
        return False
    names = [
        {cell_values.text(row[table.key]) for row in table.grid[table.row + 1 : table.end] if table.key < len(row)}
        for table in tables
    ]
    names = [{name for name in found if name and not row_labels.is_total(name)} for found in names]
    flows = {flow_words.flow(text) for table in tables[1:] for text in table.titles} - {None}
    return not flows and len(set().union(*names)) == sum(map(len, names))


def _continue_titles(tables):
    """Let the titles of a table hold for its other parts, below which its header is repeated."""
    wide = [table for table in tables if isinstance(table, WideTable)]
    if len(wide) > 1 and len(wide) == len(tables) and _are_continued(wide):
        for table in wide[1:]:
            table.continued = wide[0].titles


def _claims(table):
    """List what a table of one period is of: {("to_dprk", (2019, 0)), …}; the flow is None where it is not said."""
    flow = _named_flow(table)
    return {(table.flows.get(column, flow), period) for column, period in table.periods.items()}


def _named_flow(table):
    """Find the flow that the headers or titles of a wide table name; None where they name none, or both."""
    if table.is_sum:
        return TOTAL
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
    if formula := _formula_of_header(book):
        return formula
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
    advice = next(filter(None, (_year_advice(sheet, terms) for sheet in book.visible)), A_FORMAT)
    return Fault("unknown-form", advice, book.name, found="; ".join(seen)[:200], expected=layouts + columns)


A_FORMAT = "Arrange the data in a supported format: see “File formats” in the editors’ guide."
NO_YEAR = "No year is named: write it in the title, in the name of the sheet or above the values (2016, or 2016-03)."
NOT_ONE_YEAR = "It is not clear of which year the values are: write it above the values (2016, or 2016-03)."


def _year_advice(sheet, terms):
    """Say that a year is missing, where a sheet holds values beside known names and no period."""
    rows = sheet.head
    if any(wide_header.header_cells.sound_period(cell) for row in rows for cell in row if _is_no_number(cell)):
        return ""
    named = [row for row in rows if any(wide_header.is_known(cell, terms) for cell in row if isinstance(cell, str))]
    has_values = any(isinstance(cell, (int, float)) or _is_digits(cell) for row in named for cell in row)
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    if not named or not has_values:
        return ""
    return (
        NOT_ONE_YEAR
        if any(flow_columns.title_periods.named(text).periods for text in [*texts, sheet.name])
        else NO_YEAR
    )


def _is_no_number(cell):
    return isinstance(cell, str) or (isinstance(cell, (int, float)) and 1990 <= cell <= 2100)


def _is_digits(cell):
    return isinstance(cell, str) and cell_values.text(cell).replace(",", "").isdigit()


def _formula_of_header(book):
    """Find a formula without a stored value among the first rows of a sheet: it may have been a year."""
    for sheet in book.visible:
        for (row, column), trap in sheet.traps.items():
            if row < 20 and trap == UNCALCULATED:
                return sheet.trap(row, column, trap)
    return None


def _fullest_row(sheet):
    """Quote the row with most texts, which is the likeliest header."""
    row = max(sheet.head[:50], key=lambda row: sum(1 for cell in row if isinstance(cell, str) and cell.strip()))
    texts = [str(cell).strip() for cell in row if cell not in ("", None)][:8]
    return (f"{sheet.name}: " if sheet.name else "") + ", ".join(text[:30] for text in texts)
