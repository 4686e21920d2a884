"""The API against its own OpenAPI document, by schemathesis: without a session, and with a superuser's.

It has no other way to log in, and a session gains nothing: the answers are the same, and nothing is written.
"""

from unittest.mock import patch

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from hypothesis import settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from site_texts import shown_texts
from tests.accounts import site
from tests.attacks import effects, sessions
from tests.samples import soaking

pytestmark = pytest.mark.slow
publish = site.make
# The document has the words of the site, and the database of the tests is not there yet.
with patch("site_texts.shown_texts.now", shown_texts.last_read):
    SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
SEVERAL = settings(max_examples=300 if soaking() else 8)  # beside what schemathesis tries of each parameter
PLAIN = {"Accept-Encoding": "identity"}
# What OpenAPI has no words for: two parameters that exclude each other, codes that are not in the tables, cursors that
# were made up. Such a request is refused though each of its parameters is as the document says.
BEYOND_THE_DOCUMENT = {"asked_twice", "wrong_key", "unknown_code", "bad_cursor"}


# What is there, beside what the document lets one ask for: drawn from that alone, hardly an address would be found.
THERE = {"slug": ["china-provinces", "china-commodities"], "n": [1, 2], "release": [1, 2], "from": [1], "to": [2]}


def know_what_is_there(document):
    for path, methods in document["paths"].items():
        for parameter in methods["get"].get("parameters", []):
            if (name := parameter["name"]) in THERE and not (name in ("from", "to") and "changes" not in path):
                parameter["schema"] = {"anyOf": [{"enum": THERE[name]}, parameter["schema"]]}


know_what_is_there(SCHEMA.raw_schema)


def asked(case, **cookies):
    """Send a request, and hold the answer against the document by all checks that apply to it."""
    cache.clear()  # what is counted of this address
    with effects.noted() as written:
        answer = case.call(headers=PLAIN, cookies=cookies)
    is_beyond = answer.status_code in (400, 422) and answer.json()["error"]["code"] in BEYOND_THE_DOCUMENT
    case.validate_response(answer, excluded_checks=[positive_data_acceptance] if is_beyond else [])
    assert written == []
    return answer


@SCHEMA.parametrize()
@SEVERAL
def test_every_answer_is_what_the_document_says_with_a_session_too(case, root, requests_share_the_tests_connection):
    answer = asked(case, sessionid=root.cookies["sessionid"].value, csrftoken=sessions.OWN)
    assert answer.content == asked(case).content
    assert "set-cookie" not in answer.headers
