"""The public pages: their numbers, their queries, their headers, and what they do with an address nobody wrote."""

import csv
import io
import json
import re
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples, slow_after
from tests.trade import sites
from trade.models import (
    CommodityObservation,
    ProvinceObservation,
    Release,
)
from trade.publishing import withdrawal

PAGES = ["/", "/provinces/", "/provinces/cn-ln/", "/commodities/", "/commodities/v/", "/commodities/27/",
         "/commodities/2701/", "/commodities/other/", "/data/", "/data/china-provinces/", "/data/china-provinces/1/",
         "/data/china-provinces/2/"]  # fmt: skip
CHARTS = PAGES[1:8]


publish = sites.usual


@pytest.fixture
def empty(site):
    """The site before its first release."""
    for rows in (ProvinceObservation, CommodityObservation, Release):
        rows.objects.all().delete()


def numbers_in(payload):
    """Every drawn value of a payload, figure by figure."""
    return [
        (drawn["id"], one["key"], [point["value"] for point in one["points"]])
        for drawn in payload["figures"]
        for one in drawn["series"]
    ]


@pytest.mark.parametrize("address", slow_after(3, PAGES))
def test_every_page_answers_without_a_cookie_and_with_few_queries(address, site, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("address", CHARTS)
def test_a_pages_queries_do_not_grow_with_the_data(address, site, client, django_assert_num_queries):
    with django_assert_num_queries(3):  # releases, sanctions, notes; the cube is parsed once a process
        assert client.get(address.rstrip("/") + ".json").status_code == 200


@pytest.mark.parametrize("address", slow_after(2, CHARTS))
def test_the_views_one_step_away_come_in_one_answer_with_as_few_queries(
    address, site, client, django_assert_num_queries
):
    page = client.get(address).context["payload"]
    assert page["views_url"] == address.rstrip("/") + ".views.json"
    with django_assert_num_queries(3):
        answer = client.get(page["views_url"]).json()
    assert page["url"] in answer["views"] and len(answer["views"]) > 3
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
        values = [float(row["value"]) if row["value"] else None for row in csv.DictReader(io.StringIO(text))]
        assert values == [value for _figure, _key, drawn in numbers_in(page) for value in drawn]


def test_the_numbers_of_a_page_are_those_that_stand(site, client):
    payload = client.get("/provinces.json").json()
    assert payload["sentence"].startswith(
        "China’s exports to the DPRK came to US$1.75\xa0m in 2024 (FOB, of which US$250\u202f000 is an estimate), 9.4%"
        " more than in 2023; the largest parts were Liaoning (US$1.00\xa0m) and Jilin (US$500\u202f000)."
    )


def test_the_csv_of_a_view_says_what_is_invented_and_leaves_missing_empty(site, client):
    response = client.get("/provinces.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert {row["demonstration"] for row in rows} == {"yes"}
    assert [r["value"] for r in rows if r["series"] == "cn-hl" and r["category"] == "2024"] == [""]
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


def test_a_frozen_file_never_changes_and_latest_does_soon(site, client):
    frozen, latest = (client.get(f"/data/china-provinces/{n}/data.csv") for n in ("1", "latest"))
    assert frozen["Cache-Control"] == "public, max-age=31536000, immutable"
    assert latest["Cache-Control"] == "public, max-age=60"
    assert latest["Content-Location"] == "/data/china-provinces/2/data.csv"
    old, new = (b"".join(response.streaming_content).decode("utf-8-sig") for response in (frozen, latest))
    assert "1500000" in old and "1600000" not in old
    assert "1600000" in new and "1500000" not in new


def test_a_files_tag_is_its_checksum_and_spares_the_reader_the_bytes(site, client):
    file = next(f for f in Release.objects.get(dataset="china-provinces", number=1).files if f["name"] == "data.csv")
    first = client.get("/data/china-provinces/1/data.csv")
    assert first["ETag"] == f'"{file["sha256"]}"'
    assert first["Content-Type"] == "text/csv; charset=utf-8"
    again = client.get("/data/china-provinces/1/data.csv", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])
    since = client.get("/data/china-provinces/1/data.csv", headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304


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


def test_a_withdrawn_release_keeps_its_entry_and_gives_its_reason_in_place_of_files(site, client):
    withdrawal.withdraw(Release.objects.get(dataset="china-provinces", number=2), "A province was counted twice.")
    gone = client.get("/data/china-provinces/2/data.csv")
    assert (gone.status_code, gone.content) == (410, b"This release was withdrawn: A province was counted twice.\n")
    page = client.get("/data/china-provinces/2/")
    assert (page.status_code, page.context["files"], page.context["is_superseded"]) == (200, [], False)
    assert client.get("/provinces.json").json()["release"]["number"] == 1
    assert client.get("/data/china-provinces/latest/data.csv")["Content-Location"] == "/data/china-provinces/1/data.csv"


def test_a_dataset_whose_only_release_is_withdrawn_has_pages_that_say_so(site, client):
    withdrawal.withdraw(Release.objects.get(dataset="china-commodities"), "Wrong file.")
    assert client.get("/commodities/").context["payload"] is None
    for address in ("/data/", "/data/china-commodities/", "/data/china-commodities/1/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("name", "kind", "saved"),
    [("data.csv", "text/csv; charset=utf-8", True), ("README.md", "text/markdown; charset=utf-8", False),
     ("SHA256SUMS", "text/plain; charset=utf-8", False), ("data.json", "application/json", False),
     ("data.parquet", "application/vnd.apache.parquet", True)],
)  # fmt: skip
def test_a_file_says_what_it_is_and_whether_to_save_it(name, kind, saved, site, client):
    response = client.get(f"/data/china-provinces/1/{name}")
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["Content-Disposition"].startswith("attachment" if saved else "inline")


@pytest.mark.slow
def test_a_page_number_that_is_none_shows_a_page(site, client):
    for page in ("x", "0", "-1", "99", "9" * 400):
        assert client.get("/data/china-provinces/1/", {"page": page}).status_code == 200
        assert client.get("/data/china-provinces/", {"page": page}).status_code == 200


@pytest.mark.slow
def test_every_link_in_a_payload_is_an_address_of_the_site(site, client):
    for address in CHARTS:
        payload = client.get(address.rstrip("/") + ".json").json()
        links = set(re.findall(r'"(?:url|json_url|csv_url|svg_url)": ?"([^"]+)"', json.dumps(payload)))
        assert links
        for link in links:
            assert client.get(link).status_code == 200, link


def test_healthz_asks_nothing_and_readyz_asks_the_database(site, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"
    with django_assert_num_queries(1):
        assert client.get("/readyz").content == b"ok\n"


@pytest.mark.slow
def test_nothing_is_kept_about_a_reader(site, client):
    for address in PAGES:
        client.get(address)
    assert not client.session.keys() and cache.get("x") is None


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


def test_names_of_addresses_are_those_that_templates_use():
    assert reverse("provinces") == "/provinces/" and reverse("provinces", args=["json"]) == "/provinces.json"
    assert reverse("province", args=["cn-ln"]) == "/provinces/cn-ln/"
    assert reverse("commodity", args=["v", "svg"]) == "/commodities/v.svg"
    assert reverse("release", args=["china-provinces", 2]) == "/data/china-provinces/2/"
    assert reverse("latest_file", args=["china-provinces", "workbook.xlsx"]) == (
        "/data/china-provinces/latest/workbook.xlsx"
    )
