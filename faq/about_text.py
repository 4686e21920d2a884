"""Reads what a question is about, as editors write it: "27; 2701; V; CN-HL; china-totals; FOB"."""

import re
from typing import NamedTuple

# The terms of charts and tables that an answer may explain, as templates/trade/_terms.html has them.
TERMS = ("fob", "cif", "estimate", "missing", "provisional", "break", "low-reliability", "demonstration")
THING = re.compile(r"\d{2}|\d{4}|\d{6}|[ivx]{1,5}|unspecified|cn-[a-z]{2}", re.ASCII)
LETTERS = re.compile(r"[ivx]{1,5}|cn-[a-z]{2}", re.ASCII)  # of sections and provinces
DATASET = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
LONGEST = 40  # of a key


class Named(NamedTuple):
    """One thing that a text names: its kind ("thing", "dataset", "term") and its key ("cn-hl")."""

    kind: str
    key: str


def read(text: str) -> list[Named]:
    """Read what a text names, each once; what has the form of nothing is left out (`malformed`)."""
    found = [_named(part) for part in parts(text)]
    return list(dict.fromkeys(named for named in found if named))


def malformed(text: str) -> list[str]:
    """The parts of a text that have the form of no thing, dataset or term, as they were written."""
    return [part for part in parts(text) if _named(part) is None]


def written(key: str) -> str:
    """Write a key as editors do: "cn-hl" -> "CN-HL", "v" -> "V", "china-totals" as it is."""
    return key.upper() if LETTERS.fullmatch(key) else key


def parts(text: str) -> list[str]:
    """Split a text at semicolons and commas: "27; V" -> ["27", "V"]."""
    return [part.strip() for part in re.split(r"[;,]", text) if part.strip()]


def _named(part):
    key = part.lower().replace(" ", "-")
    if key in TERMS:
        return Named("term", key)
    if THING.fullmatch(key):
        return Named("thing", key)
    return Named("dataset", key) if DATASET.fullmatch(key) and len(key) <= LONGEST else None
