"""The child process: its limits, each crossed; what it hands back; what it leaves behind."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from spreadsheets import sandbox
from tests.files import CHAPTER_NAMES, PROVINCE_NAMES, WIDE_ROWS, replaced, tidy, xlsx
from tests.trade.importing.conftest import LIMITS
from trade.frames import READ_COLUMNS, TOTAL_COLUMNS
from trade.importing import read_upload


@pytest.fixture
def children(monkeypatch):
    """The child processes that were started, in order."""
    started = []

    class Watched(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    return started


@pytest.fixture
def read(tmp_path, monkeypatch, children):
    """Read files through the child, with a folder for temporary files of this test's own."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def go(*files, kind="province", limits=None, **said):
        paths = []
        for number, data in enumerate(files):
            path = tmp_path / str(number)
            path.write_bytes(data)
            paths.append((f"{number}.csv", path))
        names = PROVINCE_NAMES if kind == "province" else CHAPTER_NAMES
        return read_upload.read(paths, kind=kind, vocabulary=names, limits=LIMITS | (limits or {}), **said)

    yield go
    assert list(temporary.iterdir()) == []
    assert [child for child in children if child.poll() is None] == []


def codes(reading):
    return [fault.code for fault in reading.faults]


def test_a_reading_comes_back_whole_with_its_types(read):
    reading = read(tidy())
    assert (reading.form, reading.faults, reading.questions, reading.signature) == ("Tidy CSV", [], [], None)
    table = reading.tables["long"]
    assert {name: str(kind) for name, kind in table.dtypes.items()} == READ_COLUMNS
    assert table["value_usd"].isna().tolist() == [False, False, True, False, False]
    assert list(reading.totals.columns) == TOTAL_COLUMNS
    assert reading.speaks == {"estimate", "status", "note"}


@pytest.mark.slow
def test_a_question_comes_back_and_its_answer_goes_in(read):
    data = xlsx({"Sheet1": WIDE_ROWS})
    assert [question.key for question in read(data).questions] == ["flow"]
    assert set(read(data, answers={"flow": "to_dprk"}).tables["wide"]["flow"]) == {"to_dprk"}
    assert set(read(data, flow="from_dprk").tables["wide"]["flow"]) == {"from_dprk"}


def test_too_many_files(read):
    reading = read(tidy(), tidy(), limits={"files": 1})
    assert (codes(reading), reading.faults[0].expected) == (["files"], "at most 1")


def test_no_files(read):
    assert codes(read()) == ["empty"]


def test_too_many_bytes(read):
    assert codes(read(tidy(), limits={"bytes": 100})) == ["bytes"]


def far_away(row, cell):
    """A workbook of 5 kB whose last cell stands far away, so that a table of all cells between is huge."""
    data = replaced(xlsx({"to_dprk": WIDE_ROWS}), "xl/worksheets/sheet1.xml", '<row r="4"', f'<row r="{row}"')
    return replaced(data, "xl/worksheets/sheet1.xml", '<c r="C4"', f'<c r="{cell}"')


@pytest.mark.slow
def test_too_much_memory(read):
    data = far_away(500_000, "Z500000")
    assert codes(read(data, limits={"memory_bytes": 400 * 2**20})) == ["too-large"]
    assert codes(read(data)) == ["header"]


@pytest.mark.slow
def test_a_workbook_whose_last_cell_is_the_last_there_can_be(read):
    assert codes(read(far_away(1_048_576, "XFD1048576"))) == ["too-large"]


@pytest.mark.slow
def test_too_much_processor_time(read):
    rows = [["CN-LN", 2016, "", "to_dprk", f"1,{n % 1000:03d},000", "", "A", f"note {n}"] for n in range(600_000)]
    assert codes(read(tidy(rows), limits={"cpu_seconds": 1})) == ["too-slow"]


def test_too_much_time(read):
    assert codes(read(tidy(), limits={"wall_seconds": 0})) == ["too-slow"]


@pytest.mark.slow
def test_too_much_output(read):
    rows = [["CN-LN", 2016, "", "to_dprk", n, "", "A", "a long note " * 20] for n in range(2_000)]
    assert codes(read(tidy(rows), limits={"output_bytes": 100_000})) == ["output"]


def test_a_child_that_is_killed_is_a_fault_and_nothing_else(read, children):
    def kill():
        while not children:
            time.sleep(0.001)
        children[0].send_signal(signal.SIGSEGV)

    killer = threading.Thread(target=kill)
    killer.start()
    reading = read(tidy())
    killer.join()
    assert codes(reading) == ["crash"]


@pytest.mark.slow
def test_the_child_has_a_bare_environment_and_loads_neither_django_nor_pandas(tmp_path):
    (tmp_path / "file").write_bytes(tidy())
    terms = {"kind": "province", "flow": "", "answers": {}, "vocabulary": PROVINCE_NAMES, "limits": LIMITS}
    job = {"files": [("a.csv", str(tmp_path / "file"))], "terms": terms}
    program = (
        "import json, pathlib, sys; from spreadsheets import child;"
        "result = child.call('trade.importing.read_upload:in_child', json.loads(sys.argv[1]), pathlib.Path('.'));"
        "print(result['end'], *(name for name, module in sys.modules.items() if module))"
    )
    command = [sys.executable, "-P", "-c", program, json.dumps(job)]
    shown = subprocess.run(
        command, env=sandbox.ENVIRONMENT, cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.split()
    assert shown[0] == "returned"
    assert not {"django", "pandas", "numpy"} & set(shown)
    assert "SECRET_KEY" in os.environ
    assert "SECRET_KEY" not in sandbox.ENVIRONMENT


@pytest.mark.slow
def test_a_fault_never_shows_a_path_of_the_server(read):
    reading = read(b"PK\x03\x04 nonsense", limits={})
    for fault in reading.faults:
        assert str(Path(__file__).parents[2]) not in repr(fault)
        assert "/tmp" not in repr(fault)
