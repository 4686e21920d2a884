"""Narrows the index of goods to what a reader types: a code, the beginning of one, or words of its names."""

import re
from collections.abc import Collection
from dataclasses import replace

from trade.charts.goods_index.index_rows import Row


def matching(rows: tuple[Row, ...], text: str, known: Collection[str] = ()) -> tuple[Row, ...]:
    """Keep what fits a text, or is among `known` codes, with all above it: matching(rows, "coal", {"2701"}).

    Of a chapter that fits, all headings with a figure stay; of a section, its chapters.
    """
    words = [re.compile(rf"\b{re.escape(word)}", re.IGNORECASE) for word in text.replace(".", "").split()]
    return tuple(kept for row in rows if (kept := _kept(row, words, known)))


def _kept(row, words, known):
    below = tuple(kept for one in row.below if (kept := _kept(one, words, known)))
    if not _fits(row, words, known):
        return replace(row, below=below) if below else None
    fitting = {one.slug: one for one in below}
    shown = (fitting.get(one.slug) or _alone(one) for one in row.below if one.is_recorded or one.slug in fitting)
    return replace(row, below=tuple(shown))


def _alone(row):
    """A chapter that is there because its section fits needs no headings."""
    return replace(row, below=())


def _fits(row, words, known):
    said = f"{row.code} {row.name} {row.title}"
    return row.slug in known or (bool(words) and all(word.search(said) for word in words))
