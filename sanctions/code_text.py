"""HS codes as people write them in a list of sanctions: "93 (arms)", "50-63", "8802.11/12", "2709/2711 (part)".

Codes are parted by ";" or ",", alternatives by "/", a range by "-". A remark in brackets narrows the codes before it,
so they count as partial; "(R)" is no remark on goods but the mark of what is not yet checked. The Harmonized System
has 6 digits; countries add up to 4 of their own.
"""

import re
import unicodedata
from typing import NamedTuple

# The chapters of the Harmonized System: 77 is reserved, 98 is each country's own (so that no resolution
# can name it), 99 is "not specified according to kind".
CHAPTERS = [f"{n:02}" for n in range(1, 98) if n != 77] + ["99"]
DASHES = str.maketrans("‐‑‒–—−", "------")
PIECE = re.compile(r"(?:(?:chapters?|ch\.?|headings?|hs)\s*)?(?P<codes>[\d./\s-]+)(?P<remark>(?:\([^()]*\)\s*)*)", re.I)
CODE = re.compile(r"\d{2}(\d{2}){0,4}")
NONE = re.compile(r"none(?:\s*\([^()\d]*\))*", re.I)


class CodesError(ValueError):
    """What is wrong with the text and how to write it instead, for the editor."""


class Code(NamedTuple):
    """2 to 10 digits of the Harmonized System: Code("2710", partial=True) is a part of heading 2710."""

    digits: str
    partial: bool = False

    @property
    def chapter(self) -> str:
        return self.digits[:2]


def parse(text: str) -> list[Code]:
    """List the codes that a text names, in its order, each once.

    "8802.11/12; 89" -> [Code("880211"), Code("880212"), Code("89")]; "none", "none (by reference)" and "" -> [].
    A code that is named both in part and in whole counts as whole.
    Raises CodesError for anything that cannot be understood: nothing is skipped.
    """
    text = unicodedata.normalize("NFKC", text).translate(DASHES).strip()
    if NONE.fullmatch(text):
        return []
    found = {}
    for piece in re.split(r"[;,](?![^(]*\))", text):
        for code in _piece(piece.strip()) if piece.strip() else []:
            found[code.digits] = found.get(code.digits, True) and code.partial
    return [Code(digits, partial) for digits, partial in found.items()]


def understood(text: str) -> list[Code]:
    """The codes of a text that was stored before it was checked: [] where it cannot be understood."""
    try:
        return parse(text)
    except CodesError:
        return []


def _piece(piece: str) -> list[Code]:
    """One entry of the list, "2709/2711 (part)": its codes, all with its remark."""
    match = PIECE.fullmatch(piece)
    if not match:
        raise CodesError(f"“{piece}” is not a list of HS codes. Write them like 2701; 50-63; 8802.11/12; 2710 (part).")
    remarks = [remark.strip() for remark in re.findall(r"\(([^()]*)\)", match["remark"])]
    partial = any(remark and remark.upper() != "R" for remark in remarks)
    return [Code(digits, partial) for digits in _alternatives(match["codes"])]


def _alternatives(text: str) -> list[str]:
    """Read "8802.11/12" as ["880211", "880212"]: two digits alone replace the end of the code before them."""
    codes, before = [], ""
    for part in text.split("/"):
        first, dash, last = (_digits(end) for end in part.partition("-"))
        if len(first) == 2 < len(before):
            first = before[:-2] + first
        before = _checked(first)
        codes += _range(before, _checked(last)) if dash else [before]
    return codes


def _digits(text: str) -> str:
    return text.strip().replace(".", "")


def _checked(code: str) -> str:
    if not CODE.fullmatch(code):
        raise CodesError(f"“{code}” is not an HS code: an even number of digits is expected, 2 to 10, as in 2701.12.")
    if code[:2] not in CHAPTERS:
        raise CodesError(f"“{code}” is not an HS code: there is no chapter {code[:2]}.")
    return code


def _range(first: str, last: str) -> list[str]:
    """("72", "83") -> the eleven chapters that exist between them. Longer codes stay within what they begin with."""
    if len(first) != len(last) or first[:-2] != last[:-2]:
        raise CodesError(f"“{first}-{last}” is not a range: both ends must have one length and one beginning.")
    if first > last:
        raise CodesError(f"“{first}-{last}” runs backwards: write the smaller code first.")
    codes = [first[:-2] + f"{n:02}" for n in range(int(first[-2:]), int(last[-2:]) + 1)]
    return [code for code in codes if code[:2] in CHAPTERS]
