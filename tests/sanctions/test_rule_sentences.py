"""The sentence that tells what applies to the goods of a page."""

import pytest

from sanctions.models import Measure
from sanctions.rule_sentences import sentences

COAL = (
    "Imports from the DPRK: banned with exemptions from 2 March 2016 (2270, paragraph 29), capped from "
    "30 November 2016 (2321, paragraph 26(b)), banned from 5 August 2017 (2371, paragraph 8)."
)
FUELS = (
    "Imports from the DPRK: partly banned with exemptions from 2 March 2016 (2270, paragraph 29: 2701, 2702), partly "
    "capped from 30 November 2016 (2321, paragraph 26(b): 2701, 2702), partly banned from 5 August 2017 (2371, "
    "paragraph 8: 2701, 2702)."
)


def said(codes, flow=""):
    return sentences(Measure.objects.of_flow(flow).on_goods(codes).for_pages(), codes, flow)


@pytest.mark.parametrize(
    ("codes", "flow", "expected"),
    [
        (["2701"], "from_dprk", [COAL]),
        (["270112"], "from_dprk", [COAL]),
        (["27"], "from_dprk", [FUELS]),
        (["2701"], "to_dprk", []),
        (["03"], "", ["Imports from the DPRK: banned from 5 August 2017 (2371, paragraph 9)."]),
        (["8703"], "to_dprk", None),
        (["01"], "", []),
    ],
)
def test_a_page_says_first_what_applies_to_its_goods(words, db, codes, flow, expected):
    found = said(codes, flow)
    if expected is None:
        assert "partly banned from 7 March 2013 (2094, paragraph 23 / Annex IV)" in found[0]
        assert "banned from 22 December 2017 (2397, paragraph 7)" in found[0]
    else:
        assert found == expected


def test_a_measure_that_ended_says_until_when(words, db):
    Measure.objects.filter(resolution=2371, paragraph="9").update(until="2020-06-30")
    assert said(["03"]) == ["Imports from the DPRK: banned from 5 August 2017 to 30 June 2020 (2371, paragraph 9)."]


def test_a_section_is_banned_where_all_its_chapters_are(words, db):
    metals = [f"{number}" for number in range(72, 84) if number != 77]
    [imports, exports] = said(metals)
    assert "banned from 22 December 2017 (2397, paragraph 7)" in exports
    assert "partly banned from 30 November 2016 (2321, paragraph 28: " in imports
