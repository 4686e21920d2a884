"""Reads the changes of an upload for its page: filtered, sorted and paged, without more than a page of rows in memory.

To sort them, only the columns that say by what are held in memory, of at most MOST_SORTED changes; more stay in the
order of the file. All that a filter finds can be taken away as a workbook, row by row.
"""

import tempfile
from contextlib import contextmanager
from functools import reduce
from operator import and_
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as arrow
import pyarrow.parquet as parquet
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from spreadsheets import xlsx_writer
from trade import time_period
from trade.models import Component, Flow, Upload, names_of

PAGE = 100
MOST_SORTED = 2_000_000
MOST_TAKEN = 250_000  # rows of one workbook: they take some fifteen seconds
AT_ONCE = 50_000  # rows read for a workbook in memory
SMALL = 1_000  # US$, added before a ratio is taken


def kinds() -> list[tuple]:
    """Name the kinds of change that a page can be filtered by."""
    return [
        ("new", _("new")),
        ("changed", _("changed")),
        ("removed", _("removed")),
        ("emptied", _("emptied")),
        ("beside", _("changed in note, status or quantity alone")),
    ]


def orders() -> list[tuple]:
    """Name the orders in which a page can be sorted."""
    return [
        ("amount", _("largest difference first")),
        ("ratio", _("largest ratio first")),
        ("name", _("by name")),
        ("period", _("newest period first")),
    ]


def flows(upload: Upload) -> list[tuple]:
    """Name the directions that a page can be filtered by."""
    return [(flow.value, flow.label) for flow in Flow.of_kind(upload.dataset.kind)]


def page_of(upload: Upload, query):
    """Return the page of changes that a query asks for: ?change=changed&flow=to_dprk&q=ln&sort=amount&page=2."""
    return Paginator(_UploadChanges(upload, query), PAGE).get_page(query.get("page"))


def workbook_of(upload: Upload, query) -> bytes:
    """Write all changes that a query finds as a workbook, one row each, in the order asked for."""
    changes = _UploadChanges(upload, query)
    size, lines = min(len(changes), MOST_TAKEN), []
    if size < len(changes):
        lines = [
            _("The first %(n)s of %(all)s changes, in this order. Filter the list for the others.")
            % {"n": f"{size:,}", "all": f"{len(changes):,}"}
        ]
    columns = [xlsx_writer.Column(header, width, look) for header, width, look, _value in _columns()]
    values = [value for *_about, value in _columns()]
    rows = (tuple(value(row) for value in values) for row in changes.all_rows(size))
    sheet = xlsx_writer.Sheet(_("changes"), str(upload), columns, rows, size=size, lines=lines)
    with tempfile.TemporaryDirectory(prefix="yalu-") as folder:
        path = Path(folder) / "changes.xlsx"
        xlsx_writer.write(path, [sheet], title=str(upload), created=timezone.now())
        return path.read_bytes()


def _columns():
    """The columns of the workbook: header, width, look, and what stands in the row of a change."""
    return [
        (_("Change"), 10, "text", lambda row: row["kind"]),
        (_("Code"), 10, "text", lambda row: row["key"]),
        (_("Name"), 30, "text", lambda row: row["name"]),
        (_("Period"), 10, "text", lambda row: row["period"]),
        (_("Direction"), 24, "text", lambda row: str(row["flow_label"])),
        (_("Reported or estimate"), 20, "text", lambda row: str(row["component_label"])),
        (_("Before, US$"), 18, "number", lambda row: row["old_value_usd"]),
        (_("After, US$"), 18, "number", lambda row: row["new_value_usd"]),
        (_("Difference, US$"), 18, "number", lambda row: row["difference"]),
        (_("Status before"), 10, "text", lambda row: row["old_status"]),
        (_("Status after"), 10, "text", lambda row: row["new_status"]),
        (_("Note before"), 40, "text", lambda row: row["old_note"]),
        (_("Note after"), 40, "text", lambda row: row["new_note"]),
        (_("Location"), 30, "text", lambda row: row["where"]),
    ]


def _filter(query, named):
    """Turn a query into an expression on columns; what is not understood does not filter.

    `named(text)` lists the codes of which the name holds a text.
    """
    conditions = [*_filter_of_kind(query.get("change"))]
    if flow := query.get("flow"):
        conditions.append(pc.field("flow") == flow)
    if (year := query.get("year", "").strip()).isdecimal():
        conditions.append(pc.field("year") == int(year[:4]))
    if key := query.get("q", "").strip():
        found = pc.match_substring(pc.field("key"), key, ignore_case=True)
        conditions.append(found | pc.field("key").isin(pa.array(named(key), pa.large_string())))
    return reduce(and_, conditions) if conditions else None


def _filter_of_kind(kind):
    old, new, is_changed = pc.field("old_value_usd"), pc.field("new_value_usd"), pc.field("kind") == "changed"
    if kind == "emptied":
        return [is_changed & old.is_valid() & new.is_null()]
    if kind == "beside":
        return [is_changed & (pc.coalesce(old, pc.scalar(-1)) == pc.coalesce(new, pc.scalar(-1)))]
    return [pc.field("kind") == kind] if kind in dict(kinds()) else []


class _UploadChanges:
    """The changes of an upload as a Paginator wants them: it can count them, and read one slice."""

    def __init__(self, upload, query):
        self.upload, self.sort = upload, query.get("sort")
        self.names = {}
        self.condition = _filter(query, self._named)

    def __len__(self):
        with self._rows() as rows:
            return rows.count_rows(filter=self.condition) if rows else 0

    def __getitem__(self, bounds):
        order = self._order()
        if order is None:
            with self._rows() as rows:
                found = _read_slice(rows, self.condition, bounds) if rows else []
        else:
            found = self._taken(order[bounds])
        names = names_of(self.upload.dataset.kind, {row["key"] for row in found})
        return [_row(row, names) for row in found]

    def all_rows(self, size):
        """Give the rows one after the other, a thousand in memory."""
        names, order = self._all_names(), self._order()
        if order is not None:
            for start in range(0, size, AT_ONCE):
                found = self._taken(order[start : min(start + AT_ONCE, size)])
                yield from (_row(row, names) for row in found)
            return
        with self._rows() as rows:
            for batch in rows.to_batches(filter=self.condition, batch_size=1_000, batch_readahead=1) if rows else ():
                found, size = batch.slice(0, size).to_pylist(), max(size - len(batch), 0)
                yield from (_row(row, names) for row in found)

    def _taken(self, places):
        """Read the changes at some places of those that are found."""
        with self._rows() as rows:
            return rows.scanner(filter=self.condition).take(pa.array(places)).to_pylist() if len(places) else []

    def _order(self):
        """The places of the changes in the order asked for; None for that of the file."""
        if self.sort not in dict(orders()) or not 0 < len(self) <= MOST_SORTED:
            return None
        wanted = ["key", "year", "month", "old_value_usd", "new_value_usd"]
        with self._rows() as rows:
            table = rows.to_table(columns=wanted, filter=self.condition)
        if self.sort == "name":
            keys = table["key"].combine_chunks().dictionary_encode()
            names = self._all_names()
            texts = np.array([names.get(key, key).casefold() for key in keys.dictionary.to_pylist()] or [""])
            ranks = np.argsort(np.argsort(texts, kind="stable"), kind="stable")
            return np.argsort(ranks[keys.indices.to_numpy(zero_copy_only=False)], kind="stable")
        if self.sort == "period":
            periods = table["year"].to_numpy() * 100 + table["month"].to_numpy()
            return np.argsort(-periods.astype("int64"), kind="stable")
        old, new = (table[c].fill_null(0).to_numpy().astype(float) for c in ("old_value_usd", "new_value_usd"))
        size = np.abs(new - old) if self.sort == "amount" else np.abs(np.log((new + SMALL) / (old + SMALL)))
        return np.argsort(-size, kind="stable")

    def _all_names(self):
        if not self.names:
            with self._rows() as rows:
                keys = pc.unique(rows.to_table(columns=["key"])["key"]).to_pylist() if rows else []
            self.names = names_of(self.upload.dataset.kind, keys)
        return self.names

    def _named(self, text):
        return [code for code, name in self._all_names().items() if text.casefold() in str(name).casefold()]

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


def _row(row, names):
    """Work out what a change's row says: the period, the difference, the place in the file."""
    old, new = row["old_value_usd"], row["new_value_usd"]
    has_both = old is not None and new is not None
    return row | {
        "name": names.get(row["key"], ""),
        "flow_label": Flow(row["flow"]).label,
        "component_label": Component(row["component"]).label,
        "notes": [row["old_note"] or "", row["new_note"] or ""] if row["old_note"] or row["new_note"] else [],
        "same_value": row["kind"] == "changed" and old == new,
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
