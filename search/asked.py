"""What somebody asks, as the terms that are looked for: bounded, whatever was typed or sent."""

import unicodedata
from typing import NamedTuple

from search.models import LONGEST_TERM
from search.terms import IGNORED, IS_HAN, IS_HANGUL, pairs, root, tokens, whole

LONGEST = 100  # characters that are read of a query
MOST_WORDS = 8
LONG = 4  # letters with which a word begins that few others begin with
LAST = "\U0010ffff"  # sorts behind every letter that can follow
# How much the kind of match counts, of ten.
EXACT, SAME_ROOT, BEGINNING = 10, 9, 6


class Range(NamedTuple):
    """Terms between two ends, both included, for word number `word`; a whole name `covers` all words of the query.

    Of what begins with two or three letters only the names of things count (`is_short`).
    """

    word: int
    low: str
    high: str
    factor: int
    covers: int = 1
    is_short: int = 0


class Asked(NamedTuple):
    """`text` as it may be shown; `is_cut` where not all of it was read; `ranges` to be looked for, of `words` words."""

    text: str
    is_cut: bool
    words: int
    ranges: list[Range]


def read(query: str) -> Asked:
    """Read a query: "Is coal banned?" becomes ranges of "coal" and "banned", and of the name "iscoalbanned"."""
    text = clean(query)
    sought = _sought(text[:LONGEST])
    counted = sought[:MOST_WORDS]
    ranges = [one for number, word in enumerate(counted) for one in _ranges(number, word, word is counted[-1])]
    if (name := whole(text[:LONGEST])) and counted:
        ranges.append(Range(len(counted), name, name, 2 * EXACT, covers=len(counted)))
    return Asked(text[:LONGEST].strip(), len(text) > LONGEST or len(sought) > MOST_WORDS, len(counted), ranges)


def clean(text: str) -> str:
    """Leave out what is no sign to be read (controls, marks of direction, halves of characters) and needless spaces."""
    seen = text[: 20 * LONGEST]
    return " ".join("".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in seen).split())


def _sought(text):
    """The words that count: of Chinese its pairs, each as a word of its own."""
    found = dict.fromkeys(tokens(text))
    telling = [token for token in found if token not in IGNORED] or list(found)
    return list(dict.fromkeys(word for token in telling for word in _parts(token)))


def _parts(token):
    return pairs(token) if IS_HAN.match(token) and len(token) > 1 else [token[:LONGEST_TERM]]


def _ranges(number, word, is_last):
    yield Range(number, word, word, EXACT)
    if (form := root(word)) != word:
        yield Range(number, form, form, SAME_ROOT)
    if _may_go_on(word, is_last):
        yield Range(number, word, word + LAST, BEGINNING, is_short=int(len(word) < LONG and word.isascii()))


def _may_go_on(word, is_last):
    """Whether a word may be the beginning of a longer one: the last one is perhaps still being typed."""
    if IS_HAN.match(word):
        return len(word) == 1
    shortest = 1 if IS_HANGUL.match(word) else 2
    return len(word) >= (shortest if is_last else LONG)
