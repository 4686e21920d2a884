"""The page of the index of goods and its files: what it says, what it asks of the database, what of nonsense."""

import csv
import io
import re

import pytest

from tests.trade import sites
from trade.models import CommodityObservation, Release

pytestmark = pytest.mark.slow

publish = sites.usual


def shown(client, query=""):
    response = client.get(f"/goods/{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("query, count", [("", 7), ("?section=v", 7), ("?flow=to_dprk", 7)])
def test_the_index_asks_a_fixed_number_of_queries_and_none_on_observations(
    query, count, site, client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(count) as asked:  # releases, rules, caps, headings, texts of the site
        shown(client, query)
    assert not any("observation" in one["sql"] for one in asked.captured_queries)


def test_a_section_that_is_asked_for_is_open_and_has_its_headings(site, client):
    page = shown(client, "?section=v")
    assert re.search(r'<details class="goods" id="v" open>', page) and page.count(" open>") == 1
    assert '<a href="/commodities/2701/">' in page and '<a href="/commodities/2701/">' not in shown(client)


def test_words_narrow_the_list_and_no_such_page_is_kept(site, client):
    page = shown(client, "?q=mineral")
    assert 'id="v" open' in page and 'id="i"' not in page and "noindex" in page
    assert "No goods were found for “zzz”" in shown(client, "?q=zzz")


@pytest.mark.parametrize(
    "query, said",
    [
        ("?flow=sideways", "“sideways” is not a valid flow"),
        ("?flow=both", "“both” is not a valid flow"),
        ("?section=zz", "There is no section “zz”"),
        ("?dataset=nowhere", "There is no dataset “nowhere”"),
        ("?q=" + "a" * 200, "Only the first 100 characters"),
        ("?section=%00%ff&flow=", "There is no section"),
    ],
)
def test_what_is_not_understood_is_named_and_the_usual_is_shown(query, said, site, client):
    assert said in shown(client, query)


def test_one_choice_has_one_address(site, client):
    page = shown(client, "?flow=from_dprk&section=V&utm_source=x")
    assert re.search(r'rel="canonical" href="[^"]*/goods/\?section=v"', page)


def test_links_keep_the_direction_and_leave_the_year_to_each_page(site, client):
    assert 'href="/commodities/27/?flow=to_dprk"' in shown(client, "?flow=to_dprk")


def test_the_files_hold_the_rows_of_the_page_and_say_that_they_are_invented(site, client):
    text = client.get("/goods.csv").content.decode("utf-8-sig")
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(text)) if row["level"] != "section"}
    twin = {row["code"]: row for row in client.get("/goods.json").json()["goods"] if row["level"] != "section"}
    assert rows.keys() == twin.keys() and "2701" in rows
    valued = [code for code, row in rows.items() if row["value_usd"]]
    assert valued and all(int(rows[code]["value_usd"]) == twin[code]["value_usd"] for code in valued)
    assert {row["demonstration"] for row in rows.values()} == {"yes"}
    assert client.get("/goods.svg").status_code == 404


def test_before_the_first_release_the_page_says_so_and_there_are_no_files(site, client):
    CommodityObservation.objects.all().delete()
    Release.objects.filter(dataset__kind="commodity").delete()
    assert "No figures yet" in shown(client)
    assert client.get("/goods.csv").status_code == 404


def test_pages_of_goods_the_search_and_the_sitemap_lead_to_it(site, client):
    assert '<a href="/goods/">Index of goods</a>' in client.get("/commodities/27/").content.decode()
    assert '<a href="/goods/?flow=to_dprk">' in client.get("/commodities/?flow=to_dprk&year=2023").content.decode()
    assert "/goods/</loc>" in client.get("/sitemap.xml").content.decode()
    assert re.search(r'href="/commodities/" aria-current="true"', shown(client))
