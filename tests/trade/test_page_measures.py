"""What the server and the browser hold alike stands in one file; neither language states it again."""

import json
import re
from pathlib import Path

import pytest

from trade.charts.commodities import OTHER
from trade.charts.cube import ROOT
from trade.charts.svg.primitives import COLOURS
from trade.charts.text.labels import OTHERS
from trade.page_measures import FILE, MEASURES

TOP = Path(__file__).resolve().parents[2]
SCRIPTS = {path: path.read_text() for path in (TOP / "static/js").rglob("*.js")}
PROGRAM = {
    path: path.read_text()
    for folder in ("charts", "pages", "templatetags")
    for path in (TOP / "trade" / folder).rglob("*.py")
} | {TOP / "trade/number_text.py": (TOP / "trade/number_text.py").read_text()}
STATED = json.loads(FILE.read_text())
NAMED = re.compile(r"^(?:export )?(?:const )?([A-Z][A-Z_]+) = ([^;#/\n]+?);?(?: *(?:#|//).*)?$", re.M)


def named_in(sources) -> set:
    """What modules name by themselves: {("BOLD", "4.5"), …}."""
    found = {pair for text in sources.values() for pair in NAMED.findall(text)}
    return {(name, value) for name, value in found if re.fullmatch(r"[\d._e*]+|\[.*\]|\{.*\}", value)}


def leaves(value) -> list:
    """The numbers and words of a measure: {"shade": 0.13, "inside": 6} -> [0.13, 6]."""
    if isinstance(value, dict | list):
        return [leaf for one in (value.values() if isinstance(value, dict) else value) for leaf in leaves(one)]
    return [value]


def is_telling(leaf) -> bool:
    """Whether a number or a word can hardly stand anywhere by chance."""
    if isinstance(leaf, str):
        return len(leaf) > 10
    digits = str(leaf).lstrip("-0.").replace(".", "")
    return leaf not in (0.25, 0.6, 0.9, 1.25, 2.5, 3.5) and (len(digits) > 2 or isinstance(leaf, float))


def stated(leaf) -> re.Pattern:
    """A measure as either language writes it: 999500000 also as 999_500_000, 0.13 also as .13."""
    if isinstance(leaf, str):
        return re.compile(re.escape(leaf))
    digits = "_?".join(re.escape(digit) for digit in str(leaf).removeprefix("0"))
    return re.compile(rf"(?<![\w.])0?{digits}(?![\w.])")


@pytest.mark.parametrize("name", [name for name in STATED if name != "colours"])  # which the palette itself has
def test_each_measure_is_read_by_the_server_and_by_the_scripts(name):
    script = re.compile(rf"(?i:MEASURES)\.{name}\b|\b{name}\b[^;]*\}} = MEASURES;")
    assert any(script.search(text) for text in SCRIPTS.values()), "no script reads it"
    assert any(re.search(rf"MEASURES\.{name}\b", text) for text in PROGRAM.values()), "no module reads it"


def test_no_measure_is_stated_a_second_time():
    telling = {leaf for leaf in leaves(STATED) if is_telling(leaf)}
    assert {0.62, 12.8, 9.995, 99.95, 380, 999_500_000, "border:0;width:100%"} <= telling
    again = [
        f"{path.relative_to(TOP)}: {leaf}"
        for path, text in (SCRIPTS | PROGRAM).items()
        for leaf in telling
        if stated(leaf).search(text)
    ]
    assert again == []


def test_no_number_has_a_name_in_both_languages():
    assert ("FEW", "4") in named_in({"": "const FEW = 4; // names\n"}) & named_in({"": "FEW = 4  # names\n"})
    assert named_in(SCRIPTS) & named_in(PROGRAM) == set()


def test_what_the_server_names_otherwise_is_the_same():
    assert MEASURES.colours == len(COLOURS)
    assert {ROOT, OTHER, OTHERS} < set(MEASURES.no_rows_of_gaps)
    assert set(MEASURES.below_the_line_of_time) < set(MEASURES.with_places_of_their_own)
