"""The questions on pages of charts: which, in which order, which is open, and where terms are explained."""

import json
import re

import pytest

from faq import provider
from faq.models import Question
from tests.trade import sites
from trade.models import Release

publish = sites.usual
pytestmark = pytest.mark.both_databases


def asked(slug, about="", page="all", **more):
    return Question.objects.create(slug=slug, page=page, about=about, question=f"{slug}?", answer=f"{slug}!", **more)


def slugs(page, keys=(), dataset="china-commodities"):
    return [question.slug for question in provider.beside(page, keys, dataset)]


def on(client, address):
    """The slugs of the questions on a page, in their order, and of those that are open."""
    page = client.get(address).content.decode()
    listed = re.findall(r'class="prose" id="question-([^"]+)"', page)
    opened = re.findall(r'<details class="question" open>.*?id="question-([^"]+)-asked"', page, re.DOTALL)
    return listed, opened


@pytest.fixture
def five(site):
    asked("general", position=1)
    asked("section", "V", position=2)
    asked("chapter", "27; 61", position=3)
    asked("heading", "2701", position=4)
    asked("elsewhere", "61", position=5)


def test_what_is_about_the_page_comes_first_then_what_is_about_what_lies_above(five):
    assert slugs("commodities", ["2701", "27", "v"]) == ["heading", "chapter", "section", "general"]
    assert slugs("commodities", ["27", "v"]) == ["chapter", "section", "general"]
    assert slugs("commodities") == ["general", "section", "chapter", "heading", "elsewhere"][: provider.BESIDE_A_CHART]


def test_a_question_on_some_headings_of_a_chapter_stands_on_no_other_of_it(site):
    asked("coal", "27; 2701; 2702")
    assert slugs("commodities", ["27", "v"]) == slugs("commodities", ["2701", "27", "v"]) == ["coal"]
    assert slugs("commodities", ["270112", "2701", "27", "v"]) == ["coal"]
    assert slugs("commodities", ["2710", "27", "v"]) == []


def test_a_question_about_a_dataset_stands_where_it_is_shown_before_general_ones(site):
    asked("general", position=1)
    asked("china", "china-commodities", position=2)
    asked("world", "world-commodities", position=3)
    assert slugs("commodities") == ["china", "general"]
    assert slugs("commodities", dataset="world-commodities") == ["world", "general"]


def test_terms_keep_a_question_nowhere_and_lead_to_it(site):
    asked("later", "FOB", position=2)
    asked("value", "fob; CIF; low reliability", position=1)
    asked("hidden", "break", state="draft")
    assert slugs("totals") == ["value", "later"]
    page = dict.fromkeys(("fob", "cif", "low_reliability"), "/questions/value/")
    assert provider.terms() == page


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("all", (1, 1, 1)),
        ("both", (0, 1, 1)),
        ("provinces", (0, 1, 0)),
        ("commodities", (0, 0, 1)),
        ("totals", (1, 0, 0)),
    ],
)
def test_a_question_stands_on_the_pages_that_it_names(site, page, seen):
    asked("one", page=page)
    assert tuple(len(slugs(name)) for name in ("totals", "provinces", "commodities")) == seen


def test_pages_of_goods_and_provinces_open_the_question_that_fits_best(five, client):
    asked("liaoning", "CN-LN", page="provinces")
    assert on(client, "/commodities/2701/") == (["heading", "chapter", "section", "general"], ["heading"])
    assert on(client, "/provinces/cn-ln/") == (["liaoning", "general"], ["liaoning"])
    assert on(client, "/provinces/cn-jl/") == (["general"], ["general"])
    assert on(client, "/totals/")[1] == ["general"]


def test_what_machines_are_told_on_a_chart_is_the_answer_that_stands_open(five, client):
    page = client.get("/commodities/2701/").content.decode()
    blocks = [json.loads(one) for one in re.findall(r'ld\+json">(.*?)</script>', page)]
    [told] = [one for one in blocks if one["@type"] == "FAQPage"]
    assert [one["acceptedAnswer"]["text"] for one in told["mainEntity"]] == ["heading!"]


def test_the_terms_of_a_chart_lead_to_their_answers_and_add_no_stop_for_the_tab_key(site, client):
    asked("value", "FOB")
    page = client.get("/provinces/").content.decode()
    terms = re.search(r'<div popover id="terms".*?</dl>', page, re.DOTALL)[0]
    assert terms.count('href="/questions/value/"') == 1
    assert page.count('href="/questions/value/"') == 2  # the other is the link of the answer itself


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/provinces/", "/provinces/cn-ln/", "/commodities/2701/", "/totals/"])
def test_the_queries_of_a_page_stay_as_many_with_a_thousand_questions(
    site, client, address, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20) as before:
        client.get(address)
    made = [
        Question(slug=f"q{n}", page="all", question=f"{n}?", answer="{{ value total all 2024 }}") for n in range(1000)
    ]
    for question in Question.objects.bulk_create(made)[:50]:
        question.save()
    with django_assert_max_num_queries(len(before) + 1) as after:  # the releases of its live figures
        assert len(on(client, address)[0]) == provider.BESIDE_A_CHART
    assert len(after) <= len(before) + 1


def test_a_view_of_an_earlier_release_has_the_figures_of_that_release(site, client):
    asked("value", "china-provinces").save()
    Question.objects.update(answer="It was {{ value to_dprk cn-ln 2023 china-provinces }}.")
    assert Release.objects.filter(dataset="china-provinces").count() == 2
    assert "It was US$1.60 m (invented)." in client.get("/provinces/").content.decode().replace("\xa0", " ")
    frozen = client.get("/provinces/?release=1").content.decode().replace("\xa0", " ")
    assert "It was US$1.50 m (invented)." in frozen
    assert '"It was US$1.50 m (invented)."' in frozen  # to machines, too
