"""Public data is open to pages of other sites, on files and forms of views as on the API."""

import pytest

from tests.trade import sites

publish = sites.usual
FILE = "/data/china-provinces/1/data.csv"
OPEN = [FILE, "/data/china-provinces/latest/data.parquet", "/provinces.csv", "/provinces.json", "/commodities/v.svg",
        "/provinces/cn-ln.xlsx", "/data/releases.atom", "/api/v1/datasets", "/cards/provinces.png"]  # fmt: skip


@pytest.mark.parametrize("address", OPEN)
def test_a_page_of_another_site_may_read_it_and_ask_before(address, site, client):
    response = client.get(address, headers={"Origin": "https://elsewhere.example"})
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Headers": "range, x-notebook"}
    preflight = client.options(address, headers=asked | {"Access-Control-Request-Method": "GET"})
    assert (response.status_code, preflight.status_code) == (200, 204)
    assert preflight["Access-Control-Allow-Headers"] == "range, x-notebook"
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    for answer in (response, preflight):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        exposed = answer["Access-Control-Expose-Headers"]
        assert all(name in exposed for name in ("Content-Range", "Content-Length", "Accept-Ranges", "ETag"))
        assert "Access-Control-Allow-Credentials" not in answer and not answer.cookies


@pytest.mark.parametrize("address", ["/data/china-provinces/9/data.csv", "/provinces/cn-xx.csv", "/api/v1/nothing"])
def test_an_error_may_be_read_as_well(address, site, client):
    response = client.get(address)
    assert response.status_code in (404, 422)
    if "/api/" in address:
        assert response["Access-Control-Allow-Origin"] == "*"


def test_a_preflight_repeats_nothing_that_is_no_name_of_a_header(site, client):
    hostile = {"Access-Control-Request-Headers": "range, x: y, <b>, " + "a" * 5000}
    allowed = client.options(FILE, headers=hostile)["Access-Control-Allow-Headers"]
    assert allowed.startswith("range") and not set(allowed) & set(":<> ".replace(" ", ""))
    assert len(allowed) < 1100
    assert "Range" in client.options(FILE)["Access-Control-Allow-Headers"]


def test_an_embed_may_be_framed_by_sites_that_isolate_themselves(site, client):
    assert client.get("/embed/provinces/")["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_nothing_can_be_written_from_anywhere(site, client):
    for address in OPEN:
        assert client.post(address).status_code == 405
