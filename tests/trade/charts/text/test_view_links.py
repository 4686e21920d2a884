"""A view passed on: frozen to a release or live, with its addresses and its citation."""

import re

import pytest

from tests.samples import slow_after
from tests.trade import cubes, sites
from tests.trade.cubes import numbers_in
from tests.trade.templatetags.test_structured_data import links
from trade.bundles import storage
from trade.charts import view_rows
from trade.charts.text import labels, view_links
from trade.models import Release

VIEWS = ["/provinces/", "/provinces/cn-ln/", "/commodities/", "/commodities/v/", "/commodities/other/"]
KEYS = {"live_url", "frozen_url", "embed_url", "embed_frozen_url", "png_url", "svg_url", "csv_url", "xlsx_url"}


publish = sites.with_a_withdrawal


def twin(client, address, form="json", query=""):
    return client.get(f"{address.rstrip('/')}.{form}{query}")


@pytest.mark.slow
@pytest.mark.parametrize("address", slow_after(3, VIEWS))
def test_a_frozen_view_and_its_twins_show_the_numbers_of_their_release(address, site, client):
    slug = "china-provinces" if "provinces" in address else "china-commodities"
    live, first = twin(client, address).json(), twin(client, address, query="?release=1").json()
    assert (live["release"]["number"], first["release"]["number"]) == (3, 1)
    assert numbers_in(live) != numbers_in(first) or address == "/commodities/other/"
    page = client.get(address, {"release": 1}).context["payload"]
    assert numbers_in(page) == numbers_in(first) and page["notices"] == []
    assert f"data/{slug}/1/" in page["release"]["url"]
    rows = twin(client, address, "csv", "?release=1").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(view_rows.of(page)) > 1 or not page["figures"]
    words = re.sub(r"<[^>]+>", " ", twin(client, address, "svg", "?release=1").content.decode())
    assert re.search(r"[Rr]elease\s+1\b", words) and not re.search(r"[Rr]elease\s+3\b", words)


@pytest.mark.parametrize("address", VIEWS)
def test_every_link_of_a_frozen_view_stays_frozen(address, site, client):
    payload = twin(client, address, query="?release=1").json()
    choices = [c["url"] for control in payload["controls"] if control["name"] != "dataset" for c in control["choices"]]
    drawn = [c["url"] for figure in payload["figures"] for c in figure["categories"] if c["url"]]
    assert choices and all("release=1" in url for url in choices + drawn)


@pytest.mark.parametrize("address", VIEWS)
def test_a_page_frozen_to_an_older_release_says_so_and_asks_not_to_be_found(address, site, client):
    response = client.get(address, {"release": 1, "estimates": "off"})
    page = response.content.decode()
    assert response.context["payload"]["newer"] == {"number": 3, "url": f"{address}?estimates=off"}
    assert f'<a href="{address}?estimates=off">see the figures of release 3</a>' in page
    assert '<meta name="robots" content="noindex">' in page
    assert dict(links(page))["canonical"] == f"http://testserver{address}?release=1&estimates=off"


@pytest.mark.parametrize("address", VIEWS)
def test_a_page_frozen_to_the_newest_release_is_known_by_its_live_address(address, site, client):
    response = client.get(address, {"release": 3})
    assert response.context["payload"]["newer"] is None
    assert "noindex" not in response.content.decode()
    assert dict(links(response.content.decode()))["canonical"] == f"http://testserver{address}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("release=2", "Release 2 was withdrawn: A province was counted twice. The latest, release 3, is shown."),
        ("release=9", "This dataset has no release “9”; the latest, release 3, is shown."),
        ("release=0", "This dataset has no release “0”; the latest, release 3, is shown."),
        ("release=-1", "This dataset has no release “-1”; the latest, release 3, is shown."),
        ("release=" + "9" * 400, "This dataset has no release “999999999999999999999999999999…”"),
        ("release=999999999", "This dataset has no release “999999999”"),
        ("release=%00", "This dataset has no release “�”"),
    ],
)
def test_a_release_that_cannot_be_shown_gives_way_to_the_newest_with_a_reason(query, said, site, client):
    for address in VIEWS:
        response = client.get(f"{address}?{query}")
        payload = response.context["payload"]
        assert (response.status_code, payload["release"]["number"], payload["url"]) == (200, 3, address)
        assert len(payload["notices"]) == 1 and said in payload["notices"][0]


@pytest.mark.slow
def test_a_frozen_view_costs_at_most_one_query_more(site, client, django_assert_max_num_queries):
    for query, most in (("", 4), ("?release=3", 4), ("?release=1", 5), ("?release=2", 5), ("?release=9", 5)):
        with django_assert_max_num_queries(most):  # releases, sanctions, events, notes; the frozen release
            assert twin(client, "/provinces/", query=query).status_code == 200


def test_who_walks_through_the_archive_drives_no_newest_release_out_of_memory(site, client):
    twin(client, "/provinces/")
    held = storage._cube.cache_info()
    for number in (1, 3, 1):
        twin(client, "/provinces/", query=f"?release={number}")
    assert storage._cube.cache_info().currsize == held.currsize
    assert storage._cube.cache_info().maxsize <= 16 and storage._superseded_cube.cache_info().maxsize <= 4


@pytest.mark.parametrize("address", VIEWS)
def test_a_view_gives_its_addresses_live_and_frozen(address, site, client):
    for query in ("", "?estimates=off", "?release=1&estimates=off"):
        payload = twin(client, address, query=query).json()
        shared, number = payload["share"], payload["release"]["number"]
        assert KEYS | {"citation", "bibtex", "embed_height"} == set(shared) - {"brief_url", "feed_url"}
        rest = "estimates=off" if query else ""
        assert shared["live_url"] == address + ("?" + rest if rest else "")
        assert shared["frozen_url"] == f"{address}?release={number}" + ("&" + rest if rest else "")
        assert shared["embed_url"] == "/embed" + shared["live_url"]
        assert shared["embed_frozen_url"] == "/embed" + shared["frozen_url"]
        assert shared["csv_url"] == payload["csv_url"] and shared["svg_url"] == payload["svg_url"]


@pytest.mark.parametrize("address", slow_after(3, VIEWS))
def test_live_and_frozen_addresses_of_a_view_show_its_numbers(address, site, client):
    shown = twin(client, address, query="?estimates=off").json()
    for name in ("live_url", "frozen_url"):
        page = client.get(shown["share"][name])
        assert numbers_in(page.context["payload"]) == numbers_in(shown)


def test_a_view_is_cited_by_its_frozen_address_and_an_invention_is_called_one(site, client):
    shared = twin(client, "/provinces/", query="?release=1&flow=from_dprk").json()["share"]
    assert shared["citation"].startswith("Do not cite: the figures are invented for demonstration.")
    released = labels.day(Release.objects.get(dataset="china-provinces", number=1).created.date())
    assert f"from China–DPRK trade by Chinese province, release 1, {released}." in shared["citation"]
    assert "http://testserver/provinces/?release=1&flow=from_dprk (accessed [date])" in shared["citation"]
    assert "url = {http://testserver/provinces/?release=1&flow=from_dprk}" in shared["bibtex"]
    assert "DEMONSTRATION, invented figures: do not cite." in shared["bibtex"]


def test_a_site_that_says_where_it_stands_is_cited_there(site, client, settings):
    settings.SITE_URL = "https://yalu.example/"
    assert "https://yalu.example/provinces/?release=3" in twin(client, "/provinces/").json()["share"]["citation"]


def test_real_figures_are_cited_without_a_warning():
    payload = cubes.page(cubes.world(), "commodities")
    assert payload["share"]["citation"].startswith("Yalu (2026): “")
    assert "nvented" not in payload["share"]["citation"] + payload["share"]["bibtex"]


def test_bibtex_is_balanced_and_its_words_are_safe():
    payload = cubes.page(cubes.world(), "commodities") | {"title": "Up 50% to US$1 & more_{x}# \\fi"}
    text = view_links.bibtex(payload, "commodities-release-2", "https://yalu.example/commodities/?release=2")
    assert text.startswith("@online{commodities-release-2,\n")
    assert "title = {{Up 50\\% to US\\$1 \\& more\\_(x)\\# /fi}}" in text
    assert text.count("{") == text.count("}") and len(re.findall(r"^  \w+ = \{", text, re.MULTILINE)) == 9
