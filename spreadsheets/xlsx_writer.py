"""Writes workbooks of tables and charts as statisticians expect them, and as office_workbook reads them back unchanged.

It follows the UK Analysis Function's rules for accessible spreadsheets: a title in A1, one marked-up and named table a
sheet from the left edge, no merged cells, no filters, no frozen panes, no blank rows, text that is never a formula,
document title and language set, the cursor in A1. The same input gives the same bytes.

openpyxl writes the book: its sheets, styles, tables, links and charts. The rows of the tables are written into the XML
of the sheets, one after the other, those of an Arrow table by columns (spreadsheets/writing/rows_by_column.py):
openpyxl takes a minute for the 100,000 that take a second so (benchmarks/export.py), and keeps all cells in memory.
"""

import math
import re
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

import pyarrow as pa
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableStyleInfo

from spreadsheets import xlsx_charts
from spreadsheets.writing import rows_by_column, zip_parts

MISSING = ".."  # an observation without a value; a blank cell is no observation
LAST_ROW = 1_048_576
LONGEST = 32_767  # characters of one cell
EPOCH = (1980, 1, 1, 0, 0, 0)
LINE, HIGHEST = 15, 409  # points; a row of wrapped text is as high as its lines: not every program works that out
CHART_ROW = 325  # points
ABOVE = 9  # points between the lines and the table
INDENT = 1  # of text, so that it does not touch a number to its left
PIECE = 2_000  # rows written at one go

BODY, BOLD = Font(name="Arial", size=11), Font(name="Arial", size=11, bold=True)
TITLE = Font(name="Arial", size=16, bold=True)
LINK = Font(name="Arial", size=11, color="0000EE", underline="single")
NUMBERS = {"number": "#,##0", "plain": "0", "quantity": "#,##0.###"}
TEXTS = ("text", "wrapped", "link")
FORMULA_STARTS = ("=", "+", "-", "@")
# What XML cannot hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, its width in characters, and how its cells look (one of NUMBERS or TEXTS)."""

    header: str
    width: float
    look: str = "text"


@dataclass
class Sheet:
    """One sheet: a title and lines of text, charts if it has any, and its one table."""

    name: str
    title: str
    columns: list[Column]
    rows: Iterable[tuple] | pa.Table  # a table has no columns of wrapped text or links
    size: int | None = None  # number of rows, where `rows` cannot tell
    lines: list[str] = field(default_factory=list)
    pictures: list[xlsx_charts.Picture] = field(default_factory=list)
    scale: int = 0  # per cent in print, its first columns on every page; 0: as small as the width of a page asks
    repeated: int = 2

    @property
    def header(self) -> int:
        """The row of the table's header."""
        return 2 + len(self.lines) + len(self.pictures)

    @property
    def last(self) -> int:
        """The last row of the table."""
        return self.header + (len(self.rows) if self.size is None else self.size)


def write(path: Path, sheets: list[Sheet], *, title: str, created: datetime) -> None:
    """Write sheets as one .xlsx."""
    book = Workbook()
    book.remove(book.active)
    book._fonts = IndexedList([BODY])  # of cells without a style of their own
    book._named_styles["Normal"].font = BODY
    book.properties.title, book.properties.language = title, "en-GB"
    book.properties.creator, book.properties.lastModifiedBy = "Yalu", "Yalu"
    book.properties.created = book.properties.modified = created.astimezone(UTC).replace(tzinfo=None)
    bodies = {}  # the sheets whose rows are still to be written, and their styles, by part of the archive
    for number, sheet in enumerate(sheets, start=1):
        page = _page(book, sheet)
        bodies[f"xl/worksheets/sheet{number}.xml"] = (sheet, Styles(page))
    with tempfile.TemporaryFile() as around:
        book.save(around)
        _pack(path, around, bodies, created)


# --- what stands around the rows, by openpyxl ----------------------------------------------------------------------


def _page(book, sheet):
    page = book.create_sheet(sheet.name)
    _put(page, 1, sheet.title, TITLE)
    for row, line in enumerate(sheet.lines, start=2):
        _put(page, row, line, BODY)
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
        cell = _put(page, sheet.header, column.header, BOLD, number)
        side = {"horizontal": "right"} if column.look in NUMBERS else {"horizontal": "left", "indent": INDENT}
        cell.alignment = Alignment(vertical="bottom", wrap_text=True, **side)
        cell.border = Border(bottom=Side(style="thin"))  # not every program draws the style of the table
    headers = [column.header for column in sheet.columns]
    page.row_dimensions[sheet.header].height = ABOVE + _height(headers, sheet.columns, bold=True)
    if sheet.columns and sheet.last > sheet.header:
        _mark_up(page, sheet)
    _draw(page, sheet)
    _set_print(page, sheet)
    page.sheet_view.selection[0].activeCell = page.sheet_view.selection[0].sqref = "A1"
    return page


def _put(page, row, text, font, column=1):
    """Write text as text, even when it looks like a formula."""
    cell = page.cell(row, column)
    cell.value = _printable(text)
    cell.data_type, cell.font = "s", font
    cell.quotePrefix = text.startswith(FORMULA_STARTS)
    return cell


def _mark_up(page, sheet):
    """Declare the table, so that a screen reader names its headers; without the filter that openpyxl adds."""
    reference = f"A{sheet.header}:{get_column_letter(len(sheet.columns))}{sheet.last}"
    table = Table(displayName=f"table_{sheet.name}", ref=reference)
    table._initialise_columns()
    for column, about in zip(table.tableColumns, sheet.columns, strict=True):
        column.name = _printable(about.header)
    table.autoFilter = None
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    page.add_table(table)


def _draw(page, sheet):
    """Give each chart a row of its own, with the words that stand for it in column A."""
    for row, picture in enumerate(sheet.pictures, start=2 + len(sheet.lines)):
        _put(page, row, picture.description, BODY).alignment = Alignment(vertical="top", wrap_text=True)
        page.row_dimensions[row].height = CHART_ROW
        chart = xlsx_charts.draw(picture, page, sheet.header + 1, sheet.last)
        page.add_chart(chart, f"B{row}")
    if len(sheet.pictures) > 2:
        page.row_breaks.append(Break(id=row - 1))  # two fit on a page


def _set_print(page, sheet):
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom = 0.5, 0.7
    page.oddFooter.left.text, page.oddFooter.right.text = "&A", "&P / &N"
    page.print_area = f"A1:{get_column_letter(max(1, len(sheet.columns)))}{sheet.last}"
    if sheet.columns:
        page.print_title_rows = f"{sheet.header}:{sheet.header}"
    if sheet.scale:
        page.page_setup.scale = sheet.scale
        page.print_title_cols = f"A:{get_column_letter(sheet.repeated)}"
        return
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0


# --- the rows ------------------------------------------------------------------------------------------------------


class Styles:
    """The numbers of the styles by which the cells of a sheet are written."""

    def __init__(self, page):
        self.page = page
        self.of = {look: self._number(look) for look in (*NUMBERS, *TEXTS)}
        self.inert = {look: self._number(look, quotePrefix=True) for look in (*NUMBERS, *TEXTS)}
        # Text in a column of numbers, ".." above all, stands where the numbers stand.
        self.words = {look: self._number(look, side="right") if look in NUMBERS else self.of[look] for look in self.of}

    def _number(self, look, side="", quotePrefix=False):  # noqa: N803  (openpyxl's name)
        cell = Cell(self.page, row=1, column=1)
        cell.font = LINK if look == "link" else BODY
        cell.number_format = NUMBERS.get(look, "General")
        if side or look in TEXTS:
            indent = 0 if side else INDENT
            cell.alignment = Alignment(
                horizontal=side or "left", vertical="top", wrap_text=look == "wrapped", indent=indent
            )
        elif look in NUMBERS:
            cell.alignment = Alignment(vertical="top")
        cell.quotePrefix = quotePrefix
        return cell.style_id


class ColumnCells(rows_by_column.Cells):
    """Writes the cells of a column: 1670000000 in row 7 -> '<c r="C7" s="5"><v>1670000000</v></c>'."""

    def __init__(self, styles: Styles, look: str, column: int):
        self.letter, self.number = get_column_letter(column), styles.of[look]
        self._words, self._inert, self._tails = styles.words[look], styles.inert[look], {}

    def write(self, value, row: int) -> str:
        if type(value) is int:  # nearly all of a wide sheet, and no bool
            return f'<c r="{self.letter}{row}" s="{self.number}"><v>{value}</v></c>'
        if value is None or value == "":
            return ""
        if isinstance(value, str | bool):
            return f'<c r="{self.letter}{row}"{self.text(value)}'
        return f'<c r="{self.letter}{row}" s="{self.number}"><v>{value!r}</v></c>'

    def text(self, value: str | bool | None) -> str | None:
        """What stands behind the place of a cell with a text, or with yes or no; None of a blank one."""
        if value is None or value == "":
            return None
        if (tail := self._tails.get(value)) is None:
            tail = self._tails[value] = self._tail(("no", "yes")[value] if isinstance(value, bool) else value)
        return tail

    def _tail(self, text):
        style = self._inert if text.startswith(FORMULA_STARTS) else self._words
        inside = escape(_printable(text), {"\r": "&#13;"})
        return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>'


def _rows_as_xml(sheet, styles):
    """Give the rows of a table as XML, in pieces."""
    cells = [ColumnCells(styles, column.look, number) for number, column in enumerate(sheet.columns, start=1)]
    if isinstance(sheet.rows, pa.Table):
        return rows_by_column.rows(sheet.rows, cells, sheet.header + 1)
    return _tuples_as_xml(sheet, [column.write for column in cells])


def _tuples_as_xml(sheet, cells):
    rows, number = iter(sheet.rows), sheet.header
    is_wrapped = any(column.look == "wrapped" for column in sheet.columns)
    while piece := list(islice(rows, PIECE)):
        written = []
        for row in piece:
            number += 1
            height = f' ht="{_height(row, sheet.columns)}" customHeight="1"' if is_wrapped else ""
            inside = "".join([write(value, number) for write, value in zip(cells, row, strict=True)])
            written.append(f'<row r="{number}"{height}>{inside}</row>')
        yield "".join(written).encode()


def _height(row, columns, bold=False):
    """How high a row is whose texts are wrapped, in points."""
    lines = 1
    for value, column in zip(row, columns, strict=True):
        if isinstance(value, str) and (bold or column.look == "wrapped"):
            room = column.width * (0.9 if bold else 1.1)
            lines = max(lines, sum(max(1, math.ceil(len(line) / room)) for line in value.split("\n")))
    return min(HIGHEST, LINE * lines)


def _printable(text):
    """Drop the characters that XML cannot hold, and what is more than a cell can."""
    return FORBIDDEN.sub("", text)[:LONGEST]


# --- the archive ---------------------------------------------------------------------------------------------------


def _pack(path, around, bodies, created):
    """Put the rows into the sheets that openpyxl wrote, with one date on every part: the same bytes every time."""
    with zipfile.ZipFile(around) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content, info = source.read(name), zipfile.ZipInfo(name, EPOCH)
            info.create_system, info.external_attr = 3, 0o600 << 16
            filled = _filled(content, *bodies[name]) if name in bodies else [_corrected(name, content, created, bodies)]
            zip_parts.deflate(target, info, filled)


def _filled(content, sheet, styles):
    used = f"A1:{get_column_letter(max(1, len(sheet.columns)))}{sheet.last}".encode()
    content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + used + b'"', content, count=1)
    before, end, after = content.rpartition(b"</sheetData>")
    yield before
    yield from _rows_as_xml(sheet, styles) if sheet.columns else ()
    yield end + after.replace(b"<pageMargins", _links(sheet) + b"<pageMargins", 1)


def _links(sheet):
    """Let each cell of a column of links lead to the sheet that it names."""
    links = [
        f'<hyperlink ref="{get_column_letter(number)}{row}" location="\'{escape(cells[number - 1])}\'!A1"/>'
        for number, column in enumerate(sheet.columns, start=1)
        for row, cells in enumerate(sheet.rows if column.look == "link" else (), start=sheet.header + 1)
    ]
    return f"<hyperlinks>{''.join(links)}</hyperlinks>".encode() if links else b""


def _corrected(name, content, created, bodies):
    """Take the time of saving out of the properties, and give each chart the words that stand for it."""
    if name == "docProps/core.xml":
        stamp = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
    if name.startswith("xl/drawings/drawing"):
        words = iter([picture.description for sheet, _styles in bodies.values() for picture in sheet.pictures])
        return re.sub(
            rb'(<[\w:]*cNvPr id="\d+" name="[^"]*")', lambda name: _with_description(name, next(words)), content
        )
    return content


def _with_description(name, words):
    return name[1] + f' descr="{escape(_printable(words), {chr(34): "&quot;"})}"'.encode()
