"""The worker keeps the entries fresh, whatever happens to the database; a command makes them anew."""

import io
import threading

import pytest
from django.core.management import call_command
from django.db import OperationalError

from faq.models import Question
from search import finding, freshness, index
from search.models import Entry, Term
from tests.search import indexed
from web.page_cache import stamp

publish = indexed.small


@pytest.mark.parametrize("trouble", [OperationalError("away"), RuntimeError("a fault of ours")])
def test_the_worker_looks_again_whatever_happened(trouble, monkeypatch, db):
    looked, enough = [], threading.Event()

    def refresh():
        looked.append(len(looked))
        if len(looked) == 3:
            enough.set()
        raise trouble

    monkeypatch.setattr(freshness, "EVERY", 0.001)
    monkeypatch.setattr(index, "refresh", refresh)
    with freshness.kept():
        assert enough.wait(10)
    seen = len(looked)
    assert not any(thread.name == "search entries" for thread in threading.enumerate()) and len(looked) == seen


def test_a_look_finds_what_an_editor_wrote(site):
    Question.objects.create(slug="new", page="both", question="Is xyzzy real?", answer="Yes.")
    stamp.forget()
    index.refresh()
    assert [one.title for one in finding.find("xyzzy").results] == ["Is xyzzy real?"]


def test_the_command_mends_entries_that_something_else_changed(site):
    Term.objects.all().delete()
    Entry.objects.filter(kind="province").delete()
    Entry.objects.update(digest="of something else")
    stamp.forget()
    told = io.StringIO()
    call_command("index_search", stdout=told)
    assert told.getvalue() == f"search: 31 new, {Entry.objects.count() - 31} changed, 0 removed\n"
    assert finding.find("Dandong").results[0].title == "Liaoning"
