"""Reads single values of a query string, and repeats them safely in a notice."""

from collections.abc import Mapping

LONGEST_QUOTE = 30


def last(query: Mapping, name: str) -> str | None:
    """The value of a parameter that may stand once; of several the last one counts."""
    values = [value for value in query.get(name, []) if value.strip()]
    return values[-1].strip() if values else None


def number(text: str | None, longest: int) -> int | None:
    """A whole number in plain digits, None where a text is none: ("2016", 4) -> 2016."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= longest else None


def quoted(found: str) -> str:
    """Repeat what an address says, in a notice: short, and nothing that does not print."""
    shown = "".join(character if character.isprintable() else "�" for character in found[: LONGEST_QUOTE + 1])
    return shown if len(shown) <= LONGEST_QUOTE else shown[:LONGEST_QUOTE] + "…"
