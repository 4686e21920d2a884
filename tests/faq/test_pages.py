"""The page of the questions, the page of each, and what search engines and programs are told of them."""

import json
import re

import pytest
from django.urls import reverse

from faq.answers_shown import as_text
from faq.models import Question
from tests.words import assert_headings_in_order, text_of

pytestmark = pytest.mark.both_databases
QUERIES = 4  # the questions, those that are archived, the releases of live figures, the texts of the site


def described(page):
    """What a page tells machines of its questions: {question: answer}."""
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
    return {one["name"]: one["acceptedAnswer"]["text"] for one in json.loads(block)["mainEntity"]}


def test_all_published_questions_stand_on_their_page_each_with_its_address(get):
    Question.objects.filter(slug="guangdong").update(state="draft")
    page = get("/questions/").content.decode()
    ids = re.findall(r'<article[^>]* id="([^"]+)"', page)
    assert sorted(ids) == sorted(q.anchor for q in Question.objects.published())
    assert "question-guangdong" not in page


@pytest.mark.slow
def test_their_queries_stay_as_many_with_a_thousand_more(client, words, db, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        client.get("/questions/")
    Question.objects.bulk_create(
        Question(slug=f"q{n}", page="both", question=f"{n}?", answer="{{ value total all 2016 }}") for n in range(1000)
    )
    with django_assert_num_queries(QUERIES):
        assert "999?" in client.get("/questions/").content.decode()


def test_a_question_has_a_page_of_its_own(get, django_assert_num_queries):
    with django_assert_num_queries(3):  # the question, the texts of the site, the releases
        page = get("/questions/crude-oil/")
    assert "Why is crude oil estimated?" in text_of(page)
    assert_headings_in_order(page)
    assert list(described(page)) == ["Why is crude oil estimated?"]


def test_what_machines_are_told_is_what_the_page_shows(get):
    page = get("/questions/")
    told, shown = described(page), re.sub(r"\W+", " ", text_of(page))
    assert list(told) == [q.question for q in sorted(Question.objects.published(), key=lambda q: order_of(page, q))]
    for answer in told.values():
        assert re.sub(r"\W+", " ", answer).strip() in shown
        assert "{{" not in answer and "**" not in answer


def order_of(page, question):
    return page.content.decode().index(f'<article class="prose" id="{question.anchor}"')


def test_an_answer_as_text_keeps_its_paragraphs_items_and_cells():
    text = as_text("**Yes** &amp; no.\n\n- [one](/data/)\n- two\n\n| a | b |\n| --- | --- |\n| 1 | <2 |")
    assert text.split("\n") == ["Yes & no.", "one", "two", "a | b", "1 | <2"]


@pytest.mark.parametrize("slug", ["guangdong", "there-is-none"])
def test_a_draft_has_no_page(client, words, db, slug):
    Question.objects.filter(slug="guangdong").update(state="draft")
    assert client.get(f"/questions/{slug}/").status_code == 404


def test_the_address_of_an_archived_question_leads_to_a_plain_sentence(client, words, db):
    Question.objects.filter(slug="groups").update(state="archived")
    answer = client.get("/questions/groups/")
    assert (answer.status_code, answer["Location"]) == (302, "/questions/#question-groups")
    page = client.get("/questions/").content.decode()
    [said] = re.findall(r'id="question-groups">(.*?)</p>', page)
    assert "has been archived" in said
    assert "How are the goods grouped" not in page


def test_no_page_feed_or_api_shows_what_is_no_longer_published(client, words, db):
    question = Question.objects.get(slug="groups")
    Question.objects.filter(pk=question.pk).update(state="archived")
    for address in ("/questions/", "/commodities/", "/api/v1/questions", "/sitemap.xml"):
        content = client.get(address).content.decode()
        assert question.question not in content and "/questions/groups/" not in content


def test_a_link_to_an_answer_beside_it_leads_to_it_from_every_page(get):
    Question.objects.filter(slug="crude-oil").update(answer="See [Guangdong](#question-guangdong).")
    assert 'href="/questions/#question-guangdong"' in get("/questions/crude-oil/").content.decode()


def test_an_empty_table_still_makes_a_page(client, db):
    Question.objects.all().delete()
    assert "No questions have been published yet." in text_of(client.get(reverse("questions")))


def test_headings_never_skip_a_level(get):
    assert_headings_in_order(get("/questions/"))
