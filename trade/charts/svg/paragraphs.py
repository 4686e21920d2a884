"""Breaks words into lines by how wide their letters are, so that none runs out of a picture and none is lost."""

from typing import NamedTuple

from trade.charts.svg.primitives import SOFT, tag, width

BOLD = 1.06  # times the width of usual letters
BREAKS = "/?&-"  # after these an address may be broken


class Look(NamedTuple):
    """How a paragraph is set: Look(14, 20) is in letters of 14 pixels, a line every 20."""

    size: float
    step: float
    fill: str | None = SOFT
    weight: int | None = None
    family: str | None = None
    letters: float = 1  # how wide they are, in parts of the widest typeface's

    def room(self, pixels: float) -> float:
        """How much fits in a line, in parts of the size of its letters."""
        return pixels / self.size / self.letters / (BOLD if self.weight else 1)


def broken(words: str, room: float) -> list[str]:
    """Break words into lines: ("Textiles and garments", 7) -> ["Textiles and", "garments"]; a longer word is broken.

    Spaces that do not break, as in "US$1.2 bn", stay.
    """
    lines = [""]
    for word in words.replace("\n", " ").split(" "):
        joined = f"{lines[-1]} {word}".strip()
        if width(joined) <= room:
            lines[-1] = joined
        else:
            pieces = _pieces(word, room)
            lines = [line for line in lines if line] + pieces
    return [line for line in lines if line]


def _pieces(word, room):
    """The pieces of a word that fit, an address broken behind a stroke where it has one."""
    pieces = []
    while width(word) > room:
        end = next(place for place in range(1, len(word) + 1) if width(word[: place + 1]) > room or place == len(word))
        stroke = max(word.rfind(mark, 0, end) for mark in BREAKS) + 1
        end = stroke if stroke > end / 2 else end
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def paragraph(words: str, at: tuple[float, float], pixels: float, look: Look) -> tuple[str, float]:
    """Set words in lines no wider than `pixels`, the first on the line `at`: (markup, where the next thing begins)."""
    x, y = at
    lines = broken(words, look.room(pixels))
    spans = [tag("tspan", line, x=x, y=float(y + look.step * place)) for place, line in enumerate(lines)]
    about = {"font_size": look.size, "font_weight": look.weight, "font_family": look.family, "fill": look.fill}
    return (tag("text", spans, **about) if lines else ""), y + look.step * len(lines)
