"""Reads HS codes as people and programs write them, and keeps one level where a file gives goods at several."""

import re
from collections import defaultdict

import pyarrow as pa

from spreadsheets.sheet import Question, Stop, counted
from trade.importing import cell_values

PREFIX = re.compile(r"(?:hs(?: ?code)?|chapter|ch\.?|(?:sub)?heading|第) ?(\d[\d. ]*)(?:章|类|品)?", re.IGNORECASE)
# "2701.12", "27.01", "2701 12 10": pairs of digits behind each point or space. "27.1" may be 27.10, and is no code.
SEPARATED = re.compile(r"\d{1,6}(?:[. ]\d{2}){1,3}|\d{3,4}[. ]\d{4}")
NEEDLESS_ZERO = re.compile(r"(?:(\d{1,2})\.0*|(\d{3,8})\.0?)")  # "27.0", "27.00", "2701.0"; 2701.00 is a subheading
AS_TEXT = re.compile(r"""'+(.*)|="(.*)\"""")  # how people and programs keep a spreadsheet from dropping zeros
LEVELS = {
    2: "2 digits (chapters)",
    4: "4 digits (headings)",
    6: "6 digits (subheadings)",
    8: "8 digits, aggregated to 6",
}


class Codes:
    """Reads the codes of one column: 27.0 -> "27", "HS 2701" -> "2701", 2701.12 -> "270112", 101 -> "0101".

    A spreadsheet drops the zero before 0101. The zero is put back only where other codes of the column show how long
    they are: a column of nothing but three digits is another classification (SITC).
    """

    def __init__(self):
        self.even_lengths, self.odd_codes = set(), set()

    def read(self, cell) -> str:
        """Read one cell; what is not a code comes back as the text it is."""
        written = _digits(cell_values.text(cell))
        if not (written.isascii() and written.isdigit()):
            return written
        if len(written) % 2 == 0:
            self.even_lengths.add(len(written))
            return written
        self.odd_codes.add(written)
        return "0" + written

    def check(self, sheet) -> str:
        """Return a remark on the zeros that were put back, or "".

        Raises: Stop, where the length of the codes cannot be told.
        """
        lost = sorted(code for code in self.odd_codes if len(code) > 1 and len(code) + 1 not in self.even_lengths)
        if lost:
            advice = (
                "Format the column as text and enter the codes with all their digits, including leading zeros: 0101."
            )
            raise Stop(
                sheet.fault(
                    "code-length", advice, found=", ".join(lost[:5]), expected="HS codes of 2, 4, 6 or 8 digits"
                )
            )
        if not self.odd_codes:
            return ""
        example = min(self.odd_codes)
        codes = counted(len(self.odd_codes), "code")
        return f"The leading zero was restored in {codes}: {example} was read as 0{example}."


def _digits(written):
    """Return the digits of a code as it is written: "第27章" -> "27", "'27" -> "27", "2701.12" -> "270112"."""
    if written.isdigit():
        return written
    if match := AS_TEXT.fullmatch(written):
        written = (match[1] or match[2] or "").strip()
    if match := PREFIX.fullmatch(written):
        written = match[1].strip()
    if match := NEEDLESS_ZERO.fullmatch(written):
        return match[1] or match[2]
    return re.sub("[. ]", "", written) if SEPARATED.fullmatch(written) else written


def one_level(table: pa.Table, terms) -> tuple[pa.Table, list[str]]:
    """Keep one level of HS codes where a file gives the same trade at several: (table, remarks).

    Raises: Stop, with the question "level".
    """
    lengths = {len(key) for key in set(table["key"].to_pylist()) if key and key.isdigit()}
    if len(lengths) < 2:
        return table, []
    levels = defaultdict(set)  # of each chapter in a flow and period
    rows = list(zip(*(table[name].to_pylist() for name in ("key", "flow", "year", "month")), strict=True))
    for key, *flow_and_period in rows:
        if key and key.isdigit():
            levels[key[:2], *flow_and_period].add(len(key))
    mixed = {chapter for chapter, lengths in levels.items() if len(lengths) > 1}
    if not mixed:
        return table, []
    offered = sorted(set().union(*(levels[chapter] for chapter in mixed)) & set(LEVELS))
    level = int(terms.answer(_question(offered)))
    keep = [not key or (key[:2], *flow_and_period) not in mixed or len(key) == level for key, *flow_and_period in rows]
    dropped = counted(keep.count(False), f"row at a level other than {LEVELS[level]}")
    return table.filter(pa.array(keep)), [f"Not read: {dropped}."]


def _question(levels):
    text = (
        "The file lists the same goods at several levels, so values would be counted twice. Which level should be read?"
    )
    return Question("level", text, [[str(level), LEVELS[level]] for level in levels])
