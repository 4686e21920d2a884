"""Reads the tokens of live figures: `{{ value from_dprk 27 2016 china-commodities }}`.

A token has four words, and a fifth where the dataset is not the one that pages of its kind open with:

* what: `value` (US$1.2 bn), `share` (of all goods or provinces: 37%), `change` (8% less than in 2015) or `year`, the
  name of the period;
* the direction: `to_dprk`, `from_dprk`, or `total` for both;
* of what: `all`, a section (`v`), chapter (`27`), heading (`2701`), subheading (`270111`) or province (`cn-ln`);
* when: a year, a month (`2025-03`), or `newest`, the newest year that is known in full;
* the dataset: `china-commodities`.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from trade.models import Dataset

TOKEN = re.compile(r"\{\{([^{}]*)\}\}")
WHATS = ("value", "share", "change", "year")
FLOWS = {"to_dprk": "to_dprk", "from_dprk": "from_dprk", "total": "both"}  # as written, and as cubes are read
ALL, NEWEST = "all", "newest"
PERIOD = re.compile(r"(\d{4})(-(?:0[1-9]|1[0-2]))?|" + NEWEST, re.ASCII)
PROVINCE = re.compile(r"cn-[a-z]{2}")
GOODS = re.compile(r"\d{2}|\d{4}|\d{6}|[ivx]{1,5}|unspecified", re.ASCII)
WORDS = 4  # of a token, without its dataset


class Token(NamedTuple):
    """A token that has the form of one; whether there are such data is another matter."""

    what: str  # "value"
    flow: str  # "from_dprk", as written
    key: str  # "27"
    period: int | str  # 2016, "2025-03", "newest"
    dataset: str = ""  # "china-commodities"; "" where the token names none

    @property
    def kind(self) -> str:
        """The kind of dataset that a token without a dataset speaks of: "province", "commodity" or "total"."""
        return kind_of(self.key) or Dataset.Kind.TOTAL

    def __str__(self):
        return f"{{{{ {' '.join(str(part) for part in self if part)} }}}}"


def kind_of(key: str) -> str:
    """The kind of dataset that lists a thing: "27" -> "commodity", "cn-ln" -> "province"; "" of what is neither."""
    if PROVINCE.fullmatch(key):
        return Dataset.Kind.PROVINCE
    return Dataset.Kind.COMMODITY if GOODS.fullmatch(key) else ""


def read(words: str) -> Token | None:
    """Read what stands between the braces; None where it is no token: "value from_dprk 27 2016" -> Token(…)."""
    parts = words.lower().split()
    if not WORDS <= len(parts) <= WORDS + 1:
        return None
    what, flow, key, period, *dataset = parts
    if what not in WHATS or flow not in FLOWS or not PERIOD.fullmatch(period):
        return None
    return Token(what, flow, key, int(period) if period.isdigit() else period, *dataset)


def all_in(text: str) -> list[Token]:
    """The tokens of a text, in their order."""
    found = (read(match[1]) for match in TOKEN.finditer(text))
    return [token for token in found if token]


def replaced(text: str, words: Callable[[Token], str]) -> str:
    """Put words in the place of each token; what only looks like one stays as it is."""

    def put(match):
        token = read(match[1])
        return words(token) if token else match[0]

    return TOKEN.sub(put, text)
