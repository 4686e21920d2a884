"""Resolutions and measures move from the app `faq` to `sanctions` in the database: forwards, backwards, forwards.

Without the two migrations a database is as commit de04350 made it: they change no table.
"""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from faq import seed as questions
from faq.models import Question
from sanctions import seed as sanctions
from sanctions.models import Measure, Resolution
from trade import tasks
from trade.reference import seed as reference

pytestmark = [pytest.mark.both_databases, pytest.mark.soak]  # they undo all migrations, and do them again

MOVED = ["historicalmeasure", "historicalresolution", "measure", "measurecode", "resolution"]
# Models that came after the move.
SINCE = ["announcement", "cap", "event", "historicalannouncement", "historicalcap", "historicalevent"]
APPS = ("faq.", "sanctions.")
ENDS = {"until", "replaced_by_id", "ended_by_id"}  # columns that came after it, and those of the ledger
ENDS |= {"codes_announced", "edition", "grace_until", "checked_on", "checked_by", "named_in"}


def migrate(*target):
    call_command("migrate", *target, verbosity=0)


@pytest.fixture
def before(transactional_db):
    """A database without the two migrations, with what refers to the models that move."""
    reference.load()
    sanctions.load()
    questions.load()
    migrate("sanctions", "zero")
    group = Group.objects.create(name="Editors of words")
    group.permissions.set(Permission.objects.filter(codename__in=["change_measure", "view_resolution"]))
    user = User.objects.create_user("one", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_measure", "change_question"]))
    kind = ContentType.objects.get(app_label="faq", model="measure")
    LogEntry.objects.create(user=user, content_type=kind, object_id="1", object_repr="coal", action_flag=CHANGE)
    DBTaskResult.objects.create(task_path="trade.tasks.stage_upload", args_kwargs={"args": [1], "kwargs": {}})
    yield
    migrate()


def holdings():
    """Who may do what, by app: {"Editors of words": ["faq.change_measure", …], "one": […]}."""
    ContentType.objects.clear_cache()
    return {
        "group": sorted(
            f"{one.content_type.app_label}.{one.codename}"
            for one in Group.objects.get(name="Editors of words").permissions.all()
            if one.content_type.app_label in ("faq", "sanctions")
        ),
        "user": sorted(name for name in User.objects.get().get_all_permissions() if name.startswith(APPS)),
    }


def rows():
    """All rows that the moved tables hold, by the tables' names, but for what came later."""
    found = {}
    with connection.cursor() as cursor:
        for model in MOVED:
            cursor.execute(f"SELECT * FROM faq_{model}")
            places = {column[0]: place for place, column in enumerate(cursor.description) if column[0] not in ENDS}
            kept = [places[name] for name in sorted(places)]
            found[model] = sorted(repr([row[place] for place in kept]) for row in cursor.fetchall())
    return found


def content_types(app):
    return sorted(ContentType.objects.filter(app_label=app).values_list("model", flat=True))


AT_FAQ = {
    "group": ["faq.change_measure", "faq.view_resolution"],
    "user": ["faq.add_measure", "faq.change_question"],
}
# With the permission to publish, which all got who might change: until then each change was public at once.
AT_SANCTIONS = {
    "group": [
        *("sanctions.change_announcement", "sanctions.change_cap", "sanctions.change_measure"),
        *("sanctions.publish_announcement", "sanctions.publish_measure", "sanctions.view_resolution"),
    ],
    "user": [
        *("faq.change_question", "faq.publish_question"),
        *("sanctions.add_announcement", "sanctions.add_cap", "sanctions.add_measure"),
    ],
}
PUBLISHED = 4  # models that have a permission of their own to publish


def assert_only_questions_stay():
    assert set(content_types("faq")) >= {"historicalquestion", "question"}
    assert not set(content_types("faq")) & set(MOVED)


def assert_at_sanctions():
    assert holdings() == AT_SANCTIONS
    assert content_types("sanctions") == sorted(MOVED + SINCE)
    assert_only_questions_stay()
    assert Permission.objects.filter(content_type__app_label="sanctions").count() == 4 * len(MOVED + SINCE) + PUBLISHED
    assert LogEntry.objects.get().content_type.app_label == "sanctions"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_everything_that_refers_to_a_measure_moves_with_it_and_back_and_again(before):
    stored, history = rows(), Measure.history.count()
    assert holdings() == AT_FAQ
    migrate()
    assert_at_sanctions()
    assert rows() == stored
    migrate("sanctions", "zero")
    assert holdings() == AT_FAQ
    assert content_types("sanctions") == SINCE  # Django keeps those of models that are gone
    assert LogEntry.objects.get().content_type.app_label == "faq"
    migrate()
    assert_at_sanctions()
    assert rows() == stored
    assert (Measure.objects.count(), Resolution.objects.count(), Measure.history.count()) == (44, 11, history)
    assert Question.objects.exists()
    assert import_string(DBTaskResult.objects.get().task_path) is tasks.stage_upload


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_content_types_that_are_there_already_are_merged(before):
    migrate("sanctions", "0001")  # and not yet faq: Django makes content types and permissions for both
    assert content_types("sanctions") == sorted(MOVED + SINCE)
    assert Permission.objects.filter(codename="change_measure").count() == 2
    migrate()
    assert_at_sanctions()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_from_nothing_there_is_one_content_type_a_model(transactional_db):
    migrate("sanctions", "zero")
    migrate("faq", "zero")
    assert "faq_measure" not in connection.introspection.table_names()
    migrate()
    assert content_types("sanctions") == sorted(MOVED + SINCE)
    assert_only_questions_stay()


@pytest.mark.parametrize(("app", "number"), [("sanctions", "0001"), ("faq", "0002")])
def test_the_migrations_change_no_table(transactional_db, app, number, capsys):
    call_command("sqlmigrate", app, number)
    sql = [line for line in capsys.readouterr().out.splitlines() if line and not line.startswith("--")]
    assert sql == ["BEGIN;", "COMMIT;"]


@pytest.mark.parametrize("rest", ["measure/", "measure/7/change/", "resolution/?q=coal", "resolution/2371/history/"])
def test_a_former_address_of_the_admin_leads_to_the_new_one(client, rest):
    answer = client.get(f"/admin/faq/{rest}")
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/sanctions/{rest}")
