"""Entries that were deleted: listed with who did it, restored with key, address and history; and earlier versions."""

import pytest

from faq.models import Question
from sanctions.models import Event, Measure, Resolution
from tests.tables.steps import address, text_of
from tests.trade import released
from trade.models import Annotation

BOTH = pytest.mark.both_databases


def restored(client, model):
    [version] = model.history.filter(history_type="-").values_list("pk", flat=True)
    return client.post(address(model, "deleted"), {"version": version}, follow=True)


@BOTH
def test_a_deleted_question_is_listed_and_restored_at_its_old_address(editor):
    before = Question.objects.filter(slug="crude-oil").values().get()
    editor.post(address(Question, "delete", before["id"]), {"post": "yes"})
    page = text_of(editor.get(address(Question, "deleted")))
    assert before["question"] in page
    assert "editor" in page
    restored(editor, Question)
    assert Question.objects.filter(slug="crude-oil").values().get() == before
    assert list(Question.objects.get(slug="crude-oil").history.values_list("history_type", flat=True)) == list("+-+")
    assert "Nothing has been deleted." in text_of(editor.get(address(Question, "deleted")))


@pytest.mark.slow
@BOTH
def test_a_deleted_resolution_comes_back_with_its_measures_and_their_codes(editor):
    entry = Resolution.objects.get(number=2371)
    before = list(entry.measures.values())
    codes = [str(code) for measure in entry.measures.all() for code in measure.codes.all()]
    rows = len(before) + entry.announcements.count()
    other = Measure.objects.filter(resolution=2375).first()
    other.delete()
    editor.post(address(Resolution, "delete", 2371), {"post": "yes"})
    assert not Measure.objects.filter(resolution=2371).exists()
    assert f"and {rows} rows of it" in text_of(editor.get(address(Resolution, "deleted")))
    restored(editor, Resolution)
    assert list(Resolution.objects.get(number=2371).measures.values()) == before
    assert [str(code) for measure in entry.measures.all() for code in measure.codes.all()] == codes
    assert not Measure.objects.filter(pk=other.pk).exists()


@pytest.mark.slow
@BOTH
def test_what_referred_to_a_deleted_entry_refers_to_it_again_unless_it_was_edited_since(editor):
    newer, older, edited = Measure.objects.order_by("pk")[:3]
    ending = Resolution.objects.exclude(measures__in=[newer, older, edited]).order_by("-number").first()
    Measure.objects.filter(pk__in=[older.pk, edited.pk]).update(replaced_by=newer, ended_by=ending)
    for measure in Measure.objects.filter(pk__in=[older.pk, edited.pk]):
        measure.save()
    editor.post(address(Measure, "delete", newer.pk), {"post": "yes"})
    editor.post(address(Resolution, "delete", ending.pk), {"post": "yes"})
    Measure.objects.get(pk=edited.pk).save()
    version = Measure.history.filter(history_type="-", id=newer.pk).values_list("pk", flat=True).get()
    editor.post(address(Measure, "deleted"), {"version": version})
    restored(editor, Resolution)
    referring = [Measure.objects.get(pk=one.pk) for one in (older, edited)]
    assert [(one.replaced_by_id, one.ended_by_id) for one in referring] == [(newer.pk, ending.pk), (None, None)]


KINDS = [Question, Resolution, Measure, Event, Annotation]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__ for kind in KINDS])
def test_what_the_action_of_the_list_deleted_comes_back_whole(editor, kind):
    Annotation.objects.create(dataset=released.dataset("province"), year=2016, text="A note.")
    chosen = list(kind.objects.order_by("pk").values_list("pk", flat=True)[:2])
    before = {row["id" if "id" in row else "number"]: row for row in kind.objects.filter(pk__in=chosen).values()}
    form = {"action": "delete_selected", "_selected_action": [str(pk) for pk in chosen], "post": "yes"}
    page = text_of(editor.post(address(kind, "changelist"), form, follow=True))
    assert "Successfully deleted" in page and "Deleted entries" in page
    assert not kind.objects.filter(pk__in=chosen).exists()
    for version in kind.history.filter(history_type="-").order_by("-pk").values_list("pk", flat=True):
        editor.post(address(kind, "deleted"), {"version": version}, follow=True)
    after = {row["id" if "id" in row else "number"]: row for row in kind.objects.filter(pk__in=chosen).values()}
    assert after == before


def test_a_measure_is_not_restored_without_its_resolution(editor):
    Measure.objects.filter(resolution=1695).first().delete()
    Resolution.objects.get(number=1695).delete()
    page = restored(editor, Measure)
    assert "the resolution it belongs to (1695) is gone. Restore that first." in text_of(page)
    assert not Measure.objects.filter(resolution=1695).exists()


def test_an_entry_whose_address_was_taken_meanwhile_is_not_restored_over_it(editor):
    old = Question.objects.get(slug="crude-oil")
    old.delete()
    Question.objects.create(slug="crude-oil", page="both", question="Another?", answer="Yes.")
    page = restored(editor, Question)
    assert "was not restored: Question with this Identifier already exists." in text_of(page)
    assert Question.objects.get(slug="crude-oil").question == "Another?"


@pytest.mark.parametrize("chosen", ["", "x", "0", "99999"])
def test_a_version_that_is_not_there_restores_nothing(editor, chosen):
    page = editor.post(address(Question, "deleted"), {"version": chosen}, follow=True)
    assert "Nothing was restored" in text_of(page)


def test_an_earlier_version_of_a_question_neither_hides_nor_publishes_it_unasked(editor):
    entry = Question.objects.get(slug="crude-oil")
    first = entry.answer
    entry.state = "archived"
    entry.save()
    entry.state, entry.answer = "published", "Newer."
    entry.save()
    hidden = entry.history.get(state="archived")
    url = address(Question, "simple_history", entry.pk, hidden.pk)
    page = editor.get(url)
    assert "“State” was “archived” in this version and is “published” today." in text_of(page)
    assert "<del>Newer.</del><ins>" in page.content.decode()
    form = page.context["adminform"].form
    posted = {name: form[name].value() for name in form.fields}
    assert posted["state"] == "published"
    editor.post(url, {name: value for name, value in posted.items() if value is not False})
    entry.refresh_from_db()
    assert (entry.answer, entry.state) == (first, "published")
