"""Two workers whose hour has come: the draft is published once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from drafts import hours
from drafts.filled_form import mark_of
from drafts.models import Draft
from faq.models import Question


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_workers_publish_a_draft_once(transactional_db):
    user = User.objects.create_superuser("root")
    entries = [Question.objects.create(slug=f"q{n}", page="both", question=f"{n}?", answer="Old.") for n in range(4)]
    for entry in entries:
        form = {"slug": entry.slug, "page": "both", "position": "1", "question": entry.question, "answer": "New."}
        form["state"] = "published"
        Draft.objects.create(
            content_type=ContentType.objects.get_for_model(Question),
            object_pk=str(entry.pk),
            contents={name: [value] for name, value in form.items()},
            mark=mark_of(admin.site._registry[Question], entry),
            saved=timezone.now(),
            publish_at=timezone.now() - timedelta(seconds=1),
            publisher=user,
        )

    def work(_):
        try:
            return hours.publish_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, range(4)))
    assert sum(done) == len(entries)
    assert [entry.history.count() for entry in entries] == [2] * len(entries)
    assert set(Question.objects.values_list("answer", flat=True)) == {"New."}
    assert not Draft.objects.exists()
