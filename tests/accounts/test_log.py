"""The log of who did what: complete, only ever added to, and read by administrators."""

import csv
import io

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.urls import reverse

from accounts.models import AppendOnly, LogEntry
from faq.models import Question
from tests.accounts.logins import PASSWORD, editor, log_in
from tests.tables.steps import stored
from tests.trade import sites
from trade.models import Dataset, Release
from trade.publishing import releases
from trade.publishing.removing import withdrawal

pytestmark = [pytest.mark.usefixtures("groups"), pytest.mark.both_databases]
QUESTION = {"question": "Why?", "answer": "Because.", "slug": "why", "page": "both", "position": "3", "state": "draft"}


@pytest.fixture
def root(client):
    """Somebody who may do everything, from a known address."""
    editor("root", is_superuser=True)
    client.defaults["REMOTE_ADDR"] = "192.0.2.9"
    log_in("root", client=client, address="192.0.2.9")
    return client


def newest(**more) -> LogEntry:
    return LogEntry.objects.filter(**more).first()


def said(entry):
    return entry.account, entry.action, entry.subject, entry.details


def test_a_login_a_refusal_and_a_logout_are_logged_with_account_and_address(client):
    editor()
    log_in(password="wrong")
    log_in(client=client)
    client.post(reverse("admin:logout"), REMOTE_ADDR="192.0.2.1")
    found = LogEntry.objects.exclude(action="added").order_by("pk").values_list("account", "action", "address")
    assert list(found) == [
        ("editor", "password-refused", "192.0.2.1"),
        ("editor", "logged-in", "192.0.2.1"),
        ("editor", "logged-out", "192.0.2.1"),
    ]


def test_words_that_are_added_changed_and_deleted_are_logged(root):
    root.post(reverse("admin:faq_question_add"), QUESTION)
    question = Question.objects.get()
    assert said(newest()) == ("root", "added", "question Why?", "")
    typed = QUESTION | {"answer": "Therefore.", "state": "published"}
    root.post(reverse("admin:faq_question_change", args=[question.pk]), typed)
    assert "answer: Because. → Therefore." in newest().details
    assert "state: draft → published" in newest().details
    root.post(reverse("admin:faq_question_delete", args=[question.pk]), {"post": "yes"})
    assert (newest().action, newest().subject, newest().address) == ("deleted", "question Why?", "192.0.2.9")


@pytest.mark.slow
def test_deletions_of_many_at_once_and_imports_are_logged_row_by_row(root):
    stored(root, Question, "slug,question,answer,page,position\na,A?,A.,both,1\nb,B?,B.,both,2\n")
    assert LogEntry.objects.filter(action="added", kind="faq.question", account="root").count() == 2
    chosen = {"action": "delete_selected", "_selected_action": list(Question.objects.values_list("pk", flat=True))}
    root.post(reverse("admin:faq_question_changelist"), chosen | {"post": "yes"})
    assert LogEntry.objects.filter(action="deleted", kind="faq.question", account="root").count() == 2


def test_permissions_groups_and_the_settings_of_a_dataset_are_logged(root, django_assert_max_num_queries):
    sites.name_things()
    user, group = editor("clerk"), Group.objects.get(name="Publisher")
    user.groups.add(group)
    assert said(newest())[1:] == ("changed", "user clerk", "groups: + Publisher")
    user.groups.clear()
    assert newest().details == "groups: − Publisher"
    group.permissions.remove(group.permissions.get(codename="publish_upload"))
    assert "− Trade | upload | Can publish an upload" in newest().details
    with django_assert_max_num_queries(10):  # however many permissions are named
        user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    assert newest().details.count("Can view") > 20
    user.is_superuser = True
    user.set_password("something-long-and-new")
    user.save()
    assert "superuser status: False → True" in newest().details
    assert "password" in newest().details
    assert user.password not in newest().details
    dataset = Dataset.objects.get(slug="china-provinces")
    dataset.licence = "CC0 1.0"
    dataset.save()
    assert "→ CC0 1.0" in newest().details


@pytest.mark.slow
def test_releases_corrections_reverts_and_withdrawals_are_logged_whoever_made_them(root):
    sites.name_things()
    sites.release("china-provinces", sites.PLACES)
    assert said(newest()) == (
        "", "released", "release China–DPRK trade by Chinese province, release 1", "scheduled revision",
    )  # fmt: skip
    user, dataset = User.objects.get(username="root"), Dataset.objects.get(slug="china-provinces")
    row = dataset.observations.get(province="CN-JL")
    releases.correct(row, reported=7, status="A", estimate=None, remark="", note="Off by one.", user=user)
    assert said(newest())[:2] == ("root", "released")
    assert newest().details == "correction"
    releases.revert(dataset, 1, note="It was right.", user=user)
    assert newest().details == "reversion"
    withdrawal.withdraw(Release.objects.get(number=2), "It named a person.")
    assert newest().action == "withdrawn"
    assert "It named a person." in newest().details


def test_a_second_factor_that_is_added_or_taken_away_is_logged_without_its_secret(capsys):
    user = editor()
    Authenticator.objects.create(user=user, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    assert (newest().action, newest().kind) == ("added", "mfa.authenticator")
    assert "editor" in newest().subject
    call_command("forget_second_factor", "editor")
    assert newest().action == "deleted"
    assert not LogEntry.objects.filter(details__contains="JBSWY3DPEHPK3PXP").exists()


def test_no_entry_is_changed_or_deleted_by_the_models():
    entry = LogEntry.objects.create(action="added", account="somebody")
    entry.account = "another"
    for forbidden in (
        entry.save,
        entry.delete,
        LogEntry.objects.all().delete,
        lambda: LogEntry.objects.update(account="another"),
        lambda: LogEntry.objects.bulk_update([entry], ["account"]),
        lambda: LogEntry.objects.update_or_create(pk=entry.pk, defaults={"account": "another"}),
    ):
        with pytest.raises(AppendOnly):
            forbidden()
    assert LogEntry.objects.get().account == "somebody"


def test_the_name_of_a_deleted_account_stays():
    user = editor()
    log_in()
    user.delete()
    assert LogEntry.objects.filter(account="editor", action="logged-in").exists()


def test_the_page_is_searched_and_filtered_with_a_bounded_number_of_queries(root, django_assert_max_num_queries):
    for number in range(120):
        LogEntry.objects.create(
            action="changed", account=f"clerk-{number}", subject="question Why?", kind="faq.question"
        )
    address = reverse("admin:accounts_logentry_changelist")
    with django_assert_max_num_queries(12):
        page = root.get(address, {"q": "clerk-77", "action__exact": "changed"}).content.decode()
    assert "clerk-77" in page
    assert "clerk-78" not in page


def test_the_export_holds_what_the_search_leaves_and_nothing_that_a_spreadsheet_would_run(root):
    LogEntry.objects.create(action="password-refused", account="=cmd|' /C calc'!A0")
    LogEntry.objects.create(action="changed", account="clerk", subject="question Why?")
    answer = root.get(reverse("admin:accounts_logentry_export"), {"action__exact": "password-refused"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [(row["account"], row["action"]) for row in rows] == [("'=cmd|' /C calc'!A0", "password-refused")]


def test_what_is_tried_as_a_name_is_kept_no_longer_than_a_name():
    log_in("x" * 5000, PASSWORD)
    log_in("nul\0l", PASSWORD)
    assert all(len(entry.account) <= 150 for entry in LogEntry.objects.all())
