"""A text is taken out of notes and names of files: no file that is offered, no page and no row holds it afterwards."""

import io
import json

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from tests.trade import released
from trade.bundles import storage, verification
from trade.models import Redaction, Release, Upload
from trade.publishing import releases, staging, uploads
from trade.publishing.removing import redacted_texts, withdrawal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words"), pytest.mark.slow]

NAME = "Kim Example-Person"
CELL, OTHER = ("CN-LN", "to_dprk", 2015, 0), ("CN-JL", "to_dprk", 2015, 0)


def all_text(release):
    """Everything in the files of a release that may hold words; what is packed is unpacked by the reader of .xlsx."""
    found = b""
    for file in release.files:
        found += storage.open_kept(release, file["name"]).read()
    return found.decode("utf-8", "replace")


@pytest.fixture(autouse=True)
def what_follows_a_commit_is_done(monkeypatch):
    """These tests never commit."""
    monkeypatch.setattr(redacted_texts.transaction, "on_commit", commit)


@pytest.fixture
def made():
    """Four releases: one with the name in the note of a value, one that ends it, one that names it in its note."""
    dataset = released.dataset("province")
    released.release(dataset, {OTHER: {"reported": 1}})
    released.release(dataset, {OTHER: {"reported": 1}, CELL: {"reported": 5, "note": f"Told by {NAME}."}})
    released.release(dataset, {OTHER: {"reported": 1}, CELL: {"reported": 6}}, note=f"{NAME} told otherwise.")
    released.release(dataset, {OTHER: {"reported": 2}, CELL: {"reported": 6}})
    return dataset


def commit(follow, robust=False):
    """Do what follows a commit as Django does it."""
    try:
        follow()
    except Exception:
        if not robust:
            raise


def redact(text=NAME, reason="It named a person."):
    redacted = redacted_texts.record(text, reason)
    for upload in redacted_texts.ask(redacted):
        redacted_texts.publish(upload)
    return redacted


@pytest.mark.both_databases
def test_the_text_is_gone_from_every_file_and_each_page_says_when_and_why(made, client):
    before = {one.number: (one.bundle, one.sums_checksum) for one in made.releases.all()}
    redact()
    after = {one.number: one for one in made.releases.all()}
    assert [number for number, one in after.items() if one.bundle != before[number][0]] == [3, 2]
    for number, one in sorted(after.items()):
        assert NAME not in all_text(one) and not verification.findings(one)[0]
        page = client.get(one.get_absolute_url()).content.decode()
        assert NAME not in page
        is_rebuilt = number in (2, 3)
        assert is_rebuilt == ("It named a person." in page) == bool(one.rebuilt)
        if is_rebuilt:
            assert before[number][1] in page and one.sums_checksum in page and "[redacted]" in all_text(one)
            assert not storages["bundles"].exists(f"{before[number][0]}/data.csv")
    for row in made.observations.all():
        assert NAME not in row.note
    assert NAME not in json.dumps(list(Redaction.objects.values("reason", "places")))
    assert NAME not in client.get("/data/releases.atom").content.decode()


def test_a_text_is_taken_out_that_no_note_of_a_value_holds(made):
    redact("told otherwise")
    third = made.releases.get(number=3)
    assert third.note == f"{NAME} [redacted]." and "told otherwise" not in all_text(third)


def test_a_task_that_was_done_forgets_the_text(made):
    words = {"args": [7, f"{NAME} told it.", "correction", 1], "kwargs": {}}
    task = DBTaskResult.objects.create(
        task_path="trade.tasks.publish_upload", backend_name="default", args_kwargs=words, priority=0, queue_name="q"
    )
    redact()
    task.refresh_from_db()
    assert task.args_kwargs["args"][1] == "[redacted] told it."


def test_an_uploaded_file_is_named_otherwise_and_its_bytes_are_removed(made):
    upload = uploads.receive(made, [(f"{NAME}.csv", b"province,year,flow,reported_usd\nCN-LN,2016,to_dprk,5\n")])
    staging.stage(upload)
    releases.publish(upload, note="Next.", kind="scheduled", accepted="all")
    kept = upload.files.get().content.name
    redact()
    upload = Upload.objects.get(pk=upload.pk)
    assert upload.files.get().name == "[redacted].csv" and not upload.files.get().content
    assert not storages["uploads"].exists(kept)
    assert NAME not in json.dumps([upload.faults, upload.warnings, upload.description, upload.remarks])


def staged(dataset, value):
    file = f"province,year,flow,reported_usd\n{CELL[0]},{CELL[2]},{CELL[1]},{value}\n"
    return staging.stage(uploads.receive(dataset, [("trade.csv", file.encode())]))


def test_lists_of_changes_say_no_more_what_the_note_was(made):
    """Neither that of the upload that ended the value, nor that of one which waits to be published."""
    told = {OTHER: {"reported": 2}, CELL: {"reported": 7, "note": f"Told by {NAME}."}}
    released.release(made, told)
    ended = staged(made, 8)
    releases.publish(ended, note="Next.", kind="scheduled", accepted="all")
    released.release(made, told)
    waiting = staged(made, 9)
    kept = [ended.diff.name, waiting.diff.name]
    redact()
    assert not any(storages["uploads"].exists(name) for name in kept)
    with pytest.raises(uploads.Refused, match="no longer stored"):
        releases.publish(Upload.objects.get(pk=waiting.pk), note="Next.", kind="scheduled", accepted="all")


def test_what_was_compared_before_a_redaction_is_compared_again(made):
    """A worker compared it while the text was taken out."""
    released.release(made, {OTHER: {"reported": 2}, CELL: {"reported": 7, "note": f"Told by {NAME}."}})
    compared = staged(made, 9)
    Upload.objects.filter(pk=compared.pk).update(state="reading")
    redact()
    Upload.objects.filter(pk=compared.pk).update(state="staged")
    with pytest.raises(releases.HeadMoved, match="redacted meanwhile"):
        releases.publish(Upload.objects.get(pk=compared.pk), note="Next.", kind="scheduled", accepted="all")
    published = releases.publish(Upload.objects.get(pk=compared.pk), note="Next.", kind="scheduled", accepted="all")
    assert NAME not in all_text(published)


def test_what_is_published_while_a_text_is_taken_out_does_not_hold_it(made, monkeypatch):
    """The rows were read before; another worker takes the text out while the files are built."""
    told = {"reported": 6, "note": f"Told by {NAME}."}
    released.release(made, {OTHER: {"reported": 2}, CELL: told})
    waits, build = [True], releases.build.build

    def redact_before(*args):
        if waits:
            waits.clear()
            redact()
        return build(*args)

    monkeypatch.setattr(releases.build, "build", redact_before)
    with pytest.raises(releases.HeadMoved, match="redacted meanwhile"):
        released.release(made, {OTHER: {"reported": 3}, CELL: told})
    assert not any(NAME in all_text(one) for one in made.releases.all())


def test_files_of_a_withdrawn_release_that_hold_the_text_are_removed(made):
    third = made.releases.get(number=3)
    withdrawal.withdraw(third, "Wrong.")
    redact()
    third.refresh_from_db()
    assert third.note == "[redacted] told otherwise."
    assert not storages["bundles"].exists(f"{third.bundle}/README.md")
    assert not verification.findings(third)[0]


def test_files_of_a_withdrawn_release_whose_values_have_the_text_in_a_note_are_removed_too(made):
    second = made.releases.get(number=2)
    withdrawal.withdraw(second, "Wrong.")
    redact()
    assert not storages["bundles"].exists(f"{second.bundle}/data.csv")
    assert not made.observations.filter(note__contains=NAME).exists()


def test_what_is_found_by_chance_nowhere_or_repeated_is_refused(made):
    for text, reason, said in (
        ("Ki", "A person.", "at least 3"),
        ("kim example", "A person.", "Check its spelling"),
        (NAME, f"It named {NAME.lower()}.", "repeats the text"),
        (NAME, "  ", "Give the reason"),
    ):
        with pytest.raises(uploads.Refused, match=said):
            redacted_texts.record(text, reason)
    assert not Redaction.objects.exists()


def test_where_it_fails_nothing_is_changed(made, monkeypatch):
    before = list(Release.objects.order_by("pk").values("bundle", "note", "rebuilt"))
    folders = storages["bundles"].listdir(made.pk)[0]

    def fail(*args, **kwargs):
        raise OSError("no")

    monkeypatch.setattr(redacted_texts.bulk_rows, "rewrite", fail)
    redacted = redacted_texts.record(NAME, "It named a person.")
    with pytest.raises(OSError, match="no"):
        redacted_texts.apply(redacted, made)
    assert list(Release.objects.order_by("pk").values("bundle", "note", "rebuilt")) == before
    assert sorted(storages["bundles"].listdir(made.pk)[0]) == sorted(folders)


def test_where_old_files_cannot_be_removed_no_release_names_them_any_more(made, monkeypatch):
    """`sweep` takes the folders that no release names; the new files stay."""
    third = made.releases.get(number=3)
    withdrawal.withdraw(third, "Wrong.")
    old = {one.bundle for one in made.releases.filter(number__in=(2, 3))}

    def fail(folder):
        raise OSError("no")

    monkeypatch.setattr(storage, "remove_folder", fail)
    redact()
    assert not old & set(made.releases.values_list("bundle", flat=True))
    for one in made.releases.all():
        assert not verification.findings(one)[0]


def test_no_record_that_is_kept_for_a_restore_holds_the_text(made):
    """Neither the reason of a withdrawal, nor what an earlier redaction left standing of a note."""
    withdrawal.withdraw(made.releases.get(number=4), f"{NAME} asked for it.")
    redact("told otherwise")
    redact()
    bundles = storages["bundles"]
    kept = [f"{folder}/{name}" for folder in storage.RECORDS for name in bundles.listdir(folder)[1]]
    assert not [name for name in kept if NAME in bundles.open(name).read().decode()]
    assert NAME not in json.dumps(list(Redaction.objects.values("reason", "places")))


@pytest.mark.both_databases
def test_after_a_restore_it_is_done_again(made, monkeypatch):
    """The rows are put back as an older backup has them; the record beside the bundles is younger than it."""
    rows = list(made.observations.order_by("pk").values_list("pk", "note"))
    notes = list(made.releases.order_by("pk").values_list("pk", "note"))
    with monkeypatch.context() as patched:
        patched.setattr(redacted_texts, "_remove", lambda folders, reason: None)
        old = {one.pk: (one.bundle, one.files) for one in made.releases.all()}
        created = redact().created
    Redaction.objects.all().delete()
    for pk, note in rows:
        made.observations.filter(pk=pk).update(note=note)
    for pk, note in notes:
        bundle, files = old[pk]
        Release.objects.filter(pk=pk).update(note=note, bundle=bundle, files=files, rebuilt=[])
    assert redacted_texts.replay("2100-01-01T00:00:00+00:00") == 0
    assert redacted_texts.replay(created.isoformat()) == 1
    assert redacted_texts.replay(created.isoformat()) == 0
    assert not any(NAME in all_text(one) or NAME in one.note for one in made.releases.all())


def test_the_command_reads_the_text_from_its_input(made, monkeypatch):
    said = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NAME}\n"))
    call_command("redact", reason="It named a person.", stdout=said)
    assert said.getvalue() == "Taken out of 2 places.\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("nowhere\n"))
    with pytest.raises(CommandError, match="Check its spelling"):
        call_command("redact", reason="It named a person.")
