"""The storage and a real server of S3: what it makes of names, faults and silence."""

import hashlib

import pytest
from django.core.files.base import ContentFile

from tests import s3
from web.object_storage import BucketAway, bucket
from web.object_storage.bucket import Bucket

pytestmark = pytest.mark.slow

CONTENT = b"province,value\n"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
CALLS = {
    "open": lambda bucket: bucket.open("a/data.csv"),
    "save": lambda bucket: bucket.save("a/new.csv", ContentFile(CONTENT)),
    "delete": lambda bucket: bucket.delete("a/data.csv"),
    "exists": lambda bucket: bucket.exists("a/data.csv"),
    "listdir": lambda bucket: bucket.listdir("a"),
    "size": lambda bucket: bucket.size("a/data.csv"),
    "modified": lambda bucket: bucket.get_modified_time("a/data.csv"),
    "keep": lambda bucket: bucket.keep("a/data.csv", SHA256, {}),
}


@pytest.fixture
def filled(bucket):
    bucket.save("a/data.csv", ContentFile(CONTENT))
    return bucket


def test_a_file_lies_under_its_path_as_it_is_and_is_read_by_one_request(filled, server, asked):
    [key] = server.keys(f"{filled.location}/")
    assert key == f"{filled.location}/a/data.csv" and filled.location.endswith("/bundles")
    with filled.open("a/data.csv") as file:
        assert (file.read(), file.size) == (CONTENT, len(CONTENT))
    assert asked == {"GetObject": 1}


def test_no_object_says_what_a_browser_should_make_of_it_or_is_open_to_others(filled, server):
    filled.save("a/data.csv.gz", ContentFile(CONTENT))
    told = server.client.head_object(Bucket=s3.NAME, Key=f"{filled.location}/a/data.csv.gz")
    assert told["ContentType"] == "application/octet-stream" and "ContentEncoding" not in told
    grants = server.client.get_object_acl(Bucket=s3.NAME, Key=f"{filled.location}/a/data.csv.gz")["Grants"]
    assert {grant["Grantee"]["Type"] for grant in grants} == {"CanonicalUser"}


def test_no_address_is_given_out(filled):
    with pytest.raises(ValueError, match="no address"):
        filled.url("a/data.csv")


def test_a_file_larger_than_memory_should_hold_is_read_whole(filled, monkeypatch):
    monkeypatch.setattr(bucket, "IN_MEMORY", 10)
    content = bytes(range(256)) * 40_000  # ten megabytes, which are stored in parts
    filled.save("a/large", ContentFile(content))
    with filled.open("a/large") as file:
        assert (file.size, file.read()) == (len(content), content)


def test_a_file_can_be_opened_again_after_it_was_closed(filled):
    file = filled.open("a/data.csv")
    for _time in range(2):
        with file.open("rb") as again:
            assert again.read() == CONTENT
        assert file.closed


def test_what_is_not_there_is_not_found_as_on_a_disk(filled):
    for ask in (filled.open, filled.size, filled.get_modified_time, filled.listdir):
        with pytest.raises(FileNotFoundError):
            ask("b/none.csv")
    assert not filled.exists("b/none.csv")
    filled.delete("b/none.csv")
    assert filled.listdir("a") == ([], ["data.csv"]) and filled.listdir("") == (["a"], [])


def test_a_server_that_is_away_is_said_to_be_and_is_not_asked_again_at_once(filled, away, asked):
    away()
    for name, call in CALLS.items():
        filled._silent_until = 0
        asked.clear()
        for _time in range(3):
            with pytest.raises(BucketAway):
                call(filled)
        assert asked.total() == 1, name


def test_it_is_asked_again_after_a_while(filled, server, monkeypatch):
    monkeypatch.setattr(bucket, "SILENCE", 0)
    server.end()
    with pytest.raises(BucketAway):
        filled.exists("a/data.csv")
    server.start()
    assert filled.exists("a/data.csv")


@pytest.mark.parametrize("call", ["open", "save", "listdir", "keep"])
def test_a_bucket_that_is_not_there_is_not_taken_for_an_empty_one(call, filled):
    filled.bucket_name = "no-such-bucket"
    with pytest.raises(BucketAway):
        CALLS[call](filled)


def test_a_child_process_has_connections_of_its_own(filled, monkeypatch):
    ours = filled.connection
    assert filled.connection is ours
    monkeypatch.setattr(bucket.os, "getpid", lambda: 1)
    assert filled.connection is not ours


def test_both_storages_of_a_process_share_one_client(filled):
    options = {"bucket_name": s3.NAME, "endpoint_url": filled.endpoint_url, "region_name": filled.region_name}
    assert Bucket(location="uploads", addressing_style="path", **options).connection is filled.connection
