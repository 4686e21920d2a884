"""Keeps the entries as the words of the site are: what differs is written, and nothing else.

Each module that settings.SEARCHED names gives entries as plain dictionaries, by `lasting_search_entries()` those of
places and goods, by `search_entries()` those of words that editors can take back:

    {"key": "heading-2701", "kind": "heading", "title": "Coal", "url": "/commodities/2701/", "code": "2701",
     "text": "a line that results show", "names": ["other names"], "codes": ["HS codes that it is about"],
     "said": "what kind of thing it is", "words": "longer names", "body": "all that it says", "weight": 100}

All but the first four may be missing. Of what moved, the stamp of kept pages (web.page_cache.stamp) tells.
"""

import hashlib
import json
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import import_module
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from search import everyday_names
from search.models import Entry, IndexState, Term
from search.weights import names_of, terms_of
from web.page_cache import stamp

PIECE = 2_000  # rows that are written or removed at once
SHOWN = ("kind", "code", "title", "text", "url")
MOST_NAMES = 60  # that an entry keeps to be shown


def mark(afresh: bool = False) -> str:
    """Say in one line of which state of the words, and by which program, entries made now are."""
    return _mark_of(stamp.seen(afresh=afresh).value)


@lru_cache(maxsize=8)
def _mark_of(value):
    return hashlib.sha256(f"{_program()} {value}".encode()).hexdigest()


@cache
def _program():
    """What else entries are made of: the names in data/, this app, and the modules that give entries."""
    names = [everyday_names.DATA / name for name in (*everyday_names.EVERYDAY, *everyday_names.OFFICIAL)]
    providers = [Path(module.__file__) for module in _modules()]
    digest = hashlib.sha256()
    for path in [*names, *sorted(Path(__file__).parent.glob("*.py")), *providers]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def refresh() -> dict[str, int] | None:
    """Bring the entries up to date where words moved: {"new": 2, "changed": 1, "removed": 0}, or None.

    What moves while it reads is met by the next call, because the mark was asked for first.
    """
    state = mark(afresh=True)
    if IndexState.objects.filter(mark=state).exists():
        return None
    entries = {entry["key"]: entry for entry in [*lasting(), *passing()]}
    with transaction.atomic():
        row, _new = IndexState.objects.select_for_update().get_or_create(pk=1)
        account = _write(entries)
        row.mark = state
        row.save()
    return account


def passing() -> Iterable[dict]:
    """The entries of words that may be taken back."""
    return _given("search_entries", False)


def lasting() -> Iterable[dict]:
    """The entries of places and goods."""
    return _given("lasting_search_entries", True)


def _given(function, is_lasting):
    for module in _modules():
        for entry in getattr(module, function, tuple)():
            yield entry | {"is_lasting": is_lasting}


def _modules():
    return [import_module(name) for name in settings.SEARCHED]


def row_of(entry: dict) -> Entry:
    """Make the row of an entry, cut to what its columns hold."""
    own, about = names_of(entry)
    shown = {name: str(entry.get(name, ""))[: Entry._meta.get_field(name).max_length] for name in SHOWN}
    names = "\n".join([name for name in [*own, *about] if name != shown["title"]][:MOST_NAMES])
    lasts = entry.get("is_lasting", False)
    return Entry(key=entry["key"], names=names, is_lasting=lasts, digest=_digest(entry), **shown)


def _digest(entry):
    made_of = [_program(), {name: str(value) for name, value in entry.items()}]
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()


def _write(entries):
    """Write what is new and what differs, and take away what is gone."""
    stored = {key: (pk, digest) for key, pk, digest in Entry.objects.values_list("key", "pk", "digest")}
    written = [entry for key, entry in entries.items() if stored.get(key, ("", ""))[1] != _digest(entry)]
    changed = [stored[entry["key"]][0] for entry in written if entry["key"] in stored]
    gone = [pk for key, (pk, _digest_then) in stored.items() if key not in entries]
    for place in range(0, len(gone + changed), PIECE):
        Entry.objects.filter(pk__in=(gone + changed)[place : place + PIECE]).delete()
    rows = Entry.objects.bulk_create([row_of(entry) for entry in written], PIECE)
    _write_terms(zip(rows, written, strict=True))
    return {"new": len(written) - len(changed), "changed": len(changed), "removed": len(gone)}


def _write_terms(found):
    """Insert the terms of rows and their entries: a hundred thousand and more, so without an object for each."""
    terms = ((term, row.pk, weight) for row, entry in found for term, weight in terms_of(entry).items())
    statement = f"INSERT INTO {Term._meta.db_table} (term, entry_id, weight) VALUES (%s, %s, %s)"  # noqa: S608
    with connection.cursor() as cursor:
        while piece := list(islice(terms, PIECE)):
            cursor.executemany(statement, piece)
