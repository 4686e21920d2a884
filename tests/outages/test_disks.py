"""A disk that is full while a release is published, and one that can be read only, under a real server and worker."""

import tempfile
import time
from pathlib import Path

import pytest

from tests.browser.site import site_in
from tests.outages.disks import disk
from tests.outages.editing import Editor
from tests.outages.readers import FILES, LATEST, PAGES, Readers, ask
from tests.outages.supervised import QUICK_WORKER, supervised, until

pytestmark = pytest.mark.soak

ADDRESSES = [*PAGES, *FILES]
CHANGE = "province,year,month,flow,reported_usd\nCN-LN,2016,,to_dprk,{}\n"
LARGE = "province,year,month,flow,reported_usd,note\n" + "CN-LN,2016,,to_dprk,5," + "x" * 4_000_000 + "\n"
KB = 1024
FULL, READ_ONLY = "This site’s disk is full", "This site cannot write to its disk"


@pytest.fixture
def small(made):
    """A site whose folder, database and temporary files are on a small disk: (the disk, the site)."""
    with tempfile.TemporaryDirectory(prefix="yalu-tests-") as folder, disk(Path(folder), "100m") as small:
        small.run("cp", "-a", f"{made}/.", folder)
        site = site_in(Path(folder))
        site.environment["TMPDIR"] = folder
        yield small, site


def staged(editor, value):
    upload, answer = editor.upload("china-provinces", CHANGE.format(value).encode())
    assert upload, answer
    until(lambda: editor.state(upload) == "staged", 60)
    return upload


def ended(editor, upload):
    """Wait until an upload is at work no more: its state."""
    until(lambda: editor.state(upload) not in ("publishing", "waiting", "reading"), 90, lambda: editor.get(upload)[1])
    return editor.state(upload)


def releases(both):
    return [line for line in both.manage("verify").splitlines() if line.startswith("china-provinces")]


@pytest.mark.parametrize("leave", [0, 200 * KB, 1500 * KB])
def test_a_disk_that_is_full_in_a_publish_is_named_and_there_is_a_release_when_there_is_room(small, leave, tell):
    disk, site = small
    with supervised(site, within=disk.within, worker=QUICK_WORKER) as both:
        for address in ADDRESSES:
            ask(site, address)
        editor = Editor(site)
        upload, before = staged(editor, 5), releases(both)
        with Readers(site, ADDRESSES) as readers:
            disk.fill(leave)
            status, page, _address = editor.publish(upload, "News.")
            words = page if FULL in page else ""
            seen = until(lambda: FULL in (words or editor.words(upload)) or editor.state(upload) == "published", 60)
            large_refused = editor.upload("china-provinces", LARGE.encode())[1]
            disk.make_room()
            begun = time.monotonic()
            if ended(editor, upload) == "staged":
                editor.publish(upload, "News.")
            assert ended(editor, upload) == "published"
            back = time.monotonic() - begun
        assert set(readers.statuses()) == {200}
        assert FULL in large_refused[1] and large_refused[0] == 503
        after = releases(both)
        assert len(after) == len(before) + 1 and all(line.endswith("as published") for line in after)
        both.manage("sweep")
    tell(
        f"disk with {leave // KB} kB left in a publish",
        readers.in_words(),
        "nothing",
        f"“disk full” was said within {seen:.1f} s; published {back:.1f} s after there was room",
    )


def test_a_disk_that_can_be_read_only_serves_readers_and_refuses_editors_in_words(small, tell):
    disk, site = small
    with supervised(site, within=disk.within, worker=QUICK_WORKER) as both:
        before = {address: ask(site, address).body for address in ADDRESSES}
        editor = Editor(site)
        upload = staged(editor, 5)
        with Readers(site, [*ADDRESSES, LATEST]) as readers:
            for name in ("bundles", "uploads"):
                disk.make_read_only(disk.folder / name)
            editor.publish(upload, "News.")
            assert ended(editor, upload) == "staged" and READ_ONLY in editor.words(upload)
            _page, answer = editor.upload("china-provinces", CHANGE.format(6).encode())
            assert answer[0] == 503 and READ_ONLY in answer[1]
            assert ask(site, "/provinces/?year=2001").status == 200
            for name in ("bundles", "uploads"):
                disk.make_writable(disk.folder / name)
            begun = time.monotonic()
            editor.publish(upload, "News.")
            assert ended(editor, upload) == "published"
            back = time.monotonic() - begun
        assert set(readers.statuses()) == {200}
        assert all(ask(site, address).body == before[address] for address in FILES)
        assert all(line.endswith("as published") for line in releases(both))
    tell(
        "bundles and uploads on a disk that can be read only",
        readers.in_words(),
        "nothing; upload and publish were refused in words",
        f"published {back:.1f} s after it could be written",
    )


def test_a_site_whose_whole_disk_can_be_read_only_after_a_crash_serves_readers(small, tell):
    """With the database, as after a disk with errors was mounted again."""
    disk, site = small
    with supervised(site, within=disk.within, worker=QUICK_WORKER) as both:
        before, file = {address: ask(site, address).body for address in ADDRESSES}, CHANGE.format(6).encode()
        editor = Editor(site)
        both.kill("server", "worker")
        disk.make_read_only(disk.folder)
        both.start("server", "worker")
        with Readers(site, ADDRESSES) as readers:
            assert {address: ask(site, address).body for address in ADDRESSES} == before
            _page, answer = editor.upload("china-provinces", file)
            assert answer[0] == 503 and READ_ONLY in answer[1]
            disk.make_writable(disk.folder)
        assert set(readers.statuses()) == {200}
        # A process that opened SQLite when it could be read only goes on so: whoever mounts the disk again restarts it.
        both.kill("server", "worker")
        both.start("server", "worker")
        upload, answer = editor.upload("china-provinces", file)
        assert upload, answer
        assert ended(editor, upload) == "staged"
        assert all(line.endswith("as published") for line in releases(both))
    tell(
        "the whole disk, with SQLite on it, can be read only",
        readers.in_words(),
        "nothing; an upload was refused in words",
        "an upload is read after a restart",
    )
