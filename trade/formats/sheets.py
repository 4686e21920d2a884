"""Bytes of a workbook → sheets of cells: .xlsx and .ods by calamine, .xls by xlrd.

Only stored values are read: nothing is calculated, no macro runs, no link is followed. calamine gives an error value
(#REF!) and a formula that was never calculated as blank cells, and a blank would be taken for a missing value; so
both are looked for in the XML, and left as traps on the sheet.
"""

import io
import posixpath
import re
import zipfile
from xml.parsers import expat  # no DTD comes so far: _measured refuses any

import python_calamine
import xlrd

from trade.formats import Fault, shown
from trade.formats.archives import damaged
from trade.formats.book import RAISED, Book, Sheet, Stop

UNCALCULATED = "a formula without a stored value"
STALE = re.compile(rb"""fullCalcOnLoad=["'](?:1|true)""")  # the writing program left all calculating to the reader
# A number format that ends in commas shows thousands of what the cell holds: #,##0,
SCALED_FORMAT = re.compile(rb'formatCode="[^"]*[0#],+(?:&quot;|[;\\_ )"])')
VISIBLE = python_calamine.SheetVisibleEnum.Visible
ENCRYPTED = Fault("encrypted", "Remove the password in the spreadsheet program and upload the file again.")


def open_workbook(name: str, data: bytes, archive=None) -> Book:
    """Open a workbook; `archive` is its measured archive, None for an .xls.

    Raises: Stop, when it is encrypted or damaged, or holds a document type definition.
    """
    if archive is None:
        return _open_xls(name, data)
    if any("dtd" in signs for signs in archive.signs.values()):
        advice = "Save the workbook anew from a spreadsheet program."
        raise Stop(Fault("dtd", advice, name, found="a document type definition", expected="none"))
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [_sheet(name, workbook, sheet) for sheet in workbook.sheets_metadata]
        _set_traps(sheets, data, archive)
    except python_calamine.PasswordError:
        raise Stop(_encrypted(name)) from None
    except (python_calamine.CalamineError, expat.ExpatError, OSError, ValueError, LookupError) as error:
        raise Stop(damaged(name, str(error))) from None
    return Book(name, [sheet for sheet in sheets if sheet])


def _encrypted(name):
    return Fault(ENCRYPTED.code, ENCRYPTED.message, name, found="a password", expected="a workbook without a password")


def _sheet(name, workbook, about):
    if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
        return None
    source = workbook.get_sheet_by_name(about.name)
    cells = source.to_python(skip_empty_area=False)
    return Sheet(
        name,
        about.name,
        lambda: iter(cells),
        hidden=about.visible != VISIBLE,
        merged=source.merged_cell_ranges or [],
    )


# --- what calamine passes over -----------------------------------------------------------------------------------


def _set_traps(sheets, data, archive):
    """Find formulas, error values and merged cells where the archive showed signs of them."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        if archive.kind == "ods":
            if "ods" in archive.signs["content.xml"]:
                _OpenDocument(sheets).read(source.read("content.xml"))
            return
        workbook = _workbook_part(source)
        parts = _parts_of_sheets(source, workbook)
        stale = bool(STALE.search(source.read(workbook)))
        styles = next((name for name in archive.names if name.endswith("/styles.xml")), "")
        scaled = bool(styles and SCALED_FORMAT.search(source.read(styles)))
        odd = _odd_styles(source.read(styles)) if styles else {}
        _set_raised(sheets, source, archive)
        for sheet in filter(None, sheets):
            part, sheet.scaled = parts[sheet.name], scaled
            signs = archive.signs[part] if "/worksheets/" in part else {"formula", "error"}
            if signs & {"formula", "error"}:
                _OfficeSheet(sheet, stale).read(source.read(part))
            sheet.partly_hidden = "hidden" in signs
            if odd:
                sheet.shown = _shown_cells(source.read(part), odd)


CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^>/])>\s*<(?:\w+:)?[vfi]")
PLACE, STYLE = re.compile(rb"""\br=["']([A-Z]+)(\d+)["']"""), re.compile(rb"""\bs=["'](\d+)["']""")


def _odd_styles(content):
    """Find the styles of cells that show more than a number: {"5": "RMB"} by their place among the styles."""
    styles = _Styles()
    styles.read(content)
    found = {str(n): shown.beside(styles.codes.get(code, PERCENT.get(code, ""))) for n, code in enumerate(styles.cells)}
    return {style: text for style, text in found.items() if text}


def _shown_cells(content, odd):
    """Find the cells that hold something and have such a style: {(6, 2): "RMB"}."""
    cells = {}
    for match in CELL.finditer(content):
        style, place = STYLE.search(match[1]), PLACE.search(match[1])
        if style and place and (text := odd.get(style[1].decode())):
            cells[int(place[2]) - 1, _column(place[1].decode())] = text
    return cells


def _set_raised(sheets, source, archive):
    """Find texts that read as numbers only because a raised mark of a note is part of them: "1,234" with a small 2."""
    parts = [name for name, signs in archive.signs.items() if "raised" in signs]
    raised = set().union(*(_Raised().texts_of(source.read(part)) for part in parts))
    for sheet in filter(None, sheets) if raised else ():
        for r, row in enumerate(sheet.rows()):
            for c, cell in enumerate(row):
                if isinstance(cell, str) and cell in raised:
                    sheet.traps[r, c] = f"{cell}: {RAISED}"


def _workbook_part(source):
    """Find the part that lists the sheets, which is nearly always "xl/workbook.xml"."""
    relations = _elements(source, "_rels/.rels", "Relationship")
    return [one["Target"] for one in relations if one["Type"].endswith("/officeDocument")][0].lstrip("/")


def _parts_of_sheets(source, workbook):
    """Map the names of sheets to their parts: {"Exports": "xl/worksheets/sheet1.xml"}."""
    folder, _, file = workbook.rpartition("/")
    targets = {one["Id"]: one["Target"] for one in _elements(source, f"{folder}/_rels/{file}.rels", "Relationship")}
    parts = {}
    for sheet in _elements(source, workbook, "sheet"):
        target = targets.get(next((value for key, value in sheet.items() if key.endswith(":id")), ""), "")
        parts[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return parts


def _elements(source, part, element):
    """Collect the attributes of every such element of a part."""
    found = []

    def start(tag, attributes):
        if tag.rpartition(":")[2] == element:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(source.read(part), True)
    return found


class _Parser:
    """Feeds a part to expat and hands its elements to `start`, `end` and `text` by their local names."""

    def read(self, content):
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: self.start(tag.rpartition(":")[2], attributes)
        parser.EndElementHandler = lambda tag: self.end(tag.rpartition(":")[2])
        parser.CharacterDataHandler = self.text
        parser.Parse(content, True)

    def text(self, characters):
        if self.value is not None:
            self.value += characters


class _Raised(_Parser):
    """Reads, from the shared texts or the sheets of an .xlsx, the texts that have a raised part."""

    def __init__(self):
        self.value, self.written, self.raised, self.texts = None, "", False, set()

    def texts_of(self, content):
        self.read(content)
        return {text for text in self.texts if any(map(str.isdigit, text))}

    def start(self, tag, attributes):
        if tag in ("si", "is"):
            self.written, self.raised = "", False
        elif tag == "vertAlign":
            self.raised |= attributes.get("val") == "superscript"
        elif tag == "t":
            self.value = ""

    def end(self, tag):
        if tag == "t":
            self.written, self.value = self.written + self.value, None
        elif tag in ("si", "is") and self.raised:
            self.texts.add(self.written)


PERCENT = {"9": "0%", "10": "0.00%"}  # number formats that every program knows by their number


class _Styles(_Parser):
    """Reads, from the styles of an .xlsx, the number formats and which of them each style of cells has."""

    def __init__(self):
        self.codes, self.cells, self.inside, self.value = {}, [], False, None

    def start(self, tag, attributes):
        if tag == "numFmt" and "numFmtId" in attributes:
            self.codes[attributes["numFmtId"]] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self.inside = True
        elif tag == "xf" and self.inside:
            self.cells.append(attributes.get("numFmtId", "0"))

    def end(self, tag):
        self.inside = self.inside and tag != "cellXfs"


class _OfficeSheet(_Parser):
    """Finds, in the XML of one sheet of an .xlsx, formulas without a stored value and error values."""

    def __init__(self, sheet, stale):
        self.sheet, self.stale = sheet, stale
        self.row, self.column, self.value = -1, -1, None
        self.kind, self.written, self.formula = "", "", False

    def start(self, tag, attributes):
        if tag == "row":
            self.row = int(attributes.get("r", self.row + 2)) - 1
            self.column = -1
        elif tag == "c":
            self._begin_cell(attributes)
        elif tag == "f":
            self.formula = True
        elif tag == "v":
            self.value = ""

    def _begin_cell(self, attributes):
        place = attributes.get("r", "")
        self.column = _column(place) if place else self.column + 1
        self.kind, self.written, self.formula = attributes.get("t", "n"), "", False

    def end(self, tag):
        if tag == "v":
            self.written, self.value = self.value, None
        elif tag == "c":
            self._end_cell()

    def _end_cell(self):
        self.sheet.formulas += self.formula
        if self.kind == "e":
            self.sheet.traps[self.row, self.column] = self.written or "an error value"
        elif self.formula and (self.stale or (not self.written.strip() and self.kind != "str")):
            self.sheet.traps[self.row, self.column] = UNCALCULATED


def _column(place):
    """Count the column of a place: "AB12" -> 27."""
    column = 0
    for letter in place.rstrip("0123456789"):
        column = column * 26 + ord(letter.upper()) - 64
    return column - 1


class _OpenDocument(_Parser):
    """Finds the same in the XML of an .ods, where cells and rows may stand for several."""

    def __init__(self, sheets):
        self.sheets, self.value = {sheet.name: sheet for sheet in sheets if sheet}, None
        self.sheet, self.row, self.column, self.repeated = None, 0, 0, 1

    def start(self, tag, attributes):
        about = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if tag == "table":
            self.sheet, self.row = self.sheets.get(about.get("name")), 0
        elif tag == "table-row":
            self.column, self.repeated = 0, int(about.get("number-rows-repeated", 1))
        if self.sheet and tag in ("table-row", "table-column") and about.get("visibility", "visible") != "visible":
            self.sheet.partly_hidden |= self.repeated < 1_000 and int(about.get("number-columns-repeated", 1)) < 1_000
        elif tag in ("table-cell", "covered-table-cell"):
            self._begin_cell(about, "calcext:value-type" in attributes and attributes["calcext:value-type"] == "error")

    def _begin_cell(self, about, is_error):
        if self.sheet and (text := _shown_in_ods(about)):
            self.sheet.shown[self.row, self.column] = text
        if self.sheet and "formula" in about:
            self.sheet.formulas += 1
            if about.get("value-type") is None:
                self.sheet.traps[self.row, self.column] = UNCALCULATED
            elif is_error or (about["value-type"] == "string" and about.get("string-value") == ""):
                self.sheet.traps[self.row, self.column] = "an error value or an empty result"
        down, across = (int(about.get(f"number-{name}-spanned", 1)) for name in ("rows", "columns"))
        if self.sheet and down * across > 1:
            last = (self.row + down - 1, self.column + across - 1)
            self.sheet.merged.append(((self.row, self.column), last))
        self.column += int(about.get("number-columns-repeated", 1))

    def end(self, tag):
        if tag == "table-row":
            self.row += self.repeated


def _shown_in_ods(about):
    if about.get("value-type") == "percentage":
        return "%"
    return about["currency"] if about.get("currency", "USD") != "USD" and "value" in about else ""


# --- .xls --------------------------------------------------------------------------------------------------------


def _open_xls(name, data):
    try:
        workbook = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        return Book(name, [_xls_sheet(name, workbook, sheet) for sheet in workbook.sheets()])
    except Exception as error:  # xlrd meets damage with every kind of error
        if "encrypt" in str(error).lower():
            raise Stop(_encrypted(name)) from None
        raise Stop(damaged(name, str(error) or type(error).__name__)) from None


def _xls_sheet(name, workbook, source):
    traps, odd, rows = {}, _odd_styles_of_xls(workbook), []
    shown_cells = {}
    for r in range(source.nrows):
        cells = []
        for c, (kind, value) in enumerate(zip(source.row_types(r), source.row_values(r), strict=True)):
            cells.append(_xls_cell(workbook, kind, value))
            if kind == xlrd.XL_CELL_ERROR:
                traps[r, c] = xlrd.error_text_from_code.get(value, "an error value")
            elif kind == xlrd.XL_CELL_TEXT and value == "":
                traps[r, c] = UNCALCULATED
            elif odd and kind == xlrd.XL_CELL_NUMBER and (text := odd.get(source.cell_xf_index(r, c))):
                shown_cells[r, c] = text
        rows.append(cells)
    merged = [((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in source.merged_cells]
    lines = [*source.rowinfo_map.values(), *source.colinfo_map.values()]
    return Sheet(
        name,
        source.name,
        lambda: iter(rows),
        hidden=source.visibility != 0,
        traps=traps,
        merged=merged,
        shown=shown_cells,
        partly_hidden=any(line.hidden for line in lines),
    )


def _odd_styles_of_xls(workbook):
    formats = (workbook.format_map.get(style.format_key) for style in workbook.xf_list)
    found = {n: shown.beside(one.format_str) for n, one in enumerate(formats) if one}
    return {style: text for style, text in found.items() if text}


def _xls_cell(workbook, kind, value):
    if kind == xlrd.XL_CELL_DATE:
        return _xls_date(workbook, value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    return "" if kind == xlrd.XL_CELL_ERROR else value


def _xls_date(workbook, value):
    try:
        return xlrd.xldate_as_datetime(value, workbook.datemode)
    except (ValueError, OverflowError, xlrd.XLDateError):
        return f"{value} (formatted as a date)"
