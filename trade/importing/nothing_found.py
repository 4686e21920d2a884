"""Says what was seen of a file in which no table is recognised, and what an editor can do about it."""

from spreadsheets.sheet import UNCALCULATED, Book, Fault, is_blank
from trade.importing import cell_values, unread_texts
from trade.importing.layouts import both_directions, header_cells, long_header, wide_header
from trade.importing.texts import heading_words, title_periods, unexplained
from trade.importing.texts.heading_text import plain


def fault(book: Book, terms, tables_on) -> Fault:
    """Say what was seen of a file in which no table is recognised, and which layouts are known."""
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden and tables_on(sheet, terms)]
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
    filled = [sheet for sheet in book.visible if not all(map(is_blank, sheet.head))]
    seen = [long_header.lacking(sheet, terms) or _fullest_row(sheet) for sheet in filled]
    if not seen:
        return Fault("empty", "Upload the file that holds the data.", book.name, found="only empty cells")
    columns = {
        "province": "province, year, month, flow, reported_usd",
        "commodity": "code, year, flow, reported_usd",
        "total": "year, flow, reported_usd, or one row per period with the columns year, exports, imports, total",
    }[terms.kind]
    layouts = "" if terms.kind == "total" else "names in rows and periods in columns (2016, 2016-03), or "
    layouts += "one row per value, with columns such as "
    unknown = [header for sheet in filled for header in _not_understood(sheet, terms)]
    advice = next(filter(None, (_year_advice(sheet, terms) for sheet in book.visible)), A_FORMAT)
    if unknown:
        advice = f"Not understood: {'; '.join(dict.fromkeys(unknown[:4]))}. {advice}"
    return Fault("unknown-form", advice, book.name, found="; ".join(seen)[:200], expected=layouts + columns)


A_FORMAT = "Arrange the data in a supported format: see “File formats” in the editors’ guide."
NO_YEAR = "No year is named: write it in the title, in the name of the sheet or above the values (2016, or 2016-03)."
NOT_ONE_YEAR = "It is not clear of which year the values are: write it above the values (2016, or 2016-03)."


def _year_advice(sheet, terms):
    """Say that a year is missing, where a sheet holds values beside known names and no period."""
    rows = sheet.head
    if any(header_cells.sound_period(cell) for row in rows for cell in row if _is_no_number(cell)):
        return ""
    named = [row for row in rows if any(wide_header.is_known(cell, terms) for cell in row if isinstance(cell, str))]
    has_values = any(isinstance(cell, (int, float)) or _is_digits(cell) for row in named for cell in row)
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    if not named or not has_values:
        return ""
    return NOT_ONE_YEAR if any(title_periods.named(text).periods for text in [*texts, sheet.name]) else NO_YEAR


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


def _likeliest_header(sheet):
    """Find the row with most texts."""
    return max(sheet.head[:50], key=lambda row: sum(1 for cell in row if isinstance(cell, str) and cell.strip()))


def _fullest_row(sheet):
    """Quote the likeliest header."""
    texts = [str(cell).strip() for cell in _likeliest_header(sheet) if cell not in ("", None)][:8]
    return (f"{sheet.name}: " if sheet.name else "") + ", ".join(_cut(text, 60) for text in texts)


def _not_understood(sheet, terms):
    """List the headers of the likeliest header that name no column that is known, each with what it speaks of."""
    for cell in _likeliest_header(sheet):
        is_text = isinstance(cell, str) and cell.strip()
        if not is_text or heading_words.column(cell).role or heading_words.is_rank(cell):
            continue
        more = unexplained.words(cell)
        if header_cells.period(cell) is None and (more or not both_directions.flow_of_header(cell)):
            why = unread_texts.contradiction(cell, terms) or ", ".join(more)
            yield f"“{_cut(cell.strip(), 80)}”" + f" ({why})" * bool(why and why != plain(cell))


def _cut(text, most):
    return text if len(text) <= most else f"{text[: most - 1]}…"
