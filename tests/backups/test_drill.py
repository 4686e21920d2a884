"""The drill: a site of the size of the demonstration is backed up and comes back in an empty place, all of it."""

import shutil
import sys

import minisign
import pytest

from tests import s3
from trade.bundles.storage import RECORDS, WITHDRAWN
from trade.demonstration import RELEASES

pytestmark = [pytest.mark.soak, pytest.mark.both_databases]  # in `make test` there is test_making.py

ADDRESSES = [
    *("/", "/provinces/", "/provinces/cn-ln/", "/commodities/", "/commodities/27/", "/sanctions/", "/questions/"),
    *(
        "/data/",
        "/data/china-provinces/",
        "/data/china-provinces/1/",
        "/data/china-provinces/2/",
        "/data/releases.atom",
    ),
    *(
        "/data/china-provinces/1/data.csv",
        "/data/china-provinces/2/data.csv",
    ),
    *("/provinces.json", "/api/v1/datasets"),
]
NOTE = "Adds January to September"  # of the second release of provinces
REDACT = """
import io, sys, django
django.setup()
from django.core.management import call_command
sys.stdin = io.StringIO(sys.argv[1])
call_command("redact", reason="It was not ours to say.")
"""
WITHDRAW = "withdraw|china-provinces|1|--reason|It was the wrong file."


@pytest.fixture
def key(tmp_path):
    """The settings of a site that signs its releases."""
    pair, path = minisign.KeyPair.generate(), tmp_path / "signing.key"
    path.write_bytes(bytes(pair.secret_key))
    return {"SIGNING_KEY": str(path), "SIGNING_PUBLIC_KEY": pair.public_key.to_base64().decode()}


def test_a_site_comes_back_in_an_empty_place_with_every_page_and_every_bundle(place, key, tmp_path, capsys):
    site, empty = place("site"), place("empty")
    for one in (site, empty):
        one.environment |= key
    site.prepare("migrate", "demo", WITHDRAW)
    made = site.manage("backup", tmp_path / "backups")
    [backup] = (tmp_path / "backups").iterdir()
    restored = empty.manage("restore", backup)
    with capsys.disabled():
        sys.stdout.write(f"\n{made}{restored}")
    assert f"{len(RELEASES) + 1} releases verified, in " in restored  # one puts back what was withdrawn
    assert empty.pages(*ADDRESSES) == (pages := site.pages(*ADDRESSES))
    assert " 410 " in pages and " 500 " not in pages and " 404 " not in pages
    assert files(empty.folder) == files(site.folder)
    assert "faults" not in empty.manage("verify")


def test_what_was_withdrawn_or_redacted_after_a_backup_does_not_come_back_with_it(place, tmp_path):
    site, empty = place("site"), place("empty")
    site.prepare("migrate", "demo")
    site.manage("backup", tmp_path / "backups")
    [backup] = (tmp_path / "backups").iterdir()
    site.prepare(WITHDRAW)
    assert "Taken out of" in site.well(site.run("-c", REDACT, NOTE))
    for folder in RECORDS:
        shutil.copytree(site.folder / "bundles" / folder, empty.folder / "bundles" / folder)
    restored = empty.manage("restore", backup)
    assert "1 redactions that are younger than the backup were done again." in restored
    assert "1 withdrawals that are younger than the backup were done again." in restored
    assert f"{len(RELEASES) + 1} releases verified, in " in restored
    shown = ["/data/china-provinces/1/data.csv", "/data/china-provinces/2/data.csv", "/data/china-provinces/"]
    assert empty.pages(*shown[:2]) == site.pages(*shown[:2])
    assert " 410 " in empty.pages(shown[0])
    assert not [name for name, content in files(empty.folder).items() if NOTE.encode() in content]


def test_a_site_that_is_not_empty_is_left_alone_unless_told_to_be_overwritten(place, tmp_path):
    site = place("site")
    site.prepare("migrate", "demo")
    site.manage("backup", tmp_path / "backups")
    [backup] = (tmp_path / "backups").iterdir()
    stored = files(site.folder)
    again = site.run("manage.py", "restore", str(backup))
    assert again.returncode == 1 and "This site is not empty: it has" in again.stdout
    [csv] = (site.folder / "bundles/china-provinces").glob("2-*/data.csv")
    csv.write_bytes(b"changed")
    over = site.manage("restore", "--overwrite", backup)
    assert f"{len(RELEASES)} releases verified" in over and files(site.folder) == stored


def files(folder):
    """The bytes of all that a site stores."""
    stored = [path for place in ("bundles", "uploads") for path in (folder / place).rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in stored}


def test_a_site_whose_files_lie_in_a_bucket_comes_back_on_a_disk_and_in_another_bucket(place, tmp_path):
    with s3.server() as bucket:
        site, disk, other = (place(name) for name in ("site", "disk", "other"))
        site.environment |= bucket.environment
        other.environment |= bucket.environment
        other.environment["STORAGE_URL"] = other.environment["STORAGE_URL"].replace("/live", "/other")
        site.prepare("migrate", "demo", WITHDRAW)
        assert "Taken out of" in site.well(site.run("-c", REDACT, NOTE))
        site.manage("backup", tmp_path / "backups")
        [backup] = (tmp_path / "backups").iterdir()
        for empty in (disk, other):
            assert f"{len(RELEASES) + 1} releases verified, in " in empty.manage("restore", backup)
            assert "faults" not in empty.manage("verify")
            assert empty.pages(*ADDRESSES) == site.pages(*ADDRESSES)
        again = other.run("manage.py", "restore", str(backup))
        assert again.returncode == 1 and "files in bundles" in again.stdout
        stored = in_bucket(bucket, "live")
        assert in_bucket(bucket, "other") == files(disk.folder)
        left = dict(stored.items() - files(disk.folder).items())  # the mark of what was redacted, until it is swept
        assert files(disk.folder) == {name: stored[name] for name in stored if name not in left}
        assert [name.rpartition("/")[2] for name in left] == [WITHDRAWN]
        assert not [name for name, content in stored.items() if NOTE.encode() in content]
        assert files(site.folder) == {}


def in_bucket(bucket, folder):
    """The bytes of all that a site stores, by the paths that they would have on a disk."""
    read = bucket.client.get_object
    keys = bucket.keys(f"{folder}/")
    return {key.partition("/")[2]: read(Bucket=s3.NAME, Key=key)["Body"].read() for key in keys}


def test_a_backup_of_an_older_version_is_migrated_and_verified(place, tmp_path):
    site, empty = place("site"), place("empty")
    site.prepare("migrate", "demo")
    site.manage("migrate", "sessions", "zero")
    site.manage("backup", tmp_path / "backups")
    [backup] = (tmp_path / "backups").iterdir()
    assert f"{len(RELEASES)} releases verified" in empty.manage("restore", backup)
    assert "[X] 0001_initial" in empty.manage("showmigrations", "sessions")
