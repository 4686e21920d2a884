"""Cuts the official title of a heading or subheading to a short title for charts, where nobody has written one.

The rule: words in brackets and exceptions ("not crude", "obtained from …", "whether or not …", "n.e.c. …") are left
out. A heading is named by its first clause, "Coal; briquettes, …" -> "Coal"; where several headings of a chapter begin
alike, and for a subheading, the first words of the second clause follow: "Coal; anthracite, whether …" -> "Coal:
anthracite". What is longer than 40 characters ends before a comma or a preposition. Where the name is taken, a later
clause is tried; where that does not help, the code tells the two apart: "Fish: fresh or chilled (030289)".
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

LENGTH = 40
SHORTEST = 9  # characters; a name is not cut before a comma or preposition that comes earlier
DETAIL = 18  # characters that the first clause leaves to a detail

BRACKETS = re.compile(r"\s*\([^()]*\)|\s*\([^()]*$")
COMMAS = re.compile(r"\s*,[\s,]*")
EXCEPTION = re.compile(
    r",?\s*\b(?:[Nn]ot|whether|[Oo]ther than|excluding|except|including|incl\.|obtained from|n\.e\.c|of heading|"
    r"of subheading|of a kind|presented|weighing|these being)\b.*",
)
SMALL = "(?:of|for|with|without|in|on|from|by|to|and|or|the|a|than|other|as|at|be|is|but|used|containing|after)"
ENDING = re.compile(rf"(?:(?:^|[\s,:]+){SMALL})*[\s,:]*$")
BOUNDARY = re.compile(rf",|\s{SMALL}\s")


def by_rule(titles: dict[str, str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Name goods of one chapter by their titles: {"270112": "Coal; bituminous, …"} -> {"270112": "Coal: bituminous"}.

    No two names are equal, whatever their capitals, and none equals one of those `taken`. Headings choose first.
    """
    seen, names = {name.lower() for name in taken}, {}
    clauses = {code: _clauses(title) for code, title in titles.items()}
    alike = Counter(head for code, (head, *_details) in clauses.items() if len(code) == 4)
    for code in sorted(titles, key=lambda code: (len(code), code)):
        head, *details = clauses[code]
        is_plain = not details or (len(code) == 4 and alike[head] == 1)
        names[code] = next(name for name in _candidates(code, head, details, is_plain) if name.lower() not in seen)
        seen.add(names[code].lower())
    return names


def _candidates(code, head, details, is_plain) -> Iterator[str]:
    """Names for a title, the best first; the last holds the code."""
    if is_plain:
        yield cut(head)
    for detail in details:
        yield _joined(head, detail)
    room = LENGTH - len(code) - 3
    yield f"{_joined(head, details[0], room) if details else cut(head, room)} ({code})"


def _clauses(title):
    """The first clause of a title, and the details of the others: ["Coal", "anthracite"]."""
    plain = COMMAS.sub(", ", BRACKETS.sub("", BRACKETS.sub("", title)))
    head, *details = (_without_exceptions(clause) for clause in plain.split(";"))
    return [head or title.strip(" ,;"), *filter(None, details)]


def _without_exceptions(clause):
    return ENDING.sub("", EXCEPTION.sub("", clause.strip())).strip(" ,")


def _joined(head, detail, length=LENGTH):
    """The first clause and a detail; a long first clause makes room for the detail, which tells more."""
    first_word = len(head.split()[0])
    head = cut(head, min(max(length - 2 - min(len(detail), DETAIL), first_word), length - 2 - SHORTEST))
    return f"{head}: {cut(detail, length - 2 - len(head))}"


def cut(text: str, length: int = LENGTH) -> str:
    """Cut words to a length, before a comma or preposition: "Generators for producer or …" -> "Generators"."""
    if len(text) <= length:
        return text
    ends = [found.start() for found in BOUNDARY.finditer(text, 0, length + 6) if SHORTEST <= found.start() <= length]
    tried = (ENDING.sub("", text[:end]) for end in [*reversed(ends), max(text.rfind(" ", 0, length + 1), 0)])
    return next(filter(None, tried), text[:length].strip())
