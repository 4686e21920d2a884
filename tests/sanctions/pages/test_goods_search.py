"""What a reader types into the list of sanctions, and what is answered."""

import pytest

from sanctions.models import Measure
from sanctions.pages.goods_search import Asked, asked, find
from tests.words import text_of

pytestmark = pytest.mark.both_databases
COAL = "banned with exemptions from 2 March 2016 (2270, paragraph 29), capped from 30 November 2016"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is coal banned? Since when?", Asked(["coal"], [], [])),
        ("27.01", Asked([], ["2701"], [2701])),
        ("2371", Asked([], ["2371"], [2371])),
        ("textiles", Asked(["textile"], [], [])),
        ("glass", Asked(["glass"], [], [])),
        ("９７０３", Asked([], ["9703"], [9703])),
        ("98 a 1 %_", Asked([], [], [98])),
        ("", Asked([], [], [])),
    ],
)
def test_a_question_is_taken_apart(text, expected):
    assert asked(text) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "codes", "number"),
    [
        ("is coal banned? since when?", ["2701"], 2371),
        ("COAL", ["2701"], 2321),
        ("lignite", ["2702"], 2371),
        ("seafood", ["03"], 2371),
        ("textiles", [str(chapter) for chapter in range(50, 64)], 2375),
        ("crude oil", ["2709"], 2397),
        ("270112", ["270112"], 2371),
        ("statues", None, 2321),
        ("2356", [], 2356),
        ("luxury goods", [], 1718),
        ("workers", None, 2397),
    ],
)
def test_goods_and_measures_are_found(words, db, text, codes, number):
    found = find(text, list(Measure.objects.for_pages()))
    assert codes in (None, found.codes)
    assert number in {measure.resolution_id for measure in found.measures}


@pytest.mark.parametrize("text", ["rice", "1006"])
def test_of_goods_that_no_measure_names_it_is_said(get, text):
    page = text_of(get(f"/sanctions/?q={text}"))
    assert "No measure in this list names these goods." in page
    assert "0 measures" in page


@pytest.mark.parametrize("text", ["xyzzy", "?", "%25", "banned", "9", "\U0001f6a2"])
def test_where_nothing_is_found_the_page_says_what_to_try(get, text):
    assert "Nothing was found. Try a word such as coal" in text_of(get(f"/sanctions/?q={text}"))


def test_the_page_answers_with_the_sentence_first_and_opens_what_it_found(get):
    response = get("/sanctions/?q=is+coal+banned%3F")
    text = text_of(response)
    assert text.index(COAL) < text.index("These goods over time") < text.index("All measures")
    page = response.content.decode()
    assert 'id="resolution-2321" open>' in page
    assert 'id="resolution-1718"' not in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'name="q" value="is coal banned?"' in page  # the choices below keep the question


def test_what_is_typed_is_shown_as_text(get):
    page = get("/sanctions/?q=%3Cscript%3Ea()%3C/script%3E").content.decode()
    assert "<script>a()" not in page
    assert "&lt;script&gt;a()" in page


def test_a_question_of_as_many_words_as_fit_is_answered(get):
    words = "+".join(f"{first}{second}" for first in "bcdfghjklmnp" for second in "aeiou")[:99].rstrip("+")
    assert "Nothing was found" in text_of(get(f"/sanctions/?q={words}"))
