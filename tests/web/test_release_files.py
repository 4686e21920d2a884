"""The files of releases as the server sends them: by Django the first time, then without it, and the same."""

import gzip
import hashlib
import io
from pathlib import Path
from wsgiref.util import setup_testing_defaults

import brotli
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage, storages
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from tests.samples import slow_after
from tests.trade import released, sites
from trade.bundles import storage
from trade.models import Release
from trade.pages import files
from trade.publishing import releases
from trade.publishing.removing import withdrawal
from web.release_files import Archive

pytestmark = pytest.mark.usefixtures("site", "requests_share_the_tests_connection")

RECORDS = {("CN-LN", "to_dprk", year, 0): {"reported": 5_000_000 + year} for year in range(1998, 2025)}
TEXTS = ["data.csv", "data.json", "changes.csv", "chart.json", "chart-to_dprk.svg", "README.md", "SHA256SUMS"]
BINARY = ["workbook.xlsx", "data.parquet"]


class Process:
    """A process of the server, as far as it knows of files; `asked` counts what came through to Django."""

    def __init__(self):
        self.django, self.asked = get_wsgi_application(), 0
        self.application = Archive(self.count)

    def count(self, environ, start_response):
        self.asked += 1
        return self.django(environ, start_response)

    def get(self, path, method="GET", **headers):
        """Ask for a path: (status, headers, body)."""
        environ, said = {"PATH_INFO": path, "REQUEST_METHOD": method, "HTTP_HOST": "testserver"}, []
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        answer = self.application(environ, lambda status, headers, *_: said.extend([status, dict(headers)]))
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        return int(said[0][:3]), said[1], body

    def learned(self, path, **headers):
        """The answer to the second request, which does not come to Django."""
        self.get(path)
        before = self.asked
        answer = self.get(path, **headers)
        assert self.asked == before, "Django was asked"
        return answer


def publish():
    sites.name_things()
    released.release(released.dataset("province"), RECORDS)


@pytest.fixture
def made(site):
    """The release that all tests look at: its files stay as they are."""
    return Release.objects.get()


@pytest.fixture
def to_withdraw(site):
    """A release of the test's own, for its files will be removed."""
    return released.release(released.dataset("province"), RECORDS)


@pytest.fixture
def process():
    return Process()


def address(release, name):
    return f"/data/{release.dataset_id}/{release.number}/{name}"


def content(release, name):
    with storage.open_file(release, name) as file:
        return file.read()


def test_every_file_is_the_same_without_django_as_through_it(made, process):
    for file in made.files:
        path = address(made, file["name"])
        status, headers, body = process.get(path)
        again_status, again, again_body = process.learned(path)
        assert (status, again_status) == (200, 200)
        assert again_body == body == content(made, file["name"])
        assert hashlib.sha256(again_body).hexdigest() == file["sha256"] == again["ETag"].strip('"')
        assert again == headers | {"Accept-Ranges": "bytes"}, file["name"]
        assert again["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("place", ["{number}", "latest"])
def test_the_first_answer_of_a_process_is_compressed_or_a_range_like_all_later_ones(place, made, process):
    path = f"/data/{made.dataset_id}/{place.format(number=made.number)}/data.csv"
    whole = content(made, "data.csv")
    status, headers, body = Process().get(path, range="bytes=5-9")
    assert (status, body) == (206, whole[5:10]) and headers["Content-Range"] == f"bytes 5-9/{len(whole)}"
    status, headers, body = Process().get(path, accept_encoding="br")
    assert headers["Content-Encoding"] == "br" and brotli.decompress(body) == whole
    status, headers, _body = Process().get(path, range="bytes=999999999-")
    assert status == 416 and headers["Access-Control-Allow-Origin"] == "*"
    tag = Process().get(path)[1]["ETag"]
    status, headers, body = Process().get(path, if_none_match=tag)
    assert (status, body) == (304, b"") and headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Length" not in headers


def test_not_modified_and_a_range_are_open_to_other_sites_after_the_first_time(made, process):
    path = address(made, "data.csv")
    tag = process.learned(path)[1]["ETag"]
    for asked, expected in (
        ({"if_none_match": tag}, 304),
        ({"range": "bytes=0-1"}, 206),
        ({"range": "bytes=9999999-"}, 416),
    ):
        status, headers, _body = process.learned(path, **asked)
        assert status == expected and headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", slow_after(1, TEXTS))
def test_texts_are_sent_compressed_to_who_understands_it(name, made, process):
    path = address(made, name)
    plain = process.learned(path)[2]
    for offered, encoding, unpack in (("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)):
        _status, headers, body = process.learned(path, accept_encoding=offered)
        assert headers["Content-Encoding"] == encoding and headers["Vary"] == "Accept-Encoding"
        assert unpack(body) == plain and headers["Content-Length"] == str(len(body))
        assert headers["ETag"] == f'"{hashlib.sha256(plain).hexdigest()}-{encoding}"'
    assert "Content-Encoding" not in process.learned(path, accept_encoding="br;q=0, gzip;q=0, *")[1]


@pytest.mark.slow
@pytest.mark.parametrize("name", BINARY)
def test_what_is_compressed_already_is_sent_as_it_is(name, made, process):
    _status, headers, body = process.learned(address(made, name), accept_encoding="gzip, br")
    assert "Content-Encoding" not in headers and body == content(made, name)


@pytest.mark.slow
def test_compressed_forms_are_no_files_of_the_release(made, process):
    for ending in (".br", ".gz"):
        assert Path(storages["bundles"].path(f"{made.bundle}/data.csv{ending}")).exists()
        assert process.get(address(made, f"data.csv{ending}"))[0] == 404
    named = {file["name"] for file in made.files}
    assert not [name for name in named if name.endswith((".br", ".gz"))]
    assert b".br" not in content(made, "SHA256SUMS")
    call_command("verify", made.dataset_id, stdout=io.StringIO())


@pytest.mark.slow
@pytest.mark.parametrize("offered", ["", "br", "gzip"])
def test_who_has_the_file_gets_no_body_whatever_the_form(offered, made, process):
    path = address(made, "data.csv")
    _status, headers, _body = process.learned(path, accept_encoding=offered)
    tag = headers["ETag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        status, sent, body = process.learned(path, accept_encoding=offered, if_none_match=held)
        assert (status, body, sent["ETag"]) == (304, b"", tag)
        assert sent["Cache-Control"] == headers["Cache-Control"]
    assert process.learned(path, if_none_match='"other"')[0] == 200
    assert process.learned(path, if_modified_since=headers["Last-Modified"])[0] == 304
    assert process.learned(path, if_modified_since="Sat, 01 Jan 2000 00:00:00 GMT")[0] == 200


@pytest.mark.slow
def test_head_has_the_headers_and_no_body(made, process):
    path = address(made, "data.csv")
    _status, headers, _body = process.learned(path)
    assert process.learned(path, method="HEAD") == (200, headers, b"")


RANGES = [("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), ("bytes=5-", 5, None), ("bytes=-7", -7, None),
          ("bytes=0-999999999", 0, None)]  # fmt: skip


@pytest.mark.parametrize(("asked", "first", "last"), slow_after(1, RANGES))
def test_a_range_is_one_of_the_file_itself(asked, first, last, made, process):
    whole = content(made, "data.csv")
    expected = whole[first : None if last is None else last + 1]
    for offered in ("", "br"):
        status, headers, body = process.learned(address(made, "data.csv"), range=asked, accept_encoding=offered)
        start = first % len(whole) if first < 0 else first
        assert (status, body, headers["Content-Length"]) == (206, expected, str(len(expected)))
        assert headers["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{len(whole)}"
        assert "Content-Encoding" not in headers


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=a-b", "rows=1-2", "bytes=1-2,4-5", "bytes=", "bytes=--5", "x"])
def test_a_range_that_is_none_is_ignored(asked, made, process):
    status, _headers, body = process.learned(address(made, "data.csv"), range=asked)
    assert (status, body) == (200, content(made, "data.csv"))


@pytest.mark.slow
def test_a_range_beyond_the_end_and_one_of_other_bytes_are_not_given(made, process):
    path, whole = address(made, "data.csv"), content(made, "data.csv")
    status, headers, body = process.learned(path, range="bytes=99999999-")
    assert (status, headers["Content-Range"], body) == (416, f"bytes */{len(whole)}", b"")
    tag = process.learned(path)[1]["ETag"]
    assert process.learned(path, range="bytes=0-1", if_range=tag)[0] == 206
    assert process.learned(path, range="bytes=0-1", if_range='"other"')[::2] == (200, whole)


@pytest.mark.slow
def test_a_large_file_comes_in_pieces_and_whole(made, process, monkeypatch):
    from web import release_files

    monkeypatch.setattr(release_files, "AT_ONCE", 100)
    monkeypatch.setattr(release_files, "BLOCK", 64)
    assert process.learned(address(made, "data.csv"))[2] == content(made, "data.csv")
    assert process.learned(address(made, "data.csv"), range="bytes=10-300")[2] == content(made, "data.csv")[10:301]


@pytest.mark.slow
def test_only_reading_is_allowed_after_as_before(made, process):
    process.learned(address(made, "data.csv"))
    assert process.get(address(made, "data.csv"), method="POST")[0] in (403, 405)  # without a token, or at all


# --- releases come and go ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_first_release_is_the_same_after_ten_more_and_a_revert(made, process):
    late = Process()
    before = {file["name"]: process.learned(address(made, file["name"])) for file in made.files}
    for number in range(2, 12):
        newer = released.release(made.dataset, {("CN-LN", "to_dprk", 2015, 0): {"reported": number}})
        assert process.learned(address(newer, "data.csv"))[2] == content(newer, "data.csv")
    reverted = releases.revert(made.dataset, 1, note="Back to the first.")
    for process_of_then_or_now in (process, late):
        for file in made.files:
            found = process_of_then_or_now.learned(address(made, file["name"]))
            assert found == before[file["name"]]
            assert hashlib.sha256(found[2]).hexdigest() == file["sha256"]
    sums = process.learned(address(made, "SHA256SUMS"))[2].decode().splitlines()
    for line in sums:
        assert hashlib.sha256(before[line[66:]][2]).hexdigest() == line[:64]
    rows = [process.learned(address(one, "data.csv"))[2].decode().splitlines() for one in (made, reverted)]
    assert [row.rpartition(",")[0] for row in rows[0]] == [row.rpartition(",")[0] for row in rows[1]]


def test_a_withdrawal_counts_at_once_in_every_process(to_withdraw):
    processes, path = [Process(), Process()], address(to_withdraw, "data.csv")
    for process in processes:
        process.learned(path)
    withdrawal.withdraw(to_withdraw, "It named a person.")
    for process in processes:
        for headers in ({}, {"if_none_match": "*"}, {"range": "bytes=0-1"}):
            status, sent, body = process.get(path, **headers)
            assert (status, body) == (410, b"This release was withdrawn: It named a person.\n")
            assert "immutable" not in sent["Cache-Control"]
    assert storage.places(to_withdraw, "data.csv")[1].endswith("/WITHDRAWN")
    call_command("verify", to_withdraw.dataset_id, stdout=io.StringIO())


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_file_that_is_removed_while_it_is_learned_is_sent_as_django_opened_it(
    moment, to_withdraw, process, monkeypatch
):
    """A redaction rebuilds the files in another folder, and removes this one."""
    expected, learn = content(to_withdraw, "data.csv"), Archive._learned

    def removed(*args):
        if moment == "before":
            storage.remove_folder(to_withdraw.bundle)
        try:
            return learn(*args)
        finally:
            storage.remove_folder(to_withdraw.bundle)

    monkeypatch.setattr(Archive, "_learned", removed)
    assert process.get(address(to_withdraw, "data.csv"))[::2] == (200, expected)


@pytest.mark.slow
@pytest.mark.parametrize("number", ["{number}", "latest"])
def test_a_file_whose_folder_went_since_the_release_was_looked_up_is_sent_from_the_new_one(
    number, to_withdraw, process, monkeypatch
):
    expected, path = content(to_withdraw, "data.csv"), address(to_withdraw, "data.csv")
    if number == "latest":
        path = f"/data/{to_withdraw.dataset_id}/latest/data.csv"
    old, folder, look = to_withdraw.bundle, storage.new_folder(to_withdraw), files._found

    def moved_after(*args):
        found = look(*args)
        if found.bundle == old:
            storages["bundles"].save(f"{folder}/data.csv", ContentFile(expected))
            Release.objects.filter(pk=to_withdraw.pk).update(bundle=folder)
            storage.remove_folder(old)
        return found

    monkeypatch.setattr(files, "_found", moved_after)
    assert process.get(path)[::2] == (200, expected)


@pytest.mark.slow
def test_another_release_of_the_dataset_is_still_sent_when_one_is_withdrawn(made, process):
    second = released.release(made.dataset, {("CN-LN", "to_dprk", 2015, 0): {"reported": 1}})
    process.learned(address(made, "data.csv"))
    process.learned(address(second, "data.csv"))
    third = withdrawal.withdraw(second, "Wrong.")
    assert process.learned(address(made, "data.csv"))[0] == 200
    assert process.get(address(second, "data.csv"))[0] == 410
    assert process.get(f"/data/{made.dataset_id}/latest/data.csv")[1]["Content-Location"] == address(third, "data.csv")


@pytest.mark.slow
def test_the_newest_file_is_never_remembered_under_its_short_lived_address(made, process):
    latest = f"/data/{made.dataset_id}/latest/data.csv"
    process.get(latest)
    second = released.release(made.dataset, {("CN-LN", "to_dprk", 2015, 0): {"reported": 1}})
    assert process.get(latest)[2] == content(second, "data.csv")


@pytest.mark.slow
def test_a_file_that_is_not_there_is_asked_of_django_each_time(made, process):
    for name in ("nothing.csv", "../1/data.csv", "WITHDRAWN", "data.csv/"):
        for _time in range(2):
            asked = process.asked
            assert process.get(address(made, name))[0] == 404
            assert process.asked == asked + 1


@pytest.mark.slow
def test_a_file_that_cannot_be_read_says_when_to_come_back_and_is_sent_again_when_it_can(made, process):
    path = address(made, "chart-to_dprk.svg")
    _status, _headers, before = process.learned(path)
    file = Path(storages["bundles"].path(f"{made.bundle}/chart-to_dprk.svg"))
    for put_in_its_place in (lambda: None, file.mkdir):
        file.rename(away := file.with_name("away"))
        put_in_its_place()
        status, headers, body = process.get(path)
        assert (status, headers["Retry-After"]) == (503, "10") and b"cannot be read" in body
        if file.is_dir():
            file.rmdir()
        away.rename(file)
        assert process.get(path)[::2] == (200, before)


@pytest.mark.slow
def test_in_a_storage_without_folders_django_sends_every_byte(settings, process, made):
    files = {file["name"]: content(made, file["name"]) for file in made.files}
    settings.STORAGES = settings.STORAGES | {"bundles": {"BACKEND": "tests.web.test_release_files.Bucket"}}
    for name, data in files.items():  # else nothing would be published while these are missing
        storages["bundles"].save(f"{made.bundle}/{name}", ContentFile(data))
    made = released.release(released.dataset("province"), RECORDS)
    assert not [name for name in storages["bundles"].listdir(made.bundle)[1] if name.endswith((".br", ".gz"))]
    for _time in range(2):
        asked = process.asked
        status, headers, body = process.get(address(made, "data.csv"))
        assert (status, body) == (200, content(made, "data.csv"))
        assert headers["ETag"] == f'"{hashlib.sha256(body).hexdigest()}"'
        assert process.asked == asked + 1
    withdrawal.withdraw(made, "Wrong.")
    assert process.get(address(made, "data.csv"))[0] == 410


class Bucket(Storage):
    """A storage without paths, as those of clouds are."""

    inside = InMemoryStorage()

    def __getattribute__(self, name):
        shared = ("_open", "_save", "exists", "listdir", "delete", "size", "get_modified_time")
        return getattr(Bucket.inside, name) if name in shared else super().__getattribute__(name)


@pytest.mark.slow
def test_a_process_does_not_remember_more_than_it_has_room_for(made, process, monkeypatch):
    from web import release_files

    monkeypatch.setattr(release_files, "MOST", 3)
    for file in made.files:
        process.learned(address(made, file["name"]))
    assert len(process.application.frozen) <= 3
