"""The feed of releases, the sitemap, and what robots are told."""

import hashlib
import xml.etree.ElementTree as ET
from datetime import datetime

import pytest

from tests.trade.sites import PLACES, name_things, release, reported
from trade.models import Release
from trade.publishing.removing import withdrawal

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FEED = "/data/releases.atom"


def publish():
    """Publish two releases of the provinces."""
    name_things()
    release("china-provinces", PLACES, note="The first <figures> & more.")
    release("china-provinces", [reported("CN-LN", 2023, 1_600_000)], note="Liaoning corrected.")


def entries(client):
    return ET.fromstring(client.get(FEED).content).findall(f"{ATOM}entry")


def test_the_feed_lists_the_releases_newest_first_with_their_notes_and_their_checksums(site, client):
    found = [(entry.find(f"{ATOM}link").get("href"), entry.findtext(f"{ATOM}summary")) for entry in entries(client)]
    said = "The figures are invented for demonstration. SHA-256 of the SHA256SUMS file:"
    second, first = [
        hashlib.sha256(client.get(f"/data/china-provinces/{n}/SHA256SUMS").getvalue()).hexdigest() for n in (2, 1)
    ]
    assert found == [
        ("http://testserver/data/china-provinces/2/", f"Liaoning corrected. {said} {second}."),
        ("http://testserver/data/china-provinces/1/", f"The first <figures> & more. {said} {first}."),
    ]


def test_a_note_is_sent_as_the_plain_text_that_it_is(site, client):
    [summary] = [entry.find(f"{ATOM}summary") for entry in entries(client)][1:]
    assert summary.get("type") == "text"
    assert summary.text.startswith("The first <figures> & more.")


def test_the_ids_of_the_feed_are_of_the_one_name_of_the_site(site, client, settings):
    settings.SITE_URL = "https://yalu.example"
    for host in ("localhost", "127.0.0.1"):
        feed = ET.fromstring(client.get(FEED, headers={"host": host}).content)
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        assert ids[0] == "https://yalu.example/data/china-provinces/2/"
        assert feed.findtext(f"{ATOM}id") == "https://yalu.example/data/"


def test_the_feed_has_what_atom_asks_for(site, client):
    response = client.get(FEED)
    feed = ET.fromstring(response.content)
    assert response["Content-Type"].startswith("application/atom+xml")
    assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Yalu"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"http://testserver{FEED}", "alternate": "http://testserver/data/"}
    ids = [entry.findtext(f"{ATOM}id") for entry in entries(client)]
    assert len(set(ids)) == len(ids) == 2
    assert all(entry.findtext(f"{ATOM}updated") for entry in entries(client))


@pytest.mark.slow
def test_a_withdrawn_release_stays_in_the_feed_and_says_why(site, client):
    one = Release.objects.get(number=1)
    withdrawal.withdraw(one, "The wrong file.")
    entry = next(entry for entry in entries(client) if entry.findtext(f"{ATOM}id").endswith("/1/"))
    assert "<figures>" not in entry.findtext(f"{ATOM}summary")
    assert one.sums_checksum in entry.findtext(f"{ATOM}summary")
    assert entry.findtext(f"{ATOM}title").endswith("withdrawn")
    assert "Withdrawn: The wrong file." in entry.findtext(f"{ATOM}summary")
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == one.withdrawn


def test_who_has_the_feed_gets_not_modified_without_a_body_or_a_cookie(site, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        response = client.get(FEED)
    again = client.get(FEED, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"") and not response.cookies


@pytest.mark.slow
def test_every_address_of_the_sitemap_answers_and_none_asks_not_to_be_found(site, client):
    found = ET.fromstring(client.get("/sitemap.xml").content).findall(f"{MAP}url/{MAP}loc")
    addresses = [one.text.removeprefix("http://testserver") for one in found]
    assert {"/", "/provinces/cn-ln/", "/data/china-provinces/", "/data/china-provinces/2/", "/api/"} <= set(addresses)
    assert len(set(addresses)) == len(addresses)
    assert "/data/china-provinces/1/" not in addresses and "/commodities/27/" not in addresses
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200 and b"noindex" not in page.content, address


def test_the_sitemap_takes_few_queries(site, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert client.get("/sitemap.xml").status_code == 200


def test_robots_are_kept_from_the_desk_and_told_of_the_sitemap(site, client):
    said = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in said and "Sitemap: http://testserver/sitemap.xml" in said
