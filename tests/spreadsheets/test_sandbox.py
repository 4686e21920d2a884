"""The child process: its limits, each crossed; what it hands back; what it leaves behind."""

import json
import os
import random
import signal
import socket
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


def children() -> list[int]:
    """The process ids of the children that run now."""
    server = sandbox._server.process
    path = Path(f"/proc/{server.pid}/task/{server.pid}/children") if server else None
    return list(map(int, path.read_text().split())) if path and path.exists() else []


@pytest.fixture
def read(tmp_path, monkeypatch):
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
    assert children() == []


def codes(reading):
    return [fault.code for fault in reading.faults]


@pytest.mark.slow
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


LONG = tidy([["CN-LN", 2016, "", "to_dprk", n, "", "A", f"note {n}"] for n in range(100_000)])


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["child", "server"])
def test_a_child_or_server_that_is_killed_is_a_fault_and_the_next_file_is_read(read, victim, monkeypatch):
    wait, read_for_it = sandbox.select.select, read(tidy())  # the server runs
    assert codes(read_for_it) == []

    def kill_and_wait(*arguments):
        """A server that is killed before it has told of the child is asked once more: by now it has."""
        monkeypatch.setattr(sandbox.select, "select", wait)
        os.kill(children()[-1] if victim == "child" else sandbox._server.process.pid, signal.SIGKILL)
        return wait(*arguments)

    monkeypatch.setattr(sandbox.select, "select", kill_and_wait)
    assert codes(read(LONG)) == (["too-slow"] if victim == "child" else ["crash"])
    assert codes(read(tidy())) == []


@pytest.mark.slow
def test_files_are_read_at_the_same_time_and_none_waits_for_another(read, tmp_path):
    long, seen = threading.Thread(target=lambda: read(LONG)), []
    long.start()
    while not children():
        time.sleep(0.001)
    (tmp_path / "short").write_bytes(tidy())
    reading = read_upload.read([("a.csv", tmp_path / "short")], kind="province", vocabulary={}, limits=LIMITS)
    seen.append(long.is_alive())
    long.join()
    assert codes(reading) == [] and seen == [True]


def look(folder: Path) -> dict:
    """Have a child tell what it can see."""
    return sandbox.run("tests.spreadsheets.looking_around:in_child", {}, folder, LIMITS)


def test_a_child_sees_its_own_folder_and_nothing_of_the_site_or_of_another_job(tmp_path):
    seen = look(tmp_path)
    assert set(seen["environment"]) - {"LC_CTYPE"} == set(sandbox.ENVIRONMENT)
    assert seen["open"] == ["/dev/null", str(tmp_path / "errors"), str(tmp_path / "errors")]
    assert len(seen["more"]) == 1  # the listing itself
    assert (seen["folder"], seen["session"], seen["heavy"]) == (str(tmp_path), True, [])
    assert seen["limits"] == [LIMITS["memory_bytes"], LIMITS["cpu_seconds"]]


def run(name: str, folder: Path, **job) -> dict:
    folder.mkdir()
    return sandbox.run(f"tests.spreadsheets.looking_around:{name}", job, folder, LIMITS)


def memory_of(pid: int) -> bytes:
    """What a process of ours holds in memory that it may write to."""
    found = []
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for start, end in (line.split()[0].split("-") for line in maps if " rw" in line and "[v" not in line):
            memory.seek(int(start, 16))
            found.append(memory.read(int(end, 16) - int(start, 16)))
    return b"".join(found)


def test_nothing_of_a_file_that_one_child_read_is_left_for_the_next_or_in_the_server(tmp_path):
    clean = run("find_traces", tmp_path / "before")
    secret = "".join(map(chr, (random.choice(range(97, 123)) for _place in range(40))))
    (tmp_path / "file").write_text(secret)
    assert run("leave_traces", tmp_path / "one", file=str(tmp_path / "file")) == {"kept": 1}
    left = run("find_traces", tmp_path / "two")
    assert left == clean | {"folder": str(tmp_path / "two")}
    assert (left["kept"], left["environment"], left["path"], len(left["more"])) == (0, False, [], 1)
    held = memory_of(sandbox._server.process.pid)
    assert b"spreadsheets.sandbox" in held and secret.encode() not in held


def test_a_process_that_was_forked_starts_a_server_of_its_own(tmp_path):
    look(tmp_path)
    hear, tell = os.pipe()
    if not (pid := os.fork()):
        os.write(tell, str(look(tmp_path)["session"] and sandbox._server.process.pid).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    assert int(os.read(hear, 20)) not in (0, sandbox._server.process.pid)


@pytest.mark.slow
def test_a_server_that_is_not_asked_for_long_ends_and_the_next_one_is_started(tmp_path, monkeypatch):
    program = "import socket, sys; from spreadsheets.sandbox import fork_server; fork_server.IDLE = 0.1; "
    program += "fork_server.main(socket.socket(fileno=int(sys.argv[1])))"
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-P", "-c", program, str(theirs.fileno())]
    ended = subprocess.run(command, env=sandbox.ENVIRONMENT, pass_fds=[theirs.fileno()], timeout=20)
    theirs.close()
    assert ended.returncode == 0
    monkeypatch.setattr(sandbox, "_server", sandbox._Server())
    look(tmp_path)
    sandbox._server.process.kill()
    sandbox._server.process.wait()
    assert look(tmp_path)["session"]
    ours.close()


@pytest.mark.slow
def test_the_child_has_a_bare_environment_and_loads_neither_django_nor_pandas(tmp_path):
    (tmp_path / "file").write_bytes(tidy())
    terms = {"kind": "province", "flow": "", "answers": {}, "vocabulary": PROVINCE_NAMES, "limits": LIMITS}
    job = {"files": [("a.csv", str(tmp_path / "file"))], "terms": terms}
    program = (
        "import json, pathlib, sys; from spreadsheets.sandbox import child;"
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
