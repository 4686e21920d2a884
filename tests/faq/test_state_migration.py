"""What was hidden by its box is a draft after the migration: in the table, and in forms that were saved as drafts."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from drafts.models import Draft
from faq.models import Question

pytestmark = [pytest.mark.both_databases, pytest.mark.soak]  # it undoes a migration, and does it again
BEFORE = ("faq", "0004_publish_permission_and_length")


@pytest.fixture
def old_model(transactional_db):
    call_command("migrate", *BEFORE, verbosity=0)
    yield MigrationExecutor(connection).loader.project_state([BEFORE]).apps.get_model("faq", "Question")
    call_command("migrate", verbosity=0)


def drafted(**box):
    contents = {"question": ["Why?"]} | box
    kind = ContentType.objects.get(app_label="faq", model="question")
    return Draft.objects.create(content_type=kind, title="Why?", contents=contents, saved=timezone.now()).pk


def test_boxes_become_states_and_states_boxes_again(old_model):
    for slug, is_shown in (("shown", True), ("hidden", False)):
        old_model.objects.create(slug=slug, page="both", question="?", answer="!", published=is_shown)
    ticked, unticked = drafted(published=["on"]), drafted()
    call_command("migrate", verbosity=0)
    assert dict(Question.objects.values_list("slug", "state")) == {"shown": "published", "hidden": "draft"}
    assert [Draft.objects.get(pk=pk).contents["state"] for pk in (ticked, unticked)] == [["published"], ["draft"]]
    Question.objects.filter(slug="shown").update(state="archived")
    call_command("migrate", *BEFORE, verbosity=0)
    assert dict(old_model.objects.values_list("slug", "published")) == {"shown": False, "hidden": False}
    assert [Draft.objects.get(pk=pk).contents.get("published") for pk in (ticked, unticked)] == [["on"], None]
