"""Lists what an upload would change, in the form and order in which its release would list it."""

from contextlib import contextmanager

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as arrow
import pyarrow.parquet as parquet

from trade.models import Upload

CELL = ("key", "flow", "year", "month", "component")
FACTS = ("value_usd", "status", "note")
BEGUN = pa.array(["new", "changed"])  # which a release lists first; then what it only ends


class Changes:
    """The changes of an upload, to count and to slice, as trade.pages.release_changes has those of a release."""

    def __init__(self, upload: Upload):
        self.upload = upload

    def count(self) -> int:
        with self._rows() as rows:
            return rows.count_rows()

    def __getitem__(self, part: slice) -> list[dict]:
        columns = ["kind", *CELL, *(f"{age}_{fact}" for age in ("old", "new") for fact in FACTS)]
        with self._rows() as rows:
            keys = rows.to_table(columns=["kind", *CELL])
            keys = keys.append_column("ends", pc.invert(pc.is_in(keys["kind"], BEGUN)))
            order = pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in ("ends", *CELL)])
            return [_told(row) for row in rows.take(order[part.start : part.stop], columns=columns).to_pylist()]

    @contextmanager
    def _rows(self):
        with self.upload.diff.open("rb") as file:
            fragment = arrow.ParquetFileFormat().make_fragment(file.file)
            yield arrow.FileSystemDataset([fragment], parquet.read_schema(file.file), arrow.ParquetFileFormat())


def _told(row):
    """A change in the words of release_changes.Changes."""
    kind = row.pop("kind")
    was, is_ = kind != "new", kind in ("new", "changed")
    return row | {"was": int(was), "is_": int(is_), "withdrawn": False}
