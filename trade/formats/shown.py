"""What the number format of a cell shows beside its number: a currency, a scale, a per cent sign.

The cell holds 5, the editor sees "¥5", "5 mn" or "500%": a reader who looks at the number alone would store it wrongly.
"""

import re

from trade.formats import headings

LITERAL = re.compile(r'"([^"]*)"|\[\$([^\]-]*)(?:-[^\]]*)?\]|\\(.)|([¥￥€£₩])')
COMMAS = re.compile(r"[0#?],+(?:[^0#?,]|$)")  # "#,##0," shows thousands of what the cell holds
SCALES = {
    ",000": "thousand",
    "000": "thousand",
    ",000,000": "million",
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "mio": "million",
    "bn": "billion",
    "b": "billion",
}


def beside(code: str) -> str:
    """Say what a number format shows, in words of a title: '#,##0 "RMB"' -> "RMB", '0.0"mn"' -> "in million"; or ""."""
    literal = "".join("".join(found) for found in LITERAL.findall(code.split(";")[0])).strip()
    said = headings.units([literal])
    if said.other or said.dollars - {1}:
        return literal
    scale = SCALES.get(literal.casefold(), literal)
    if headings.units([f"in {scale}"]).loose and not is_scaled(code):
        return f"in {scale}"
    return "%" if "%" in LITERAL.sub("", code) else ""


def is_scaled(code: str) -> bool:
    """Tell a number format that shows thousands of what a cell holds: "#,##0,"."""
    return bool(COMMAS.search(LITERAL.sub("", code)))
