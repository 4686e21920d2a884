"""The ready groups, and that nobody raises an account above what he may give."""

import pytest
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from tests.accounts.logins import PASSWORD, editor
from tests.accounts.ready_groups import make, migration, take_away

pytestmark = [pytest.mark.usefixtures("groups"), pytest.mark.both_databases, pytest.mark.slow]


PARTS = ["view_announcement", "view_cap"]  # of the list of sanctions, as measures are


def names(group):
    return set(Group.objects.get(name=group).permissions.values_list("codename", flat=True))


def test_an_installation_has_groups_each_able_to_do_its_work():
    assert {"add_upload"} <= names("Uploader")
    assert {"add_upload", "publish_upload", "add_alias"} <= names("Publisher")
    assert {"change_question", "change_measure", "add_annotation"} <= names("Editor of words")
    assert {"change_user", "delete_release", "view_logentry", "delete_authenticator"} <= names("Administrator")
    assert not names("Uploader") & {"publish_upload", "add_alias"}
    assert not names("Publisher") & {"delete_release", "change_user", "change_question"}
    assert not names("Editor of words") & {"add_upload", "publish_upload", "change_dataset"}


def test_what_an_operator_made_of_a_group_stays_when_the_migration_runs_again_and_when_it_is_undone():
    publisher = Group.objects.get(name="Publisher")
    publisher.permissions.set(Permission.objects.filter(codename="view_upload"))
    Group.objects.get(name="Uploader").user_set.add(editor())
    Group.objects.get(name="Editor of words").delete()
    make()
    assert names("Publisher") == {"view_upload"}
    assert "view_totalobservation" in names("Administrator") - names("Publisher")
    assert "change_question" in names("Editor of words")
    take_away()
    assert set(Group.objects.values_list("name", flat=True)) == {"Publisher", "Uploader"}


def test_a_group_may_do_to_events_what_it_may_do_to_measures():
    for name in ("Editor of words", "Administrator"):
        assert {"add_event", "change_event", "delete_event", "view_event"} <= names(name)
    assert not {one for name in ("Uploader", "Publisher") for one in names(name) if one.endswith("_event")}
    group = Group.objects.get(name="Editor of words")
    group.permissions.set(Permission.objects.filter(codename__in=["view_measure", "change_question"]))
    make()
    later = {"publish_question", "view_sitetext", "change_sitetext"}
    assert names("Editor of words") == {"view_measure", "change_question", "view_event", *PARTS} | later


def test_who_may_change_words_may_publish_them_but_for_the_writers(groups):
    published = {f"publish_{model}" for model in ("question", "resolution", "measure", "event", "annotation")}
    assert published <= names("Editor of words") & names("Administrator")
    assert names("Publisher") & published == {"publish_annotation"}
    assert {"add_question", "change_measure", "change_annotation"} <= names("Writer of words")
    assert not {one for one in names("Writer of words") if one.startswith(("publish", "delete"))}


def test_permissions_that_the_migration_made_are_those_that_django_would_make():
    before = set(Permission.objects.values_list("pk", "name", "codename"))
    for label in migration.APPS:
        create_permissions(apps.get_app_config(label), verbosity=0)
    assert set(Permission.objects.values_list("pk", "name", "codename")) == before


@pytest.fixture
def administrator(client):
    user = editor("administrator")
    user.groups.set([Group.objects.get(name="Administrator")])
    client.force_login(user)
    return client


def form_of(user, **more):
    joined = user.date_joined
    dates = {"date_joined_0": joined.date().isoformat(), "date_joined_1": joined.time().isoformat("seconds")}
    return {"username": user.username, "is_active": "on", "is_staff": "on"} | dates | more


@pytest.mark.parametrize("whom", ["administrator", "clerk"])
def test_an_administrator_makes_nobody_a_superuser_not_himself_either(administrator, whom):
    editor("clerk")
    user = User.objects.get(username=whom)
    every = [str(pk) for pk in Permission.objects.values_list("pk", flat=True)]
    sent = form_of(user, is_superuser="on", user_permissions=every, first_name="Changed", groups=[])
    answer = administrator.post(reverse("admin:auth_user_change", args=[user.pk]), sent)
    user.refresh_from_db()
    assert (answer.status_code, user.first_name) == (302, "Changed")
    assert (user.is_superuser, user.user_permissions.count()) == (False, 0)


def test_an_administrator_changes_no_superuser_nor_his_password(administrator):
    root = editor("root", is_superuser=True)
    changed = form_of(root, is_active="", first_name="Changed")
    administrator.post(reverse("admin:auth_user_change", args=[root.pk]), changed)
    password = {"password1": "an-other-pass-word", "password2": "an-other-pass-word", "usable_password": "true"}
    administrator.post(reverse("admin:auth_user_password_change", args=[root.pk]), password)
    administrator.post(reverse("admin:auth_user_delete", args=[root.pk]), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [str(root.pk)], "post": "yes"}
    administrator.post(reverse("admin:auth_user_changelist"), chosen)
    root.refresh_from_db()
    assert (root.first_name, root.is_active, root.check_password(PASSWORD)) == ("", True, True)
