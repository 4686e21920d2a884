"""The forms together: one module each, found by itself."""

from tests.files import tidy
from trade.importing import detect
from trade.importing.reading import Reading


def test_the_forms_are_found_by_themselves():
    assert {form.__name__.rpartition(".")[2] for form in detect.known()} == {
        "baci",
        "comtrade",
        "gacc",
        "own_workbook",
        "tidy_csv",
    }
    assert all(form.NAME for form in detect.known())


def test_two_forms_that_are_as_sure_are_a_question(read, monkeypatch):
    class Other:
        """A form that takes every file for its own."""

        __name__ = "trade.importing.sources.other"
        NAME = "Another form"

        @staticmethod
        def sniff(book, terms):
            return 1

        @staticmethod
        def read(books, terms):
            return Reading(form=Other.NAME)

    known = [*detect.known(), Other()]
    monkeypatch.setattr(detect, "known", lambda: known)
    assert read(tidy()).asked == ["form"]
    Other.__name__ = "trade.importing.sources.other"
    assert len(read(tidy(), answers={"form": "tidy_csv"}).values()) == 4


def test_no_fault_is_without_advice(read):
    found = read(tidy([["", "x", "y", "z", "-1", "?", "!", ""]]))
    assert len(found.faults) >= 5
    assert all(fault.message and fault.found and fault.expected and fault.cell for fault in found.faults)
