"""Reads from a cell's number format (ECMA-376, 18.8.31) what it shows beside the number: a currency, a scale, "%".

The cell holds 5, the editor sees "¥5", "5 mn" or "500%": a reader who looks at the number alone would store it wrongly.
"""

import re
from collections.abc import Callable

LITERAL = re.compile(r'"([^"]*)"|\[\$([^\]-]*)(?:-[^\]]*)?\]|\\(.)|([¥￥€£₩])')
COMMAS = re.compile(r"[0#?],+(?:[^0#?,]|$)")  # "#,##0," shows thousands of what the cell holds


def beside(code: str, unit_shown: Callable[[str, bool], str]) -> str:
    """Say what a number format shows, in words of a title: '#,##0 "RMB"' -> "RMB", '0.0"mn"' -> "in million"; or "".

    `unit_shown` understands the literal text of a format (Terms.unit_shown).
    """
    literal = "".join("".join(found) for found in LITERAL.findall(code.split(";")[0])).strip()
    if unit := unit_shown(literal, is_scaled(code)):
        return unit
    return "%" if "%" in LITERAL.sub("", code) else ""


def hides(code: str) -> bool:
    """Tell a number format that shows nothing of a number: ";;;"."""
    return ";" in code and not code.split(";")[0].strip()


def is_scaled(code: str) -> bool:
    """Tell a number format that shows thousands of what a cell holds: "#,##0,"."""
    return bool(COMMAS.search(LITERAL.sub("", code)))
