"""What pages depend on is asked a few times a second, and is last known while the database is away."""

import threading

import pytest
from django.db import OperationalError
from django.db.utils import InterfaceError

from web.page_cache import stamp


class Database:
    """One that counts how often it was asked, and can go away."""

    def __init__(self):
        self.asked, self.value, self.away = 0, ("first",), None

    def __call__(self):
        self.asked += 1
        if self.away:
            raise self.away
        return self.value


@pytest.fixture
def database(monkeypatch):
    stamp.forget()
    database = Database()
    monkeypatch.setattr(stamp, "ask", database)
    yield database
    stamp.forget()


@pytest.fixture
def time(monkeypatch):
    """A clock that stands still until it is set: time(5) is five seconds later."""
    now = [1000.0]
    monkeypatch.setattr(stamp, "clock", lambda: now[0])

    def later(seconds):
        now[0] += seconds

    return later


def test_a_hundred_requests_of_one_moment_ask_once(database, time):
    assert {stamp.seen().value for _request in range(100)} == {("first",)}
    assert database.asked == 1


def test_a_change_is_seen_within_a_second(database, time):
    stamp.seen()
    database.value = ("second",)
    assert stamp.seen().value == ("first",)
    time(stamp.FRESH)
    assert stamp.seen().value == ("second",)
    assert stamp.FRESH <= 1


def test_who_edits_sees_the_change_at_once_and_so_do_all_after(database, time):
    stamp.seen()
    database.value = ("second",)
    assert stamp.seen(afresh=True).value == ("second",)
    assert stamp.seen().value == ("second",)


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_while_the_database_is_away_the_last_value_is_known_with_its_age(error, database, time):
    assert stamp.seen().age == 0
    database.away = error
    time(30)
    seen = stamp.seen()
    assert seen.value == ("first",) and seen.is_last_known and seen.age == 30
    time(45)
    assert stamp.seen().age == 75
    database.away = None
    time(1)
    assert not stamp.seen().is_last_known and stamp.seen().age == 0


def test_a_database_that_is_away_is_asked_a_few_times_a_second_only(database, time):
    stamp.seen()
    database.away = OperationalError("gone")
    time(1)
    before = database.asked
    for _request in range(100):
        stamp.seen()
    assert database.asked == before + 1


def test_a_process_that_began_without_a_database_knows_nothing(database, time):
    database.away = OperationalError("gone")
    with pytest.raises(OperationalError):
        stamp.seen()
    database.away = None
    assert stamp.seen().value == ("first",)


def test_while_one_thread_waits_for_the_database_the_others_go_on(database, time, monkeypatch):
    stamp.seen()
    begun, go_on = threading.Event(), threading.Event()

    def slow():
        begun.set()
        assert go_on.wait(10)
        return ("second",)

    monkeypatch.setattr(stamp, "ask", slow)
    time(stamp.FRESH)
    waiting = threading.Thread(target=stamp.seen)
    waiting.start()
    assert begun.wait(10)
    assert stamp.seen().value == ("first",)
    go_on.set()
    waiting.join(10)
    assert stamp.seen().value == ("second",)


def test_a_database_that_keeps_silent_holds_one_thread_and_not_the_server(database, time, monkeypatch):
    stamp.seen()
    begun, go_on = threading.Event(), threading.Event()

    def silent():
        begun.set()
        assert go_on.wait(10)
        return ("second",)

    monkeypatch.setattr(stamp, "ask", silent)
    monkeypatch.setattr(stamp, "LATEST", 0.05)
    time(5)
    waiting = threading.Thread(target=stamp.seen)
    waiting.start()
    assert begun.wait(10)
    assert stamp.seen().value == ("first",)
    go_on.set()
    waiting.join(10)
