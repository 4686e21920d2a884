"""Reads files in this process, as the child does; tests/spreadsheets/test_sandbox.py goes through the child."""

import pandas as pd
import pytest

from tests.files import CHAPTER_NAMES, PROVINCE_NAMES
from trade.importing import detect, read_upload
from trade.importing.reading import Reading, TradeTerms

LIMITS = {
    "bytes": 64 * 2**20,
    "files": 50,
    "archive_members": 2_000,
    "archive_bytes": 256 * 2**20,
    "archive_ratio": 200,
    "rows": 1_100_000,
    "memory_bytes": 2 * 2**30,
    "cpu_seconds": 60,
    "wall_seconds": 90,
    "output_bytes": 512 * 2**20,
}


class Read:
    """What came of reading files, with short ways to the parts that tests ask for."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.form, self.remarks, self.questions = reading.form, reading.remarks, reading.questions
        # Most tables of the tests are bare: that they name neither countries nor a unit is tested by itself.
        self.doubts = [doubt for doubt in reading.doubts if doubt[0] != "unsaid"]
        self.unsaid = [sentence for key, sentence in reading.doubts if key == "unsaid"]
        self.description = reading.description
        self.faults, self.codes = reading.faults, [fault.code for fault in reading.faults]
        self.asked = [question.key for question in reading.questions]

    def frame(self, layout=None):
        """The one table that was read, or that of a layout."""
        assert not self.faults and not self.questions, (self.faults, self.questions)
        tables = self.reading.tables
        return read_upload.frame(tables[layout or next(iter(tables))])

    def values(self, layout=None) -> dict:
        """{("CN-LN", "to_dprk", 2016, 0): 1666290000} of the reported values; None is missing."""
        return self._by_key(layout, "reported")

    def estimates(self, layout=None) -> dict:
        return self._by_key(layout, "estimate")

    def _by_key(self, layout, component):
        rows = self.frame(layout).query("component == @component").itertuples()
        found = {}
        for row in rows:
            key = (row.key, row.flow, row.year, row.month)
            assert key not in found, f"{key} was read twice"
            found[key] = None if row.value_usd is pd.NA else int(row.value_usd)
        return found

    def totals(self) -> list:
        return read_upload.frame(self.reading.totals).to_dict("records")


@pytest.fixture
def read(tmp_path):
    """Read files: read(("a.csv", b"…"), flow="to_dprk", answers={"unit": "1000"}); bare bytes are one file."""

    def go(*files, kind="province", limits=None, **said):
        named = [file if isinstance(file, tuple) else ("file", file) for file in files]
        paths = []
        for number, (name, data) in enumerate(named):
            path = tmp_path / str(number)
            path.write_bytes(data)
            paths.append((name, path))
        names = PROVINCE_NAMES if kind == "province" else CHAPTER_NAMES
        terms = TradeTerms(kind=kind, vocabulary=names, limits=LIMITS | (limits or {}), **said)
        return Read(detect.read(paths, terms))

    return go
