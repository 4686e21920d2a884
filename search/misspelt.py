"""Guesses what was meant where nothing was found: "Liaonig" -> "liaoning"."""

from rapidfuzz import fuzz, process

from search.asked import LAST, Asked
from search.models import Term
from search.terms import tokens

SURE = 80  # of a hundred: one letter too many, too few or exchanged in a word of five
COMPARED = 3_000  # terms, of those that begin with the same two letters
SHORTEST = 4


def guessed(sought: Asked) -> str:
    """Write the query with each word of Latin or Korean as the nearest term has it; "" where none is near."""
    found = tokens(sought.text)
    better = [_nearest(token) for token in found]
    return " ".join(better) if better != found else ""


def _nearest(token):
    if len(token) < SHORTEST:
        return token
    alike = Term.objects.filter(term__gte=token[:2], term__lte=token[:2] + LAST)
    terms = alike.order_by().values_list("term", flat=True).distinct()[:COMPARED]
    nearest = process.extractOne(token, list(terms), scorer=fuzz.ratio, score_cutoff=SURE)
    return nearest[0] if nearest else token
