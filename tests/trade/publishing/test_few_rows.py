"""An upload of few rows and one of many are compared by the same steps, with texts kept in two ways."""

import pandas as pd
import pytest

from tests.trade import released
from trade import frames
from trade.publishing import staging, uploads
from trade.reference import seed as reference

pytestmark = pytest.mark.django_db

STANDING = {
    ("2701", "to_dprk", 2014, 0): {"reported": 4_000_000, "note": "old"},
    ("2701", "to_dprk", 2015, 0): {"reported": 5_000_000, "quantity": 3.5, "quantity_unit": "t"},
    ("2709", "to_dprk", 2015, 0): {"reported": None, "status": "O", "estimate": 7_000_000},
    ("720110", "from_dprk", 2015, 0): {"reported": 0},
}
FILE = """code,year,flow,reported_usd,status,note,quantity,quantity_unit
2701,2015,to_dprk,5000001,,,3.5,t
2701,2016,to_dprk,6000000000,P,=1+1,,
Crude oil,2015,to_dprk,6000000,,,,
720110,2015,from_dprk,,O,,,
2709,2015,to_dprk,6000000,,,,
27090000,2013,to_dprk,5,,,,
"""


@pytest.fixture(autouse=True)
def words():
    reference.load()


def staged(dataset, text):
    """What is told of an upload, and what it would change."""
    upload = staging.stage(uploads.receive(dataset, [("a.csv", text.encode())], answers={"depth": "replace"}))
    told = (upload.state, upload.faults, upload.warnings, upload.counts, upload.summary)
    return told, uploads.changes_of(upload) if upload.state == "staged" else None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "state"), [(FILE, "refused"), (FILE.replace("Crude oil,2015,to_dprk,6000000,,,,\n", ""), "staged")]
)
def test_few_rows_are_compared_as_many_are(monkeypatch, text, state):
    dataset = released.dataset("commodity")
    released.release(dataset, STANDING)
    as_few, few = staged(dataset, text)
    monkeypatch.setattr(frames, "FEW_ROWS", -1)
    as_many, many = staged(dataset, text)
    assert as_few == as_many
    assert as_few[0] == state
    if state == "staged":
        pd.testing.assert_frame_equal(few, many)


def test_texts_are_kept_in_one_way_for_few_rows_and_in_another_for_many():
    kept = []
    for size in (frames.FEW_ROWS, frames.FEW_ROWS + 1):
        with frames.for_rows(size):
            kept.append(frames.empty(["key"])["key"].dtype.storage)
    assert kept == ["python", "pyarrow"]
