"""How well each term fits an entry: a name in full more than a word of it, and that more than a word of its text."""

from collections.abc import Iterator

from search import everyday_names
from search.terms import IGNORED, tokens, whole, words

WHOLE, CODE, WORD, NAMED, KIND, TEXT, BODY = 100, 100, 60, 50, 25, 15, 6
ABOUT = 0.7  # of the names of goods that a measure or an event is about, beside those that are its own


def terms_of(entry: dict) -> dict[str, int]:
    """Weigh the terms of an entry as a provider gives it (search.index): {"coal": 1000, "anthracite": 980, …}."""
    share = entry.get("weight", 100) / 10
    found = {}
    for term, weight in _weighed(entry):
        if term:
            found[term] = max(found.get(term, 0), round(weight * share))
    return {term: weight for term, weight in found.items() if weight}


def _weighed(entry: dict) -> Iterator[tuple[str, float]]:
    yield from _name(entry["title"], WORD, 1)
    own, about = names_of(entry)
    for name in own:
        yield from _name(name, NAMED, 0.98)
    for name in about:
        yield from _name(name, NAMED, ABOUT)
    for code in (entry.get("code", ""), *entry.get("codes", ())):
        yield whole(code), CODE * (1 if code == entry.get("code") else 0.4)
    yield from _text(entry.get("said", ""), KIND)
    for text in (entry.get("text", ""), entry.get("words", ""), *everyday_names.official().get(entry.get("code"), ())):
        yield from _text(text, TEXT)
    yield from _text(entry.get("body", ""), BODY)


def names_of(entry: dict) -> tuple[list[str], list[str]]:
    """Other names of an entry, and those of the goods that it is about: (["coal", "煤", …], [])."""
    everyday = everyday_names.everyday()
    own = [*entry.get("names", ()), *everyday.get(entry.get("code"), ())]
    about = [name for code in entry.get("codes", ()) for name in everyday.get(code, ())]
    return list(dict.fromkeys(own)), list(dict.fromkeys(about))


def _name(name, weight, share):
    """A name in full, and its words, which weigh less the more there are of them."""
    yield whole(name), WHOLE * share
    parts = tokens(name)
    for part in parts:
        for term in words(part):
            yield term, share * weight / (1 + 0.15 * (len(parts) - 1)) * _certainty(part, term)


def _certainty(part, term):
    """One character of a longer Chinese name says little."""
    return 0.5 if len(term) == 1 < len(part) else 1


def _text(text, weight):
    for part in set(tokens(text)) - IGNORED:
        for term in words(part):
            yield term, weight * _certainty(part, term)
