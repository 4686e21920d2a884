"""Notes on figures: in years that their dataset has, in draft beside what is published, restored when deleted."""

import pytest
from django.urls import reverse

from drafts.models import Draft
from tests.drafts.steps import acted, drafted, logged_in, pressed, seen_by_readers, url
from tests.trade import sites
from trade.models import Annotation

publish = sites.usual
PAGE = "/provinces/?dataset=china-provinces"


@pytest.fixture
def note(site):
    return Annotation.objects.create(dataset_id="china-provinces", year=2024, text="The old note.")


@pytest.fixture
def publisher(site):
    return logged_in("publisher", "view", "add", "change", "delete", "publish")


def test_a_year_that_the_dataset_cannot_have_is_refused(note, publisher):
    refused = pressed(publisher, url(Annotation, "change", note.pk), "_save", year="2107")
    assert "2107 is not a year of this dataset. Enter a year from" in refused.content.decode()
    note.refresh_from_db()
    assert note.year == 2024


@pytest.mark.slow
def test_a_note_is_drafted_previewed_on_its_chart_and_published(note, publisher):
    draft = drafted(publisher, note, text="The new note.")
    preview = publisher.get(url(Annotation, "draft_preview", draft.pk)).content.decode()
    assert "The new note." in preview
    assert "The old note." not in preview
    page = seen_by_readers(PAGE)
    assert ("The old note." in page, "The new note." in page) == (True, False)
    acted(publisher, Draft.objects.get(), "publish")
    page = seen_by_readers(PAGE)
    assert ("The old note." in page, "The new note." in page) == (False, True)


def test_a_deleted_note_is_restored(note, publisher):
    publisher.post(url(Annotation, "delete", note.pk), {"post": "yes"})
    assert "The old note." not in seen_by_readers(PAGE)
    version = Annotation.history.filter(history_type="-").get()
    publisher.post(reverse("admin:trade_annotation_deleted"), {"version": version.pk})
    assert "The old note." in seen_by_readers(PAGE)
