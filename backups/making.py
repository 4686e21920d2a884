"""Makes a backup while the site runs, and takes the oldest ones away."""

import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone

from backups import archive, contents, databases
from backups.manifest import DUMP, BackupError, Manifest

NAME = re.compile(r"yalu-\d{4}-\d{2}-\d{2}T\d{6}Z\.tar\.gz(\.gpg)?")


@dataclass(frozen=True)
class Made:
    """What was made: the file, its manifest, which older backups went, how long it took."""

    path: Path
    manifest: Manifest
    removed: list[Path]
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Tell whether every file of a release is in it; an upload may be discarded while a backup is made."""
        return not any(name.startswith("bundles/") for name in self.manifest.missing)


def make(folder: Path, keep: int | None = None, recipient: str = "") -> Made:
    """Back up the database, then the files that it names, into one file of a folder; keep the newest `keep` of them.

    The database comes first: a release is in it only when all its files are stored, and they never change afterwards,
    so whatever the dump names can still be read when it has been written.
    Raises: BackupError; then the folder is as it was.
    """
    began, now = time.monotonic(), timezone.now()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"yalu-{now:%Y-%m-%dT%H%M%SZ}.tar.gz{'.gpg' if recipient else ''}"
    if path.exists():
        raise BackupError(f"There is a backup of this very second: {path}.")
    with tempfile.TemporaryDirectory(prefix="yalu-backup-") as temporary, archive.written(path, recipient) as writer:
        manifest = _write(writer, Path(temporary) / "dump", now)
    made = Made(path, manifest, [], time.monotonic() - began)
    if keep and made.is_whole:  # else an older one may hold what is missing
        made.removed.extend(_rotate(folder, keep))
    return made


def _write(writer, dump, now):
    with databases.dumped(dump) as alias:
        migrations, counts, named = contents.migrations(alias), contents.counts(alias), contents.named_files(alias)
    with dump.open("rb") as file:
        writer.add(DUMP, file, dump.stat().st_size)
    missing = [f"{place}/{name}" for place, name in named if not _add(writer, place, name)]
    for place, name in contents.accompanying_files(named):
        _add(writer, place, name)
    made = Manifest(now.isoformat(timespec="seconds"), connection.vendor, migrations, counts, writer.files, missing)
    writer.finish(made)
    return made


def _add(writer, place, name):
    """Add a file of a storage; False where it is not there."""
    try:
        with storages[place].open(name) as file:
            writer.add(f"{place}/{name}", file, file.size)
    except FileNotFoundError:
        return False
    return True


def _rotate(folder, keep):
    found = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    for path in found[:-keep]:
        path.unlink()
    return found[:-keep]
