"""One site with two names has one address, in what is for good: ids, canonical links, citations."""

import re

import pytest
from django.test import RequestFactory

from tests.trade import sites
from web import site_address

publish = sites.usual
HOME = "https://yalu.example"


@pytest.mark.parametrize("address", ["/", "/provinces/", "/commodities/v/", "/data/china-provinces/1/"])
def test_a_page_is_canonical_under_the_one_name(address, site, client, settings):
    settings.SITE_URL = f"{HOME}/"
    page = client.get(address, headers={"host": "localhost"}).content.decode()
    canonical = re.search(r'<link rel="canonical" href="([^"]+)"', page).group(1)
    cited = re.search(r'<link rel="cite-as" href="([^"]+)"', page).group(1)
    assert canonical.startswith(f"{HOME}/") and cited.startswith(f"{HOME}/")
    assert "http://localhost" not in page


@pytest.mark.parametrize("address", ["/data/releases.atom", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt"])
def test_what_machines_read_is_the_same_under_every_name(address, site, client, settings):
    settings.SITE_URL = HOME
    first = client.get(address, headers={"host": "localhost"}).content
    again = client.get(address, headers={"host": "127.0.0.1:8000"}, secure=True).content
    assert first == again and HOME.encode() in first
    assert b"localhost" not in first and b"http://yalu" not in first


@pytest.mark.parametrize(
    ("host", "secure", "home"),
    [
        ("testserver", False, "http://testserver"),
        ("testserver:80", False, "http://testserver"),
        ("TESTSERVER.", True, "https://testserver"),
        ("testserver.:443", True, "https://testserver"),
        ("testserver:8000", False, "http://testserver:8000"),
    ],
)
def test_without_the_setting_it_is_the_host_that_was_asked_in_one_form(host, secure, home):
    request = RequestFactory().get("/", headers={"host": host}, secure=secure)
    assert site_address.of(request) == home
    assert site_address.whole(request, "/data/") == f"{home}/data/"
    assert site_address.whole(request, "https://elsewhere.example/") == "https://elsewhere.example/"


def test_the_contact_for_holes_is_told(client, settings):
    settings.SITE_CONTACT = "desk@yalu.example"
    response = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert lines["Contact"] == "mailto:desk@yalu.example"
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", lines["Expires"])
