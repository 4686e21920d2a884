"""Makes text inert that a spreadsheet program would run as a formula when it opens a CSV, and undoes that."""

import re

# Whatever apostrophes stand before it, so that the one that is put before it can be told from them.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def inert(text: str | None) -> str | None:
    """Put an apostrophe before text that a spreadsheet would run: "=1+1" -> "'=1+1". Numbers are not text."""
    return f"'{text}" if text and FORMULA.match(text) else text


def active(text: str) -> str:
    """Undo `inert`: "'=1+1" -> "=1+1"; other text, "'tis" too, stays as it is."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
