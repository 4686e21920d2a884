"""Dated events: how exactly they are known, what they bear on, what is loaded first, and what charts are told."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from sanctions import partial_date, provider, seed
from sanctions.models import Event

pytestmark = pytest.mark.both_databases


def event(**more):
    return Event(**{"date": "2020-01", "title": "Border closed", "source": "a newspaper"} | more)


@pytest.mark.parametrize(
    "text", ["", "20", "2020-13", "2020-02-30", "2020-1", "0000", "2020-01-01T00", "soon", "２０２０"]
)
def test_what_is_no_day_month_or_year_is_refused(text):
    with pytest.raises(ValidationError):
        partial_date.validate(text)


@pytest.mark.parametrize(
    ("text", "written"), [("2017-09-05", "5 September 2017"), ("2020-01", "January 2020"), ("2023", "2023")]
)
def test_a_date_is_written_as_exactly_as_it_is_known(text, written):
    partial_date.validate(text)
    assert partial_date.in_words(text) == written


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"date": "2020-13"}, "date", "“2020-13” is not a date."),
        ({"until": "2019-12-31"}, "until", "The end date is before the start date. Correct one of them."),
        ({"until": "2019"}, "until", "The end date is before the start date. Correct one of them."),
        ({"codes_text": "coal"}, "codes_text", "“coal” is not a list of HS codes"),
        ({"provinces": "Liaoning"}, "provinces", "“Liaoning” is not a province code."),
        (
            {"provinces": "CN-LN; CN-ZZ"},
            "provinces",
            "Not found in the table of provinces: CN-ZZ. Correct the code or add the province.",
        ),
    ],
)
def test_an_event_that_cannot_be_understood_is_refused_with_the_reason(words, db, wrong, field, said):
    with pytest.raises(ValidationError) as raised:
        event(**wrong).full_clean()
    assert said in raised.value.message_dict[field][0]


@pytest.mark.parametrize("right", [{"until": "2020"}, {"until": "2022-01-16"}, {"provinces": "CN-LN; CN-JL"}])
def test_an_event_that_is_understood_is_taken(words, db, right):
    event(**right).full_clean()


def test_a_chart_is_told_what_an_event_bears_on(words, db):
    Event.objects.all().delete()
    event(
        until="2022-01-16", codes_text="27; 50-51 (part)", provinces="CN-LN; CN-JL", direction="to_dprk", weight=3,
        source="upi.com 2022/01/18; un.org/a", basis="recalled", text="Closed.",
    ).save()  # fmt: skip
    [told] = [one for one in provider.chart_events() if one["kind"] == "event"]
    assert told == {
        "date": "2020-01",
        "until": "2022-01-16",
        "when": "January 2020 – 16 January 2022",
        "label": "Border closed",
        "text": "Closed.",
        "url": None,
        "kind": "event",
        "checked": False,
        "flow": "to_dprk",
        "codes": ["27", "50", "51"],
        "provinces": ["cn-ln", "cn-jl"],
        "on_totals": True,
        "weight": 3,
        "sources": [{"name": "upi.com 2022/01/18", "url": None}, {"name": "un.org/a", "url": "https://un.org/a"}],
    }


def test_the_closed_border_stands_as_one_span_of_the_greatest_weight(words, db):
    [border] = Event.objects.exclude(until="")
    assert (border.date, border.until, border.title, border.weight) == ("2020-01", "2022-01-16", "Border closed", 3)
    assert (border.direction, border.codes, border.province_codes) == ("both", [], [])


def test_every_first_event_is_valid_and_has_a_source(words, db):
    for one in Event.objects.all():
        one.full_clean()
        assert one.sources


def test_an_event_that_an_editor_changed_or_deleted_is_not_loaded_again(words, db):
    changed = Event.objects.get(title="Border closed")
    changed.title = "The border is closed"
    changed.save()
    Event.objects.get(title="Lowest month").delete()
    assert seed.load()["created"] == 0
    assert set(Event.objects.filter(date__startswith="2020").values_list("title", flat=True)) == {
        "The border is closed"
    }


def test_an_editor_keeps_events_in_the_admin(client, words, db):
    from django.contrib.auth.models import Permission, User

    user = User.objects.create_user("editor", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="sanctions"))
    client.force_login(user)
    fields = {"date": "2024-05", "until": "", "title": "A new bridge", "text": "", "source": "a newspaper"}
    fields |= {"basis": "read", "direction": "both", "codes_text": "", "provinces": "CN-LN", "weight": "2"}
    answer = client.post(reverse("admin:sanctions_event_add"), fields)
    assert answer.status_code == 302, answer.context["errors"]
    made = Event.objects.get(title="A new bridge")
    assert list(made.history.values_list("history_user__username", flat=True)) == ["editor"]
    client.post(
        reverse("admin:sanctions_event_add"), fields | {"date": "6 May 2024", "until": "June 2024", "title": "B"}
    )
    assert (Event.objects.get(title="B").date, Event.objects.get(title="B").until) == ("2024-05-06", "2024-06")
    page = client.post(reverse("admin:sanctions_event_add"), fields | {"date": "Mayday 2024"})
    assert "“Mayday 2024” is not a date. Write a day, a month or a year" in page.content.decode()
