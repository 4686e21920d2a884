"""The page of the questions, and those under a chart."""

import re

import pytest
from django.template import Context, Template
from django.urls import reverse

from faq.models import Question
from tests.words import assert_headings_in_order, text_of

pytestmark = pytest.mark.both_databases


def rendered(source):
    return Template("{% load faq %}" + source).render(Context())


def test_all_published_questions_stand_on_their_page_each_with_its_address(get):
    Question.objects.filter(slug="guangdong").update(published=False)
    page = get("/questions/").content.decode()
    ids = re.findall(r'<article[^>]* id="([^"]+)"', page)
    assert sorted(ids) == sorted(q.anchor for q in Question.objects.filter(published=True))
    assert "question-guangdong" not in ids


def test_the_questions_take_two_queries(client, words, db, django_assert_num_queries):
    with django_assert_num_queries(2):  # the questions, and the texts of the site
        client.get("/questions/")


@pytest.mark.parametrize("page", ["provinces", "commodities"])
def test_under_a_chart_stand_the_first_of_its_questions_and_the_way_to_all(words, db, page, django_assert_num_queries):
    with django_assert_num_queries(1):
        html = rendered(f'{{% questions "{page}" %}}')
    found = re.findall(r'class="prose" id="([^"]+)"', html)
    all_of_them = [q.anchor for q in Question.objects.all() if q.page in (page, "both")]
    assert found == all_of_them[:6]
    assert len(re.findall("<details", html)) == len(found)
    assert f"All {len(all_of_them)} questions" in html


def test_unpublished_questions_are_for_editors_only(words, db):
    Question.objects.update(published=False)
    assert rendered('{% questions "provinces" %}').strip() == ""


def test_an_answer_is_linked_to_its_address_on_the_page_of_questions(words, db):
    assert f'href="{reverse("questions")}#question-crude-oil"' in rendered('{% questions "provinces" %}')


def test_an_empty_table_still_makes_a_page(client, db):
    Question.objects.all().delete()
    assert "No questions have been published yet." in text_of(client.get("/questions/"))


def test_headings_never_skip_a_level(get):
    assert_headings_in_order(get("/questions/"))
