"""Reads the bytes of an .xls as sheets of cells, by xlrd, which also gives errors, formats, merges and raised marks."""

import io

import xlrd

from spreadsheets import number_formats
from spreadsheets.sheet import EMPTY_RESULT, RAISED, Book, Sheet, Stop, Terms
from spreadsheets.zip_archive import damaged, encrypted

SUPERSCRIPT = 1  # of a font


def open_xls(name: str, data: bytes, terms: Terms) -> Book:
    """Open an .xls.

    Raises: Stop, when it is encrypted or damaged.
    """
    try:
        workbook = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        return Book(name, [_sheet(name, workbook, sheet, terms) for sheet in workbook.sheets()])
    except Exception as error:  # xlrd meets damage with every kind of error
        if "encrypt" in str(error).lower():
            raise Stop(encrypted(name)) from None
        raise Stop(damaged(name, "an .xls workbook with a missing or unreadable part")) from None


def _sheet(name, workbook, source, terms):
    odd, scaled = _odd_styles(workbook, terms)
    traps, beside, rows = _raised(workbook, source), {}, []
    for r in range(source.nrows):
        kinds, values = source.row_types(r), source.row_values(r)
        rows.append([_cell(workbook, *cell) for cell in zip(kinds, values, strict=True)])
        for c, kind in enumerate(kinds):
            if trap := _trap(kind, values[c]):
                traps[r, c] = trap
            elif odd and kind == xlrd.XL_CELL_NUMBER and (text := odd.get(source.cell_xf_index(r, c))):
                beside[r, c] = text
    lines = [*source.rowinfo_map.values(), *source.colinfo_map.values()]
    return Sheet(
        name,
        source.name,
        lambda: iter(rows),
        hidden=source.visibility != 0,
        traps=traps,
        merged=[((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in source.merged_cells],
        shown=beside,
        scaled=scaled,
        partly_hidden=any(line.hidden for line in lines),
    )


def _trap(kind, value):
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "an error value")
    return EMPTY_RESULT if kind == xlrd.XL_CELL_TEXT and value == "" else ""


def _raised(workbook, source):
    """Find texts with digits of which some are raised, as the marks of notes are: "1,234" with a small 2."""
    raised = {n for n, font in enumerate(workbook.font_list) if font.escapement == SUPERSCRIPT}
    texts = {place: source.cell_value(*place) for place, runs in source.rich_text_runlist_map.items()
             if raised.intersection(font for _start, font in runs)}  # fmt: skip
    return {place: f"{text}: {RAISED}" for place, text in texts.items() if any(map(str.isdigit, str(text)))}


def _odd_styles(workbook, terms):
    """Find the styles of cells that show more than a number: {5: "RMB"}; and whether some show thousands of it."""
    formats = (workbook.format_map.get(style.format_key) for style in workbook.xf_list)
    codes = {n: number_format.format_str for n, number_format in enumerate(formats) if number_format}
    odd = {style: text for style, code in codes.items() if (text := number_formats.beside(code, terms.unit_shown))}
    return odd, any(map(number_formats.is_scaled, codes.values()))


def _cell(workbook, kind, value):
    if kind == xlrd.XL_CELL_DATE:
        return _date(workbook, value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    return "" if kind == xlrd.XL_CELL_ERROR else value


def _date(workbook, value):
    try:
        return xlrd.xldate_as_datetime(value, workbook.datemode)
    except (ValueError, OverflowError, xlrd.XLDateError):
        return f"{value} (formatted as a date)"
