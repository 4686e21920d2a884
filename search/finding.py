"""Finds entries by one query that ranks them in the database, so that of however many only the best are read.

An entry is asked for every word. Those that have all of them come first; where none has, those with the most.
"""

from typing import NamedTuple

from django.db import connection

from search import asked, index, matched_name
from search.asked import Asked
from search.models import NAMED, Entry, IndexState, Kind, Term

MOST = 20  # entries that an answer holds, unless fewer are asked for
ENTRY, TERM, STATE = (model._meta.db_table for model in (Entry, Term, IndexState))
COLUMNS = ("key", "kind", "code", "title", "text", "url", "names", "is_lasting")
# CROSS JOIN tells SQLite to go through what is asked first, and through the terms by their index.
QUESTION = f"""
WITH asked (word, low, high, factor, covers, is_short) AS (VALUES {{ranges}}),
fitting AS (
    SELECT term.entry_id, asked.word, term.weight * asked.factor AS score, asked.covers
    FROM asked CROSS JOIN {TERM} AS term
    WHERE asked.is_short = 0 AND term.term >= asked.low AND term.term <= asked.high
    UNION ALL
    SELECT term.entry_id, asked.word, term.weight * asked.factor AS score, asked.covers
    FROM asked CROSS JOIN {TERM} AS term
    WHERE asked.is_short = 1 AND term.term >= asked.low AND term.term <= asked.high AND term.weight >= {NAMED}
),
scored AS (
    SELECT entry_id, word, MAX(score) AS score, MAX(covers) AS covers FROM fitting GROUP BY entry_id, word
),
best AS (
    SELECT entry_id, CASE WHEN SUM(covers) > %s THEN %s ELSE SUM(covers) END AS words, SUM(score) AS score
    FROM scored GROUP BY entry_id ORDER BY words DESC, score DESC, entry_id LIMIT %s
)
SELECT {", ".join(f"entry.{name}" for name in COLUMNS)}, best.words, (SELECT MAX(mark) FROM {STATE})
FROM best JOIN {ENTRY} AS entry ON entry.id = best.entry_id
ORDER BY best.words DESC, best.score DESC, entry.id
"""  # noqa: S608  (names of our own tables)


class Result(NamedTuple):
    """One found entry: `name` is the other name by which it was found, in `language`, "" where its title tells."""

    kind: str
    code: str
    title: str
    name: str
    language: str
    text: str
    url: str

    @property
    def label(self):
        return Kind(self.kind).label


class Answer(NamedTuple):
    """What was found for what was asked; `is_fresh` is False where words have moved since the entries were made."""

    asked: Asked
    results: list[Result]
    is_fresh: bool


def find(query: str, limit: int = MOST) -> Answer:
    """Find the best entries for a query; one query of the database, or none where nothing was asked."""
    sought = asked.read(query)
    if not sought.ranges:
        return Answer(sought, [], True)
    rows = _rows(sought, limit)
    is_fresh = not rows or rows[0][-1] == index.mark()
    entries = [dict(zip(COLUMNS, row, strict=False)) for row in rows]
    shown = entries if is_fresh else _still_there(entries)
    names = matched_name.sought(sought.ranges)
    return Answer(sought, [_result(entry, names) for entry in shown], is_fresh)


def _rows(sought, limit):
    ranges = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(sought.ranges))
    values = [value for one in sought.ranges for value in one]
    with connection.cursor() as cursor:
        cursor.execute(QUESTION.format(ranges=ranges), [*values, sought.words, sought.words, limit])
        rows = cursor.fetchall()
    most = rows[0][-2] if rows else 0
    return [row for row in rows if row[-2] == most or most < sought.words]


def _still_there(entries):
    """Words may have been taken back since: of those, show what their modules say now, and only that."""
    now = {entry["key"]: index.row_of(entry) for entry in index.passing()}
    found = [(entry, now.get(entry["key"])) for entry in entries]
    return [
        entry if entry["is_lasting"] else {name: getattr(row, name) for name in COLUMNS}
        for entry, row in found
        if entry["is_lasting"] or row
    ]


def _result(entry, sought):
    name = matched_name.name(entry["title"], entry["code"], entry["names"].split("\n"), sought)
    shown = {part: entry[part] for part in ("kind", "code", "title", "text", "url")}
    return Result(name=name, language=matched_name.language(name), **shown)
