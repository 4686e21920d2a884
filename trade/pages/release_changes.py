"""Lists what a release changed, cell by cell: the rows that it began beside those that it ended.

A release may change a million cells, and its page is public: each page of the list is found by the indexes that have
the rows of a release in the order of their cells.
"""

from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q

from trade.models import Release, names_of
from trade.pages.preview import proposed_changes

PAGE = 100
KINDS = ("new", "changed", "removed", "withdrawn")
FACTS = ("value_usd", "status", "note")


class Cell(NamedTuple):
    """What a row is about."""

    key: str
    flow: str
    year: int
    month: int
    component: str


class Row(NamedTuple):
    """A row of a release, as far as a change needs it."""

    cell: Cell
    value_usd: int | None
    status: str
    note: str
    withdrawn: bool


class Changes:
    """The changed cells of a release, to count and to slice: those that it began in the order of their keys, then
    those that it only ended. They are dicts:

    {"key": "CN-LN", "flow": "to_dprk", "year": 2016, "month": 0, "component": "reported", "was": 1, "is_": 1,
     "old_value_usd": 1670000000, "new_value_usd": 1673785123, "old_status": "P", "new_status": "A", "old_note": "", …,
     "withdrawn": False}
    `was` and `is_`, 0 or 1, tell a cell without a value from no cell. What it was is not said where it is withdrawn.
    """

    def __init__(self, release: Release):
        self.release, self.rows = release, release.dataset.observations
        self.cell = [self.rows.model.KEY, *Cell._fields[1:]]
        counts = {} if release.withdrawn else release.counts
        new, changed, removed, withdrawn = (counts.get(kind, 0) for kind in KINDS)
        self.begun, self.ended = new + changed, removed
        if withdrawn:  # some of these have a value since, and some have none
            self.begun = self._since().count()
            self.ended = new + changed + removed + withdrawn - self.begun

    def count(self) -> int:
        """How many cells there are, as counted when the release was published."""
        return self.begun + self.ended

    def __getitem__(self, part: slice) -> list[dict]:
        begun = self.begun
        changes = self._begun(part.start, min(part.stop, begun)) if part.start < begun else []
        if self.ended and part.stop > begun:
            changes += self._removed(max(part.start - begun, 0), part.stop - begun)
        return changes

    def _begun(self, start, stop):
        """The cells that have a row since the release, and what they had before."""
        rows = _rows(self._in_order(self._since())[start:stop])
        before = {}
        if self.release.number > 1:
            keys, years = {row.cell.key for row in rows}, {row.cell.year for row in rows}
            ended = self.rows.filter(until=self.release, year__in=years, **{f"{self.rows.model.KEY}__in": keys})
            found = sorted(_rows(self._in_order(ended)), key=lambda row: row.withdrawn)
            before = {row.cell: row for row in found}  # of two that ended, the one that readers saw last
        return [self._told(row.cell, before.get(row.cell), row) for row in rows]

    def _removed(self, start, stop):
        """The cells that had a row until the release, and have none since."""
        same = {name: OuterRef(name) for name in self.cell}
        is_there = Exists(self._since().filter(**same))
        ended = self.rows.filter(~is_there, until=self.release)
        if self.release.counts.get("withdrawn"):
            another = Exists(self.rows.filter(until=self.release, withdrawn=True, **same))
            ended = ended.filter(Q(withdrawn=True) | ~another)
        return [self._told(row.cell, row, None) for row in _rows(self._in_order(ended)[start:stop])]

    def _since(self):
        return self.rows.filter(since=self.release, withdrawn=False)

    def _in_order(self, rows):
        return rows.order_by(*self.cell).values_list(*self.cell, *FACTS, "withdrawn")

    def _told(self, cell, old, new):
        withdrawn = self.release.kind == Release.Kind.WITHDRAWAL or (old is not None and old.withdrawn)
        described = cell._asdict() | {"was": int(old is not None), "is_": int(new is not None), "withdrawn": withdrawn}
        for age, row in (("old", None if withdrawn else old), ("new", new)):
            described |= {f"{age}_{fact}": getattr(row, fact) if row else None for fact in FACTS}
        return described


def _rows(values):
    width = len(Cell._fields)
    return [Row(Cell(*row[:width]), *row[width:]) for row in values]


def page(release: Release, number: str | None) -> Page:
    """Give one page of the changes, each with the "name" of its key; a number that is none gives the first or last.

    Those of a withdrawn release are listed no more.
    """
    is_stored = release.pk is not None  # else it is a preview of what an upload may become
    found = Changes(release) if is_stored else proposed_changes.Changes(release.upload)
    changes = Paginator(found, PAGE).get_page(number)
    names = names_of(release.dataset.kind, {change["key"] for change in changes})
    changes.object_list = [change | {"name": names.get(change["key"], "")} for change in changes]
    return changes
