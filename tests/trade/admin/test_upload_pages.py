"""The editor's way through the admin: upload, see what would change, publish with a note, and back."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.samples import slow_after
from trade.admin import publish_pages
from trade.bundles import storage
from trade.models import Alias, Release, Upload
from trade.publishing import staging

pytestmark = pytest.mark.django_db

TIDY = """province,year,month,flow,reported_usd,estimate_usd,status,note
CN-LN,2015,,to_dprk,1583642564,,A,
CN-JL,2015,,to_dprk,477967021,,A,
CN-HL,2015,,to_dprk,29412350,201648300,A,"estimate: 525,000 t of crude oil"
CN-QH,2015,,to_dprk,0,,A,
CN-XZ,2015,,to_dprk,,,L,
CN-LN,2015,,from_dprk,1116218988,,A,
"""


@pytest.fixture
def client(django_capture_on_commit_callbacks):
    """A client whose requests do on commit what they would do outside of a test's transaction."""

    class Committing(Client):
        def post(self, *args, **kwargs):
            with django_capture_on_commit_callbacks(execute=True):
                return super().post(*args, **kwargs)

    return Committing()


@pytest.fixture
def editor(client, places):
    client.force_login(User.objects.create_superuser("editor", password="not-a-real-password"))
    return client


def send(client, *files, dataset="china-provinces", **form):
    """Upload files in the admin and return the upload that they became."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    chosen = {"dataset": dataset, "mode": "amend", "flow": "", "files": sent} | form
    response = client.post(reverse("admin:trade_upload_import"), chosen)
    assert response.status_code == 302, response.context and response.context["form"].errors
    return Upload.objects.latest("pk")


def publish(client, upload, note="The first figures.", kind="scheduled"):
    said = {f"warning_{n}": "on" for n in range(len(upload.warnings))} | {"note": note, "kind": kind}
    return client.post(
        reverse("admin:trade_upload_publish", args=[upload.pk]), said | {"seen": publish_pages.seen(upload)}
    )


def values(release):
    """{(province, flow, component): (value, status)} of a release."""
    rows = release.dataset.observations.as_of(release)
    return {(r.province_id, r.flow, r.component): (r.value_usd, r.status) for r in rows}


@pytest.mark.slow
@pytest.mark.both_databases
def test_a_tidy_csv_becomes_a_release_through_the_admin(editor):
    upload = send(editor, ("trade.csv", TIDY.encode()))
    assert (upload.state, upload.faults) == ("staged", [])
    assert upload.counts == {"new": 7, "changed": 0, "unchanged": 0, "removed": 0, "emptied": 0}
    page = editor.get(reverse("admin:trade_upload_change", args=[upload.pk]))
    assert "1,583,642,564" in page.content.decode()
    publish(editor, upload)
    release = Release.objects.get()
    assert (release.number, release.note, release.user.username) == (1, "The first figures.", "editor")
    assert values(release) == {
        ("CN-LN", "to_dprk", "reported"): (1583642564, "A"),
        ("CN-JL", "to_dprk", "reported"): (477967021, "A"),
        ("CN-HL", "to_dprk", "reported"): (29412350, "A"),
        ("CN-HL", "to_dprk", "estimate"): (201648300, "E"),
        ("CN-QH", "to_dprk", "reported"): (0, "A"),
        ("CN-XZ", "to_dprk", "reported"): (None, "L"),
        ("CN-LN", "from_dprk", "reported"): (1116218988, "A"),
    }


@pytest.mark.slow
def test_the_exported_workbook_imports_back_without_a_change(editor):
    publish(editor, send(editor, ("trade.csv", TIDY.encode())))
    content = storage.open_file(Release.objects.get(), "workbook.xlsx").read()
    upload = send(editor, ("workbook.xlsx", content))
    assert (upload.state, upload.faults, upload.questions) == ("staged", [], [])
    assert upload.counts == {"new": 0, "changed": 0, "unchanged": 7, "removed": 0, "emptied": 0}


@pytest.mark.slow
def test_the_exported_csv_imports_back_without_a_change(editor):
    publish(editor, send(editor, ("trade.csv", TIDY.encode())))
    upload = send(editor, ("data.csv", storage.open_file(Release.objects.get(), "data.csv").read()))
    assert upload.counts == {"new": 0, "changed": 0, "unchanged": 7, "removed": 0, "emptied": 0}


def edited(release, sheet, find, replace):
    """The workbook of a release with one value of one sheet changed."""
    book = openpyxl.load_workbook(storage.open_file(release, "workbook.xlsx"))
    hits = [cell for row in book[sheet].iter_rows() for cell in row if cell.value == find]
    assert len(hits) == 1
    hits[0].value = replace
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ["to_dprk", "data"])
@pytest.mark.both_databases
def test_an_edit_of_either_form_of_our_workbook_is_the_one_change(editor, sheet):
    publish(editor, send(editor, ("trade.csv", TIDY.encode())))
    upload = send(editor, ("mine.xlsx", edited(Release.objects.get(), sheet, 477967021, 477967022)))
    assert upload.counts["changed"] == 1
    publish(editor, upload, note="Jilin was off by one.", kind="correction")
    assert values(Release.objects.get(number=2))["CN-JL", "to_dprk", "reported"] == (477967022, "A")


@pytest.mark.slow
@pytest.mark.both_databases
def test_a_workbook_of_an_older_release_undoes_nothing_newer(editor):
    publish(editor, send(editor, ("trade.csv", TIDY.encode())))
    old = edited(Release.objects.get(), "data", 477967021, 5)
    newer = "province,year,month,flow,reported_usd\nCN-LN,2015,,to_dprk,7\n"
    publish(editor, send(editor, ("newer.csv", newer.encode())))
    upload = send(editor, ("old.xlsx", old))
    assert upload.counts["changed"] == 1
    publish(editor, upload)
    after = values(Release.objects.get(number=3))
    assert after["CN-LN", "to_dprk", "reported"] == (7, "A")
    assert after["CN-JL", "to_dprk", "reported"] == (5, "A")


@pytest.mark.slow
def test_a_wide_workbook_as_people_make_them_is_read(editor):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Exports"
    sheet.append(["China's exports to the DPRK by province, US$ thousand"])
    sheet.append([])
    sheet.append(["Province", 2014, 2015, 2016])
    sheet.append(["Liaoning", 1865817, 1583643, 1673785])
    sheet.append(["Nei Mongol", 10, "–", ".."])
    sheet.append(["Guangxi Zhuang A.R.", 0, None, 5])
    sheet.append(["Total", 1865827, 1583643, 1673790])
    sheet.append(["Note: preliminary figures for 2016."])
    buffer = io.BytesIO()
    book.save(buffer)
    upload = send(editor, ("Exports by province.xlsx", buffer.getvalue()))
    answers = {q["key"]: q["choices"][0][0] for q in upload.questions}
    if answers:
        editor.post(reverse("admin:trade_upload_answer", args=[upload.pk]), answers)
        upload.refresh_from_db()
    assert (upload.state, upload.faults) == ("staged", [])
    publish(editor, upload)
    stored = {(r.province_id, r.year): r.value_usd for r in Release.objects.get().dataset.observations.standing()}
    assert stored == {
        ("CN-LN", 2014): 1865817000,
        ("CN-LN", 2015): 1583643000,
        ("CN-LN", 2016): 1673785000,
        ("CN-NM", 2014): 10000,
        ("CN-NM", 2015): None,
        ("CN-NM", 2016): None,
        ("CN-GX", 2014): 0,
        ("CN-GX", 2015): None,
        ("CN-GX", 2016): 5000,
    }


@pytest.mark.slow
def test_a_unit_that_was_read_must_be_ticked_before_it_is_published(editor):
    text = "province,year,flow,reported (US$ million)\nCN-LN,2015,to_dprk,0\nCN-JL,2015,to_dprk,1.5\n"
    upload = send(editor, ("millions.csv", text.encode()))
    assert [warning["key"] for warning in upload.warnings] == ["unit"]
    assert "line 3, column reported (US$ million) is US$1,500,000." in upload.warnings[0]["text"]
    url = reverse("admin:trade_upload_publish", args=[upload.pk])
    said = {"note": "Millions.", "kind": "scheduled", "seen": publish_pages.seen(upload)}
    assert "Tick to confirm" in editor.post(url, said).content.decode()
    assert not Release.objects.exists()
    publish(editor, upload)
    assert values(Release.objects.get())["CN-JL", "to_dprk", "reported"] == (1_500_000, "A")


@pytest.mark.slow
def test_the_page_shows_what_the_file_was_taken_to_be_and_why(editor):
    upload = send(editor, ("trade.csv", TIDY.encode()))
    said = {(row["what"], row["value"]): row["place"] for row in upload.description}
    assert said["Dataset", upload.dataset.title] == "chosen at upload"
    assert said["Direction", "imports from the DPRK"] == said["Direction", "exports to the DPRK"] == "column “flow”"
    page = editor.get(reverse("admin:trade_upload_change", args=[upload.pk])).content.decode()
    assert all(f">{row['what']}</th><td>{row['value']}</td>" in page for row in upload.description)


@pytest.mark.slow
def test_a_unit_that_the_editor_named_needs_no_tick(editor):
    text = "Trade in thousands\nprovince,year,flow,reported\nCN-LN,2015,to_dprk,5\n"
    upload = send(editor, ("thousands.csv", text.encode()))
    assert [question["key"] for question in upload.questions] == ["unit"]
    editor.post(reverse("admin:trade_upload_answer", args=[upload.pk]), {"unit": "1000"})
    upload.refresh_from_db()
    assert (upload.state, upload.warnings) == ("staged", [])
    assert any("US$ thousand" in remark for remark in upload.remarks)


BROKEN = {
    "unknown province": TIDY.replace("CN-JL", "Jilln"),
    "unknown flow": TIDY.replace("CN-JL,2015,,to_dprk", "CN-JL,2015,,sideways"),
    "negative": TIDY.replace("477967021", "-477967021"),
    "fraction": TIDY.replace("477967021", "477967021.5"),
    "text for a number": TIDY.replace("477967021", "many"),
    "not a number": TIDY.replace("477967021", "NaN"),
    "too large": TIDY.replace("477967021", "1e308"),
    "month 13": TIDY.replace("CN-JL,2015,,", "CN-JL,2015,13,"),
    "year 20155": TIDY.replace("CN-JL,2015", "CN-JL,20155"),
    "status X": TIDY.replace("477967021,,A", "477967021,,X"),
    "twice": TIDY + "CN-JL,2015,,to_dprk,1,,A,\n",
    "a year and its month": TIDY + "CN-JL,2015,3,to_dprk,1,,A,\n",
    "no header": TIDY.split("\n", 1)[1],
    "a picture": "\x89PNG\r\n\x1a\n" + "x" * 100,
    "header only": TIDY.split("\n")[0] + "\n",
}


@pytest.mark.parametrize("name", slow_after(2, BROKEN))
def test_a_broken_file_is_refused_with_its_reason_and_changes_nothing(editor, name):
    upload = send(editor, ("broken.csv", BROKEN[name].encode("latin-1")))
    assert upload.state == "refused"
    assert all(fault["message"] for fault in upload.faults)
    page = editor.get(reverse("admin:trade_upload_change", args=[upload.pk])).content.decode()
    assert "nothing was changed" in page
    assert "Traceback" not in page
    assert not Release.objects.exists()


def test_an_empty_file_is_refused_at_the_form(editor):
    sent = {"dataset": "china-provinces", "mode": "amend", "flow": "", "files": [SimpleUploadedFile("a.csv", b"")]}
    assert "The submitted file is empty." in editor.post(reverse("admin:trade_upload_import"), sent).content.decode()
    assert not Upload.objects.exists()


@pytest.mark.slow
def test_all_faults_are_told_at_once_with_their_cells(editor):
    broken = TIDY.replace("477967021", "many").replace("1116218988", "-5").replace("2015", "1066", 1)
    upload = send(editor, ("broken.csv", broken.encode()))
    assert [(f["cell"], f["found"]) for f in upload.faults] == [
        ("line 2, column year", "1066"),
        ("line 3, column reported_usd", "many"),
        ("line 7, column reported_usd", "-5"),
    ]


@pytest.mark.slow
def test_publishing_needs_its_own_permission(client, places):
    junior = User.objects.create_user("junior", password="not-a-real-password", is_staff=True)
    junior.user_permissions.set(Permission.objects.filter(codename__in=["add_upload", "view_upload"]))
    client.force_login(junior)
    upload = send(client, ("trade.csv", TIDY.encode()))
    assert publish(client, upload).status_code == 403
    assert (
        "may upload but not publish"
        in client.get(reverse("admin:trade_upload_change", args=[upload.pk])).content.decode()
    )
    assert not Release.objects.exists()


def test_a_staff_user_without_permission_can_neither_upload_nor_look(client, places):
    client.force_login(User.objects.create_user("nobody", password="not-a-real-password", is_staff=True))
    assert client.get(reverse("admin:trade_upload_import")).status_code == 403
    assert client.post(reverse("admin:trade_upload_import"), {}).status_code == 403
    assert client.get(reverse("admin:trade_upload_changelist")).status_code == 403


@pytest.mark.slow
@pytest.mark.both_databases
def test_a_second_click_on_publish_makes_no_second_release(editor):
    upload = send(editor, ("trade.csv", TIDY.encode()))
    publish(editor, upload)
    publish(editor, upload)
    assert Release.objects.count() == 1


@pytest.mark.slow
def test_a_note_is_mandatory(editor):
    upload = send(editor, ("trade.csv", TIDY.encode()))
    response = publish(editor, upload, note="")
    assert response.status_code == 200
    assert "This field is required" in response.content.decode()
    assert not Release.objects.exists()


@pytest.mark.slow
@pytest.mark.both_databases
def test_when_another_release_came_first_the_upload_is_compared_again(editor):
    first = send(editor, ("trade.csv", TIDY.encode()))
    second = send(editor, ("trade.csv", TIDY.encode()))
    publish(editor, first)
    publish(editor, second)
    second.refresh_from_db()
    assert Release.objects.count() == 1
    assert second.counts == {"new": 0, "changed": 0, "unchanged": 7, "removed": 0, "emptied": 0}
    page = editor.get(reverse("admin:trade_upload_change", args=[second.pk])).content.decode()
    assert "was published first" in page


def act(client, action, upload, **said):
    """Send one of the forms of an upload's page, and return the upload as it is then."""
    response = client.post(reverse(f"admin:trade_upload_{action}", args=[upload.pk]), said)
    assert response.status_code in (200, 302), response.status_code
    upload.refresh_from_db()
    return upload


@pytest.mark.slow
def test_what_was_compared_again_is_looked_at_again_before_it_is_published(editor):
    upload = send(editor, ("trade.csv", TIDY.encode()))
    page = {"note": "News.", "kind": "scheduled", "seen": publish_pages.seen(upload)}
    act(editor, "restart", upload)
    assert upload.state == "staged"
    act(editor, "publish", upload, **page)
    assert (upload.state, Release.objects.count()) == ("staged", 0)
    shown = editor.get(reverse("admin:trade_upload_change", args=[upload.pk]))
    assert "Review the new comparison" in shown.content.decode()
    act(editor, "publish", upload, **page | {"seen": shown.context["seen"]})
    assert (upload.state, Release.objects.count()) == ("published", 1)


@pytest.mark.slow
@pytest.mark.parametrize("action", ["answer", "restart", "discard", "spellings", "publish"])
@pytest.mark.parametrize("end", ["publish", "discard"])
def test_an_old_page_of_an_upload_that_has_ended_changes_nothing(editor, end, action):
    upload = send(editor, ("trade.csv", TIDY.encode()))
    if end == "publish":
        publish(editor, upload)
    else:
        act(editor, "discard", upload)
    upload.refresh_from_db()
    before = upload.state
    act(editor, action, upload, note="Again.", kind="scheduled", seen=publish_pages.seen(upload))
    assert (upload.state, Release.objects.count()) == (before, 1 if end == "publish" else 0)


@pytest.mark.slow
@pytest.mark.parametrize("end", ["published", "discarded"])
@pytest.mark.both_databases
def test_a_reading_that_ends_after_the_upload_did_brings_nothing_back(editor, end):
    upload = send(editor, ("trade.csv", TIDY.encode()))
    Upload.objects.filter(pk=upload.pk).update(state=end)
    assert staging.stage(upload).state == end
    upload.refresh_from_db()
    assert upload.state == end


@pytest.mark.slow
def test_an_upload_that_is_being_read_is_not_discarded_unless_its_task_died(editor):
    upload = send(editor, ("trade.csv", TIDY.encode()))
    at_work = Upload.objects.filter(pk=upload.pk)
    at_work.update(state="reading", heartbeat=timezone.now())
    assert act(editor, "discard", upload).state == "reading"
    assert act(editor, "restart", upload).state == "reading"
    at_work.update(heartbeat=timezone.now() - timedelta(minutes=4))
    assert act(editor, "restart", upload).state == "staged"
    at_work.update(state="reading", heartbeat=timezone.now() - timedelta(minutes=4))
    assert act(editor, "discard", upload).state == "discarded"


@pytest.mark.slow
def test_an_upload_is_handled_by_who_sent_it_or_may_publish_it(client, places):
    def account(name, *rights):
        user = User.objects.create_user(name, password="not-a-real-password", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=rights))
        return user

    client.force_login(account("one", "add_upload"))
    asking = send(client, ("trade.csv", b"province,year,reported_usd\nCN-LN,2016,5\n"))
    page = reverse("admin:trade_upload_change", args=[asking.pk])
    assert "Which direction" in client.get(page).content.decode()
    client.force_login(account("another", "add_upload"))
    assert "Waiting for an answer from one" in client.get(page).content.decode()
    for action in ("answer", "discard", "restart"):
        assert client.post(reverse(f"admin:trade_upload_{action}", args=[asking.pk])).status_code == 403
    client.force_login(account("publisher", "publish_upload"))
    assert act(client, "answer", asking, flow="to_dprk").state == "staged"
    publish(client, asking)
    assert Release.objects.get().user.username == "publisher"


@pytest.mark.slow
def test_a_discarded_upload_keeps_its_record_and_loses_its_bytes(editor):
    upload = send(editor, ("trade.csv", TIDY.encode()))
    editor.post(reverse("admin:trade_upload_discard", args=[upload.pk]))
    upload.refresh_from_db()
    assert upload.state == "discarded"
    assert not upload.files.get().content


@pytest.mark.slow
@pytest.mark.both_databases
def test_a_revert_brings_the_earlier_values_back_as_a_new_release(editor):
    publish(editor, send(editor, ("trade.csv", TIDY.encode())))
    first = Release.objects.get()
    second = TIDY.replace("477967021", "5").replace(",201648300", ",").replace(",0,,A", ",0,,P")
    publish(editor, send(editor, ("b.csv", second.encode())))
    assert values(Release.objects.get(number=2)) != values(first)
    url = reverse("admin:trade_release_revert", args=[first.pk])
    seen = editor.get(url).context["form"]["seen"].value()
    editor.post(url, {"seen": seen})
    upload = Upload.objects.latest("pk")
    assert (upload.counts["changed"], upload.counts["new"]) == (2, 1)
    page = editor.get(reverse("admin:trade_upload_change", args=[upload.pk])).content.decode()
    assert "(1 keeps its value: only its status, note or quantity changes)" in page
    assert "1 of the 4 published values of these periods and directions changes." in page
    publish(editor, upload, note="Release 2 was wrong.", kind="revert")
    third = Release.objects.get(number=3)
    assert (third.kind, third.reverts_to) == ("revert", first)
    assert values(third) == values(first)


@pytest.mark.slow
@pytest.mark.both_databases
def test_a_release_is_withdrawn_for_a_reason_that_readers_see(editor):
    publish(editor, send(editor, ("trade.csv", TIDY.encode())))
    release = Release.objects.get()
    url = reverse("admin:trade_release_withdraw", args=[release.pk])
    assert url in editor.get(reverse("admin:trade_release_change", args=[release.pk])).content.decode()
    assert "Nothing of the dataset would be left" in editor.get(url).content.decode()
    typed = {"reason": "It named a person.", "values": "put_back"}
    assert "This field is required" in editor.post(url, typed | {"reason": " "}).content.decode()
    page = editor.post(url, typed, follow=True).content.decode()
    assert "Nothing of the dataset is left to show" in page
    assert "It named a person." in page
    assert url not in page
    assert "already been withdrawn" in editor.post(url, typed, follow=True).content.decode()
    release.refresh_from_db()
    assert release.withdrawal_reason == "It named a person."
    assert not release.dataset.observations.standing().exists()


@pytest.mark.slow
def test_a_withdrawal_says_what_it_puts_back_and_a_withdrawn_value_comes_back_by_a_tick_alone(editor):
    publish(editor, send(editor, ("trade.csv", TIDY.encode())))
    others = {"7": "8", "158": "258", "294": "394", "20164": "30164", "11162": "21162", "rk,0,": "rk,1,", ",L,": ",O,"}
    revised = TIDY
    for old, new in others.items():
        revised = revised.replace(old, new)
    publish(editor, send(editor, ("trade.csv", revised.encode())))
    second = Release.objects.get(number=2)
    url = reverse("admin:trade_release_withdraw", args=[second.pk])
    assert "A new release puts back" in editor.get(url).content.decode()
    first = reverse("admin:trade_release_withdraw", args=[Release.objects.get(number=1).pk])
    assert [bool(editor.get(page).context["form"].fields.get("values")) for page in (first, url)] == [False, True]
    editor.post(url, {"reason": "The wrong file.", "values": "put_back"})
    third = Release.objects.get(number=3)
    assert (third.kind, third.withdraws) == ("withdrawal", second)
    again = send(editor, ("trade.csv", TIDY.replace("7", "8").encode()))
    assert [w["text"] for w in again.warnings if w["key"] == "withdrawn"]


@pytest.mark.slow
def test_a_withdrawal_needs_a_permission_of_its_own(client, places):
    publisher = User.objects.create_user("publisher", password="not-a-real-password", is_staff=True)
    names = ["add_upload", "view_upload", "publish_upload", "view_release"]
    publisher.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(publisher)
    publish(client, send(client, ("trade.csv", TIDY.encode())))
    url = reverse("admin:trade_release_withdraw", args=[Release.objects.get().pk])
    assert client.post(url, {"reason": "Mine."}).status_code == 403
    assert (
        url not in client.get(reverse("admin:trade_release_change", args=[Release.objects.get().pk])).content.decode()
    )
    assert Release.objects.get().withdrawn is None


@pytest.mark.slow
@pytest.mark.both_databases
def test_months_over_a_stored_year_are_a_question(editor):
    publish(editor, send(editor, ("trade.csv", TIDY.encode())))
    months = "province,year,month,flow,reported_usd\nCN-LN,2015,1,to_dprk,7\nCN-LN,2015,2,to_dprk,8\n"
    upload = send(editor, ("months.csv", months.encode()))
    assert (upload.state, [q["key"] for q in upload.questions]) == ("asking", ["period"])
    editor.post(reverse("admin:trade_upload_answer", args=[upload.pk]), {"period": "replace"})
    upload.refresh_from_db()
    assert upload.state == "staged"
    assert (upload.counts["new"], upload.counts["removed"]) == (2, 1)


@pytest.mark.slow
@pytest.mark.both_databases
def test_the_page_of_an_upload_makes_a_bounded_number_of_queries(editor, django_assert_max_num_queries):
    upload = send(editor, ("trade.csv", TIDY.encode()))
    with django_assert_max_num_queries(9):
        editor.get(reverse("admin:trade_upload_change", args=[upload.pk]))


@pytest.mark.slow
@pytest.mark.both_databases
def test_a_spelling_is_kept_on_the_spot_and_the_file_read_again(editor):
    upload = send(editor, ("trade.csv", TIDY.replace("CN-JL", "Jilin of old").encode()))
    assert upload.state == "refused"
    url = reverse("admin:trade_upload_spellings", args=[upload.pk])
    assert "Jilin of old" in editor.get(reverse("admin:trade_upload_change", args=[upload.pk])).content.decode()
    assert editor.post(url, {"name_0": ""}).status_code == 200
    editor.post(url, {"name_0": "CN-JL"})
    upload.refresh_from_db()
    assert (upload.state, upload.counts["new"]) == ("staged", 7)
    assert Alias.objects.get(name="Jilin of old").province_id == "CN-JL"


@pytest.mark.slow
def test_the_faults_are_marked_in_a_copy_of_the_workbook(editor):
    book = openpyxl.Workbook()
    book.active.title = "data"
    for row in csv.reader(io.StringIO(TIDY.replace("477967021", "many").replace("CN-LN", "Atlantis", 1))):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    upload = send(editor, ("mine.xlsx", buffer.getvalue()))
    assert [f["cell"] for f in upload.faults] == ["row 2", "E3"]
    response = editor.get(reverse("admin:trade_upload_annotated", args=[upload.pk, upload.files.get().pk]))
    copy = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert copy.sheetnames == ["faults found", "data"]
    assert copy["data"]["E3"].fill.fgColor.rgb == "FFFFC7CE"
    assert "many" in copy["data"]["E3"].comment.text
    assert copy["data"]["E2"].comment is None
    assert [row[1].value for row in copy["faults found"].rows] == ["Cell", "row 2", "E3"]


@pytest.mark.slow
def test_a_workbook_that_cannot_be_opened_has_no_copy_with_marks(editor):
    upload = send(editor, ("mine.xlsx", b"PK\x03\x04 and nothing more"))
    page = editor.get(reverse("admin:trade_upload_change", args=[upload.pk])).content.decode()
    assert "damaged or incomplete" in page and "copy of your workbook" not in page


@pytest.mark.slow
@pytest.mark.both_databases
def test_one_cell_is_corrected_by_hand_as_a_release_of_its_own(editor):
    publish(editor, send(editor, ("trade.csv", TIDY.encode())))
    row = Release.objects.get().dataset.observations.get(province="CN-JL")
    url = reverse("admin:trade_provinceobservation_change", args=[row.pk])
    assert 'value="477,967,021"' in editor.get(url).content.decode()
    wrong = {"reported": "5", "status": "O", "estimate": "", "remark": ""}
    wrong["seen"] = editor.get(url).context["seen"]
    assert "is for missing values only" in editor.post(url, wrong).content.decode()
    assert "requires a value" in editor.post(url, wrong | {"reported": "", "status": "P"}).content.decode()
    editor.post(url, wrong | {"status": "P"})
    publish(editor, Upload.objects.latest("pk"), note="Off.", kind="correction")
    release = Release.objects.get(number=2)
    assert (release.kind, release.counts["changed"]) == ("correction", 1)
    assert values(release)["CN-JL", "to_dprk", "reported"] == (5, "P")
    history = editor.get(url).content.decode()
    assert "477,967,021" in history
    assert "release 2" in history
    assert "since you opened the page: it is 5 now" in editor.post(url, wrong | {"status": "A"}).content.decode()
    assert Upload.objects.count() == 2


def test_an_address_that_names_nothing_is_not_found(editor):
    for table in ("upload", "provinceobservation", "commodityobservation"):
        for key in ("abc", "999999", "9" * 30, "²"):
            address = reverse(f"admin:trade_{table}_changelist") + f"{key}/change/"
            assert editor.get(address).status_code == 404
