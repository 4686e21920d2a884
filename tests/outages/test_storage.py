"""The folder of bundles that goes away under a real server and comes back, as a mounted disk does."""

import time
from pathlib import Path

import pytest

from tests.outages.editing import Editor
from tests.outages.readers import FILES, LATEST, PAGES, Readers, ask
from tests.outages.supervised import supervised, until

pytestmark = pytest.mark.soak

CHANGE = b"province,year,month,flow,reported_usd\nCN-LN,2016,,to_dprk,5\n"
CUBE_IN_MEMORY, NEVER_ASKED = "/provinces/?year=2001", "/data/world-commodities/1/data.csv"


def moved(folder):
    """Another disk in its place, an empty one: what a mount leaves when it goes."""
    folder.rename(away := folder.with_name("away"))
    folder.mkdir()

    def back():
        assert list(folder.iterdir()) == [], "something was written under the mount"
        folder.rmdir()
        away.rename(folder)

    return back


def gone(folder):
    folder.rename(away := folder.with_name("away"))
    return lambda: away.rename(folder)


def broken(folder):
    """Something that is no folder: the system then gives another error than "not found"."""
    folder.rename(away := folder.with_name("away"))
    folder.touch()

    def back():
        folder.unlink()
        away.rename(folder)

    return back


@pytest.fixture
def both(site):
    with supervised(site) as both:
        yield both


def test_readers_get_kept_pages_and_files_say_when_to_come_back(both, tell):
    site, bundles = both.site, Path(both.site.environment["VAR_DIR"]) / "bundles"
    addresses = [*PAGES, *FILES, LATEST]
    before = {address: ask(site, address).body for address in addresses}
    editor = Editor(site)
    upload, _answer = editor.upload("china-provinces", CHANGE)
    until(lambda: editor.state(upload) == "staged", 30)
    slowest, away = 0, time.monotonic()
    with Readers(site, addresses) as readers:
        for take_away in (moved, gone, broken):
            put_back = take_away(bundles)
            look_at_the_site_without_its_storage(site, before)
            refuse_to_publish(editor, upload)
            put_back()
            slowest = max(slowest, until(lambda: ask(site, NEVER_ASKED).status == 200, 10))
            assert ask(site, "/readyz").status == 200
    assert {answer.status for answer in readers.answers if answer.address in PAGES} == {200}
    assert set(readers.statuses()) == {200, 503}
    assert {address: ask(site, address).body for address in addresses} == before
    away = time.monotonic() - away
    both.kill("server")
    put_back = gone(bundles)
    both.start("server")
    for address in (*PAGES[:4], *FILES):
        assert ask(site, address).status == 503, address
    put_back()
    until(lambda: {ask(site, address).status for address in addresses} == {200}, 10)
    editor.publish(upload, "After the storage was back.")
    until(lambda: editor.state(upload) == "published", 60)
    both.manage("verify")
    assert "Traceback" not in both.log("server"), both.log("server")
    tell(
        f"storage away three times in {away:.0f} s",
        f"{readers.in_words()}, no 5xx on kept pages, and files that say when to come back",
        "nothing",
        f"files back within {slowest:.2f} s, publishable without a hand",
    )


def look_at_the_site_without_its_storage(site, before):
    for address in PAGES:
        assert ask(site, address)[2:5:2] == (200, before[address]), address
    assert ask(site, CUBE_IN_MEMORY).status == 200
    for address in (*FILES, LATEST, NEVER_ASKED):
        answer = ask(site, address)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "10"), address
        assert b"cannot be read at the moment" in answer.body
    answer = ask(site, "/readyz")
    assert answer.status == 503
    assert b"newest bundles: the files of " in answer.body
    assert b"china-provinces/3" in answer.body
    assert ask(site, "/healthz").status == 200


def refuse_to_publish(editor, upload):
    """It says why, and can be published later."""
    editor.publish(upload, "While the storage was away.")
    until(lambda: editor.state(upload) == "staged", 60)
    assert "are missing from this site’s storage" in editor.words(upload)
