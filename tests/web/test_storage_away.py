"""While the storage of bundles is away: what is kept goes on being sent, all else says when to come back."""

from pathlib import Path

import pytest
from django.core.files.storage import storages

from tests.trade import sites
from trade.bundles import storage
from web.page_cache import sending

pytestmark = pytest.mark.usefixtures("keeping")

publish = sites.usual

FILE, LATEST = "/data/china-provinces/2/data.csv", "/data/china-provinces/latest/data.csv"


@pytest.fixture
def away(site):
    """A way to take the folder of bundles away, from a process that has read none of it."""
    folder = Path(storages["bundles"].path(""))
    taken = folder.with_name("away")

    def begin(put_in_its_place=lambda folder: None):
        for cubes in (storage._cube, storage._superseded_cube):
            cubes.cache_clear()
        folder.rename(taken)
        put_in_its_place(folder)

    yield begin
    if folder.is_dir():
        folder.rmdir()
    folder.unlink(missing_ok=True)
    taken.rename(folder)


def refused(response):
    return response.status_code == 503 and response["Retry-After"] and "cannot be read" in response.content.decode()


@pytest.mark.parametrize("in_its_place", [lambda folder: None, Path.mkdir, Path.touch])
def test_files_and_pages_that_nobody_has_seen_say_so_and_when_to_come_back(in_its_place, site, client, away):
    kept = client.get("/provinces/")
    away(in_its_place)
    assert client.get("/provinces/").content == kept.content
    for address in (FILE, LATEST, "/provinces/?year=2023", "/commodities/", "/data/china-provinces/2/chart.json"):
        assert refused(client.get(address)), address
    assert client.get("/data/china-provinces/2/none.csv").status_code == 404


def test_a_page_that_has_grown_old_is_sent_as_it_was(site, client, away, monkeypatch):
    kept = client.get("/provinces/")
    much_later = sending.clock() + sending.SECONDS + 1
    monkeypatch.setattr(sending, "clock", lambda: much_later)
    away()
    assert client.get("/provinces/").content == kept.content
