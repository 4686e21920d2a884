"""Makes the files of a release anew, without what was withdrawn or redacted since; everything else stays as it was.

Title, source, licence and the names of codes in its data are those with which it was published. What charts call them,
and the list of sanctions in its workbook, are as of today.
"""

from datetime import datetime

import pyarrow.parquet as pq

from trade.bundles import build, storage
from trade.bundles.facts import as_released
from trade.models import Release


def rebuild(release: Release, frame, changes, *, reason: str, on: datetime) -> Release:
    """Build the files of a release again, and let it name them; it is not saved.

    `frame` holds the rows that stood (frames.HEAD_COLUMNS), `changes` what led to them (frames.CHANGE_COLUMNS).
    Raises: SigningError, StorageAway.
    """
    old, names = release.sums_checksum, _names(release, frame, changes)
    release.bundle, release.files = build.store(as_released(release), frame, changes, names)
    release.rebuilt = [
        *release.rebuilt,
        {"on": on.isoformat(), "reason": reason, "old": old, "new": release.sums_checksum},
    ]
    return release


def _names(release, frame, changes):
    """What codes were called when the release was published, and its rules; what its files do not name, as today."""
    now = build.names_now(release, frame, changes)
    return now._replace(official=now.official | _names_in_files(release), rules=storage.cube(release).get("sanctions"))


def _names_in_files(release):
    """The names in the file of its data: {"CN-LN": "Liaoning", …}; totals have none."""
    with storage.open_kept(release, "data.parquet") as file:
        table = pq.ParquetFile(file, pre_buffer=False).read(use_threads=False)
    key = next((name for name in ("province", "code") if name in table.column_names), None)
    if key is None:
        return {}
    pairs = table.select([key, "name"]).to_pandas().drop_duplicates(key).dropna()
    return dict(zip(pairs[key], pairs["name"], strict=True))
