"""What is found, in which order, the same on both databases; and what must never be found."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.models import Question
from search import asked, finding, index, misspelt
from search.models import NAMED, Entry, IndexState, Term
from tests.samples import examples
from tests.search import indexed
from tests.trade.sites import release, reported
from trade.models import Alias, Dataset
from web.page_cache import stamp

pytestmark = [pytest.mark.both_databases]

publish = indexed.small


@pytest.fixture(autouse=True)
def asks_each_time(monkeypatch):
    """The stamp is asked for with each search, as if seconds lay between them."""
    monkeypatch.setattr(stamp, "FRESH", -1)
    stamp.forget()
    yield
    stamp.forget()


def titles(query, limit=20):
    return [one.title for one in finding.find(query, limit).results]


def expected(sought, limit):
    """The same by going through all terms: an oracle that knows no index and no SQL."""
    scores = defaultdict(dict)
    for term, entry, weight in TERMS["all"]:
        for one in sought.ranges:
            if one.low <= term <= one.high and (weight >= NAMED or not one.is_short):
                best, covers = scores[entry].get(one.word, (0, 0))
                scores[entry][one.word] = max(best, weight * one.factor), max(covers, one.covers)
    ranked = [
        (
            -min(sum(covers for _score, covers in words.values()), sought.words),
            -sum(s for s, _covers in words.values()),
            entry,
        )
        for entry, words in scores.items()
    ]
    ranked.sort()
    best = [rank for rank in ranked[:limit] if rank[0] == -sought.words or ranked[0][0] > -sought.words]
    return [entry for _words, _score, entry in best]


TERMS = {}


@pytest.fixture
def terms(site):
    TERMS["all"] = list(Term.objects.values_list("term", "entry", "weight"))


WORDS = [
    "coal",
    "co",
    "c",
    "iron",
    "ore",
    "ores",
    "banned",
    "2701",
    "27",
    "煤",
    "煤炭",
    "석",
    "석탄",
    "dandong",
    "z",
    "of",
    "é",
]
QUERY = st.one_of(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), st.text(max_size=30))


@pytest.mark.slow
@examples(400)
@given(query=QUERY, limit=st.integers(1, 30))
def test_the_database_ranks_as_a_loop_over_all_terms_does(terms, query, limit):
    sought = asked.read(query)
    keys = dict(Entry.objects.values_list("pk", "title"))
    assert titles(query, limit) == [keys[pk] for pk in expected(sought, limit)]


def test_one_query_finds_whatever_was_asked(site, django_assert_num_queries):
    with django_assert_num_queries(2):  # and one for the stamp, which pages share
        finding.find("is coal banned? since when? iron ore 煤炭 석탄 2701")
    with django_assert_num_queries(0):
        finding.find(" ?! ")


def test_capitals_accents_and_width_make_no_difference(site):
    assert titles("LIAONING")[0] == titles("Liáoníng")[0] == titles("ｌｉａｏｎｉｎｇ")[0] == "Liaoning"


def test_an_entry_has_all_words_where_any_has(site):
    assert {one.kind for one in finding.find("coal banned").results} <= {"measure", "question"}
    assert titles("coal xyzzy") == titles("coal")


def test_percent_signs_and_underlines_are_letters_of_nothing(site):
    assert titles("%") == titles("_") == []
    assert titles("%coal%") == titles("coal")


def test_the_name_by_which_it_was_found_is_told_with_its_language(site):
    assert [(one.name, one.language) for one in finding.find("석탄", 1).results] == [("석탄", "ko")]
    assert [(one.name, one.language) for one in finding.find("煤炭", 1).results] == [("煤炭", "zh")]
    assert [one.name for one in finding.find("Dandong", 1).results] == ["Dandong"]
    assert [one.name for one in finding.find("Liaoning", 1).results] == [""]


@pytest.mark.slow
def test_a_good_without_a_page_leads_to_what_it_is_in(site):
    dataset = Dataset.objects.create(slug="china-commodities", kind="commodity", title="By goods", source="-")
    release(dataset.slug, [reported("2701", 2024, 1_000)])
    indexed.refresh()
    assert Entry.objects.get(key="heading-2701").url == "/commodities/2701/"
    assert Entry.objects.get(key="subheading-270112").url == "/commodities/2701/"
    horses = Entry.objects.get(key="heading-0101")
    assert (horses.url, horses.text) == ("/commodities/01/", "Included in 01 Live animals")


def test_a_misspelt_word_is_guessed(site):
    assert misspelt.guessed(asked.read("Liaonig")) == "liaoning"
    assert misspelt.guessed(asked.read("antracite")) == "anthracite"
    assert misspelt.guessed(asked.read("xqzw")) == ""


# What must never be found.


def hide(question):
    """Take a question from readers, as an editor does."""
    if hasattr(Question, "State"):
        question.state = Question.State.DRAFT
    else:
        question.published = False
    question.save()


@pytest.mark.parametrize("is_indexed_again", [True, False])
def test_a_question_that_was_taken_back_is_not_found(is_indexed_again, site):
    question = Question.objects.create(slug="secret", page="both", question="Is xyzzy real?", answer="Yes: plugh.")
    indexed.refresh()
    assert titles("xyzzy") == titles("plugh") == ["Is xyzzy real?"]
    hide(question)
    if is_indexed_again:
        indexed.refresh()
        assert not Term.objects.filter(term__in=["xyzzy", "plugh"]).exists()
    assert titles("xyzzy") == titles("plugh") == []


def test_what_an_editor_corrected_is_shown_as_it_is_now(site):
    question = Question.objects.create(slug="secret", page="both", question="Is xyzzy real?", answer="Yes.")
    indexed.refresh()
    question.question = "Is it real?"
    question.save()
    answer = finding.find("xyzzy")
    assert ([one.title for one in answer.results], answer.is_fresh) == (["Is it real?"], False)
    indexed.refresh()
    assert titles("xyzzy") == []


@pytest.mark.parametrize("state", ["draft", "hidden"])
def test_a_dataset_that_readers_may_not_see_is_not_found(state, site):
    dataset = Dataset.objects.create(slug="plugh", kind="total", title="The plugh totals", source="-", description="-")
    IndexState.objects.all().delete()
    indexed.refresh()
    assert titles("plugh") == ["The plugh totals", "Gaps: The plugh totals"]
    dataset.state = state
    dataset.save()
    IndexState.objects.update(mark="of another state of the words")  # as an edit in the admin does
    assert titles("plugh") == []


def test_an_alias_that_an_editor_adds_is_found(site):
    Alias.objects.create(name="Xyzzyland", province_id="CN-HI")
    IndexState.objects.all().delete()
    indexed.refresh()
    assert titles("xyzzyland") == ["Hainan"]


# How the entries are kept.


def test_a_second_look_writes_nothing_and_an_edit_one_entry(site):
    assert indexed.refresh() is None
    question = Question.objects.published().first()
    question.question = "Is xyzzy real?"
    question.save()
    assert indexed.refresh() == {"new": 0, "changed": 1, "removed": 0}
    question.delete()
    assert indexed.refresh() == {"new": 0, "changed": 0, "removed": 1}


def test_every_kind_of_entry_is_made_and_none_is_cut_short_of_a_column(site):
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert kinds == {kind for kind, _label in Entry._meta.get_field("kind").choices} - {"dataset"}
    assert index.row_of({"key": "x", "kind": "page", "title": "y" * 400, "url": "/"}).title == "y" * 300
