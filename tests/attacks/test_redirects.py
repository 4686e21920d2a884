"""No address of the site leads a reader to another site, whatever it is told, and whatever the path."""

import pytest
from django.test import Client

from tests.accounts import site
from tests.attacks import account_forms, addresses, browsing, effects, markup, sessions
from tests.samples import soaking, some

publish = site.make
OWN = "testserver"
EVIL = "evil.example"
WANTED = [
    "https://evil.example/", "//evil.example/", "/\\evil.example/", "https:evil.example", "javascript:alert(1)",
    "///evil.example/", "////evil.example", "\\\\evil.example", "\\/evil.example", "http:///evil.example",
    "https:/evil.example", "https:\\\\evil.example", "http:\\evil.example", "//evil.example\\@testserver/",
    "//testserver@evil.example/", "https://testserver:80@evil.example/", "https://evil.example#@testserver/",
    "https://testserver.evil.example/", "https://evil.example?.testserver", "http://testserver:8081/",
    "/\t/evil.example/", "\t//evil.example/", " //evil.example/", "/\n/evil.example", "ht\ntps://evil.example",
    "java\tscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "//evil。example/",
    "/%0d%0aLocation:%20https://evil.example/", "/\r\nLocation: https://evil.example/", "/%5cevil.example/",
    "%2f%2fevil.example/", "%68ttps://evil.example/", "mailto:a@evil.example", "//evil.example%00.testserver/",
]  # fmt: skip
NAMES = (
    *("next", "url", "redirect", "redirect_to", "redirect_uri", "return", "return_to", "returnUrl", "continue", "goto"),
    *("dest", "destination", "target", "back", "from", "forward", "path", "_changelist_filters", "REDIRECT_FIELD_NAME"),
)
PATHS = [
    "//evil.example", "//evil.example/", "///evil.example/admin", "/\\evil.example", "/\\evil.example/%2e%2e",
    "//evil.example/%2f..", "/%2f%2fevil.example", "/%5cevil.example/", "/.evil.example", "/;@evil.example",
    "/admin//evil.example", "//evil.example/admin/trade", "/admin/\\evil.example", "/admin//evil.example/x",
    "/accounts//evil.example/login", "/api//evil.example", "/api/v1//evil.example/", "/api/v1/datasets//",
    "/provinces//evil.example", "//evil.example/provinces/CN-LN/", "/data//evil.example", "/admin/faq/measure//evil",
    "/admin/faq/resolution///evil.example/", "/\t/evil.example/", "/\r\nLocation:https://evil.example", "/http://evil.example",
    "/sanctions//evil.example", "/static//evil.example/", "/embed//evil.example/", "//evil.example/api/v1/datasets/",
    "/provinces/CN-LN\r\nX: y/", "/%0d%0aX:%20y/", "/admin/r/1//evil.example/",
]  # fmt: skip


def led_to(answer, asked) -> set[str]:
    """The hosts to which an answer leads by itself or by what it offers to press, without the site's own."""
    said = [answer[name] for name in ("Location", "Content-Location", "Refresh") if name in answer]
    if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
        said += markup.links(list(markup.elements(answer.content.decode())))
    return {host for host in (browsing.host_of(one, asked) for one in said) if host != OWN}


def is_evil(host):
    return EVIL in host or "evil" in host or host.startswith((f"{OWN}:", "javascript:", "data:", "mailto:a@"))


def evil_of(client, method, address, data=None, **more):
    answer = client.generic(method, "/", **more) if data is None else getattr(client, method)(address, data, **more)
    assert "\n" not in answer.get("Location", "") and "X" not in answer
    return {host for host in led_to(answer, f"http://{OWN}{address}") if is_evil(host)}


@pytest.mark.parametrize(
    ("reference", "host"),
    [("/a", OWN), ("a", OWN), ("//evil.example/", EVIL), ("/\\evil.example", EVIL), ("\\\\evil.example", EVIL),
     ("/\t/evil.example", EVIL), ("https:evil.example", EVIL), ("http:evil.example", OWN), ("http:/a", OWN),
     ("https://a@evil.example/", EVIL), ("java\nscript:x", "javascript:"), ("?a=//evil.example", OWN)],
)  # fmt: skip
def test_an_address_is_read_as_browsers_read_it(reference, host):
    assert browsing.host_of(reference, "http://testserver/admin/") == host


@pytest.mark.slow
def test_no_address_leads_elsewhere_whatever_it_is_told(root):
    for number, address in enumerate(addresses.every()):
        for wanted in some((WANTED[number % len(WANTED) :] + WANTED)[:12], 1):  # each at a third of the addresses
            visitor = Client(raise_request_exception=False)
            for client in some([visitor, root], 2 if address.startswith(("/admin", "/accounts")) else 1):
                told = {name: wanted for name in NAMES if name != "url" or not address.endswith("/add/")}
                found = evil_of(client, "get", address, told, headers={"Referer": "https://evil.example/"})
                assert found == set(), (address, wanted)


@pytest.mark.slow
@pytest.mark.parametrize("name", account_forms.FORMS)
def test_no_form_leads_elsewhere_once_it_was_taken(name, site, settings):
    settings.EMAIL_URL = "memorymail://"
    client, address, form = account_forms.FORMS[name]()
    for wanted in some(WANTED, 5):
        for sent, query in ((form | {"next": wanted}, {}), (form, {"next": wanted})):
            with effects.undone():
                borrowed = sessions.guarded(client)
                borrowed.handler.enforce_csrf_checks = False
                found = evil_of(borrowed, "post", address, sent, query_params=query, secure=True)
                assert found == set(), (wanted, query)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_no_path_leads_elsewhere(method, root):
    for path in PATHS:
        for client in (root, Client(raise_request_exception=False)):
            assert evil_of(client, method, path, PATH_INFO=path, QUERY_STRING="a=//evil.example") == set(), path


@pytest.mark.slow
def test_an_address_without_its_slash_leads_to_the_one_with_it_and_no_further(root):
    for address in addresses.every() if soaking() else addresses.every()[::4]:
        path = address.partition("?")[0]
        for other in {path.rstrip("/"), f"{path}/", f"/{path}", f"{path}//", path.upper()} - {"", path}:
            for method in some(["GET", "HEAD", "OPTIONS"], 1):
                assert evil_of(root, method, other, PATH_INFO=other) == set(), other
