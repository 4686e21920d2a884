"""The feeds of a dataset, of a province and of goods."""

import xml.etree.ElementTree as ET

import pytest

from tests.trade.sites import GOODS, PLACES, name_things, release, reported
from trade.models import Release
from trade.pages.feeds import changed_things
from trade.publishing.removing import withdrawal

pytestmark = pytest.mark.slow

ATOM = "{http://www.w3.org/2005/Atom}"
LIAONING, JILIN = "/provinces/cn-ln/releases.atom", "/provinces/cn-jl/releases.atom"
INVENTED = "The figures are invented for demonstration."


def publish():
    """Three releases of the provinces, two of which change Liaoning; two of goods, the second of coal alone."""
    name_things()
    release("china-provinces", PLACES)
    release("china-provinces", [reported("CN-LN", 2023, 1_600_000)], note="Liaoning <corrected> & more.")
    release("china-provinces", [reported("CN-JL", 2024, 600_000)], note="Jilin corrected.")
    release("china-commodities", GOODS)
    release("china-commodities", [reported("2701", 2024, 710_000, "from_dprk")], note="Coal.")


def feed(client, address):
    return ET.fromstring(client.get(address).content)


def entries(client, address):
    found = feed(client, address).findall(f"{ATOM}entry")
    return [{name: one.findtext(f"{ATOM}{name}") for name in ("title", "summary", "id", "updated")} for one in found]


def test_the_feed_of_a_province_has_the_releases_that_changed_it_with_what_they_changed(site, client):
    second, first = entries(client, LIAONING)
    of_release = "in China–DPRK trade by Chinese province, release 2"
    assert second["title"] == f"Liaoning: 1 value new or changed (2023) {of_release}"
    assert second["summary"] == (
        "1 value new or changed (2023). exports to the DPRK, 2023: US$1,600,000 (was US$1,500,000). "
        f"Liaoning <corrected> & more. {INVENTED}"
    )
    assert first["summary"].startswith(
        "3 values new or changed (2023–2024). imports from the DPRK, 2024: US$300,000; exports to the DPRK, 2024: "
        "US$1,000,000; exports to the DPRK, 2023: US$1,500,000."
    )
    assert [one["title"].split(",")[-1] for one in entries(client, JILIN)] == [" release 3", " release 1"]


def test_an_estimate_and_a_missing_value_are_called_so(site, client):
    [entry] = entries(client, "/provinces/cn-hl/releases.atom")
    assert "exports to the DPRK, 2024, estimate: US$250,000" in entry["summary"]
    assert "exports to the DPRK, 2024: missing: data may exist but were not collected" in entry["summary"]


@pytest.mark.parametrize(
    ("slug", "releases", "code"),
    [("2701", [2, 1], ""), ("27", [2, 1], "2701, "), ("v", [2, 1], "2701, "), ("61", [1], "6109, ")],
)
def test_the_feed_of_goods_is_of_the_codes_below_them(site, client, slug, releases, code):
    found = entries(client, f"/commodities/{slug}/releases.atom")
    assert [int(one["title"].split()[-1]) for one in found] == releases
    assert f". {code}imports from the DPRK, 2024: US$" in found[0]["summary"]


def test_the_feed_of_a_dataset_has_its_releases_alone(site, client):
    found = feed(client, "/data/china-commodities/releases.atom")
    links = [one.find(f"{ATOM}link").get("href") for one in found.findall(f"{ATOM}entry")]
    assert links == [f"http://testserver/data/china-commodities/{n}/" for n in (2, 1)]
    assert found.findtext(f"{ATOM}title") == "Yalu: China–DPRK trade by HS heading: releases"
    everything = feed(client, "/data/releases.atom").findall(f"{ATOM}entry")
    ids = {one.findtext(f"{ATOM}id") for one in everything}
    assert {one.findtext(f"{ATOM}id") for one in found.findall(f"{ATOM}entry")} <= ids


@pytest.mark.parametrize("address", [LIAONING, "/data/china-provinces/releases.atom", "/commodities/27/releases.atom"])
def test_a_feed_has_what_atom_asks_for_under_the_one_name_of_the_site(site, client, settings, address):
    settings.SITE_URL = "https://yalu.example"
    for host in ("localhost", "127.0.0.1"):
        response = client.get(address, headers={"host": host})
        found = ET.fromstring(response.content)
        assert response["Content-Type"].startswith("application/atom+xml") and response["Last-Modified"]
        assert all(found.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "author/" + ATOM + "name"))
        links = {link.get("rel"): link.get("href") for link in found.findall(f"{ATOM}link")}
        page = address.removesuffix("releases.atom")
        assert links == {"self": f"https://yalu.example{address}", "alternate": f"https://yalu.example{page}"}
        ids = [one.findtext(f"{ATOM}id") for one in found.findall(f"{ATOM}entry")]
        assert len(set(ids)) == len(ids) and all(one.startswith("https://yalu.example/data/") for one in ids)
    again = client.get(address, headers={"If-None-Match": response["ETag"], "host": "127.0.0.1"})
    assert (again.status_code, again.content) == (304, b"") and not again.cookies


def test_an_entry_leads_to_the_page_as_the_release_has_it(site, client):
    links = [one.find(f"{ATOM}link").get("href") for one in feed(client, LIAONING).findall(f"{ATOM}entry")]
    assert links[0] == "http://testserver/provinces/cn-ln/?dataset=china-provinces&release=2"
    page = client.get(links[0].removeprefix("http://testserver"))
    assert page.status_code == 200 and page.context["payload"]["release"]["number"] == 2


@pytest.mark.parametrize("address", [LIAONING, "/commodities/v/releases.atom"])
def test_the_queries_do_not_grow_with_the_releases(site, client, address, django_assert_max_num_queries):
    client.get("/healthz")
    with django_assert_max_num_queries(7):
        client.get(address)


@pytest.mark.parametrize(
    "address", ["/provinces/cn-xx/", "/provinces/all/", "/commodities/2/", "/commodities/other/", "/data/none/"]
)
def test_what_has_no_page_of_its_own_has_no_feed(site, client, address):
    assert client.get(f"{address}releases.atom").status_code == 404


def test_a_code_in_capitals_is_sent_to_its_address(site, client):
    assert client.get("/commodities/V/releases.atom")["Location"] == "/commodities/v/releases.atom"


def test_characters_that_xml_cannot_hold_are_left_out(site, client):
    Release.objects.filter(dataset="china-provinces", number=2).update(note="A bell\x07 and \x01 nought \ufffe.")
    for address in (LIAONING, "/data/china-provinces/releases.atom", "/data/releases.atom"):
        assert any("A bell and  nought ." in one["summary"] for one in entries(client, address)), address


def test_a_feed_without_entries_is_the_same_each_time(site, client):
    found = feed(client, "/provinces/cn-gd/releases.atom")
    assert found.findtext(f"{ATOM}updated").startswith("1970-01-01") and not found.findall(f"{ATOM}entry")


def test_of_many_values_the_newest_are_listed_and_the_others_counted(site, client, monkeypatch):
    monkeypatch.setattr(changed_things, "LISTED", 2)
    assert "US$1,000,000; and 1 more." in entries(client, LIAONING)[1]["summary"]


@pytest.mark.slow
def test_a_withdrawn_release_says_why_and_none_of_its_values(site, client):
    withdrawal.withdraw(Release.objects.get(dataset="china-provinces", number=2), "The wrong file.")
    back, withdrawn, first = entries(client, LIAONING)
    assert withdrawn["summary"] == "Withdrawn: The wrong file." and withdrawn["title"].endswith("release 2: withdrawn")
    assert "US$1,500,000" in back["summary"] and "1,600,000" not in back["summary"]
    assert withdrawn["updated"] > first["updated"]
