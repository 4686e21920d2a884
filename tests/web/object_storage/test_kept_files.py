"""Files of a bucket that a server keeps, without any bucket: what is fetched comes from a dictionary."""

import errno
import hashlib
import os
import threading

import pytest

from web import compression
from web.object_storage import BucketAway, kept_files
from web.object_storage.kept_files import KeptFiles

NAME, CONTENT = "china-provinces/1-0a/data.csv", b"province,value\nCN-LN,5\n" * 20
SHA256 = hashlib.sha256(CONTENT).hexdigest()
FORMS = {NAME + ending: compression.packed(CONTENT, how) for how, ending in compression.ENDINGS.items()}


class Source:
    """A bucket of a few objects, which notes what is fetched."""

    def __init__(self, objects):
        self.objects, self.fetched = objects, []

    def __call__(self, name, file):
        self.fetched.append(name)
        if name not in self.objects:
            raise FileNotFoundError(name)
        file.write(self.objects[name])


@pytest.fixture
def source():
    return Source({NAME: CONTENT, **FORMS})


@pytest.fixture
def kept(tmp_path):
    return KeptFiles(str(tmp_path / "kept"), 10_000)


def files(kept):
    return {str(path.relative_to(kept.folder)): path.read_bytes() for path in kept.folder.rglob("*") if path.is_file()}


def test_a_file_and_its_compressed_forms_are_fetched_once(kept, source):
    for _time in range(2):
        assert kept.path(NAME, SHA256, compression.ENDINGS, source) == str(kept.folder / NAME)
    assert files(kept) == {NAME: CONTENT, **FORMS}
    assert sorted(source.fetched) == sorted(source.objects)
    assert source.fetched[-1] == NAME  # whoever finds it finds its forms as well


def test_another_process_finds_what_is_kept(kept, source):
    kept.path(NAME, SHA256, {}, source)
    assert KeptFiles(str(kept.folder), 10_000).path(NAME, SHA256, {}, Source({})) == str(kept.folder / NAME)


def test_a_file_without_compressed_forms_is_kept_without_them(kept):
    kept.path(NAME, SHA256, compression.ENDINGS, Source({NAME: CONTENT}))
    assert files(kept) == {NAME: CONTENT}


@pytest.mark.parametrize("spoilt", [NAME, *FORMS])
def test_what_differs_from_the_checksum_is_neither_kept_nor_sent(spoilt, kept, source):
    source.objects[spoilt] = source.objects[spoilt][:-4] + b"what"
    with pytest.raises(BucketAway, match="checksum"):
        kept.path(NAME, SHA256, compression.ENDINGS, source)
    assert spoilt not in files(kept) and NAME not in files(kept)


def test_what_breaks_off_leaves_nothing(kept):
    def broken(name, file):
        file.write(CONTENT[:10])
        raise BucketAway("It broke off.")

    with pytest.raises(BucketAway, match="broke off"):
        kept.path(NAME, SHA256, {}, broken)
    assert files(kept) == {}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_cannot_be_written_keeps_nothing_and_says_so_in_the_log(number, kept, caplog):
    def full(name, file):
        raise OSError(number, os.strerror(number))

    assert kept.path(NAME, SHA256, {}, full) is None
    assert files(kept) == {} and "cannot be kept on this machine" in caplog.text


def test_threads_that_want_the_same_file_fetch_it_once(kept, source):
    begun, go_on = threading.Event(), threading.Event()

    def slow(name, file):
        begun.set()
        assert go_on.wait(10)
        source(name, file)

    found = []
    threads = [threading.Thread(target=lambda: found.append(kept.path(NAME, SHA256, {}, slow))) for _number in range(8)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    go_on.set()
    for thread in threads:
        thread.join()
    assert source.fetched == [NAME] and found == [str(kept.folder / NAME)] * 8


def test_releases_that_nobody_read_for_the_longest_time_make_room_for_others(kept):
    content = b"x" * 4000
    sha256 = hashlib.sha256(content).hexdigest()
    names = [f"china-provinces/{number}-0a/data.csv" for number in range(1, 5)]
    for day, name in enumerate(names):
        kept.path(name, sha256, {}, Source({name: content}))
        os.utime(kept.folder / name, (day * 86_400, day * 86_400))
    assert [name for name in names if (kept.folder / name).exists()] == names[-2:]
    os.utime(kept.folder / names[2], (9 * 86_400, 0))  # read since
    kept.path(names[0], sha256, {}, Source({names[0]: content}))
    assert [name for name in names if (kept.folder / name).exists()] == [names[0], names[2]]


def test_what_never_arrived_is_removed_after_an_hour(kept, source):
    kept.folder.mkdir()
    for name, age in (("old", 3700), ("young", 0)):
        (path := kept.folder / f"{kept_files.ARRIVING}{name}").touch()
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    kept.path(NAME, SHA256, {}, source)
    assert set(files(kept)) == {NAME, f"{kept_files.ARRIVING}young"}


def test_only_the_releases_that_are_named_stay(kept, source):
    other = "china-provinces/2-0b/data.csv"
    for name in (NAME, other):
        kept.path(name, SHA256, {}, Source({name: CONTENT}))
    kept.keep_only({"china-provinces/2-0b"})
    assert set(files(kept)) == {other}
    kept.path(NAME, SHA256, {}, source)
    assert set(files(kept)) == {NAME, other}
