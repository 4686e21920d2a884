"""By what a view is known: only what the page reads and what differs from its default makes another page."""

import pytest

from tests.trade import sites
from web import throttling
from web.page_cache import shelf

pytestmark = pytest.mark.usefixtures("keeping")

publish = sites.usual


@pytest.fixture
def computed(monkeypatch):
    """Count the pages that are rendered or drawn."""
    made = []
    real = shelf.Page.keep
    monkeypatch.setattr(shelf.Page, "keep", lambda page, *args: (made.append(page.request.path), real(page, *args)))
    return made


SAME = [
    ("/provinces/", ["fbclid=abc", "utm_source=x&utm_medium=y", "junk", "flow=to_dprk", "flow=to_dprk&view=columns",
                     "estimates=on&unit=usd", "year=2024", "year=", "flow=from_dprk&flow=to_dprk",
                     "show=&highlight=", "dataset=china-provinces"]),
    ("/provinces/?year=2023", ["year=2023&junk=1", "year=2022&year=2023", "view=columns&year=2023", "year=%202023"]),
    ("/provinces/?show=cn-ln,cn-jl", ["show=cn-ln&show=cn-jl", "show=CN-LN,cn-jl", "show=cn-ln%2Ccn-jl,"]),
    ("/provinces.csv?year=2023", ["year=2023&x=1"]),
    ("/commodities/v/", ["flow=from_dprk", "gclid=1"]),
    ("/embed/provinces/", ["x=1", "flow=to_dprk"]),
    ("/", ["anything=at&all", "page=2"]),
    ("/sanctions/", ["direction=", "utm_source=x", "group="]),
    ("/sanctions/?direction=to_dprk", ["junk=1&direction=to_dprk"]),
    ("/questions/", ["x=1", "page=3"]),
    ("/data/", ["x=1"]),
    ("/data/china-provinces/1/", ["page=1", "page=0", "page=x", "x=1", "page=99"]),
    ("/data/releases.atom", ["x=1"]),
]  # fmt: skip


@pytest.mark.parametrize(("address", "queries"), SAME)
def test_the_same_view_is_one_page_and_one_answer(address, queries, site, client):
    first, path = client.get(address), address.partition("?")[0]
    assert first.status_code == 200
    held = len(shelf.SHELF.pages)
    for query in queries:
        again = client.get(f"{path}?{query}")
        assert again.content == first.content, query
        assert again["ETag"] == first["ETag"]
    assert len(shelf.SHELF.pages) == held


def test_what_is_unknown_repeated_or_a_default_is_never_computed_anew(site, client, computed):
    client.get("/provinces/")
    for query in SAME[0][1]:
        client.get(f"/provinces/?{query}")
    assert computed == ["/provinces/"]


@pytest.mark.slow
def test_a_view_that_must_explain_itself_is_answered_and_not_kept(site, client):
    client.get("/provinces/")
    held = len(shelf.SHELF.pages)
    for year in range(1000, 1020):
        page = client.get(f"/provinces/?year={year}")
        assert f"“{year}” is not a year" in page.content.decode()
    assert "is not a figure" in client.get("/embed/provinces/?figure=none").content.decode()
    assert len(shelf.SHELF.pages) == held


def test_who_asks_for_too_many_unseen_views_is_told_to_wait_and_kept_ones_are_sent(site, client, settings, monkeypatch):
    minute = 29_000_000 * 60
    monkeypatch.setattr(throttling.Views, "clock", lambda self: minute)
    client.get("/provinces/")
    settings.UNSEEN_VIEWS_A_MINUTE = 1
    asked = [client.get(f"/provinces/?year={year}", REMOTE_ADDR="192.0.2.7").status_code for year in (1001, 1002, 1003)]
    assert asked == [200, 429, 429]
    refused = client.get("/provinces/?year=1004", REMOTE_ADDR="192.0.2.7")
    assert int(refused["Retry-After"]) <= 61 and "from this IP address" in refused.content.decode()
    assert client.get("/provinces/?junk=1", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/provinces/?year=1005", REMOTE_ADDR="192.0.2.8").status_code == 200


def test_where_others_wait_already_a_view_is_refused_at_once(site, client, monkeypatch):
    monkeypatch.setattr(throttling, "COMPUTED", throttling.Lane(waiting=0, throttle=throttling.Views()))
    response = client.get("/provinces/?year=2023", headers={"Accept": "text/csv"})
    assert response.status_code == 503 and int(response["Retry-After"]) > 0
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.slow
def test_one_view_is_computed_at_a_time_and_who_waits_too_long_is_told_so(site, client, monkeypatch):
    monkeypatch.setattr(throttling.Lane, "PATIENCE", 0.01)
    with throttling.COMPUTED.one:
        assert client.get("/provinces/?year=2023").status_code == 503
    assert client.get("/provinces/?year=2023").status_code == 200
