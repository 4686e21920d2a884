"""Reads the changes of an upload for its page: filtered and paged, without more than a page in memory."""

from contextlib import contextmanager
from functools import reduce
from operator import and_

import pyarrow.compute as pc
import pyarrow.dataset as arrow
import pyarrow.parquet as parquet
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from trade import time_period
from trade.models import Upload

PAGE = 100


def kinds() -> list[tuple]:
    """Name the kinds of change that a page can be filtered by."""
    return [("new", _("new")), ("changed", _("changed")), ("removed", _("removed")), ("emptied", _("emptied"))]


def page_of(upload: Upload, query):
    """Return the page of changes that a query asks for: ?change=changed&flow=to_dprk&year=2016&q=ln&page=2."""
    return Paginator(_UploadChanges(upload, _filter(query)), PAGE).get_page(query.get("page"))


def _filter(query):
    """Turn a query into an expression on columns; what is not understood does not filter."""
    conditions = []
    kind = query.get("change")
    if kind == "emptied":
        conditions.append((pc.field("kind") == "changed") & pc.field("old_value_usd").is_valid())
        conditions.append(pc.field("new_value_usd").is_null())
    elif kind in dict(kinds()):
        conditions.append(pc.field("kind") == kind)
    if flow := query.get("flow"):
        conditions.append(pc.field("flow") == flow)
    if (year := query.get("year", "").strip()).isdecimal():
        conditions.append(pc.field("year") == int(year[:4]))
    if key := query.get("q", "").strip():
        conditions.append(pc.match_substring(pc.field("key"), key, ignore_case=True))
    return reduce(and_, conditions) if conditions else None


class _UploadChanges:
    """The changes of an upload as a Paginator wants them: it can count them, and read one slice."""

    def __init__(self, upload, condition):
        self.upload, self.condition = upload, condition

    def __len__(self):
        with self._rows() as rows:
            return rows.count_rows(filter=self.condition) if rows else 0

    def __getitem__(self, bounds):
        with self._rows() as rows:
            return [_row(row) for row in _read_slice(rows, self.condition, bounds)] if rows else []

    @contextmanager
    def _rows(self):
        if not self.upload.diff:
            yield None
            return
        with self.upload.diff.open("rb") as file:
            fragment = arrow.ParquetFileFormat().make_fragment(file.file)
            yield arrow.FileSystemDataset([fragment], parquet.read_schema(file.file), arrow.ParquetFileFormat())


def _read_slice(rows, condition, bounds):
    """Read batch after batch until the slice is full; what lies before it is passed over."""
    passed, taken = 0, []
    for batch in rows.to_batches(filter=condition, batch_size=10_000, batch_readahead=1, fragment_readahead=1):
        first, last = max(bounds.start - passed, 0), min(bounds.stop - passed, len(batch))
        if first < last:
            taken += batch.slice(first, last - first).to_pylist()
        passed += len(batch)
        if passed >= bounds.stop:
            break
    return taken


def _row(row):
    """Work out what a change's row says: the period, the difference, the place in the file."""
    old, new = row["old_value_usd"], row["new_value_usd"]
    has_both = old is not None and new is not None
    return row | {
        "period": time_period.written(row["year"], row["month"]),
        "difference": new - old if has_both else None,
        "percent": _percent(new - old, old) if has_both and old else "",
        "where": _where(row),
    }


def _where(row):
    """Say where in the editor's files a change stands: "a.xlsx, to_dprk, C7" or "a.csv, line 7, reported_usd"."""
    place = [f"{row['column']}{row['row']}"] if row["sheet"] else [f"line {row['row']}", row["column"]]
    return ", ".join(part for part in (row["file"], row["sheet"], *place) if part) if row["file"] else ""


def _percent(difference, old):
    """Write a change in per cent, with two digits where it is small: "+16.5%", "−0.46%", "+<0.01%"."""
    size = abs(100 * difference / old)
    digits = f"{size:.2f}" if size < 1 else f"{size:,.1f}"
    sign = "−" if difference < 0 else "+" if difference else ""
    return f"{sign}<0.01%" if difference and digits == "0.00" else f"{sign}{digits}%"
