"""The page of gaps: what it shows, what it says of what it cannot, where it is found, and what it costs."""

import csv
import html
import io
import re

import pytest

from tests.trade import sites
from trade.models import Release
from trade.publishing.removing import withdrawal

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]

publish = sites.usual
PAGE = "/data/china-provinces/gaps/"


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2])
    return re.sub(r"\s+", " ", html.unescape(text))


def row(response, slug):
    """The cells of a row as a screen reader hears them."""
    (found,) = re.findall(rf'<tr id="{slug}">(.*?)</tr>', response.content.decode(), re.DOTALL)
    return re.findall(r"<i>(.*?)</i>", found)


def test_each_cell_says_what_is_known_of_a_province_in_a_year(site, client):
    response = client.get(PAGE)
    assert row(response, "cn-ln") == ["reported", "reported"]
    assert row(response, "cn-jl") == ["not listed", "provisional"]
    assert row(response, "cn-hl") == ["not listed", "estimated only"]
    assert "In 2024, 2 of 31 provinces are reported, 1 estimated only and 28 not listed." in words(response)


def test_the_other_direction_and_the_goods_of_a_chapter(site, client):
    assert row(client.get(PAGE, {"flow": "from_dprk"}), "cn-ln") == ["not listed", "reported"]
    response = client.get("/data/china-commodities/gaps/", {"flow": "from_dprk", "within": "27"})
    assert row(response, "2701") == ["reported"] and "/commodities/2701/" in response.content.decode()
    assert "27 Chapter 27" in words(response)


def test_the_csv_and_json_hold_the_cells(site, client):
    rows = list(csv.DictReader(io.StringIO(client.get("/data/china-provinces/gaps.csv").content.decode("utf-8-sig"))))
    cells = {(one["key"], one["period"]): (one["state"], one["status"]) for one in rows}
    assert cells["CN-HL", "2024"] == ("estimated", "E") and cells["CN-JL", "2023"] == ("unlisted", "")
    answer = client.get("/data/china-provinces/gaps.json").json()
    assert [{name: str(value) for name, value in one.items()} for one in answer["rows"]] == rows
    assert answer["unit"] == "observation status" and answer["release"]["number"] == 2
    assert client.get("/data/china-provinces/gaps.png").status_code == 404


def test_a_frozen_release_is_shown_as_it_was_and_asks_not_to_be_found(site, client):
    response = client.get(PAGE, {"release": "1"})
    assert "release 1" in words(response) and 'content="noindex"' in response.content.decode()
    assert "noindex" not in client.get(PAGE).content.decode()


@pytest.mark.slow
def test_a_withdrawn_release_is_not_shown_and_the_reason_is(site, client):
    withdrawal.withdraw(Release.objects.get(dataset="china-provinces", number=1), "Counted twice")
    response = client.get(PAGE, {"release": "1"})
    said = words(response)
    assert "Release 1 was withdrawn: Counted twice." in said and "release 3" in said


def test_without_any_release_the_page_says_so(site, client):
    response = client.get("/data/world-commodities/gaps/")
    assert response.status_code == 200 and "Nothing has been released yet." in words(response)
    assert client.get("/data/world-commodities/gaps.csv").status_code == 404


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ({"flow": "sideways"}, "“sideways” is not a direction of this dataset."),
        ({"within": "99999"}, "no goods “99999”; the whole dataset is shown"),
        ({"year": "1850"}, "no monthly data for “1850”"),
        ({"release": "77"}, "no release “77”; the latest, release 2, is shown"),
    ],
)
def test_what_cannot_be_shown_is_explained_and_the_usual_is_shown(query, notice, site, client):
    response = client.get(PAGE, query)
    assert response.status_code == 200 and notice in words(response) and row(response, "cn-ln")


def test_an_unknown_dataset_is_not_found(site, client):
    assert client.get("/data/nothing/gaps/").status_code == 404


def test_a_page_makes_few_queries_and_none_on_observations(site, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as asked:
        client.get(PAGE, {"flow": "from_dprk", "utm_source": "x"})
    assert not [one["sql"] for one in asked if "trade_observation" in one["sql"]]


@pytest.mark.slow
def test_dataset_release_charts_and_sitemap_lead_to_it(site, client):
    for address, target in [
        ("/data/china-provinces/", PAGE),
        ("/data/china-provinces/1/", f"{PAGE}?release=1"),
        ("/provinces/", PAGE),
        ("/provinces/?flow=from_dprk", f"{PAGE}?flow=from_dprk"),
        ("/provinces/cn-ln/", f"{PAGE}#cn-ln"),
        ("/commodities/2701/", "/data/china-commodities/gaps/?within=27#2701"),
    ]:
        assert f'href="{html.escape(target)}"' in client.get(address).content.decode(), address
    assert PAGE in client.get("/sitemap.xml").content.decode()


def test_a_dash_in_a_table_leads_to_the_gaps(site, client):
    page = client.get("/provinces/cn-jl/").content.decode()
    assert re.search(rf'<a href="{PAGE}#cn-jl">–<span class="visually-hidden"> missing', page)
