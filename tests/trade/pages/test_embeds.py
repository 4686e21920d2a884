"""One figure of a view in a frame on another site."""

import re

import pytest

from tests.samples import slow_after
from tests.trade import sites
from trade.models import Annotation, CommodityObservation, ProvinceObservation, Release

publish = sites.with_a_withdrawal

EMBEDS = ["/embed/provinces/", "/embed/provinces/cn-ln/", "/embed/commodities/", "/embed/commodities/v/",
          "/embed/commodities/27/", "/embed/commodities/other/"]  # fmt: skip


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.slow
@pytest.mark.parametrize("address", EMBEDS)
def test_an_embed_may_stand_in_any_frame_and_sets_no_cookie(address, site, client):
    for _first_and_kept in range(2):
        response = client.get(address)
        assert response.status_code == 200 and not response.cookies
        assert "X-Frame-Options" not in response.headers
        assert "frame-ancestors *" in response["Content-Security-Policy"]
        assert "default-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "address", ["/", "/provinces/", "/commodities/v/", "/data/", "/provinces.svg", "/admin/login/"]
)
def test_nothing_else_may_be_framed(address, site, client):
    client.get("/embed/provinces/")
    response = client.get(address)
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


@pytest.mark.slow
@pytest.mark.parametrize("address", slow_after(3, EMBEDS))
def test_an_embed_shows_the_first_figure_of_its_page_and_where_it_comes_from(address, site, client):
    for query, number in (("", 3), ("?release=1", 1), ("?release=3&estimates=off", 3)):
        whole = client.get(address.removeprefix("/embed") + query).context["payload"]
        response = client.get(address + query)
        page, text = response.content.decode(), words(response.content.decode())
        assert response.context["payload"] == whole
        assert response.context["figure"]["id"] == whole["figures"][0]["id"]
        assert len(re.findall(r'class="chart [a-z]+[ "]', page)) == 1 and "noindex" in page
        for said in (whole["title"], whole["figures"][0]["title"], "US dollars", f"Release {number} of"):
            assert words(said) in text
        assert whole["dataset"]["source"] in text and "Invented figures." in text
        back = whole["url"].replace("&", "&amp;")
        assert f'<a href="{back}">Yalu: open this view ↗' in page and '<base target="_blank">' in page


def test_a_frozen_embed_says_when_its_release_is_not_the_newest(site, client):
    assert "A newer release is available: 3." in client.get("/embed/provinces/?release=1").content.decode()
    assert "is newer" not in client.get("/embed/provinces/?release=3").content.decode()


def test_another_figure_can_be_asked_for_and_one_that_is_none_gets_a_reason(site, client):
    for known in ("by-year", "ranked"):
        assert client.get("/embed/provinces/", {"figure": known}).context["figure"]["id"] == known
    assert client.get("/embed/commodities/", {"figure": "pie"}).context["figure"]["id"] == "pie"
    for found in ("pie3", "x" * 500, "\x00", "<b>"):
        response = client.get("/embed/provinces/", {"figure": found})
        assert response.context["figure"]["id"] == "by-year"
        [notice] = response.context["payload"]["notices"]
        assert "is not a figure in this view. Choose by-year or ranked" in notice and len(notice) < 300
        assert "<b>" not in response.content.decode().partition("trade-chart")[0]


def test_the_script_of_an_embed_has_no_address_to_open(site, client):
    for address in EMBEDS:
        figure = client.get(address).context["figure"]
        parts = [
            *figure["categories"],
            *figure["series"],
            *(point for one in figure["series"] for point in one["points"]),
        ]
        assert parts and not any(part.get("url") for part in parts)


def test_an_embed_has_nothing_of_a_page_around_its_figure(site, client):
    page = client.get("/embed/provinces/").content.decode()
    assert "<nav" not in page and "masthead" not in page and "<form" not in page
    assert len(page) < len(client.get("/provinces/").content.decode())


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/embed/", "/embed/provinces/cn-xx/", "/embed/commodities/xxii/", "/embed/data/",
                                     "/embed/provinces.json", "/embed/commodities/%00/"])  # fmt: skip
def test_an_unknown_embed_is_not_found(address, site, client):
    assert client.get(address).status_code == 404


def test_an_embed_in_capitals_leads_to_its_address(site, client):
    response = client.get("/embed/commodities/V/?release=1")
    assert (response.status_code, response["Location"]) == (301, "/embed/commodities/v/?release=1")
    assert (
        response["Content-Security-Policy"].endswith("frame-ancestors *")
        or "frame-ancestors *" in (response["Content-Security-Policy"])
    )


def test_before_the_first_release_an_embed_says_so(site, client):
    for rows in (ProvinceObservation, CommodityObservation, Release):
        rows.objects.all().delete()
    response = client.get("/embed/provinces/")
    assert response.status_code == 200 and "No figures yet" in response.content.decode()


def test_an_embed_asks_as_little_of_the_database_as_its_page(site, client, django_assert_max_num_queries):
    for query in ("", "?release=1&flow=from_dprk"):
        with django_assert_max_num_queries(6):
            assert client.get(f"/embed/provinces/{query}").status_code == 200


def test_an_embed_says_once_that_its_list_is_of_events(site, client):
    Annotation.objects.create(dataset_id="china-provinces", year=2023, text="Noted.")
    page = client.get("/embed/provinces/").content.decode()
    assert "Noted." in page
    assert page.count(">Events") == 1
