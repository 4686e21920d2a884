"""The pages of charts: their numbers in every form, their queries, and what they do before the first release."""

import csv
import io
import json
import re
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples, slow_after
from tests.trade import sites
from tests.trade.cubes import numbers_in
from tests.trade.sites import CHARTS
from trade.charts import view_rows
from trade.models import (
    CommodityObservation,
    ProvinceObservation,
    Release,
    TotalObservation,
)

publish = sites.usual


@pytest.fixture
def empty(site):
    """The site before its first release."""
    for rows in (ProvinceObservation, CommodityObservation, TotalObservation, Release):
        rows.objects.all().delete()


@pytest.mark.parametrize("address", CHARTS)
def test_a_pages_queries_do_not_grow_with_the_data(address, site, client, django_assert_num_queries):
    of_rules = 2 if "/27" in address else 0  # a page of codes says what is in force
    with django_assert_num_queries(4 + of_rules):  # releases, sanctions, events, notes; the cube is parsed once
        assert client.get(address.rstrip("/") + ".json").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("address", slow_after(2, CHARTS))
def test_the_views_of_all_times_come_in_one_answer_with_as_few_queries(
    address, site, client, django_assert_num_queries
):
    page = client.get(address).context["payload"]
    assert page["views_url"] == address.rstrip("/") + ".views.json"
    of_rules = 2 if "/27" in address else 0
    with django_assert_num_queries(4 + of_rules):
        answer = client.get(page["views_url"]).json()
    years = {choice["url"] for one in page["controls"] if one["name"] == "year" for choice in one["choices"]}
    assert set(answer["views"]) == {page["url"]} | years
    held = {key for view in answer["views"].values() for key in view["figures"]}
    assert held == set(answer["figures"])
    for url, view in answer["views"].items():
        assert view["title"] == client.get(url).context["payload"]["title"]


def test_there_are_no_views_of_an_unknown_code_nor_before_the_first_release(site, client):
    assert client.get("/commodities/98.views.json").status_code == 404
    assert client.get("/home.views.json").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("address", CHARTS)
def test_a_page_its_json_and_its_csv_hold_the_same_numbers(address, site, client):
    for query in ("", "?flow=to_dprk&estimates=off", "?year=2023&flow=from_dprk", "?view=lines&unit=share"):
        page = client.get(address + query).context["payload"]
        twin = client.get(address.rstrip("/") + ".json" + query).json()
        assert numbers_in(twin) == numbers_in(page)
        assert (twin["title"], twin["sentence"]) == (page["title"], page["sentence"])
        text = client.get(address.rstrip("/") + ".csv" + query).content.decode("utf-8-sig")
        values = [int(row["value_usd"]) if row["value_usd"] else None for row in csv.DictReader(io.StringIO(text))]
        assert values == [row["value_usd"] for row in view_rows.of(page)]


def test_the_numbers_of_a_page_are_those_that_stand(site, client):
    payload = client.get("/provinces.json").json()
    assert payload["sentence"].startswith(
        "China’s exports to the DPRK came to US$1.75\xa0m in 2024 (FOB, of which US$250,000 is an estimate),"
        " on reported values alone 6.2% less than in 2023 where both periods have a figure;"
        " led by Liaoning (US$1.00\xa0m) and Jilin (US$500,000)."
    )


def test_the_csv_of_a_view_says_what_is_invented_and_leaves_missing_empty(site, client):
    response = client.get("/provinces.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert {row["demonstration"] for row in rows} == {"yes"}
    heilongjiang = [row for row in rows if (row["chart"], row["member"], row["period"]) == ("by-year", "cn-hl", "2024")]
    assert [(row["component"], row["value_usd"], row["status"]) for row in heilongjiang] == [
        ("reported", "", "L"),
        ("estimate", "250000", "E"),
    ]
    assert 'filename="china-provinces-2-to_dprk-2024.csv"' in response["Content-Disposition"]


def test_the_svg_of_a_view_stands_alone(site, client):
    response = client.get("/commodities.svg")
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "Demonstration data" in response.content.decode() and "<a " not in response.content.decode()


@pytest.mark.parametrize("address", CHARTS)
def test_before_the_first_release_a_page_says_so_and_has_no_twins(address, empty, client):
    assert client.get(address).status_code == 200
    assert client.get(address).context["payload"] is None
    for form in (".json", ".csv", ".svg"):
        assert client.get(address.rstrip("/") + form).status_code == 404


@pytest.mark.parametrize("address", ["/", "/data/", "/data/china-provinces/"])
def test_before_the_first_release_the_other_pages_stand(address, empty, client):
    assert client.get(address).status_code == 200


def test_a_dataset_without_a_release_is_no_choice(site, client):
    payload = client.get("/commodities.json?dataset=world-commodities").json()
    assert payload["dataset"]["slug"] == "china-commodities"
    assert "There is no dataset “world-commodities” for this page." in payload["notices"][0]


@pytest.mark.slow
def test_every_link_in_a_payload_is_an_address_of_the_site(site, client):
    for address in CHARTS:
        payload = client.get(address.rstrip("/") + ".json").json()
        links = set(re.findall(r'"(?:url|json_url|csv_url|svg_url)": ?"([^"]+)"', json.dumps(payload)))
        assert links
        for link in links:
            assert client.get(link).status_code == 200, link


WORDS = st.one_of(
    st.sampled_from(
        ["to_dprk", "from_dprk", "2023", "2024", "on", "off", "china-commodities", "earliest", "lines", "share", ""]
    ),
    st.text(max_size=20),
    st.integers().map(str),
)
QUERIES = st.lists(
    st.tuples(st.sampled_from(["dataset", "flow", "year", "estimates", "page", "unit", "view", "q"]), WORDS)
)


@pytest.mark.slow
@examples(150)
@given(st.sampled_from(CHARTS), QUERIES)
def test_any_query_shows_a_page_whose_json_has_the_same_numbers(site, client, address, query):
    query = urlencode(query, errors="replace")
    page = client.get(f"{address}?{query}")
    twin = client.get(f"{address.rstrip('/')}.json?{query}")
    assert (page.status_code, twin.status_code) == (200, 200)
    assert numbers_in(page.context["payload"]) == numbers_in(twin.json())
    assert twin.json()["notices"] == page.context["payload"]["notices"]
