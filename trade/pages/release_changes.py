"""What a release changed, cell by cell: the rows that it began beside those that it ended, as its page lists them.

A release may change a million cells, and its page is public: each page of the list is found by the indexes that have
the rows of a release in the order of their cells.
"""

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q

from trade.models import Chapter, Commodity, Dataset, Province, Release

PAGE = 100
KINDS = ("new", "changed", "removed")


class Changes:
    """The changed cells of a release, to count and to slice: those that it began in the order of their keys, then
    those that it only ended. They are dicts:

    {"key": "CN-LN", "flow": "to_dprk", "year": 2016, "month": 0, "component": "reported", "was": 1, "is_": 1,
     "old_value_usd": 1670000000, "new_value_usd": 1673785123, "old_status": "P", "new_status": "A"}
    `was` and `is_`, 0 or 1, tell a cell without a value from no cell.
    """

    def __init__(self, release: Release):
        self.release, self.rows = release, release.dataset.observations
        self.cell = [self.rows.model.KEY, "flow", "year", "month", "component"]
        self.new, self.changed, self.removed = (release.counts.get(kind, 0) for kind in KINDS)

    def count(self) -> int:
        """How many cells there are, as counted when the release was published."""
        return self.new + self.changed + self.removed

    def __getitem__(self, part: slice) -> list[dict]:
        begun = self.new + self.changed
        found = self._begun(part.start, min(part.stop, begun)) if part.start < begun else []
        if self.removed and part.stop > begun:
            found += self._removed(max(part.start - begun, 0), part.stop - begun)
        return found

    def _begun(self, start, stop):
        """The cells that have a row since the release, and what they had before."""
        rows = self._in_order(Q(since=self.release))[start:stop]
        before = {}
        if self.changed:
            keys, years = {row[0] for row in rows}, {row[2] for row in rows}
            ended = self._in_order(Q(until=self.release, year__in=years) & Q(**{f"{self.cell[0]}__in": keys}))
            before = {row[:5]: row[5:] for row in ended}
        return [_told(row[:5], before.get(row[:5]), row[5:]) for row in rows]

    def _removed(self, start, stop):
        """The cells that had a row until the release, and have none since."""
        same = {name: OuterRef(name) for name in self.cell}
        is_there = Exists(self.rows.filter(since=self.release, **same))
        rows = self._in_order(Q(until=self.release) & ~Q(is_there))[start:stop]
        return [_told(row[:5], row[5:], None) for row in rows]

    def _in_order(self, condition):
        return self.rows.filter(condition).order_by(*self.cell).values_list(*self.cell, "value_usd", "status")


def _told(cell, old, new):
    described = dict(zip(("key", "flow", "year", "month", "component"), cell, strict=True))
    described |= {"was": int(old is not None), "is_": int(new is not None)}
    for age, facts in (("old", old), ("new", new)):
        described[f"{age}_value_usd"], described[f"{age}_status"] = facts or (None, None)
    return described


def page(release: Release, number: str | None) -> Page:
    """Give one page of the changes, each with the "name" of its key; a number that is none gives the first or last."""
    found = Paginator(Changes(release), PAGE).get_page(number)
    known = _names(release.dataset, {change["key"] for change in found})
    found.object_list = [change | {"name": known.get(change["key"], "")} for change in found]
    return found


def _names(dataset, codes):
    if dataset.kind == Dataset.Kind.PROVINCE:
        return dict(Province.objects.filter(code__in=codes).values_list("code", "name_en"))
    chapters = Chapter.objects.filter(code__in=codes).order_by().values_list("code", F("short_title"))
    return dict(chapters.union(Commodity.objects.filter(code__in=codes).order_by().values_list("code", "title")))
