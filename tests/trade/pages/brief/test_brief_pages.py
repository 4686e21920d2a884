"""The pages of briefs, and the ways to them and to the feeds."""

import pytest

from tests.trade import sites

pytestmark = pytest.mark.slow

publish = sites.usual
BRIEFS = ["/totals/brief/", "/provinces/cn-ln/brief/", "/commodities/27/brief/", "/commodities/2701/brief/"]


@pytest.mark.parametrize("address", BRIEFS)
def test_a_brief_says_what_its_page_says(site, client, address):
    page = client.get(address.removesuffix("brief/")).context["payload"]
    response = client.get(address)
    assert response.status_code == 200 and not response.cookies
    made = response.context["payload"]
    assert made["title"] == page["title"] and made["brief"]["page_url"] == page["url"]
    html = response.content.decode()
    assert f'<link rel="canonical" href="http://testserver{page["url"]}">' in html
    assert "style=" not in html and "<script>" not in html
    assert made["share"]["frozen_url"] in html.replace("&amp;", "&")


def test_a_frozen_brief_is_of_its_release_and_asks_not_to_be_found(site, client):
    old = client.get("/provinces/cn-ln/brief/?release=1&year=2023")
    assert old.context["payload"]["release"]["number"] == 1
    assert b'content="noindex"' in old.content and "US$1.50\xa0m" in old.content.decode()
    assert "US$1.60\xa0m" in client.get("/provinces/cn-ln/brief/?year=2023").content.decode()


def test_bad_choices_are_explained_and_the_brief_is_shown(site, client):
    response = client.get("/provinces/cn-ln/brief/?year=1800&estimates=perhaps&release=99")
    assert response.status_code == 200
    assert len(response.context["payload"]["notices"]) == 3


@pytest.mark.parametrize("address", ["/provinces/cn-xx/", "/commodities/other/", "/commodities/all/"])
def test_what_has_no_page_of_its_own_has_no_brief(site, client, address):
    assert client.get(f"{address}brief/").status_code == 404


def test_a_code_in_capitals_is_sent_to_its_address(site, client):
    assert client.get("/commodities/V/brief/?year=2024")["Location"] == "/commodities/v/brief/?year=2024"


@pytest.mark.parametrize("address", BRIEFS)
def test_a_brief_takes_few_queries(site, client, address, django_assert_max_num_queries):
    client.get("/healthz")
    with django_assert_max_num_queries(12):
        client.get(f"{address}?year=2024")


def test_pages_lead_to_their_brief_and_to_their_feed(site, client):
    html = client.get("/provinces/cn-ln/?year=2023").content.decode()
    assert 'href="/provinces/cn-ln/brief/?year=2023" data-format="brief"' in html
    assert html.count('href="/provinces/cn-ln/releases.atom"') == 2
    assert html.count('type="application/atom+xml"') == 3
    assert "releases.atom" in client.get("/commodities/27/").content.decode()
    assert 'href="/data/china-provinces/releases.atom"' in client.get("/data/china-provinces/").content.decode()
    assert "/brief/" not in client.get("/provinces/").content.decode()
