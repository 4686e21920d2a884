"""All corrections stand on one page; under each view an error in it can be reported."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.trade import sites
from trade.bundles.facts import facts
from trade.models import Dataset, Release
from trade.pages import corrections
from trade.publishing import releases
from trade.publishing.removing import withdrawal

pytestmark = pytest.mark.both_databases

publish = sites.usual
QUERIES = 4  # the count, the page, the texts of the site, and what kept pages depend on


def entries(client, address="/corrections/"):
    return re.findall(r'<h2><a href="/data/([a-z/0-9-]+)/">', client.get(address).content.decode())


@pytest.fixture
def corrected(site):
    """A correction, a withdrawal (which makes a release of its own) and a change of description."""
    Release.objects.filter(dataset="china-provinces", number=2).update(kind="correction")
    sites.release("china-totals", [sites.reported("china-totals", 2023, 9, "total", publisher="x", source="y")])
    withdrawal.withdraw(Release.objects.get(dataset="china-totals", number=2), "A wrong file.")
    goods = Dataset.objects.get(pk="china-commodities")
    releases.describe(goods, facts(goods) | {"title": "Goods"}, note="Renamed.")


def test_every_correction_withdrawal_and_new_description_is_listed_newest_first(corrected, client):
    listed = ["china-commodities/2", "china-totals/3", "china-totals/2", "china-provinces/2"]
    assert entries(client) == listed
    content = client.get("/corrections/").content.decode()
    assert "A wrong file." in content and "Renamed." in content and "Goods, release 2" in content
    Dataset.objects.filter(pk="china-totals").update(state="hidden")
    assert entries(client) == ["china-commodities/2", "china-provinces/2"]


def test_the_list_is_paged_and_bounded(corrected, client, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(corrections, "PAGE", 3)
    with django_assert_max_num_queries(QUERIES):
        assert len(entries(client)) == 3
    assert entries(client, "/corrections/?page=2") == ["china-provinces/2"]


def test_data_the_footer_and_the_sitemap_lead_to_it(site, client):
    assert '<a href="/corrections/">' in client.get("/").content.decode()
    assert client.get("/data/").content.decode().count('<a href="/corrections/">') == 2
    assert "/corrections/</loc>" in client.get("/sitemap.xml").content.decode()


VIEW = "/provinces/?flow=from_dprk&year=2024"


@pytest.mark.parametrize("address", ["/", "/totals/", VIEW, "/commodities/27/"])
def test_under_each_view_an_error_in_it_can_be_reported_with_its_address(address, site, client, settings):
    settings.SITE_CONTACT = "desk@yalu.example"
    link = re.search(r'<a href="(mailto:[^"]+)" data-report', client.get(address).content.decode())[1]
    mail = urlsplit(html.unescape(link))
    said = parse_qs(mail.query)
    body = said["body"][0]
    assert mail.path == "desk@yalu.example" and said["subject"][0].startswith("Error in “")
    if address == VIEW:
        assert "http://testserver/provinces/?release=2&flow=from_dprk" in body.replace("%2C", ",")
    assert re.search(r"release \d of \d{4}-\d\d-\d\d", body)


@pytest.mark.parametrize(
    ("contact", "found"),
    [("", None), ("https://yalu.example/write", 'href="https://yalu.example/write" data-report=""')],
)
def test_without_a_contact_nothing_is_offered_and_a_page_is_linked_to(contact, found, site, client, settings):
    settings.SITE_CONTACT = contact
    content = client.get("/totals/").content.decode()
    assert (found in content) if found else ("data-report" not in content)
