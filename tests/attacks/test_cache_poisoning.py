"""Nothing that one reader sends changes what the next one gets of the same address, kept or sent as a file."""

import pytest
from django.test import Client

from tests.accounts import site
from tests.attacks import addresses
from tests.attacks.test_hosts import SAID
from tests.samples import soaking, some
from tests.web.test_release_files import Process
from web.page_cache import shelf

pytestmark = [pytest.mark.usefixtures("keeping"), pytest.mark.slow]
publish = site.make
HEADERS = SAID | {
    "Accept-Language": "ko-KP, zh;q=0.9, \x00", "Accept-Encoding": "identity;q=0, zstd, xss-mark, *;q=0",
    "Accept": "text/x-evil", "Accept-Charset": "utf-7", "Authorization": "Basic ZXZpbDpldmls", "Range": "bytes=0-3",
    "If-Range": '"evil"', "If-None-Match": '"evil", W/"*"', "If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT",
    "If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT", "X-HTTP-Method-Override": "POST", "X-HTTP-Method": "HEAD",
    "X-Method-Override": "DELETE", "Cache-Control": "no-store, max-age=0", "Pragma": "no-cache", "Save-Data": "on",
    "User-Agent": "<xss-mark>", "X-Requested-With": "XMLHttpRequest", "DNT": "1", "X-Debug": "1", "Upgrade": "h2c",
    "Sec-Fetch-Dest": "iframe", "Sec-CH-UA-Mobile": "?1", "X-Evil": "a\r\nX-Split: evil", "Vary": "evil",
    "Access-Control-Request-Headers": "evil", "Access-Control-Request-Method": "PUT", "Expect": "evil",
    "TE": "trailers",
    "Cookie": "sessionid=evil; csrftoken=evil; django_language=ko; messages=evil; theme=<xss-mark>; a=%00; =;;",
    "Content-Type": "application/json", "Transfer-Encoding": "evil", "Max-Forwards": "0", "X-Forwarded-For": "evil",
}  # fmt: skip
QUERIES = [
    "year=2023;year=1066", "%00", "a=%00", "&amp;year=1066", "flow=to_dprk&amp;flow=evil", "year=1066&year=2024",
    "year=2024&year=1066", "utm_source=<xss-mark>", "fbclid=evil", "?year=1066", "#year=1066", "%23year=1066",
    "year%00=1066", "YEAR=1066", "y%65ar=1066", "year=%31%30%36%36", "year[]=1066", "year.x=1066", "=", "&&&", "%",
    "%ff=%fe", "％=é", "year=２０２３", "callback=evil", "_method=POST", "format=json", "page=%0d%0aX: y", "_=1066",
    "flow=%20to_dprk%20", "dataset=%3Cxss-mark%3E", "release=1%00", "jsonp=evil", "lang=ko", "estimates=off%00",
]  # fmt: skip
CONDITIONS = ("If-", "Range", "X-HTTP-Method", "X-Method", "Accept")  # each of these may hide what another does
SINGLY = [{name: value} for name, value in HEADERS.items()]
TOGETHER = [
    {name: value for name, value in HEADERS.items() if not name.startswith(CONDITIONS)},
    {name: value for name, value in HEADERS.items() if name.startswith(CONDITIONS)},
]
ASKED = [
    address
    for address in addresses.public()
    if address not in ("/healthz", "/readyz") and (soaking() or not address.endswith(addresses.COSTLY))
]


def answer_of(client, address, **more):
    """All of an answer that the next reader might be sent."""
    answer = client.get(address, **more)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, dict(answer.headers), body


def cold():
    shelf.forget()
    return Client(raise_request_exception=False)


def sent_to_the_next_reader(address, **attack):
    """What is sent of an address after an attacker, who came first, has asked for it in his way."""
    attacker = cold()
    attacker.generic(attack.pop("method", "GET"), attack.pop("asked", address), **attack)
    return answer_of(Client(), address)


@pytest.mark.parametrize("address", ASKED)
def test_no_header_and_no_method_changes_what_the_next_reader_gets(address, site):
    own = answer_of(cold(), address)
    for headers in TOGETHER + (SINGLY if soaking() and address.endswith("/") else []):
        assert sent_to_the_next_reader(address, headers=headers) == own, headers
    for method in some(["HEAD", "OPTIONS", "POST", "PURGE", "TRACE"], 1):
        assert sent_to_the_next_reader(address, method=method) == own, method


@pytest.mark.parametrize("address", ASKED if soaking() else ASKED[::5])
def test_no_odd_query_changes_what_the_next_reader_of_the_plain_address_gets(address, site):
    own = answer_of(cold(), address)
    attacker = cold()
    place = ASKED.index(address) % len(QUERIES)
    for query in some(QUERIES[place:] + QUERIES[:place], 6):
        attacker.generic("GET", address.partition("?")[0], QUERY_STRING=query)
        for path in (f"{address};{query}", f"{address}%00", f"/{address}", f"{address}/../x", f"{address}.css"):
            attacker.generic("GET", "/", PATH_INFO=path.encode().decode("latin-1"), QUERY_STRING=query)
    assert answer_of(Client(), address) == own


@pytest.mark.parametrize("address", ["/provinces/", "/provinces.json", "/commodities/v/", "/embed/provinces/"])
def test_a_query_that_means_something_is_not_mixed_up_with_another_one(address, site):
    meant = ["year=2024", "year=1066", "flow=from_dprk", "flow=evil", "dataset=china-provinces", "estimates=off"]
    own = {query: answer_of(cold(), f"{address}?{query}") for query in meant}
    client = cold()
    for query in some(QUERIES, 2):
        for one in meant:
            client.generic("GET", address, QUERY_STRING=f"{query}&{one}")
            client.generic("GET", address, QUERY_STRING=f"{one}&{query}")
    assert {query: answer_of(client, f"{address}?{query}") for query in meant} == own


FILES = [address for address in addresses.public() if "/2/" in address and address.count("/") == 4]


@pytest.mark.parametrize("address", FILES)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_no_header_changes_a_file_that_a_process_has_met(address, method, site, requests_share_the_tests_connection):
    own = Process().get(address)
    assert own[0] == 200
    for headers in [*SINGLY, *TOGETHER, {"Host": "localhost:8081"}]:
        process = Process()
        told = {name.replace("-", "_"): value for name, value in headers.items() if name not in ("Content-Type",)}
        process.get(address, method, **told)
        for _time in range(2):
            assert process.get(address) == own, headers


def test_what_a_reader_with_a_session_is_sent_is_what_all_are_sent(root):
    for address in ASKED if soaking() else ASKED[::5]:
        own = answer_of(cold(), address)
        shelf.forget()
        status, headers, body = answer_of(root, address)
        # An editor's browser asks for each page anew; the page is the same.
        assert headers.pop("Cache-Control", None) in ("private, no-cache", own[1].get("Cache-Control"))
        assert (status, headers, body) == (own[0], {k: v for k, v in own[1].items() if k != "Cache-Control"}, own[2])
        assert answer_of(Client(), address) == own


def test_no_answer_to_one_person_is_kept_or_may_be_kept_by_others(root):
    shelf.forget()
    for address in addresses.of_staff() if soaking() else addresses.of_staff()[::2]:
        for client in (root, Client(raise_request_exception=False)):
            answer = client.get(address)
            said = answer.get("Cache-Control", "")
            assert "public" not in said, address
            if answer.cookies or "cookie" in answer.get("Vary", "").lower() or answer.status_code == 200:
                assert "no-store" in said and "private" in said, address
    assert not shelf.SHELF.pages and not shelf.ALIASES.pages


@pytest.mark.parametrize("cookie", ["", "csrftoken=evil", "sessionid=evil", f"sessionid={'a' * 32}", "messages=evil"])
def test_no_cookie_is_set_by_an_answer_that_others_may_keep(cookie, site):
    for address in ASKED if soaking() else ASKED[::4]:
        answer = Client().get(address, headers={"Cookie": cookie} if cookie else {})
        said = answer.get("Cache-Control", "")
        assert not answer.cookies or ("no-store" in said and "public" not in said), address
