"""The marked difference of two texts holds both of them, whatever they are, and no markup of theirs."""

import html
import re

from hypothesis import example, given
from hypothesis import strategies as st

from drafts.differences import marked

WORDS = st.lists(
    st.sampled_from(["coal", "<b>", "&amp;", "it", "is", " ", "\n", "\n\n", "</ins>", "banned."]), max_size=12
)
TEXTS = WORDS.map("".join) | WORDS.map(" ".join)


def without(tag, text):
    return html.unescape(re.sub(r"</?(?:ins|del)>", "", re.sub(rf"<{tag}>.*?</{tag}>", "", text, flags=re.DOTALL)))


@given(TEXTS, TEXTS)
@example("It fell.", "It rose.")
@example("", "<script>alert(1)</script>")
def test_what_is_marked_holds_both_texts_and_no_tag_but_its_own(before, after):
    found = marked(before, after)
    assert (without("ins", found), without("del", found)) == (before, after)
    assert set(re.findall(r"<[^>]*>", found)) <= {"<ins>", "</ins>", "<del>", "</del>"}
    assert (before == after) == ("<" not in found)


def test_only_the_words_that_changed_are_marked():
    assert marked("Coal is banned since 2017.\nSo is iron.", "Coal is banned since 2016.\nSo is iron.") == (
        "Coal is banned since <del>2017.\n</del><ins>2016.\n</ins>So is iron."
    )
