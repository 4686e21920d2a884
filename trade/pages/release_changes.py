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
KINDS = ("new", "changed", "removed")


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


class Changes:
    """The changed cells of a release, to count and to slice: those that it began in the order of their keys, then
    those that it only ended. They are dicts:

    {"key": "CN-LN", "flow": "to_dprk", "year": 2016, "month": 0, "component": "reported", "was": 1, "is_": 1,
     "old_value_usd": 1670000000, "new_value_usd": 1673785123, "old_status": "P", "new_status": "A"}
    `was` and `is_`, 0 or 1, tell a cell without a value from no cell.
    """

    def __init__(self, release: Release):
        self.release, self.rows = release, release.dataset.observations
        self.cell = [self.rows.model.KEY, *Cell._fields[1:]]
        self.new, self.changed, self.removed = (release.counts.get(kind, 0) for kind in KINDS)

    def count(self) -> int:
        """How many cells there are, as counted when the release was published."""
        return self.new + self.changed + self.removed

    def __getitem__(self, part: slice) -> list[dict]:
        begun = self.new + self.changed
        changes = self._begun(part.start, min(part.stop, begun)) if part.start < begun else []
        if self.removed and part.stop > begun:
            changes += self._removed(max(part.start - begun, 0), part.stop - begun)
        return changes

    def _begun(self, start, stop):
        """The cells that have a row since the release, and what they had before."""
        rows = _rows(self._in_order(Q(since=self.release))[start:stop])
        before = {}
        if self.changed:
            keys, years = {row.cell.key for row in rows}, {row.cell.year for row in rows}
            ended = self._in_order(Q(until=self.release, year__in=years) & Q(**{f"{self.rows.model.KEY}__in": keys}))
            before = {row.cell: row for row in _rows(ended)}
        return [_told(row.cell, before.get(row.cell), row) for row in rows]

    def _removed(self, start, stop):
        """The cells that had a row until the release, and have none since."""
        same = {name: OuterRef(name) for name in self.cell}
        is_there = Exists(self.rows.filter(since=self.release, **same))
        rows = _rows(self._in_order(Q(until=self.release) & ~Q(is_there))[start:stop])
        return [_told(row.cell, row, None) for row in rows]

    def _in_order(self, condition):
        return self.rows.filter(condition).order_by(*self.cell).values_list(*self.cell, "value_usd", "status")


def _rows(values):
    return [Row(Cell(*cell), value_usd, status) for *cell, value_usd, status in values]


def _told(cell, old, new):
    described = cell._asdict() | {"was": int(old is not None), "is_": int(new is not None)}
    for age, row in (("old", old), ("new", new)):
        described[f"{age}_value_usd"], described[f"{age}_status"] = (row.value_usd, row.status) if row else (None, None)
    return described


def page(release: Release, number: str | None) -> Page:
    """Give one page of the changes, each with the "name" of its key; a number that is none gives the first or last."""
    is_stored = release.pk is not None  # else it is a preview of what an upload may become
    found = Changes(release) if is_stored else proposed_changes.Changes(release.upload)
    changes = Paginator(found, PAGE).get_page(number)
    names = names_of(release.dataset.kind, {change["key"] for change in changes})
    changes.object_list = [change | {"name": names.get(change["key"], "")} for change in changes]
    return changes
