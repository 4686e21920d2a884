"""How texts become terms: what people write differently comes down to the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import asked
from search.models import LONGEST_TERM
from search.terms import IGNORED, folded, root, tokens, whole, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zhèjiāng’s coal-ores", ["zhejiang", "coal", "ores"]),
        ("辽宁省Liaoning 2016", ["辽宁省", "liaoning", "2016"]),
        ("ＨＳ２７.01", ["hs2701"]),
        ("遼寧 無煙煤", ["辽宁", "无烟煤"]),
        ("Xi'an, Ji’an", ["xian", "jian"]),
        ("S/RES/2371 (2017)", ["s", "res", "2371", "2017"]),
        ("석탄(石炭)을", ["석탄", "石炭", "을"]),
        ("!?.,-–_*%", []),
    ],
)
def test_a_text_is_cut_where_a_reader_would_cut_it(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("ores", "ore"), ("batteries", "battery"), ("boxes", "box"), ("watches", "watch"), ("fertilizers", "fertiliser")]
    + [("단둥의", "단둥"), ("석탄은", "석탄"), ("glasses", "glass"), ("TVs", "tv")],
)
def test_forms_of_a_word_have_one_root(one, other):
    assert root(folded(one)) == root(folded(other))


@pytest.mark.parametrize("word", ["gas", "glass", "bus", "analysis", "as", "s", "금의"])
def test_what_only_looks_like_a_form_stays(word):
    assert root(word) == word


def test_chinese_is_found_by_each_character_and_each_pair():
    assert set(words("无烟煤")) == {"无", "烟", "煤", "无烟", "烟煤"}


def test_a_name_is_one_term_however_it_is_spaced():
    assert whole("Iron ores") == whole("ironore") == whole(" IRON-ORE ") == "ironore"
    assert whole("x" * (LONGEST_TERM + 1)) == ""


@given(st.text(max_size=300))
def test_any_text_gives_terms_that_the_table_can_hold(text):
    for token in tokens(text):
        for term in words(token):
            assert 0 < len(term) <= LONGEST_TERM
            # A new Chinese character may be one that this Python does not know yet: it is no control and no half pair.
            assert not {unicodedata.category(character) for character in term} & {"Cc", "Cf", "Cs"}
            assert "\U0010ffff" not in term


@given(st.text(max_size=3_000))
def test_what_is_asked_is_bounded(text):
    sought = asked.read(text)
    assert len(sought.text) <= asked.LONGEST and sought.words <= asked.MOST_WORDS
    assert len(sought.ranges) <= 3 * asked.MOST_WORDS + 1
    assert sought.text == asked.read(sought.text).text
    assert all(len(one.low) <= LONGEST_TERM for one in sought.ranges)


def test_words_by_which_people_ask_count_only_where_nothing_else_was_asked():
    assert [one.low for one in asked.read("is coal banned?").ranges if one.factor == asked.EXACT] == ["coal", "banned"]
    assert [one.low for one in asked.read("north korea").ranges if one.factor == asked.EXACT] == ["north", "korea"]
    assert all(folded(word) == word for word in IGNORED)


def test_only_a_word_that_may_go_on_is_a_beginning():
    def beginnings(query):
        return [one.low for one in asked.read(query).ranges if one.factor == asked.BEGINNING]

    assert beginnings("c") == [] and beginnings("co") == ["co"]
    assert beginnings("iron o") == ["iron"] and beginnings("crude oi") == ["crude", "oi"]
    assert beginnings("煤") == ["煤"] and beginnings("煤炭") == [] and beginnings("석") == ["석"]
