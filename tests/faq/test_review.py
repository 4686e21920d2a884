"""Answers that are older than the newest figures are listed for whoever may change them, until they are looked at."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from faq import provider
from faq.models import Question
from tests.tables.steps import address
from tests.trade import sites
from trade.models import Release

publish = sites.usual
pytestmark = pytest.mark.both_databases


def editor():
    user = User.objects.create_user("one", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__endswith="_question"))
    return user


def test_answers_older_than_the_newest_release_are_to_be_looked_at(site, client):
    old, new = (
        Question.objects.create(question=f"{slug}?", answer="US$5 m.", slug=slug, page="both")
        for slug in ("old", "new")
    )
    old.history.update(history_date=Release.objects.latest("created").created - dt.timedelta(days=1))
    new.history.update(history_date=timezone.now())
    user = editor()
    [told] = provider.to_review(user)
    assert (told["label"], told["about"].split(":")[0]) == (
        "1 published answer",
        "was last edited before the newest release",
    )
    client.force_login(user)
    assert [entry.slug for entry in client.get(told["url"]).context["cl"].result_list] == ["old"]
    old.save()
    assert provider.to_review(user) == []
    assert provider.to_review(User.objects.create_user("two", is_staff=True)) == []
    assert address(Question, "changelist") in told["url"]
