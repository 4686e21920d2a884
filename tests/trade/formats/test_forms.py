"""The forms together: one module each, and every fault and question explained to editors."""

import ast
import re
from pathlib import Path

import pytest

from tests.files import tidy
from trade.formats import Reading, forms

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "data-formats.md").read_text(encoding="utf-8")
SOURCES = [*sorted((ROOT / "trade" / "formats").glob("*.py")), ROOT / "trade" / "checks.py"]
MAKERS = {"Fault", "fault", "Wrong", "_fault"}


def first_texts(path):
    """Give the codes with which a module makes faults: the first text that each maker is called with."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if name in MAKERS and texts:
                yield texts[0]


def codes():
    return sorted({code for path in SOURCES for code in first_texts(path) if re.fullmatch(r"[a-z]+(-[a-z]+)*", code)})


@pytest.mark.parametrize("code", codes())
def test_every_fault_is_explained_in_the_guide(code):
    assert f"`{code}`" in GUIDE.partition("## Faults")[2]


def test_there_are_faults_to_explain():
    assert len(codes()) > 40


@pytest.mark.parametrize(
    "key", ["flow", "exports", "unit", "table", "level", "encoding", "decimal", "form", "partner", "add-up", "year"]
)
def test_every_question_is_explained_in_the_guide(key):
    assert f"`{key}`" in GUIDE.partition("## Questions")[2].partition("## Faults")[0]


def test_the_forms_are_found_by_themselves():
    assert {form.__name__.rpartition(".")[2] for form in forms.known()} == {
        "baci",
        "comtrade",
        "gacc",
        "tidy",
        "workbook",
    }
    assert all(form.NAME for form in forms.known())


def test_two_forms_that_are_as_sure_are_a_question(read, monkeypatch):
    class Other:
        """A form that takes every file for its own."""

        __name__ = "trade.formats.other"
        NAME = "Another form"

        @staticmethod
        def sniff(book, terms):
            return 1

        @staticmethod
        def read(books, terms):
            return Reading(form=Other.NAME)

    known = [*forms.known(), Other()]
    monkeypatch.setattr(forms, "known", lambda: known)
    assert read(tidy()).asked == ["form"]
    Other.__name__ = "trade.formats.other"
    assert len(read(tidy(), answers={"form": "tidy"}).values()) == 4


def test_no_fault_is_without_advice(read):
    found = read(tidy([["", "x", "y", "z", "-1", "?", "!", ""]]))
    assert len(found.faults) >= 5
    assert all(fault.message and fault.found and fault.expected and fault.cell for fault in found.faults)
