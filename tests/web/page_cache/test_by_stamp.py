"""What pages read of the database is read once a stamp, and of each page it is known what that was."""

import pytest
from django.contrib.auth.models import Group

from web.page_cache import by_stamp
from web.page_cache.by_stamp import Reading, noted, still_hold


@by_stamp.once_a_stamp
def names(start):
    return sorted(Group.objects.filter(name__startswith=start).values_list("name", flat=True))


@by_stamp.once_a_stamp
def not_comparable():
    return lambda: None


@pytest.fixture(autouse=True)
def _as_a_new_process(db):
    Group.objects.create(name="zebra")
    by_stamp.forget()
    yield
    by_stamp.forget()


def read_by(stamp, work=lambda: names("z")):
    with noted(Reading(stamp)) as reading:
        work()
    return reading.all_of_it


def test_pages_of_one_stamp_read_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        read_by((1,))
        read_by((1,))


def test_under_another_stamp_and_after_ten_minutes_it_is_read_again(django_assert_num_queries, monkeypatch):
    read_by((1,))
    with django_assert_num_queries(1):
        read_by((2,))
    later = by_stamp.sending.clock() + by_stamp.sending.SECONDS + 1
    monkeypatch.setattr(by_stamp.sending, "clock", lambda: later)
    with django_assert_num_queries(1):
        read_by((2,))


def test_what_is_not_kept_is_read_each_time(django_assert_num_queries):
    with django_assert_num_queries(2):
        names("z")
        read_by(None)


def test_a_page_still_holds_as_long_as_it_would_read_the_same():
    read = read_by((1,))
    assert read and still_hold(read, (2,))
    Group.objects.create(name="aardvark")
    assert still_hold(read, (3,))
    Group.objects.create(name="zebu")
    assert not still_hold(read, (4,))


def test_of_a_page_with_any_other_query_it_is_not_known():
    assert read_by((1,), lambda: (names("z"), Group.objects.count())) is None


def test_what_a_page_does_not_show_does_not_count():
    def work():
        with by_stamp.not_shown():
            Group.objects.count()

    assert read_by((1,), work) == {}


def test_what_cannot_be_told_apart_never_holds():
    read = read_by((1,), not_comparable)
    assert read and not still_hold(read, (2,))
