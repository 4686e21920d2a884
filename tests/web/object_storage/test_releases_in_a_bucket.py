"""Files of releases leave a server as they do where they lie on its disk; the bucket is asked for each of them once."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command

from tests import s3
from tests.trade import released, sites
from tests.web.test_release_files import RECORDS, Process, address
from trade.bundles import storage
from trade.models import Release
from trade.publishing.removing import withdrawal
from trade.publishing.uploads import Refused
from web import compression
from web.page_cache import stamp

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("requests_share_the_tests_connection")]

LATEST = "/data/{}/latest/data.csv"
WANTED = [
    {},
    {"method": "HEAD"},
    {"accept_encoding": "br"},
    {"accept_encoding": "gzip"},
    {"range": "bytes=5-9"},
    {"range": "bytes=-7", "accept_encoding": "br"},
    {"range": "bytes=99999999-"},
    {"range": "bytes=0-1", "if_range": '"other"'},
    {"if_none_match": "*"},
    {"if_modified_since": "Sat, 01 Jan 2000 00:00:00 GMT"},
]


def publish():
    sites.name_things()
    released.release(released.dataset("province"), RECORDS)


@pytest.fixture
def on_disk(site, monkeypatch):
    """The release that all tests look at, whose files lie in folders."""
    monkeypatch.setattr(stamp, "FRESH", 0)
    stamp.forget()
    for cubes in (storage._cube, storage._superseded_cube):
        cubes.cache_clear()
    return Release.objects.get()


@pytest.fixture
def made(on_disk, copied, bucket, server):
    """The same release, whose files any program has copied to the bucket, each under its path."""
    for path, content in copied.items():
        server.client.put_object(Bucket=s3.NAME, Key=f"{bucket.location}/{path}", Body=content)
    yield on_disk
    stamp.forget()


@pytest.fixture
def copied(on_disk):
    folder = Path(storages["bundles"].path(""))
    files = [path for path in (folder / on_disk.bundle).iterdir() if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def from_disk(on_disk):
    """What a server answers to all that is wanted, where the files lie on its disk."""
    return answers(on_disk)


def answers(release):
    """The answers of new processes, and of one that has sent the file before."""
    names = ("data.csv", "chart.json", "workbook.xlsx", "SHA256SUMS")
    paths = [*(address(release, name) for name in names), LATEST.format(release.dataset_id)]
    first = [Process().get(path, **wanted) for path in paths for wanted in WANTED]
    process = Process()
    return first + [process.learned(path, **wanted) for path in paths[:-1] for wanted in WANTED]


def test_every_answer_is_the_same_as_from_a_disk(from_disk, made):
    assert answers(made) == from_disk


def test_the_bucket_is_asked_once_for_a_file_and_not_for_who_has_it(made, asked):
    path, forms = address(made, "data.csv"), 1 + len(compression.ENDINGS)
    assert Process().get(path, if_none_match="*")[0] == 304
    assert asked == {}
    for process in (Process(), Process()):
        for wanted in WANTED:
            process.get(path, **wanted)
            process.get(LATEST.format(made.dataset_id), **wanted)
    assert asked == {"GetObject": forms}


def test_a_page_asks_for_the_numbers_of_its_release_and_for_nothing_else(made, asked):
    process = Process()
    for _time in range(2):
        assert process.get("/provinces/")[0] == 200
    assert asked == {"GetObject": 1 + len(compression.ENDINGS)}
    asked.clear()
    for page in ("/", "/provinces/cn-ln/", "/data/", f"/data/{made.dataset_id}/1/", "/data/releases.atom"):
        assert process.get(page)[0] == 200, page
    assert asked == {}


def test_publishing_asks_for_little_beside_what_it_stores(made, asked, server, bucket):
    new = released.release(made.dataset, {("CN-LN", "to_dprk", 2015, 0): {"reported": 1}})
    stored = server.keys(f"{bucket.location}/{new.bundle}/")
    assert asked.pop("PutObject") == len(stored) == len({*stored})
    assert f"{bucket.location}/{new.bundle}/data.csv.br" in stored
    assert asked == {"HeadObject": 2}  # the newest release of each dataset is there, before and after building
    call_command("verify", made.dataset_id, stdout=io.StringIO())


def test_a_withdrawal_counts_at_once_in_every_process(made, bucket):
    processes, path = [Process(), Process()], address(made, "data.csv")
    for process in processes:
        process.learned(path)
    kept = Path(bucket.kept.folder) / made.bundle
    assert (kept / "data.csv").exists()
    withdrawal.withdraw(made, "It named a person.")
    for process in processes:
        for wanted in WANTED:
            assert process.get(path, **wanted)[0] == 410
    assert not kept.exists()
    assert bucket.exists(f"{made.bundle}/{storage.WITHDRAWN}")
    call_command("verify", made.dataset_id, stdout=io.StringIO())


def test_another_release_is_sent_without_django_again_after_one_request(made, asked):
    process = Process()
    before = process.learned(address(made, "data.csv"))
    released.release(made.dataset, {("CN-LN", "to_dprk", 2015, 0): {"reported": 1}})
    asked.clear()
    assert process.learned(address(made, "data.csv")) == before
    assert asked == {}


def test_what_was_learned_long_ago_is_asked_of_django_again(made, monkeypatch):
    from web import release_files

    process = Process()
    process.learned(address(made, "data.csv"))
    monkeypatch.setattr(release_files, "LONGEST", 0)
    before = process.asked
    assert process.get(address(made, "data.csv"))[0] == 200 and process.asked == before + 1


def test_a_file_that_this_machine_no_longer_keeps_is_fetched_again(made, bucket):
    process, path = Process(), address(made, "data.csv")
    before = process.learned(path)
    bucket.keep_only(set())
    assert process.get(path) == before


def test_a_copy_that_is_dropped_while_it_is_opened_is_done_without(made, bucket, monkeypatch):
    keep = bucket.kept.path

    def dropped(*args):
        path = keep(*args)
        bucket.keep_only(set())
        return path

    monkeypatch.setattr(bucket.kept, "path", dropped)
    process = Process()
    assert process.get(address(made, "data.csv"))[0] == process.get("/provinces/")[0] == 200


def test_a_file_that_was_changed_in_the_bucket_is_not_sent(made, bucket):
    bucket.save(f"{made.bundle}/data.csv", ContentFile(b"province,value\n"))
    status, headers, body = Process().get(address(made, "data.csv"))
    assert (status, headers["Retry-After"]) == (503, "10") and b"cannot be read" in body


def test_a_machine_whose_disk_is_full_sends_what_it_cannot_keep(made, bucket, monkeypatch):
    monkeypatch.setattr(bucket.kept, "path", lambda *_args: None)
    process = Process()
    for _time in range(2):
        status, headers, body = process.get(address(made, "data.csv"))
        assert (status, headers["Content-Length"]) == (200, str(len(body)))
    assert b"province,name" in body and process.asked == 2


def test_while_the_bucket_is_away_what_is_kept_is_sent_and_all_else_says_when_to_come_back(made, away):
    process, path, latest = Process(), address(made, "data.csv"), LATEST.format(made.dataset_id)
    before = [process.learned(path), process.get(latest), Process().get(path)]
    assert process.get("/provinces/")[0] == 200
    away()
    assert [process.learned(path), process.get(latest), Process().get(path)] == before
    assert process.get("/provinces/cn-ln/")[0] == 200  # its numbers are at hand
    for other in ("workbook.xlsx", "SHA256SUMS"):
        status, headers, body = process.get(address(made, other))
        assert (status, headers["Retry-After"]) == (503, "10") and b"cannot be read at the moment" in body
    assert process.get(address(made, "none.csv"))[0] == 404
    storage._cube.cache_clear()
    storage.keep_only(set())
    assert process.get("/provinces/cn-jl/")[0] == 503


def test_while_the_bucket_is_away_nothing_is_published_or_withdrawn_and_the_fault_is_named(made, away):
    away()
    with pytest.raises(Refused, match="missing from this site’s storage"):
        released.release(made.dataset, {("CN-LN", "to_dprk", 2015, 0): {"reported": 1}})
    with pytest.raises(OSError):
        withdrawal.withdraw(made, "It named a person.")
    assert Release.objects.get().withdrawn is None
    assert f"newest bundles: the files of {made.dataset_id}/1" in Process().get("/readyz")[2].decode()


def test_a_bucket_that_goes_away_while_files_are_stored_leaves_the_upload_to_be_published_later(
    made, server, monkeypatch
):
    save = type(storages["bundles"])._save
    stored = []

    def broken(self, name, content):
        if len(stored) == 3:
            server.end()
        stored.append(name)
        return save(self, name, content)

    monkeypatch.setattr(type(storages["bundles"]), "_save", broken)
    try:
        with pytest.raises(Refused, match="file storage is not responding"):
            released.release(made.dataset, {("CN-LN", "to_dprk", 2015, 0): {"reported": 1}})
    finally:
        server.start()
    monkeypatch.undo()
    storages["bundles"]._silent_until = 0
    released.release(made.dataset, {("CN-LN", "to_dprk", 2015, 0): {"reported": 1}})
    assert Release.objects.count() == 2
