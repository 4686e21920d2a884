"""Reads from the XML of an .ods (OpenDocument) what calamine drops: errors, uncalculated formulas, merges, formats."""

from spreadsheets.sheet import RAISED, UNCALCULATED, Sheet
from spreadsheets.xml_parts import Parser

MANY = 1_000  # rows or columns that stand for the rest of a sheet


def look_into(sheets: list[Sheet | None], content: bytes) -> None:
    """Set on the sheets what content.xml says of their cells."""
    _ContentParser(sheets).read(content)
    for sheet in filter(None, sheets):
        rows = list(sheet.rows())
        for (row, column), trap in sheet.traps.items():
            if trap == RAISED:
                sheet.traps[row, column] = f"{rows[row][column]}: {RAISED}"


class _ContentParser(Parser):
    """Reads content.xml, where cells and rows may stand for several."""

    def __init__(self, sheets):
        self.sheets, self.value = {sheet.name: sheet for sheet in sheets if sheet}, None
        self.sheet, self.row, self.column, self.repeated = None, 0, 0, 1
        self.style, self.raised, self.cell = "", set(), None

    def start(self, tag, attributes):
        is_error = attributes.get("calcext:value-type") == "error"
        attributes = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if tag == "table":
            self.sheet, self.row = self.sheets.get(attributes.get("name")), 0
        elif tag == "table-row":
            self.column, self.repeated = 0, int(attributes.get("number-rows-repeated", 1))
        elif not self.sheet:
            self._begin_style(tag, attributes)
        if not self.sheet:
            return
        if tag in ("table-row", "table-column"):
            self._note_hidden(attributes)
        elif tag in ("table-cell", "covered-table-cell"):
            self._begin_cell(attributes, is_error)
        elif tag == "span" and self.cell and attributes.get("style-name") in self.raised:
            self.sheet.traps[self.cell] = RAISED

    def _begin_style(self, tag, attributes):
        if tag == "style":
            self.style = attributes.get("name")
        elif tag == "text-properties" and attributes.get("text-position", "sub").startswith(("super", *"123456789")):
            self.raised.add(self.style)
        elif tag == "number" and attributes.get("display-factor", "1") != "1":
            for sheet in self.sheets.values():
                sheet.scaled = True

    def _note_hidden(self, attributes):
        if attributes.get("visibility", "visible") != "visible":
            repeated = (attributes.get(f"number-{name}-repeated", 1) for name in ("rows", "columns"))
            self.sheet.partly_hidden |= all(int(times) < MANY for times in repeated)

    def _begin_cell(self, attributes, is_error):
        place = self.row, self.column
        self.cell = place if attributes.get("value-type") == "string" else None
        if text := _shown(attributes):
            self.sheet.shown[place] = text
        if "formula" in attributes:
            self._note_formula(attributes, place, is_error)
        down, across = (int(attributes.get(f"number-{name}-spanned", 1)) for name in ("rows", "columns"))
        if down * across > 1:
            last = (self.row + down - 1, self.column + across - 1)
            self.sheet.merged.append((place, last))
        self.column += int(attributes.get("number-columns-repeated", 1))

    def _note_formula(self, attributes, place, is_error):
        self.sheet.formulas += 1
        if attributes.get("value-type") is None:
            self.sheet.traps[place] = UNCALCULATED
        elif is_error or (attributes["value-type"] == "string" and attributes.get("string-value") == ""):
            self.sheet.traps[place] = "an error value or an empty result"

    def end(self, tag):
        if tag == "table-row":
            self.row += self.repeated


def _shown(attributes):
    if attributes.get("value-type") == "percentage":
        return "%"
    return attributes["currency"] if attributes.get("currency", "USD") != "USD" and "value" in attributes else ""
