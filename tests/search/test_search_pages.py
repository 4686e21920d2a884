"""The page of the search, what its box asks, and the address of the API: for whatever is typed or sent."""

import json
import re
from urllib.parse import quote

import pytest
from django.core.cache import cache
from hypothesis import example, given
from hypothesis import strategies as st

from search import views
from tests.samples import examples
from tests.schema_org import unknown
from tests.search import indexed
from tests.words import assert_headings_in_order, text_of
from web.page_cache import stamp

pytestmark = [pytest.mark.both_databases]

publish = indexed.small


@pytest.fixture(autouse=True)
def uncounted():
    """Every test begins with no request counted, and with the stamp of its own database."""
    cache.clear()
    stamp.forget()


def page(client, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    return response


def test_the_page_lists_what_was_found_with_its_kind_code_and_a_line(site, client):
    response = page(client, "석탄")
    text = text_of(response)
    assert "Heading 2701 Coal 석탄" in text and "Sanction Coal; iron; iron ore" in text
    assert "Resolution 2371 (2017) · Full ban · From the DPRK · From 5 August 2017" in text
    assert '<span class="soft" lang="ko">석탄</span>' in response.content.decode()
    assert '<a href="/commodities/2701/">' in response.content.decode()
    assert_headings_in_order(response)


def test_the_page_says_how_much_was_found_and_asks_robots_not_to_keep_it(site, client):
    response = page(client, "Dandong")
    assert "3 results for “Dandong”." in text_of(response)
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "<title>Search: Dandong – " in response.content.decode()
    assert (response["Cache-Control"], bool(response.cookies)) == ("public, max-age=60", False)


def test_nothing_asked_and_nothing_found_give_examples_that_find_something(site, client):
    for query in ("", "   ", "xqzw", "?!"):
        found = re.findall(r'href="(/search/\?q=[^"]+)"', page(client, query).content.decode())
        assert len(found) == len(views.EXAMPLES)
    assert "Nothing was found for “xqzw”." in text_of(page(client, "xqzw"))
    for address in found:
        assert '<ol class="found"' in client.get(address).content.decode()


def test_a_misspelt_word_is_answered_and_said_so(site, client):
    text = text_of(page(client, "Liaonig"))
    assert "Nothing was found for “Liaonig”. These are the results for “liaoning”." in text and "CN-LN" in text


def test_of_a_long_query_the_beginning_counts_and_that_is_said(site, client):
    text = text_of(page(client, "coal " * 2_000))
    assert "Only the first 8 words, or 100 characters, of your query were used." in text


def test_the_page_has_one_form_of_the_search_and_others_have_one_in_their_masthead(site, client):
    for address in ("/search/", "/search/?q=coal", "/data/", "/nowhere/"):
        assert client.get(address).content.decode().count('role="search"') == 1


def test_a_search_costs_few_queries(site, client, django_assert_max_num_queries):
    for query in ("coal", "is coal banned? since when?", "xqzw", ""):
        with django_assert_max_num_queries(5):  # entries, stamp, texts of the site, and where nothing is found a guess
            page(client, query)


def test_the_box_gets_a_small_answer(site, client):
    response = client.get("/search.json", {"q": "coa"})
    results = response.json()["results"]
    assert len(results) == views.SUGGESTED and len(response.content) < 4_000
    assert results[0] == {
        "kind": "Heading", "title": "Coal", "code": "2701", "name": "", "language": "en", "text": "Coal",
        "url": "/commodities/2701/",
    }  # fmt: skip
    assert client.get("/search.json").json() == {"results": []}


def test_only_reading_is_answered(site, client):
    for address in ("/search/", "/search.json", "/opensearch.xml"):
        assert client.post(address).status_code == 405


def test_browsers_learn_of_the_search(site, client):
    assert '<link rel="search" type="application/opensearchdescription+xml"' in client.get("/").content.decode()
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    assert 'template="http://testserver/search/?q={searchTerms}"' in response.content.decode()


@pytest.mark.slow
def test_the_front_page_tells_machines_how_the_site_is_searched(site, client):
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get("/").content.decode())
    [described] = [block for block in map(json.loads, blocks) if block["@type"] == "WebSite"]
    assert unknown(described) == []
    assert described["potentialAction"]["target"]["urlTemplate"] == "http://testserver/search/?q={search_term_string}"


def test_who_asks_too_often_waits_a_minute(site, client, monkeypatch):
    monkeypatch.setattr(views.Searches, "most", 3)
    statuses = [client.get("/search.json", {"q": "coal"}).status_code for _time in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert client.get("/search/").status_code == 200  # which asks for nothing
    assert "Too many requests" in client.get("/search/", {"q": "coal"}).content.decode()


def test_the_api_gives_the_same_results(site, client):
    answer = client.get("/api/v1/search", {"q": "석탄", "limit": 2}).json()
    assert answer["query"] == "석탄"
    assert answer["results"][0] == {
        "kind": "heading", "code": "2701", "title": "Coal", "name": "석탄", "text": "Coal",
        "url": "http://testserver/commodities/2701/",
    }  # fmt: skip
    assert [result["kind"] for result in answer["results"]] == ["heading", "measure"]


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [({}, "q"), ({"q": ""}, "q"), ({"q": "x" * 101}, "q"), ({"q": "coal", "limit": 51}, "limit")],
)
def test_the_api_says_what_is_wrong(asked, parameter, site, client):
    response = client.get("/api/v1/search", asked)
    assert (response.status_code, response.json()["error"]["parameter"]) == (422, parameter)


NASTY = [
    *("\x00", "%", "_", "'; DROP TABLE search_term; --", "<script>alert(1)</script>", "\u202eknad\u202c"),
    *("🇰🇵👩\u200d👩\u200d👧", "\ud800", "\udcff%", "﷽" * 50, "İıſß", "ﬁ", "\U0010ffff", "Z" + "\u0351\u036b" * 40),
    *("x" * 10_240, "煤" * 4_000, "27." * 3_000),
]


@pytest.mark.parametrize("query", NASTY)
@pytest.mark.parametrize("address", ["/search/", "/search.json"])
def test_nothing_that_is_sent_does_harm(address, query, site, client):
    response = client.get(f"{address}?q={quote(query.encode('utf-8', 'surrogatepass'))}")
    text = response.content.decode()
    assert response.status_code == 200 and len(text) < 40_000
    assert "<script>alert" not in text and "\x00" not in text and "\u202e" not in text


@pytest.mark.slow
@examples(200)
@given(query=st.text(max_size=200))
@example(query="\ud800")
def test_any_text_is_answered(query, site, client):
    cache.clear()
    for address in ("/search/", "/search.json"):
        assert client.get(f"{address}?q={quote(query.encode('utf-8', 'surrogatepass'))}").status_code == 200
