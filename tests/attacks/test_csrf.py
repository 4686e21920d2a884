"""A page of another site that has a logged-in superuser send a form changes nothing, at whatever address."""

import json
from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.accounts import site, table
from tests.accounts.attempts import attempt
from tests.attacks import account_forms, addresses, effects, sessions
from tests.samples import some

publish = site.make
EVIL, OWN_ORIGIN = "https://evil.example", "https://testserver"
ROWS = table.rows()
MAY_WRITE = [row for row, cells in ROWS.items() if dict(zip(table.columns(), cells, strict=True))["superuser"] == "w"]
SHUFFLED = sorted(ROWS, key=lambda row: (row not in MAY_WRITE, row[::-1]))  # a sample has something of every app


def rewound(form: dict) -> dict:
    """The form with its files to be read from their beginnings."""
    for value in form.values():
        for one in value if isinstance(value, list) else [value]:
            if hasattr(one, "seek"):
                one.seek(0)
    return form


def posted(client: Client, address: str, form: dict, token: str = "", **more):
    return client.post(address, form | ({"csrfmiddlewaretoken": token} if token else {}), **more)


def without_its_cookie(client, address, form):
    del client.cookies["csrftoken"]
    return posted(client, address, form, sessions.OWN)


def as_a_query(client, address, form, **more):
    plain = {name: value for name, value in form.items() if name not in ("files", "import_file")}
    return client.get(f"{address}{'&' if '?' in address else '?'}{urlencode(plain, doseq=True)}", **more)


def as_text(client, address, form):
    """As a form with enctype=text/plain sends it, which needs no leave of the other site: JSON, with some luck."""
    return client.generic("POST", address, json.dumps(form, default=str), content_type="text/plain")


WAYS: dict[str, Callable] = {
    "no token": posted,
    "a foreign token": lambda *to: posted(*to, sessions.foreign_token()),
    "a foreign token in a header": lambda *to: posted(*to, headers={"X-CSRFToken": sessions.foreign_token()}),
    "no cookie": without_its_cookie,
    "from another origin": lambda *to: posted(*to, sessions.OWN, headers={"Origin": EVIL}),
    "from no origin": lambda *to: posted(*to, sessions.OWN, headers={"Origin": "null"}),
    "from another port": lambda *to: posted(*to, sessions.OWN, headers={"Origin": "http://testserver:8081"}),
    "from another page": lambda *to: posted(*to, sessions.OWN, secure=True, headers={"Referer": f"{EVIL}/"}),
    "from a page that is not told": lambda *to: posted(*to, sessions.OWN, secure=True),
    "as text": as_text,
    "by GET": as_a_query,
    "by GET that says it is POST": partial(as_a_query, headers={"X-HTTP-Method-Override": "POST"}),
}


def attacked(client, address, form) -> dict[str, list[str]]:
    """What each way of sending a form from another site writes: {"no token": [], …}."""
    with effects.undone(), effects.noted() as by_looking:  # a page may keep a challenge in the session
        sessions.guarded(client).get(address)
    found = {}
    for way, send in WAYS.items():
        with effects.undone(), effects.noted() as written:
            send(sessions.guarded(client), address, rewound(form))
        found[way] = [write for write in written if not (way.startswith("by GET") and write in by_looking)]
    return found


def sent_by_the_site_itself(client, address, form) -> list[str]:
    with effects.undone(), effects.noted() as written:
        posted(
            sessions.guarded(client), address, rewound(form), sessions.OWN, secure=True, headers={"Origin": OWN_ORIGIN}
        )
    return written


NOTHING = dict.fromkeys(WAYS, [])


@pytest.mark.slow
@pytest.mark.parametrize("row", some(SHUFFLED, 15))
def test_no_form_of_the_admin_is_sent_from_another_site(row, boss, root):
    tried = attempt(row, root, {})
    form = tried.form(boss)
    assert attacked(root, tried.address, form) == NOTHING
    assert bool(sent_by_the_site_itself(root, tried.address, form)) >= (row in MAY_WRITE)


@pytest.mark.slow
@pytest.mark.parametrize("name", account_forms.FORMS)
def test_no_form_of_an_account_is_sent_from_another_site(name, site, settings):
    settings.EMAIL_URL = "memorymail://"
    client, address, form = account_forms.FORMS[name]()
    assert attacked(client, address, form) == NOTHING
    assert sent_by_the_site_itself(client, address, form) != []


def test_each_address_of_accounts_that_takes_a_form_is_tried():
    names = {route.name for route in addresses.routes() if route.text.startswith("accounts/")}
    assert names - account_forms.ONLY_READ == set(account_forms.FORMS)


@pytest.mark.slow
def test_no_address_takes_anything_without_a_token(root):
    client = sessions.guarded(root)
    for address in addresses.every():
        for method in some(["post", "put", "patch", "delete"], 1):
            with effects.undone(), effects.noted() as written:
                answer = getattr(client, method)(address, {"a": "b"}, content_type="application/json")
            assert (written, answer.status_code) in (([], 403), ([], 404), ([], 405)), (address, method)
