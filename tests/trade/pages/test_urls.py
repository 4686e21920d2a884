"""All public pages: few queries and no cookie, and what they do with an address or a method nobody offered."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.samples import slow_after
from tests.trade import sites
from tests.trade.sites import PAGES

publish = sites.usual


@pytest.mark.parametrize("address", slow_after(3, PAGES))
def test_every_page_answers_without_a_cookie_and_with_few_queries(address, site, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):  # one for the questions, one for the terms, two for what is in force
        response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    "address",
    ["/provinces/cn-xx/", "/provinces/all/", "/commodities/xxii/", "/commodities/all/", "/commodities/2799/",
     "/commodities/cn-ln/", "/provinces.pdf", "/provinces/cn-ln.exe", "/data/nothing/", "/data/china-provinces/9/",
     "/data/china-provinces/0/", "/data/china-provinces/1/nothing.csv", "/data/china-provinces/latest/nothing.csv",
     "/data/china-provinces/latest/..%2fchart.json", "/data/nothing/latest/data.csv",
     "/data/world-commodities/latest/data.csv",
     "/provinces/" + "x" * 3000 + "/", "/commodities/%00/", "/data/china-provinces/99999999999999999999999/"],
)  # fmt: skip
def test_an_unknown_path_is_not_found(address, site, client):
    assert client.get(address).status_code == 404


def test_codes_in_capitals_lead_to_their_address(site, client):
    response = client.get("/commodities/V/?year=2024")
    assert (response.status_code, response["Location"]) == (301, "/commodities/v/?year=2024")
    assert client.get("/provinces/CN-LN.json")["Location"] == "/provinces/cn-ln.json"


@pytest.mark.parametrize("address", ["/", "/provinces/", "/provinces.json", "/data/china-provinces/1/data.csv"])
def test_only_reading_is_allowed(address, site, client):
    for method in (client.post, client.put, client.delete, client.patch):
        assert method(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", ["/provinces/", "/provinces.json", "/provinces.svg", "/commodities/v/"])
def test_a_reader_who_has_the_bytes_gets_none(address, site, client):
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address + "?estimates=off", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.slow
def test_nothing_is_kept_about_a_reader(site, client):
    for address in PAGES:
        client.get(address)
    assert not client.session.keys() and cache.get("x") is None


def test_names_of_addresses_are_those_that_templates_use():
    assert reverse("provinces") == "/provinces/" and reverse("provinces", args=["json"]) == "/provinces.json"
    assert reverse("province", args=["cn-ln"]) == "/provinces/cn-ln/"
    assert reverse("commodity", args=["v", "svg"]) == "/commodities/v.svg"
    assert reverse("release", args=["china-provinces", 2]) == "/data/china-provinces/2/"
    assert reverse("latest_file", args=["china-provinces", "workbook.xlsx"]) == (
        "/data/china-provinces/latest/workbook.xlsx"
    )
