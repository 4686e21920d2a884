"""Answers of which a newer release changed a figure are flagged for whoever may change them, until one reviews them."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from faq import provider, reviewing
from faq.models import Question
from tests.tables.steps import address
from tests.trade import sites
from tests.trade.sites import reported
from trade.publishing.removing import withdrawal

publish = sites.usual
pytestmark = [pytest.mark.both_databases, pytest.mark.slow]


def asked(about="", answer="It is so."):
    """A question that holds for the releases of the site."""
    number = Question.objects.count()
    return Question.objects.create(slug=f"q{number}", page="all", question=f"{number}?", answer=answer, about=about)


def flagged():
    return {
        key: [(one.dataset, one.holds_for, one.number) for one in found] for key, found in reviewing.outdated().items()
    }


def editor():
    user = User.objects.create_user("one", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__endswith="_question"))
    return user


def test_nothing_is_flagged_that_was_written_after_the_newest_release(site):
    asked("27; CN-LN; china-totals", "{{ value total all 2024 china-totals }}")
    assert flagged() == {}


def test_a_release_flags_what_it_changed_and_nothing_else(site):
    coal, section, clothes = asked("2701"), asked("V"), asked("61")
    liaoning, general = asked("CN-LN"), asked()
    sites.release("china-commodities", [reported("2701", 2024, 800_000, "from_dprk")])
    assert flagged() == {key: [("china-commodities", 1, 2)] for key in (coal.pk, section.pk)}
    sites.release("china-provinces", [reported("CN-LN", 2024, 1_000_001)])
    assert set(flagged()) == {coal.pk, section.pk, liaoning.pk}
    assert {clothes.pk, general.pk}.isdisjoint(flagged())


@pytest.mark.parametrize(
    ("token", "is_flagged"),
    [
        ("value to_dprk cn-ln 2024", True), ("value to_dprk cn-ln 2023", False), ("change to_dprk cn-ln 2024", True),
        ("value from_dprk cn-ln 2024", False), ("value to_dprk cn-jl 2024", False), ("share to_dprk cn-jl 2024", True),
        ("value to_dprk all 2024 china-provinces", True), ("value total cn-ln 2024", True),
        ("value to_dprk cn-ln newest", True), ("value to_dprk all 2024", False),
    ],
)  # fmt: skip
def test_a_live_figure_is_of_its_year_direction_and_place(site, token, is_flagged):
    question = asked(answer=f"It was {{{{ {token} }}}}.")
    sites.release("china-provinces", [reported("CN-LN", 2024, 1_000_001)])
    assert (question.pk in flagged()) == is_flagged


def test_a_change_needs_a_look_when_the_year_before_is_changed(site):
    question = asked(answer="{{ change to_dprk cn-ln 2024 }}")
    sites.release("china-provinces", [reported("CN-LN", 2023, 1_000_001)])
    assert question.pk in flagged()


def test_a_figure_that_a_release_took_away_flags_the_question_and_shows_no_figure(site, client):
    question = asked(answer="It was {{ value to_dprk cn-ln 2023 }}.")
    withdrawal.withdraw(sites.Release.objects.get(dataset="china-provinces", number=2), "Counted twice")
    sites.release("china-provinces", [reported("CN-LN", 2023, None, status="O")])
    assert question.pk in flagged()
    assert "It was no figure." in client.get(question.get_absolute_url()).content.decode()


def test_an_edit_is_no_review_and_the_button_is_one(site, client):
    question = asked("CN-LN")
    sites.release("china-provinces", [reported("CN-LN", 2024, 1_000_001)])
    question.answer = "It is still so."
    question.save()
    assert question.pk in flagged()
    client.force_login(user := editor())
    page = client.get(address(Question, "change", question.pk)).content.decode()
    assert "It was last said to hold for release 2." in page and "Nobody has reviewed this answer yet." in page
    page = client.post(address(Question, "reviewed", question.pk), follow=True).content.decode()
    question.refresh_from_db()
    assert (question.reviewed_on, question.reviewed_by) == (timezone.now().date(), user)
    assert flagged() == {}
    assert "China–DPRK trade by Chinese province, release 3" in page and "by one." in page
    assert "Reviewed on" in client.get(question.get_absolute_url()).content.decode()


def test_only_who_may_change_a_question_reviews_it(site, client):
    question = asked("CN-LN")
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_question"))
    client.force_login(reader)
    assert client.post(address(Question, "reviewed", question.pk)).status_code == 403
    client.force_login(editor())
    assert client.get(address(Question, "reviewed", question.pk)).status_code == 405
    assert client.post(address(Question, "reviewed", 99_999)).status_code == 404


def test_what_is_flagged_stands_on_the_desk_in_the_list_and_in_its_filter(site, client):
    old, new = asked("CN-LN"), asked("CN-JL")
    hidden = asked("CN-LN")
    Question.objects.filter(pk=hidden.pk).update(state="archived")
    user = editor()
    assert provider.to_review(user) == []
    sites.release("china-provinces", [reported("CN-LN", 2024, 1_000_001)])
    [told] = provider.to_review(user)
    assert told["label"] == "1 published answer" and "a newer release changed" in told["about"]
    client.force_login(user)
    assert [entry.slug for entry in client.get(told["url"]).context["cl"].result_list if entry.is_published] == [
        old.slug
    ]
    page = client.get(address(Question, "changelist")).content.decode()
    assert page.count("figures changed</strong>") == 2
    never = client.get(address(Question, "changelist"), {"review": "never"}).context["cl"].result_list
    assert new in never
    assert provider.to_review(User.objects.create_user("two", is_staff=True)) == []


def test_the_first_questions_hold_for_the_first_figures(site):
    Question.objects.bulk_create([Question(slug="first", page="all", about="CN-LN", question="?", answer="!")])
    provider.settle()
    assert flagged() == {}
    [holding] = [one for one in Question.objects.get().holdings.all() if one.dataset == "china-provinces"]
    sites.release("china-provinces", [reported("CN-LN", 2024, 1_000_001)])
    provider.settle()
    assert list(flagged().values()) == [[("china-provinces", holding.number, 3)]]


def test_the_queries_of_the_list_stay_as_many_with_a_thousand_questions(site, client):
    client.force_login(User.objects.create_superuser("root"))
    asked("CN-LN")
    sites.release("china-provinces", [reported("CN-LN", 2024, 1_000_001)])
    page = address(Question, "changelist")
    client.get(page)
    with CaptureQueriesContext(connection) as before:
        client.get(page)
    made = [Question(slug=f"m{n}", page="all", about="CN-LN", question=f"{n}?", answer="!") for n in range(1000)]
    Question.objects.bulk_create(made)
    for question in Question.objects.filter(slug__startswith="m")[:100]:
        question.save()
    with CaptureQueriesContext(connection) as after:
        client.get(page)
    assert len(after) == len(before)
