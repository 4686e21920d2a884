"""Reads from the XML of an .xlsx (ECMA-376) what calamine drops: errors, uncalculated formulas, cells given twice.

It is looked for only where the archive showed signs of it (zip_archive.SIGNS).
"""

import posixpath
import re
import zipfile

from spreadsheets import number_formats
from spreadsheets.sheet import EMPTY_RESULT, RAISED, UNCALCULATED, Sheet, Stop, Terms
from spreadsheets.xml_parts import Parser
from spreadsheets.zip_archive import Archive, damaged

STALE = re.compile(rb"""fullCalcOnLoad=["'](?:1|true)""")  # the writing program left all calculating to the reader
PERCENT = {"9": "0%", "10": "0.00%"}  # number formats that every program knows by their number
TRAP = re.compile(rb"""\st\s*=\s*["']e["']|<(?:\w+:)?f[\s/>]""")  # what may lie behind a cell that is given as blank
# Rows, cells and the places that they say they have; of a cell that holds something, what it says of itself.
PLACED = re.compile(rb"""<(?:\w+:)?(row|c)(?=[\s/>])(?:[^>]*?\sr\s*=\s*["']([A-Za-z]*)(\d+)["'])?""")
CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^>/])>\s*<(?:\w+:)?[vfi]")
PLACE, STYLE = re.compile(rb"""\br=["']([A-Z]+)(\d+)["']"""), re.compile(rb"""\bs=["'](\d+)["']""")


def look_into(name: str, sheets: list[Sheet | None], source: zipfile.ZipFile, archive: Archive, terms: Terms) -> None:
    """Set on the sheets what the parts of the workbook say of their cells.

    What calamine gives as blank, an error value or one of two cells at one place, shows in the count of filled cells.

    Raises: Stop, where a sheet gives one cell twice.
    """
    workbook = _workbook_part(source)
    parts = _parts_of_sheets(source, workbook)
    stale = bool(STALE.search(source.read(workbook)))
    styles = next((name for name in archive.names if name.endswith("/styles.xml")), "")
    odd, scaled, concealing = _odd_styles(source.read(styles), terms) if styles else ({}, False, {})
    _set_raised(sheets, source, archive)
    for sheet in filter(None, sheets):
        part, sheet.scaled = parts[sheet.name], scaled
        signs = archive.signs[part] if "/worksheets/" in part else {"formula"}
        blank = archive.cells.get(part) != sum(len(row) - row.count("") for row in sheet.rows())
        if blank:
            _refuse_cells_twice(name, sheet, source.read(part))
        if "formula" in signs or (blank and TRAP.search(source.read(part))):
            _SheetParser(sheet, stale).read(source.read(part))
        sheet.partly_hidden = "hidden" in signs
        if odd:
            sheet.shown = _cells_of_styles(source.read(part), odd)
        if concealing:
            sheet.concealed = _cells_of_styles(source.read(part), concealing)
        sheet.comments = _comments(source, part, archive)


def _refuse_cells_twice(name, sheet, content):
    """Refuse a cell at the place of one before it, or before that: libraries give either of two, or neither."""
    row, column, last = 0, 0, (0, 0)
    for kind, letters, number in (match.groups() for match in PLACED.finditer(content)):
        if kind == b"row":
            row, column = int(number or row + 1), 0
            continue
        row, column = (int(number), _column(letters.decode()) + 1) if letters else (row, column + 1)
        if (row, column) <= last:
            fault = damaged(name, "a duplicate or out-of-order cell")
            fault.sheet, fault.cell, fault.expected = sheet.name, sheet.place(row - 1, column - 1), "each cell once"
            raise Stop(fault)
        last = row, column


def _odd_styles(content, terms):
    """Find the styles of cells that show more than a number, whether some show thousands of it, and those that conceal.

    ({"5": "RMB"}, False, {"7": "struck through"})
    """
    styles = _StylesParser()
    styles.read(content)
    codes = [styles.codes.get(code, PERCENT.get(code, "")) for code in styles.cells]
    odd = {str(n): text for n, code in enumerate(codes) if (text := number_formats.beside(code, terms.unit_shown))}
    concealing = {
        str(n): "not shown by its number format" for n, code in enumerate(codes) if number_formats.hides(code)
    }
    concealing |= {str(n): "struck through" for n, font in enumerate(styles.fonts_of_cells) if font in styles.struck}
    return odd, any(map(number_formats.is_scaled, codes)), concealing


def _cells_of_styles(content, odd):
    """Find the cells that hold something and have one of some styles: {(6, 2): "RMB"}."""
    cells = {}
    for match in CELL.finditer(content):
        style, place = STYLE.search(match[1]), PLACE.search(match[1])
        if style and place and (text := odd.get(style[1].decode())):
            cells[int(place[2]) - 1, _column(place[1].decode())] = text
    return cells


def _set_raised(sheets, source, archive):
    """Find texts that read as numbers only because a raised mark of a note is part of them: "1,234" with a small 2."""
    parts = [name for name, signs in archive.signs.items() if "raised" in signs]
    raised = set().union(*(_RaisedParser().texts_of(source.read(part)) for part in parts))
    for sheet in filter(None, sheets) if raised else ():
        for r, row in enumerate(sheet.rows()):
            for c, cell in enumerate(row):
                if isinstance(cell, str) and cell in raised:
                    sheet.traps[r, c] = f"{cell}: {RAISED}"


def _workbook_part(source):
    """Find the part that lists the sheets, which is nearly always "xl/workbook.xml"."""
    relations = _elements(source, "_rels/.rels", "Relationship")
    targets = [relation["Target"] for relation in relations if relation["Type"].endswith("/officeDocument")]
    return targets[0].lstrip("/")


def _parts_of_sheets(source, workbook):
    """Map the names of sheets to their parts: {"Exports": "xl/worksheets/sheet1.xml"}."""
    folder, _, file = workbook.rpartition("/")
    relations = _elements(source, f"{folder}/_rels/{file}.rels", "Relationship")
    targets = {relation["Id"]: relation["Target"] for relation in relations}
    parts = {}
    for sheet in _elements(source, workbook, "sheet"):
        target = targets.get(next((value for key, value in sheet.items() if key.endswith(":id")), ""), "")
        parts[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return parts


def _comments(source, part, archive):
    """Read the comments on the cells of a sheet: {(6, 2): "2019: an estimate"}."""
    folder, _, file = part.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    if relations not in archive.names:
        return {}
    comments = _CommentsParser()
    for relation in _elements(source, relations, "Relationship"):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        if relation.get("Type", "").endswith("/comments") and target in archive.names:
            comments.read(source.read(target))
    return comments.texts


def _elements(source, part, element):
    """Collect the attributes of every such element of a part."""
    parser = _ElementsParser(element)
    parser.read(source.read(part))
    return parser.attributes


class _ElementsParser(Parser):
    """Collects the attributes of every element of one name."""

    def __init__(self, element):
        self.element, self.attributes, self.value = element, [], None

    def start(self, tag, attributes):
        if tag == self.element:
            self.attributes.append(attributes)


class _CommentsParser(Parser):
    """Reads the comments of a sheet, by cell."""

    def __init__(self):
        self.texts, self.cell, self.value = {}, None, None

    def start(self, tag, attributes):
        if tag == "comment":
            place = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", attributes.get("ref", ""))
            self.cell = (int(place[2]) - 1, _column(place[1])) if place else None
        elif tag == "t" and self.cell:
            self.value = ""

    def end(self, tag):
        if tag == "t" and self.cell:
            self.texts[self.cell] = f"{self.texts.get(self.cell, '')}{self.value}"
            self.value = None


class _RaisedParser(Parser):
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


class _StylesParser(Parser):
    """Reads, from the styles of an .xlsx, number formats and fonts, and which of them each style of cells has."""

    def __init__(self):
        self.codes, self.cells, self.inside, self.value = {}, [], False, None
        self.font, self.struck, self.fonts_of_cells = -1, set(), []

    def start(self, tag, attributes):
        if tag == "numFmt" and "numFmtId" in attributes:
            self.codes[attributes["numFmtId"]] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self.inside = True
        elif tag == "xf" and self.inside:
            self.cells.append(attributes.get("numFmtId", "0"))
            self.fonts_of_cells.append(int(attributes.get("fontId", 0)))
        elif tag == "fonts":
            self.font = 0
        elif tag == "strike" and self.font >= 0 and attributes.get("val", "1") in ("1", "true"):
            self.struck.add(self.font)

    def end(self, tag):
        self.inside = self.inside and tag != "cellXfs"
        if tag == "font" and self.font >= 0:
            self.font += 1
        elif tag == "fonts":
            self.font = -1


class _SheetParser(Parser):
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
        elif self.formula and (self.stale or not self.written.strip()):
            empty = self.kind == "str" and not self.stale
            self.sheet.traps[self.row, self.column] = EMPTY_RESULT if empty else UNCALCULATED


def _column(place):
    """Count the column of a place: "AB12" -> 27."""
    column = 0
    for letter in place.rstrip("0123456789"):
        column = column * 26 + ord(letter.upper()) - 64
    return column - 1
