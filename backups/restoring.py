"""Brings a site back from a backup: everything is checked before anything is written."""

import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.loader import MigrationLoader

from backups import archive, contents, databases
from backups.manifest import DUMP, BackupError, Manifest
from trade.bundles import verification
from trade.bundles.storage import RECORDS
from trade.models import Release
from trade.publishing.removing import redacted_texts, withdrawal

# What `migrate` itself leaves in an empty database.
MADE_BY_MIGRATIONS = {
    "auth.Group",
    "auth.Group_permissions",
    "auth.Permission",
    "contenttypes.ContentType",
    "site_texts.SiteText",
    "sites.Site",
}
SPOOL = 16 << 20  # bytes of a file that are held in memory


@dataclass(frozen=True)
class Restored:
    """What was brought back: the manifest, releases, faults of their bundles, other files in the way, seconds.

    `redacted` and `withdrawn` count what is younger than the backup and was done again.
    """

    manifest: Manifest
    releases: int
    faults: list[str]
    left: int
    seconds: float
    redacted: int = 0
    withdrawn: int = 0


def restore(path: Path, overwrite: bool = False) -> Restored:
    """Check a backup, put its files and then its database in place, migrate, and verify every release.

    What was redacted or withdrawn after the backup was made is so again, by the records that lie beside the bundles.

    Raises: BackupError, with nothing written, for a backup that is not sound or not of this program and database, and,
    unless `overwrite`, where there is something already.
    """
    began = time.monotonic()
    with archive.opened(path) as plain, tempfile.TemporaryDirectory(prefix="yalu-restore-") as temporary:
        manifest = archive.checked(plain)
        _refuse_unfit(manifest)
        if not overwrite and (found := in_place()):
            raise BackupError(
                f"This site is not empty: it has {', '.join(found)}. Nothing was written. Restore into an empty place,"
                " or say --overwrite to put the backup in its place."
            )
        dump = _dump_of(plain, Path(temporary) / "dump")
        databases.check(dump)
        _put_files(plain)
        databases.load(dump)
    faults = list(_faults_of_tables(manifest))
    call_command("migrate", interactive=False, verbosity=0)
    # In this order: a redaction names rows by their keys, and a withdrawal gives new rows keys of its own.
    redacted, withdrawn = redacted_texts.replay(manifest.made), withdrawal.replay(manifest.made)
    releases = Release.objects.select_related("dataset").order_by("dataset", "number")
    faults += _faults_of(releases)
    return Restored(
        manifest, len(releases), faults, _files_left(manifest), time.monotonic() - began, redacted, withdrawn
    )


def _refuse_unfit(manifest):
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"This backup is of a {manifest.engine} database and DATABASE_URL names a {connection.vendor} one."
            " Restore it where the kind is the same; `manage.py copy_database` copies SQLite into PostgreSQL."
            " Nothing was written."
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    theirs = {(app, name) for app, names in manifest.migrations.items() for name in names}
    newer = [f"{app}.{name}" for app, name in sorted(theirs - set(known))]
    if newer:
        raise BackupError(
            f"This backup was made by a newer version: {', '.join(newer)} is not known here. Upgrade the program first."
            " Nothing was written."
        )


def in_place() -> list[str]:
    """Say what the configured database and storages hold already: ["4 × trade.Release", "files in bundles"]."""
    counted = contents.counts(DEFAULT_DB_ALIAS)
    found = [f"{n} × {label}" for label, n in counted.items() if n and label not in MADE_BY_MIGRATIONS]
    files = [
        f"files in {place}" for place in contents.STORAGES if any(map(_is_in_the_way, contents.stored_files(place)))
    ]
    return [*found[:5], *([f"{len(found) - 5} more tables"] if len(found) > 5 else []), *files]


def _is_in_the_way(name):
    """Records of redactions and withdrawals are not: they are put where a site is restored, to be done again."""
    return name.partition("/")[0] not in RECORDS


def _dump_of(path, target):
    """Lay the dump ready; it is the first file of a backup."""
    for name, file in archive.members(path):
        if name == DUMP:
            with target.open("wb") as dump:
                shutil.copyfileobj(file, dump, archive.PIECE)
            break
    return target


def _put_files(path):
    """Store the files, each under its name; one that is there already and is the same is left as it is."""
    for name, file in archive.members(path):
        place, _slash, stored = name.partition("/")
        if place in contents.STORAGES:
            with tempfile.SpooledTemporaryFile(SPOOL) as content:
                shutil.copyfileobj(file, content, archive.PIECE)
                _store(storages[place], stored, content)


def _store(storage, name, content):
    content.seek(0)
    if storage.exists(name):
        with storage.open(name) as there:
            if archive.measured(there) == archive.measured(content):
                return
        storage.delete(name)
        content.seek(0)
    if (given := storage.save(name, File(content, name))) != name:
        raise BackupError(f"{name} was stored as {given}: somebody else writes here. Stop the site and try again.")


def _faults_of_tables(manifest):
    """Compare the tables as they were loaded, before any migration, with the counts of the manifest."""
    found = contents.counts(DEFAULT_DB_ALIAS)
    for label, number in manifest.counts.items():
        if found.get(label, 0) != number:
            yield f"{label}: {found.get(label, 0)} rows, the backup says {number}"


def _faults_of(releases):
    for release in releases:
        yield from (f"{release}: {fault}" for fault in verification.findings(release)[0])


def _files_left(manifest):
    """Count what lies in the storages and is not of the backup: nothing names it, and it is left."""
    stored = (f"{place}/{name}" for place in contents.STORAGES for name in contents.stored_files(place))
    return sum(name not in manifest.files for name in stored)
