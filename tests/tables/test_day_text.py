"""Days as editors write them: read where there is one reading, refused with both where there are two."""

import datetime as dt

import pytest
from django import forms
from django.contrib.admin.utils import display_for_value
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from tables import day_text


@pytest.mark.parametrize(
    "text",
    [
        *("2026-06-01", "2026-6-1", " 2026-06-01 ", "1 June 2026", "1 june 2026", "01 Jun 2026", "1st June 2026"),
        *("June 1, 2026", "June 1 2026", "1  June  2026", "1 Jun. 2026", "2026-06-01T00:00:00"),
    ],
)
def test_a_day_that_can_be_read_in_one_way_is_read(text):
    assert day_text.day(text) == dt.date(2026, 6, 1)


@pytest.mark.parametrize("text", ["01/06/2026", "1.6.2026", "01-06-2026", "1/6/2026"])
def test_a_day_with_two_readings_is_refused_and_both_are_named(text):
    with pytest.raises(ValidationError) as refused:
        day_text.day(text)
    [message] = refused.value.messages
    assert message.startswith(f"“{text}” can be 1 June 2026 or 6 January 2026.")
    assert "2026-06-01 or 2026-01-06" in message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("25/06/2026", "2026-06-25, or as 25 June 2026"),
        ("06/25/2026", "2026-06-25, or as 25 June 2026"),
        ("06/06/2026", "2026-06-06, or as 6 June 2026"),
        ("2026-02-30", "2017-08-05"),
        ("31 June 2026", "2017-08-05"),
        ("1 Ju 2026", "2017-08-05"),
        ("1 June 26", "2017-08-05"),
        ("46172", "2017-08-05"),
        ("tomorrow", "2017-08-05"),
        ("٠١ June 2026", "2017-08-05"),
    ],
)
def test_what_is_no_day_is_refused_with_an_example(text, hint):
    with pytest.raises(ValidationError, match="is not understood as a date") as refused:
        day_text.day(text)
    assert hint in refused.value.messages[0]


def test_every_day_is_read_from_each_way_to_write_it():
    day = dt.date(2000, 1, 1)
    while day.year < 2001:
        for form in ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y"):
            assert day_text.day(day.strftime(form)) == day
        day += dt.timedelta(days=1)


def test_django_writes_days_and_hours_in_these_words_too():
    hour = dt.datetime(2026, 11, 27, 14, 5, tzinfo=dt.UTC)
    assert [date_format(hour, name) for name in ("DATE_FORMAT", "SHORT_DATE_FORMAT")] == ["27 November 2026"] * 2
    assert date_format(hour, "DATETIME_FORMAT") == display_for_value(hour, "–") == "27 November 2026, 14:05 UTC"
    assert forms.DateTimeField().widget.format_value(hour.replace(tzinfo=None)) == "2026-11-27 14:05:00"


@pytest.mark.parametrize("text", ["06/01/2026", "01/06/2026", "1.6.2026"])
def test_djangos_own_fields_read_no_day_that_can_be_read_in_two_ways(text):
    assert forms.DateField().clean("2026-06-01") == forms.DateField().clean("1 June 2026") == dt.date(2026, 6, 1)
    for field in (forms.DateField(), forms.DateTimeField()):
        with pytest.raises(ValidationError):
            field.clean(text)
