"""The headers of every answer, by the rules of the HTTP Observatory, and hosts that are not ours."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings

from tests.trade import sites

publish = sites.usual
EVERY = ["/", "/provinces/", "/provinces.json", "/data/china-provinces/1/data.csv", "/api/v1/datasets",
         "/data/releases.atom", "/nothing/", "/healthz", "/admin/login/"]  # fmt: skip


def policy(response) -> dict:
    """The Content-Security-Policy, taken apart: {"default-src": ["'self'"], …}."""
    return {name: values for name, *values in map(str.split, response["Content-Security-Policy"].split(";"))}


@pytest.mark.parametrize("address", EVERY)
def test_every_answer_bears_the_headers_of_security(address, site, client):
    response = client.get(address, secure=True)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "camera=()" in response["Permissions-Policy"] and "geolocation=()" in response["Permissions-Policy"]
    found = policy(response)
    assert found["default-src"] == ["'self'"] and found["object-src"] == ["'none'"]
    assert found["frame-ancestors"] == ["'none'"] and found["base-uri"] == ["'none'"]
    assert found["form-action"] == ["'self'"]
    assert not any("unsafe" in value or ":" in value for values in found.values() for value in values)


def test_cookies_are_for_https_and_not_for_scripts(client, db):
    page = client.get("/admin/login/", secure=True)
    for cookie in page.cookies.values():
        assert cookie["secure"] and cookie["samesite"] in ("Lax", "Strict")


def test_http_leads_to_https_of_the_same_host_at_once(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/provinces/?year=2016")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/provinces/?year=2016")


def test_how_long_browsers_insist_on_https_is_the_operators_to_say(site, client, settings):
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD = False, False
    assert Client().get("/provinces/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"


def test_what_is_not_public_data_stays_closed_to_other_sites(site, client):
    for address in ("/", "/provinces/", "/admin/login/", "/nothing/", "/healthz"):
        response = client.get(address)
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("address", ["/", "/provinces/", "/nothing/", "/api/v1/datasets", "/admin/"])
@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "a b", "[::1", "testserver:x"])
def test_a_host_that_is_not_ours_is_refused(address, host, db):
    response = Client(raise_request_exception=True).get(address, headers={"host": host})
    assert response.status_code == 400
    assert "This request could not be understood" in response.content.decode()
    assert host not in response.content.decode()


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.parametrize("host", ["10.0.0.7:8000", "evil.example", ""])
def test_health_is_told_to_whoever_asks_by_whatever_name(address, host, site, client):
    response = client.get(address, headers={"host": host})
    assert response.status_code == 200
    assert not host or host not in response.content.decode()


def test_not_modified_gives_no_length(site, client):
    for address in ("/provinces/", "/data/releases.atom", "/api/v1/datasets", "/data/china-provinces/1/data.csv"):
        tag = client.get(address)["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert again.status_code == 304 and again["ETag"] == tag
        assert "Content-Length" not in again


@pytest.mark.parametrize("number", ["400", "500", "503"])
def test_error_pages_ask_for_no_static_file_of_a_list(number):
    nothing = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    with override_settings(STORAGES={"staticfiles": nothing}):
        page = render_to_string(f"{number}.html")
    assert f"Error {number}" in page and 'href="/"' in page
