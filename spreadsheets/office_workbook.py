"""Reads the bytes of workbooks as sheets of cells: .xlsx and .ods by calamine, .xls by xlrd.

Only stored values are read: nothing is calculated, no macro runs, no link is followed. calamine gives an error value
(#REF!) and a formula that was never calculated as blank cells, and a blank would be taken for a missing value; so
both are looked for in the XML, and noted as traps on the sheet.
"""

import io
import zipfile
from xml.parsers.expat import ExpatError

import python_calamine

from spreadsheets import ods, xlsx
from spreadsheets.sheet import Book, Fault, Sheet, Stop, Terms
from spreadsheets.xls import open_xls
from spreadsheets.zip_archive import damaged, encrypted

VISIBLE = python_calamine.SheetVisibleEnum.Visible


def open_workbook(name: str, data: bytes, terms: Terms, archive=None) -> Book:
    """Open a workbook; `archive` is its measured archive, None for an .xls.

    Raises: Stop, when it is encrypted or damaged, or holds a document type definition.
    """
    if archive is None:
        return open_xls(name, data, terms)
    if any("dtd" in signs for signs in archive.signs.values()):
        advice = "Open the workbook in a spreadsheet program and save it again."
        raise Stop(Fault("dtd", advice, name, found="a document type definition", expected="none"))
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [_sheet(name, workbook, sheet) for sheet in workbook.sheets_metadata]
        _look_into(name, sheets, data, archive, terms)
    except python_calamine.PasswordError:
        raise Stop(encrypted(name)) from None
    except (python_calamine.CalamineError, ExpatError, OSError, ValueError, LookupError):
        raise Stop(damaged(name, "a workbook with a missing or unreadable part")) from None
    return Book(name, [sheet for sheet in sheets if sheet])


def _look_into(name, sheets, data, archive, terms):
    """Find what calamine passes over, where the archive showed signs of it."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        if archive.kind == "xlsx":
            xlsx.look_into(name, sheets, source, archive, terms)
        elif "ods" in archive.signs["content.xml"]:
            ods.look_into(sheets, source.read("content.xml"))


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
