"""What the heads of pages say to machines."""

import json
import re

import pytest

from tests.samples import slow_after
from tests.schema_org import unknown
from tests.trade.sites import GOODS, PLACES, name_things, release
from trade.models import Dataset, Release
from trade.publishing.removing import withdrawal

VIEWS = ["/provinces/", "/provinces/cn-ln/", "/commodities/", "/commodities/27/", "/provinces/?year=2023&unit=share"]
DATA = ["/data/china-provinces/", "/data/china-provinces/1/"]


def publish():
    """Publish one release of the provinces, one of the goods."""
    name_things()
    release("china-provinces", PLACES)
    release("china-commodities", GOODS)


def links(page):
    """The links of a page's head: [("cite-as", "http://…"), …]."""
    return re.findall(r'<link rel="([\w-]+)"[^>]* href="([^"]*)"', page.replace("&amp;", "&"))


def described(page):
    """What a page says of itself; the front page tells of the site before that."""
    *_site, block = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)


@pytest.mark.parametrize("address", slow_after(3, VIEWS + DATA))
def test_a_page_describes_its_figures_with_whole_addresses(address, site, client):
    about = described(client.get(address).content.decode())
    assert (about["@type"], about["isAccessibleForFree"]) == ("Dataset", True)
    assert {"name", "description", "license", "creator", "isBasedOn", "version", "datePublished"} <= set(about)
    assert 50 <= len(about["description"]) <= 5000
    assert all(one["@type"] == "DataDownload" for one in about["distribution"])
    addresses = [about["@id"], about["url"], *(one["contentUrl"] for one in about["distribution"])]
    for one in addresses:
        assert one.startswith("http://testserver/") and client.get(one).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("address", slow_after(3, VIEWS + DATA))
def test_a_page_links_to_its_files_and_to_the_address_by_which_it_is_cited(address, site, client):
    found = links(client.get(address).content.decode())
    slug = "china-commodities" if "commodities" in address else "china-provinces"
    cited = dict(found)["cite-as"]
    assert "release=1" in cited if address in VIEWS else cited == f"http://testserver/data/{slug}/1/"
    assert client.get(cited).status_code == 200
    alternates = [href for rel, href in found if rel == "alternate"]
    assert len(alternates) >= 4
    assert [client.get(href).status_code for href in alternates] == [200] * len(alternates)


@pytest.mark.slow
def test_words_of_editors_cannot_leave_the_data_block(site, client):
    Dataset.objects.filter(slug="china-provinces").update(description="</script><script>alert(1)</script> & more" * 2)
    release("china-provinces", [PLACES[0] | {"value_usd": 7}])
    page = client.get("/data/china-provinces/").content.decode()
    assert "<script>alert" not in page
    assert "</script><script>alert(1)</script>" in described(page)["description"]


def test_a_withdrawn_release_is_not_described(site, client):
    withdrawal.withdraw(Release.objects.get(dataset="china-provinces", number=1), "The wrong file.")
    for address in DATA:
        page = client.get(address).content.decode()
        assert "ld+json" not in page and "cite-as" not in page


KINDS = {
    "/": "Dataset", "/provinces/": "Dataset", "/provinces/?release=1": "Dataset", "/provinces/cn-ln/": "Dataset",
    "/commodities/": "Dataset", "/commodities/v/": "Dataset", "/commodities/27/": "Dataset",
    "/commodities/2701/": "Dataset", "/commodities/other/": "Dataset", "/data/": "DataCatalog",
    "/data/china-provinces/": "Dataset", "/data/china-provinces/1/": "Dataset", "/api/": "WebAPI",
}  # fmt: skip


def whole_addresses(node):
    """Every address of ours in a JSON-LD node, and in those inside it."""
    for name, value in node.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from whole_addresses(one)
            elif name in ("@id", "url", "contentUrl", "documentation"):
                yield one


def is_described(page, kind, client):
    """Hold the JSON-LD of a page against schema.org's vocabulary, and its addresses against the site."""
    about = described(page)
    assert (about["@context"], about["@type"]) == ("https://schema.org/", kind)
    assert unknown(about) == []
    for address in set(whole_addresses(about)):
        assert address.startswith("http://testserver/")
        assert client.get(address.partition("#")[0]).status_code == 200, address


@pytest.mark.slow
@pytest.mark.parametrize(("address", "kind"), slow_after(2, KINDS.items()))
def test_the_json_ld_of_every_kind_of_page_is_of_schema_org(address, kind, site, client):
    is_described(client.get(address).content.decode(), kind, client)


@pytest.mark.slow
@pytest.mark.parametrize("address", slow_after(2, KINDS))
def test_every_kind_of_page_has_one_canonical_address_and_one_to_be_cited_by(address, site, client):
    found = links(client.get(address).content.decode())
    for kind in ("canonical", "cite-as"):
        [href] = [href for rel, href in found if rel == kind]
        assert href.startswith("http://testserver/") and client.get(href).status_code == 200
