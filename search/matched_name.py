"""By which of its names an entry was found, to be shown beside its title: "煤" for heading 2701."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from search.asked import Range
from search.terms import IS_HAN, IS_HANGUL, tokens, whole, words


class Sought(NamedTuple):
    """The terms that are asked for, and the beginnings of terms, to be held against names."""

    terms: frozenset
    beginnings: tuple

    def fits(self, text: str) -> bool:
        terms = _terms(text)
        return not self.terms.isdisjoint(terms) or any(term.startswith(self.beginnings) for term in terms)


def sought(ranges: Iterable[Range]) -> Sought:
    """What a query asks for, from its ranges."""
    exact = frozenset(one.low for one in ranges if one.low == one.high)
    return Sought(exact, tuple(one.low for one in ranges if one.low != one.high))


def name(title: str, code: str, names: Iterable[str], sought: Sought) -> str:
    """The name that tells why something was found, one in full before others; "" where its title or code does."""
    if sought.fits(title) or sought.fits(code):
        return ""
    fitting = [one for one in names if sought.fits(one)]
    in_full = (one for one in fitting if _whole(one) in sought.terms)
    return next(in_full, next(iter(fitting), ""))


def language(name: str) -> str:
    """The language of a name, by its script: "ko", "zh", or "en"."""
    return "ko" if IS_HANGUL.search(name) else "zh" if IS_HAN.search(name) else "en"


@lru_cache(maxsize=10_000)  # the same thousand names are met again and again
def _terms(text):
    return frozenset({whole(text), *(term for token in tokens(text) for term in words(token))})


_whole = lru_cache(maxsize=10_000)(whole)
