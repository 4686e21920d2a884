"""manage.py backup: what a backup holds while the site goes on, how many are kept, and what it says when it cannot."""

import io
import os
import re
import stat
import tarfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from backups import archive, contents, making
from tests.trade import released
from trade.bundles import storage
from trade.models import Upload
from trade.publishing import uploads
from trade.publishing.removing import withdrawal

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

CELL = ("CN-LN", "to_dprk", 2015, 0)
# Stands for gpg in turning bits over, so that no key is needed: what we ask of gpg is tested, not gpg.
GPG = """#!/usr/bin/env python3
import sys
words = sys.argv[1:]
output = words[words.index("--output") + 1]
if "nobody" in words:
    sys.exit("gpg: nobody: skipped: No public key")
source = sys.stdin.buffer if "--encrypt" in words else open(words[-1], "rb")
open(output, "wb").write(bytes(255 - byte for byte in source.read()))
"""


def connect(self):
    if self.connection is None:
        with self.wrap_database_errors:
            self.connect()


@pytest.fixture
def release(db, monkeypatch):
    # Django lets a test connect to the databases of the settings alone; the copy of SQLite is another.
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", connect)
    from trade.reference import seed as reference  # Django loads after this file

    reference.load()
    return released.release(released.dataset("province"), {CELL: {"reported": 1}})


@pytest.fixture
def gpg(tmp_path, monkeypatch):
    program = tmp_path / "bin/gpg"
    program.parent.mkdir()
    program.write_text(GPG)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def backup(folder, *arguments):
    """Run the command: (exit code, its words, the file)."""
    said, code = io.StringIO(), 0
    try:
        call_command("backup", str(folder), *arguments, stdout=said, stderr=said)
    except SystemExit as stop:
        code = stop.code
    return code, said.getvalue(), max(folder.glob("yalu-*"))


def names(path):
    """What a backup holds, but for the records of redactions and withdrawals, which other tests may have left."""
    with tarfile.open(path) as tar:
        named = {re.sub(r"\.(br|gz)$", "", name) for name in tar.getnames()}
        return {name for name in named if not name.startswith(("bundles/redactions/", "bundles/withdrawals/"))}


def test_what_is_published_while_a_backup_is_made_is_wholly_in_it_or_not_at_all(release, tmp_path, monkeypatch):
    made, add = [], making._add

    def meanwhile(*arguments):
        if not made:
            made.append(released.release(release.dataset, {CELL: {"reported": 2}}))
            withdrawal.withdraw(release, "Wrong.")
        return add(*arguments)

    monkeypatch.setattr(making, "_add", meanwhile)
    code, _said, path = backup(tmp_path)
    assert code == 0 and made
    manifest = archive.checked(path)
    assert manifest.counts["trade.Release"] == 1
    files = {f"bundles/{release.bundle}/{file['name']}" for file in release.files}
    assert names(path) == files | {"database/dump", "manifest.json", f"bundles/{release.bundle}/WITHDRAWN"}


def test_a_file_of_a_release_that_is_missing_is_named_and_no_older_backup_goes(release, tmp_path):
    (tmp_path / "yalu-2020-01-01T000000Z.tar.gz").write_bytes(b"")
    storage.remove(release)
    code, said, path = backup(tmp_path, "--keep", "1")
    assert code == 1 and f"missing: bundles/{release.bundle}/data.csv" in said
    assert len(archive.checked(path).missing) == len(release.files) and len(list(tmp_path.iterdir())) == 2


def test_the_bytes_of_uploads_are_in_a_backup_and_one_that_was_discarded_is_no_failure(release, tmp_path):
    kept, gone = (uploads.receive(release.dataset, [("f.csv", b"x")]) for _time in range(2))
    Upload.objects.filter(pk=gone.pk).update(created=timezone.now() - timedelta(days=1))
    file = gone.files.get()
    file.content.storage.delete(file.content.name)
    code, said, path = backup(tmp_path)
    assert (code, f"missing: uploads/{file.content.name}" in said) == (0, True)
    assert f"uploads/{kept.files.get().content.name}" in names(path)


def test_the_newest_backups_are_kept_and_other_files_are_left(release, tmp_path):
    for name in ("yalu-2020-01-01T000000Z.tar.gz", "yalu-2020-01-02T000000Z.tar.gz.gpg", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    _code, said, path = backup(tmp_path, "--keep", "2")
    assert {one.name for one in tmp_path.iterdir()} == {path.name, "yalu-2020-01-02T000000Z.tar.gz.gpg", "notes.txt"}
    assert "removed: " in said and stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="one backup at the least"):
        backup(tmp_path, "--keep", "0")


def test_a_backup_that_fails_leaves_nothing(release, tmp_path, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.Writer, "finish", full)
    with pytest.raises(CommandError, match="nothing of it was left: .*No space left"):
        call_command("backup", str(tmp_path / "backups"))
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_is_encrypted_for_the_key_that_is_named(release, tmp_path, settings, gpg):
    settings.BACKUP_GPG_RECIPIENT = "0123"
    _code, _said, path = backup(tmp_path / "backups")
    assert path.suffix == ".gpg" and bytes(255 - byte for byte in path.read_bytes()[:2]) == b"\x1f\x8b"
    with archive.opened(path) as plain:
        assert archive.checked(plain).counts["trade.Release"] == 1
    settings.BACKUP_GPG_RECIPIENT = "nobody"
    with pytest.raises(CommandError, match="gpg could not encrypt for “nobody”: gpg: nobody: skipped: No public key"):
        backup(tmp_path / "others")
    assert list((tmp_path / "others").iterdir()) == []


def test_a_program_that_is_not_installed_is_named(release, tmp_path, settings, monkeypatch):
    settings.BACKUP_GPG_RECIPIENT = "0123"
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CommandError, match="gpg is not on PATH. Install gnupg, or unset BACKUP_GPG_RECIPIENT."):
        backup(tmp_path)


def test_the_manifest_says_of_which_database_and_of_when_it_is(release, tmp_path):
    before = datetime.now(UTC) - timedelta(seconds=1)
    manifest = archive.checked(backup(tmp_path)[2])
    assert datetime.fromisoformat(manifest.made) >= before
    assert manifest.migrations == contents.migrations("default")
    assert manifest.counts == contents.counts("default")
