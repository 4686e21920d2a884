"""A draft or hidden dataset is found at no public address; a closed one says that nothing more will come."""

import re

import pytest
from django.core.files.storage import storages

from tests.trade import sites
from trade.bundles import storage
from trade.models import Dataset, Release
from trade.publishing.removing import withdrawal

pytestmark = pytest.mark.both_databases

publish = sites.usual
LISTS = ["/", "/provinces/", "/data/", "/data/releases.atom", "/sitemap.xml", "/api/v1/datasets", "/totals/"]
OWN = [
    "/data/china-provinces/", "/data/china-provinces/1/", "/data/china-provinces/2/",
    "/data/china-provinces/1/data.csv", "/data/china-provinces/latest/data.csv", "/api/v1/datasets/china-provinces",
    "/api/v1/datasets/china-provinces/releases", "/api/v1/datasets/china-provinces/releases/1",
    "/api/v1/datasets/china-provinces/observations", "/api/v1/datasets/china-provinces/changes?from=1",
]  # fmt: skip


def set_state(state):
    Dataset.objects.filter(pk="china-provinces").update(state=state)
    storage.mark_hidden("china-provinces", state in ("draft", "hidden"))


@pytest.fixture(autouse=True)
def no_marker():
    yield
    storage.mark_hidden("china-provinces", False)


@pytest.mark.slow
@pytest.mark.parametrize("state", ["draft", "hidden"])
def test_what_readers_may_not_see_is_on_no_list_and_at_no_address(state, site, client):
    assert {client.get(address).status_code for address in OWN} == {200}
    title = Dataset.objects.get(pk="china-provinces").title
    set_state(state)
    for address in LISTS:
        content = client.get(address).content.decode()
        assert "china-provinces" not in content and title not in content, address
    nowhere = {address: client.get(address.replace("china-provinces", "nowhere-land")) for address in OWN}
    for address, other in nowhere.items():
        answer = client.get(address)
        assert answer.status_code == 404, address
        said = re.sub("nowhere-land", "china-provinces", other.content.decode())
        assert answer.content.decode() == said, f"{address} tells a hidden dataset from one that is none"


def test_the_servers_that_know_its_files_ask_again_once_it_is_hidden(site):
    release = Release.objects.get(dataset="china-provinces", number=1)
    _path, *markers = storage.places(release, "data.csv")
    assert not any(map(storages["bundles"].exists, markers))
    set_state("hidden")
    assert storages["bundles"].exists("china-provinces/HIDDEN") and markers[1].endswith("china-provinces/HIDDEN")


def test_a_closed_dataset_is_shown_and_expects_no_release(site, client):
    Dataset.objects.filter(pk="china-provinces").update(next_release_on="2030-01-01")
    set_state("closed")
    for address in ("/data/", "/data/china-provinces/"):
        content = client.get(address).content.decode()
        assert "no further releases are expected" in content and "2030" not in content
    answer = client.get("/api/v1/datasets/china-provinces").json()
    assert (answer["state"], answer["next_release_on"]) == ("closed", None)


def test_a_dataset_all_of_whose_releases_were_withdrawn_is_on_no_list_and_keeps_its_tombstone(site, client):
    withdrawal.withdraw(Release.objects.get(dataset="china-totals", number=1), "It was a test.")
    for address in ("/", "/data/", "/sitemap.xml", "/api/v1/datasets"):
        assert "china-totals" not in client.get(address).content.decode(), address
    assert "It was a test." in client.get("/data/china-totals/1/").content.decode()
    assert client.get("/data/china-totals/").status_code == 200
