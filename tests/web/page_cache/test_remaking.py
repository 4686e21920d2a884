"""Pages are made again beside the requests, once for all who wait; for a moment readers get the version before."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from web import unavailable
from web.page_cache import keep, remaking, shelf, stamp

pytestmark = pytest.mark.usefixtures("keeping", "db")


@pytest.fixture
def site(monkeypatch):
    """A page that says how often it was made, over a database whose stamp is set here, and a clock."""
    site = Site()
    monkeypatch.setattr(stamp, "ask", lambda: site.stamp)
    monkeypatch.setattr(stamp, "clock", lambda: site.now)
    monkeypatch.setattr(remaking, "MOMENT", 0.5)
    monkeypatch.setattr(stamp, "LEEWAY", 0.1)
    monkeypatch.setattr(stamp, "FRESH", 0.25)
    stamp.forget()
    return site


class Site:
    def __init__(self):
        self.stamp, self.now, self.made = ("first",), 1000.0, 0
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.view = keep.kept()(self.answer)

    def answer(self, request):
        self.may_go_on.wait(10)
        self.made += 1
        return HttpResponse(f"version {self.made}", headers={"Cache-Control": "public, max-age=60"})

    def ask(self, **headers):
        return self.view(RequestFactory().get("/page/", **headers)).content.decode()

    def edit(self, at):
        self.stamp, self.now = (at,), self.now + 0.3


def made_again():
    """Wait until no page is being made."""
    for making in list(remaking._under_way.values()):
        making.result(timeout=10)


def test_for_a_moment_readers_get_the_version_before_and_then_the_new_one(site):
    assert site.ask() == "version 1"
    site.edit("second")
    site.may_go_on.clear()
    assert [site.ask(), site.ask()] == ["version 1", "version 1"]
    site.may_go_on.set()
    made_again()
    assert site.ask() == "version 2" and site.made == 2


def test_whoever_is_logged_in_sees_the_new_one_at_once(site, settings):
    site.ask()
    site.edit("second")
    assert site.ask(HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=x") == "version 2"


def test_after_that_moment_nobody_gets_it(site):
    site.ask()
    site.edit("second")
    stamp.seen()
    site.now += 0.5
    assert site.ask() == "version 2"


def test_a_version_from_before_the_last_edit_but_one_is_never_sent(site):
    site.ask()
    site.edit("second")
    stamp.seen()
    site.edit("third")
    assert site.ask() == "version 2"


def test_where_the_database_was_not_asked_for_long_no_earlier_version_is_sent(site):
    site.ask()
    site.edit("second")
    site.now += 10
    assert site.ask() == "version 2"


def test_many_who_ask_for_a_page_that_is_not_kept_have_it_made_once(site):
    site.may_go_on.clear()
    with ThreadPoolExecutor(8) as readers:
        asked = [readers.submit(site.ask) for _reader in range(8)]
        site.may_go_on.set()
        assert {one.result() for one in asked} == {"version 1"}
    assert site.made == 1


def test_a_page_that_fails_leaves_nothing_behind(site, monkeypatch):
    monkeypatch.setattr(site, "answer", lambda request: 1 / 0)
    broken = keep.kept()(site.answer)
    with pytest.raises(ZeroDivisionError):
        broken(RequestFactory().get("/page/"))
    assert not remaking._under_way and not shelf.SHELF.pages


def test_a_page_that_cannot_be_made_again_beside_the_requests_is_told_in_the_log(site, monkeypatch, caplog):
    site.ask()
    site.edit("second")
    monkeypatch.setattr(keep, "_computed", lambda *what: 1 / 0)
    assert site.ask() == "version 1"
    made_again()
    assert "a page to be made again: failed" in caplog.text and not remaking._under_way


def test_a_page_whose_readings_cannot_be_opened_is_made_again(site, monkeypatch):
    def away(*what):
        raise unavailable.StorageAway("gone")

    site.ask()
    site.edit("second")
    stamp.seen()
    site.now += 0.8
    [kept] = shelf.SHELF.pages.values()
    kept["read"] = {("a", ()): b"1"}
    monkeypatch.setattr(keep.by_stamp, "still_hold", away)
    assert site.ask() == "version 2"
