"""While the database is away: kept pages go on being sent, and say so; all else says when to come back."""

import pytest
from django.core.management import call_command
from django.db import OperationalError

from tests.trade import sites
from trade.models import Dataset
from trade.pages import known_releases
from web.page_cache import sending, stamp

pytestmark = pytest.mark.usefixtures("keeping")

publish = sites.usual


@pytest.fixture
def away(site):
    """A way to let every query fail from then on, as with a server that is not responding; it gives a clock to set."""
    with pytest.MonkeyPatch.context() as patched:
        now = [stamp.clock()]

        def fail(*_arguments, **_more):
            raise OperationalError("the server closed the connection unexpectedly")

        def later(seconds):
            now[0] += seconds

        def begin():
            patched.setattr("django.db.backends.utils.CursorWrapper.execute", fail)
            patched.setattr("django.db.backends.base.base.BaseDatabaseWrapper.close", lambda self: None)
            patched.setattr(stamp, "clock", lambda: now[0])
            later(1)
            return later

        yield begin


@pytest.mark.parametrize("address", ["/", "/provinces/", "/provinces.json", "/data/", "/data/releases.atom"])
def test_a_kept_page_is_sent_as_it_was_last_known_with_a_header(address, site, client, away):
    before = client.get(address)
    away()
    after = client.get(address, headers={"Accept-Encoding": "br"})
    assert (after.status_code, after.content) == (200, before.content)
    assert int(after["Yalu-Last-Known"]) >= 0 and "Yalu-Last-Known" not in before
    assert "max-age=10" in after["Cache-Control"]


def test_after_a_minute_the_page_says_so_itself(site, client, away):
    before = client.get("/provinces/")
    later = away()
    client.get("/provinces/")
    later(sending.TOLD_AFTER + 1)
    after = client.get("/provinces/")
    assert "This page shows the last saved version" in after.content.decode()
    assert "This page shows the last saved version" not in before.content.decode()
    assert after["ETag"] != before["ETag"] and int(after["Yalu-Last-Known"]) > 60
    json = client.get("/provinces.json")
    assert json.status_code == 503 and json["Retry-After"]


def test_a_page_that_has_grown_old_is_kept_for_such_a_time(site, client, away, monkeypatch):
    before = client.get("/provinces/")
    much_later = sending.clock() + sending.SECONDS + 1
    monkeypatch.setattr(sending, "clock", lambda: much_later)
    away()
    assert client.get("/provinces/").content == before.content


@pytest.mark.parametrize("hours", [1, -1, -24 * 400])
def test_a_page_is_made_anew_in_ten_minutes_whatever_the_clock_was_set_to(hours, site, client, monkeypatch):
    client.get("/data/")
    Dataset.objects.update(title="Another title")  # behind the back of the admin
    assert "Another title" not in client.get("/data/").content.decode()
    then = sending.clock() + 3600 * hours
    monkeypatch.setattr(sending, "clock", lambda: then)
    assert "Another title" in client.get("/data/").content.decode()


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/provinces/?year=2023", "text/html"), ("/questions/", "text/html"), ("/api/v1/datasets", "application/json")],
)
def test_what_is_not_kept_says_when_to_come_back_and_is_no_fault_of_ours(address, kind, site, client, away):
    client.get("/provinces/")
    away()
    response = client.get(address)
    assert response.status_code == 503 and int(response["Retry-After"]) > 0
    assert response["Content-Type"].startswith(kind) and response["Cache-Control"] == "no-store"
    assert "is not responding" in response.content.decode()


def test_files_are_sent_also_those_that_nobody_has_asked_for(site, client, away):
    newest = client.get("/data/china-provinces/2/data.csv")
    whole = b"".join(newest.streaming_content)
    known_releases.remember()
    away()
    for address in ("/data/china-provinces/2/data.csv", "/data/china-provinces/latest/data.csv"):
        again = client.get(address)
        assert again.status_code == 200 and b"".join(again.streaming_content) == whole
    assert client.get("/data/china-provinces/1/workbook.xlsx").status_code == 200
    assert client.get("/data/china-provinces/9/data.csv").status_code == 404
    assert client.get("/data/china-provinces/latest/none.csv").status_code == 404


@pytest.mark.slow
def test_files_of_a_withdrawn_release_are_not(site, client, away):
    call_command("withdraw", "china-provinces", 2, reason="Wrong.")
    known_releases.remember()
    away()
    assert client.get("/data/china-provinces/2/data.csv").status_code == 410
    latest = client.get("/data/china-provinces/latest/data.csv")
    assert latest["Content-Location"] == "/data/china-provinces/3/data.csv"


def test_a_page_with_junk_in_its_address_is_the_kept_one(site, client, away):
    kept = client.get("/provinces/?flow=from_dprk")
    away()
    for query in ("fbclid=1&flow=from_dprk", "flow=to_dprk&flow=from_dprk&utm_source=x", "flow=from_dprk&year="):
        assert client.get(f"/provinces/?{query}").content == kept.content


@pytest.mark.slow
def test_a_withdrawal_made_before_is_obeyed(site, client, away):
    client.get("/provinces/")
    call_command("withdraw", Dataset.objects.get(slug="china-provinces").pk, 2, reason="Wrong.")
    after = client.get("/provinces/")
    away()
    assert client.get("/provinces/").content == after.content
