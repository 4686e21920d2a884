"""The pages of releases: their changed cells, and those that are superseded or withdrawn."""

import pytest

from tests.trade import sites
from trade.models import (
    Release,
)
from trade.publishing.removing import withdrawal

publish = sites.usual


def test_a_release_lists_its_changed_cells_old_and_new(site, client):
    changes = list(client.get("/data/china-provinces/2/").context["changes"])
    assert [(c["key"], c["name"], c["year"], c["old_value_usd"], c["new_value_usd"]) for c in changes] == [
        ("CN-LN", "Liaoning", 2023, 1_500_000, 1_600_000)
    ]
    first = list(client.get("/data/china-provinces/1/").context["changes"])
    assert len(first) == len(sites.PLACES) and {(c["was"], c["is_"]) for c in first} == {(0, 1)}
    assert [(c["new_value_usd"], c["new_status"]) for c in first if c["key"] == "CN-HL"] == [
        (250_000, "E"),
        (None, "L"),
    ]


@pytest.mark.slow
def test_an_older_release_says_that_a_newer_one_exists(site, client):
    assert client.get("/data/china-provinces/1/").context["is_superseded"] is True
    assert client.get("/data/china-provinces/2/").context["is_superseded"] is False
    assert "noindex" in client.get("/data/china-provinces/1/").content.decode()


@pytest.mark.slow
def test_a_withdrawn_release_keeps_its_entry_and_gives_its_reason_in_place_of_files(site, client):
    withdrawal.withdraw(Release.objects.get(dataset="china-provinces", number=2), "A province was counted twice.")
    gone = client.get("/data/china-provinces/2/data.csv")
    assert (gone.status_code, gone.content) == (410, b"This release was withdrawn: A province was counted twice.\n")
    page = client.get("/data/china-provinces/2/")
    assert (page.status_code, page.context["files"], page.context["is_superseded"]) == (200, [], True)
    assert page.context["is_superseded"] and not list(page.context["changes"])
    assert client.get("/provinces.json").json()["release"]["number"] == 3
    assert client.get("/data/china-provinces/latest/data.csv")["Content-Location"] == "/data/china-provinces/3/data.csv"
    [back] = client.get("/data/china-provinces/3/").context["changes"]
    assert (back["withdrawn"], back["old_value_usd"], back["new_value_usd"]) == (True, None, 1_500_000)
    assert "1,600,000" not in page.content.decode() and "Liaoning corrected" not in page.content.decode()


def test_a_dataset_whose_only_release_is_withdrawn_has_pages_that_say_so(site, client):
    withdrawal.withdraw(Release.objects.get(dataset="china-commodities"), "Wrong file.")
    assert client.get("/commodities/").context["payload"] is None
    for address in ("/data/", "/data/china-commodities/", "/data/china-commodities/1/"):
        assert client.get(address).status_code == 200


@pytest.mark.slow
def test_a_page_number_that_is_none_shows_a_page(site, client):
    for page in ("x", "0", "-1", "99", "9" * 400):
        assert client.get("/data/china-provinces/1/", {"page": page}).status_code == 200
        assert client.get("/data/china-provinces/", {"page": page}).status_code == 200
