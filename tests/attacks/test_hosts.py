"""Whatever a request says of the site's name, no answer and no mail names another host than the site's own."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts import site
from tests.accounts.logins import editor
from tests.attacks import addresses
from tests.samples import some

publish = site.make
HOME = "https://yalu.example"
WATCHED = {"/healthz": 200, "/readyz": 200, "/metrics": 404}  # by who asks by the server's address
STRANGE = [
    "evil.example", "evil.example:80", "testserver.evil.example", "evil.example.", "testserver@evil.example",
    "testserver:80@evil.example", "evil.example#testserver", "testserver, evil.example", "testserver evil.example",
    "testserver:evil", "testserver/evil.example", "testserver\\evil.example", "[evil.example]", ".testserver",
    "eviltestserver", "testserver:80:evil.example", "testserver?evil.example", "127.0.0.1.evil.example", "[::1]:80",
    "testserver\tevil.example", "xn--evil-example", "evil。example", "testserver%2eevil.example", "*", "_", "0x7f.1",
]  # fmt: skip
ODD = ["TESTSERVER", "testserver.", "testserver:8081", "testserver:80", "testserver.:8081", "localhost:65535"]
SAID = {
    "X-Forwarded-Host": "evil.example", "X-Forwarded-Server": "evil.example", "X-Host": "evil.example",
    "X-Original-Host": "evil.example", "X-HTTP-Host-Override": "evil.example",
    "Forwarded": "host=evil.example;proto=ftp",
    "X-Forwarded-Proto": "https", "X-Forwarded-Scheme": "https", "X-Forwarded-Port": "8081", "X-Forwarded-Ssl": "on",
    "X-Original-URL": "/evil.example", "X-Rewrite-URL": "/evil.example", "X-Forwarded-Prefix": "/evil.example",
    "X-Script-Name": "/evil.example", "Script-Name": "/evil.example", "Origin": "https://evil.example",
    "Referer": "https://evil.example/", "True-Client-IP": "evil.example", "Front-End-Https": "on",
    "X-Wap-Profile": "https://evil.example/", "Via": "evil.example", "From": "evil.example",
}  # fmt: skip


def whole(answer) -> str:
    """All that was said, headers and body; of a picture or a workbook its bytes."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{dict(answer.headers)}{body.decode('utf-8', 'backslashreplace')}"


@pytest.mark.slow
def test_an_unknown_host_is_refused_at_every_address(site):
    client = Client(raise_request_exception=False)
    for number, address in enumerate(addresses.public() + addresses.of_staff()):
        for host in some(STRANGE[number % len(STRANGE) :] + STRANGE[: number % len(STRANGE)], 1):
            answer = client.get(address, headers={"Host": host})
            assert answer.status_code == WATCHED.get(address, 400), (address, host)
            assert "evil" not in whole(answer), (address, host)


@pytest.mark.slow
def test_under_another_form_of_its_name_the_site_names_the_one_address_that_is_set(site, settings):
    settings.SITE_URL = HOME
    client = Client(raise_request_exception=False)
    for number, address in enumerate(address for address in addresses.every() if address in addresses.public()):
        for host in some(ODD[number % len(ODD) :] + ODD[: number % len(ODD)], 1):
            said = whole(client.get(address, headers={"Host": host})).lower()
            found = [word for word in ("testserver", "localhost:", ":8081", ":65535") if word in said]
            assert found == [], (address, host)


@pytest.mark.slow
def test_no_header_names_another_host_at_any_address(root):
    visitor, readable = Client(raise_request_exception=False), addresses.public()
    for address in addresses.every():
        for names in some([list(SAID), *(list(SAID)[place::5] for place in range(5))], 1):
            for client in some([visitor, root] if address in readable else [root, visitor], 1):
                answer = client.get(address, headers={name: SAID[name] for name in names})
                said = whole(answer)
                assert "evil.example" not in said, (address, names)
                assert "https://testserver" not in said and ":8081" not in said, (address, names)


def link_of(**more) -> str:
    """Ask for a link to set a password anew; returns the mail, whole, or nothing if none was sent."""
    sent = len(mail.outbox)
    Client(raise_request_exception=False).post(
        reverse("account_reset_password"), {"email": "editor@example.org"}, **more
    )
    return "\n".join(f"{one.subject}\n{one.body}\n{one.alternatives}" for one in mail.outbox[sent:])


@pytest.fixture
def mails(settings, db):
    settings.EMAIL_URL = "memorymail://"
    editor()


def test_no_mail_about_a_password_names_another_host(mails):
    for host in STRANGE:
        assert link_of(headers={"Host": host}) == ""
    said = link_of(headers=SAID)
    assert "http://testserver/accounts/password/reset/" in said
    assert "evil" not in said and ":8081" not in said


@pytest.mark.parametrize("host", ODD)
def test_a_mail_about_a_password_names_the_one_address_that_is_set(host, mails, settings):
    settings.SITE_URL = HOME
    said = link_of(headers={"Host": host} | SAID)
    assert f"{HOME}/accounts/password/reset/" in said
    for other in ("testserver", "localhost", "8081", "65535", "evil"):
        assert other not in said.lower()
