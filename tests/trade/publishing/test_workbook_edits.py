"""Edits on the wide sheets and on the sheet "data" of one workbook are put together; only true conflicts are asked."""

import io

import openpyxl
import pytest

from tests.trade import released
from trade.bundles import storage
from trade.models import Dataset
from trade.publishing import staging, uploads

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STANDING = {
    ("CN-LN", "to_dprk", 2016, 0): {"reported": 1_111_111},
    ("CN-JL", "to_dprk", 2016, 0): {"reported": 2_222_222},
    ("CN-HL", "to_dprk", 2016, 0): {"reported": 3_333_333},
    ("CN-SD", "to_dprk", 2016, 0): {"reported": 4_444_444, "estimate": 5},
}


@pytest.fixture
def dataset(places):
    dataset = Dataset.objects.get(slug="china-provinces")
    released.release(dataset, STANDING)
    return dataset


def staged(dataset, wide=(), long=(), notes=(), answers=None):
    """Stage the workbook of the newest release with values replaced on the two sheets, and notes of the long one."""
    book = openpyxl.load_workbook(storage.open_file(dataset.latest_release(), "workbook.xlsx"))
    for sheet, edits in (("to_dprk", wide), ("data", long)):
        for row in book[sheet].iter_rows():
            for cell in row:
                cell.value = dict(edits).get(cell.value, cell.value)
    header = next(row for row in book["data"].iter_rows() if any(cell.value == "note" for cell in row))
    column = next(cell.column for cell in header if cell.value == "note")
    for name, note in dict(notes).items():
        for row in book["data"].iter_rows(min_row=header[0].row + 1):
            if name in [cell.value for cell in row]:
                book["data"].cell(row[0].row, column).value = note
    buffer = io.BytesIO()
    book.save(buffer)
    received = uploads.receive(dataset, [("mine.xlsx", buffer.getvalue())], answers=answers)
    return staging.stage(received)


def changes(upload):
    rows = uploads.changes_of(upload)
    return {row.key: (int(row.new_value_usd), row.new_note or "") for row in rows.itertuples()}


def test_edits_that_do_not_conflict_are_both_taken(dataset):
    wide, notes = {1_111_111: 1_111_112, 2_222_222: 2_222_223}, {"CN-HL": "Checked.", "CN-JL": "As printed."}
    upload = staged(dataset, wide=wide, notes=notes)
    assert upload.state == "staged", (upload.questions, upload.faults)
    assert changes(upload) == {
        "CN-LN": (1_111_112, ""),
        "CN-JL": (2_222_223, "As printed."),
        "CN-HL": (3_333_333, "Checked."),
    }
    # What the workbook says around its tables, of its release and of estimates, is no news to whom it came from.
    assert [warning["key"] for warning in upload.warnings] == ["largest"], upload.warnings
    assert "2 values are from the other sheets" in upload.remarks[-1]


def test_a_true_conflict_is_asked_and_chosen_cell_by_cell(dataset):
    wide, long = {1_111_111: 5, 2_222_222: 6, 3_333_333: 7}, {1_111_111: 8, 2_222_222: 9}
    edits = {"wide": wide, "long": long}
    asking = staged(dataset, **edits)
    assert asking.state == "asking"
    [question] = asking.questions
    assert "2 values were changed both on the sheet “data” and on another sheet" in question["text"]
    assert "Liaoning, exports to the DPRK 2016: 8 on “data”, 5 on “to_dprk”" in question["text"]
    everywhere = {answer: changes(staged(dataset, **edits, answers={"layout": answer})) for answer in ("long", "wide")}
    assert everywhere["wide"] == {"CN-LN": (5, ""), "CN-JL": (6, ""), "CN-HL": (7, "")}
    assert everywhere["long"] == {"CN-LN": (8, ""), "CN-JL": (9, ""), "CN-HL": (7, "")}
    each = staged(dataset, **edits, answers={"layout": "cells"})
    assert [question["text"] for question in each.questions] == [
        "Liaoning, exports to the DPRK 2016",
        "Jilin, exports to the DPRK 2016",
    ]
    keys = [question["key"] for question in each.questions]
    answers = {"layout": "cells"} | dict(zip(keys, ("long", "wide"), strict=True))
    chosen = staged(dataset, **edits, answers=answers)
    assert changes(chosen) == {"CN-LN": (8, ""), "CN-JL": (6, ""), "CN-HL": (7, "")}
    assert "answer" not in [warning["key"] for warning in chosen.warnings]
