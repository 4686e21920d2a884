"""An earlier version of a question, resolution or measure: who may see it, and who may restore it."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from faq.models import Question
from sanctions.models import Announcement, Measure, Resolution

WITH_HISTORY = [(Question, "question"), (Resolution, "summary"), (Measure, "goods")]


def logged_in(client, model, *actions, also=()):
    """Log a member of staff in who has these permissions on the model (and others) and no more."""
    user = User.objects.create_user("-".join(actions), password="x", is_staff=True)
    names = [f"{action}_{one._meta.model_name}" for action in actions for one in (model, *also)]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def two_versions(model, field):
    """Change an entry once: the entry, and the address of its first version."""
    entry = model.objects.first()
    setattr(entry, field, "The second version.")
    entry.save()
    names = (model._meta.app_label, model._meta.model_name)
    return entry, reverse("admin:{}_{}_simple_history".format(*names), args=[entry.pk, entry.history.earliest().pk])


def restore(client, address):
    """Post the whole form of an earlier version, as its button does."""
    form = client.get(address).context["adminform"].form
    posted = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    return client.post(address, {name: value for name, value in posted.items() if value is not False})


@pytest.mark.parametrize(("model", "field"), WITH_HISTORY)
def test_who_may_only_view_an_entry_sees_its_versions_and_restores_none(words, db, client, model, field):
    entry, address = two_versions(model, field)
    answer = restore(logged_in(client, model, "view"), address)
    entry.refresh_from_db()
    assert (answer.status_code, getattr(entry, field)) == (403, "The second version.")
    assert entry.history.count() == 2


@pytest.mark.parametrize(("model", "field"), WITH_HISTORY)
def test_who_may_change_and_publish_an_entry_restores_a_version(words, db, client, model, field):
    entry, address = two_versions(model, field)
    also = [Measure, Announcement] if model is Resolution else []  # which stand in its form
    restore(logged_in(client, model, "view", "change", "publish", also=also), address)
    entry.refresh_from_db()
    assert getattr(entry, field) == getattr(entry.history.earliest(), field) != "The second version."
    assert entry.history.count() == 3


@pytest.mark.parametrize("actions", [("view",), ("view", "change")])
def test_who_may_not_publish_restores_no_version(words, db, client, actions):
    entry, address = two_versions(Question, "question")
    answer = logged_in(client, Question, *actions).post(address, {"question": "The first version."})
    assert (answer.status_code, entry.history.count()) == (403, 2)


@pytest.mark.parametrize(
    ("actions", "is_back"),
    [(("view", "change", "add"), False), (("view", "change", "publish"), False), (("change", "add", "publish"), True)],
)
def test_a_deleted_question_comes_back_only_for_who_may_add_and_publish_one(words, db, client, actions, is_back):
    entry, address = two_versions(Question, "question")
    slug = entry.slug
    entry.delete()
    restore(logged_in(client, Question, *actions), address)
    assert Question.objects.filter(slug=slug).exists() == is_back
