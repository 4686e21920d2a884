"""Marks behind the years of headers: "2024p" is provisional, "2019r" revised, "2019¹" has a note."""

import re
from typing import NamedTuple

from trade.importing import cell_values
from trade.importing.cell_values import LONGEST, Wrong
from trade.importing.texts import period_values
from trade.importing.texts.period_values import Period

PROVISIONAL, REVISED, A_NOTE = "provisional", "revised", "a note"
WORDS = {
    PROVISIONAL: r"p|prov(?:\.|isional)?|prel(?:im)?(?:\.|inary)?"
    r"|初步(?:数|數)?|初值|[暂暫]定?|快[报報](?:数|數)?|잠정치?|예비",
    REVISED: r"r|rev(?:\.|ised)?|修[订訂正](?:数|數|值)?|[调調]整[后後]|수정치?|확정치?|final|最[终終](?:数|數)?",
    A_NOTE: r"(?:[*†‡§#⁰¹²³⁴-⁹⁽⁾] ?)+\)?|\d{1,2}\)|notes? ?\d*|n\. ?\d+|[注註주]\d*",
}
KNOWN = {meaning: re.compile(pattern, re.IGNORECASE) for meaning, pattern in WORDS.items()}
BEHIND = re.compile(
    r"(?P<base>.+?) ?(?:[(\[](?P<inside>[^()\[\]]{1,20})[)\]]|(?P<digit> \d{1,2}\))"
    r"|(?![年년月월])(?P<bare>[^\s(){}\[\]%\d]{1,12}))"
)
IN_TITLE = re.compile(r"\b(?:provisional|preliminary|prelim\.)|初步|快[报報]数?|잠정|\(p\)", re.IGNORECASE)
LONGEST_MARK = 3  # characters of a mark that is not known; what is longer is another word


class Mark(NamedTuple):
    """A mark behind a year: as it is written, what it means ("provisional", "revised", "a note"), or ""."""

    written: str
    meaning: str


class MarkedPeriod(Period):
    """A period behind which a mark stands. It equals the period without it."""

    mark = Mark("", "")


def period(cell) -> MarkedPeriod | None:
    """Read a period behind which a known mark stands: "2024 (p)" -> (2024, 0), whose mark is provisional."""
    read = _parted(cell)
    if not read or not read.mark.meaning:
        return None
    return read


def unknown(cell) -> str:
    """Return the mark behind a period that is not known: "2024x" -> "x"; "" where there is none."""
    read = _parted(cell)
    return read.mark.written if read and not read.mark.meaning and len(read.mark.written) <= LONGEST_MARK else ""


def with_mark(period: Period, year: Period) -> Period:
    """Give a period the mark of the year that it was made of."""
    if not (mark := mark_of(year)):
        return period
    marked = MarkedPeriod(*period)
    marked.mark = mark
    return marked


def of_title(period: Period, title: str) -> Period:
    """Mark the period of a title that calls its values provisional."""
    said = IN_TITLE.search(title)
    marked = MarkedPeriod(*period)
    marked.mark = Mark(said[0], PROVISIONAL) if said else marked.mark
    return marked if said else period


def noted(year: int, written: str) -> MarkedPeriod:
    """Make a year with the mark of a note."""
    marked = MarkedPeriod(year, 0)
    marked.mark = Mark(written, A_NOTE)
    return marked


def mark_of(period) -> Mark | None:
    return period.mark if isinstance(period, MarkedPeriod) else None


def _parted(cell):
    """Part a text into a period and what stands behind it; None where it is nothing of the kind."""
    written = " ".join(cell_values.text(cell).split()) if isinstance(cell, str) else ""
    match = BEHIND.fullmatch(written) if len(written) <= LONGEST else None
    if not match:
        return None
    base = period_values.period(match["base"])
    if base is None or isinstance(base, Wrong):
        return None
    mark = (match["inside"] or match["digit"] or match["bare"]).strip()
    read = MarkedPeriod(*base)
    read.mark = Mark(mark, next((name for name, known in KNOWN.items() if known.fullmatch(mark)), ""))
    return read


SENTENCES = {
    PROVISIONAL: "marked as provisional: the values have the status P",
    REVISED: "marked as revised: the values were read, without a status of their own",
    A_NOTE: "with the mark of a note: the mark was not read",
}


def remarks(where: str, marked: dict[str, MarkedPeriod]) -> list[str]:
    """Say how marked headers were read, one sentence a meaning: “2024p” -> "marked as provisional …"."""
    headers = {}
    for header, period in marked.items():
        headers.setdefault(period.mark.meaning, []).append(f"“{header}”")
    return [f"{where}: {', '.join(listed)}, {SENTENCES[meaning]}." for meaning, listed in headers.items()]
