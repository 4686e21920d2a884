"""Reads an upload in a child process with limits, so that no file can hurt the server: the one way in.

A file that crashes a library, fills the memory, never ends or writes too much ends the child and becomes one fault.
The child runs in a session of its own with a bare environment, a private folder and no input; whatever happens, its
whole process group is ended and the folder removed.
"""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa

from trade.formats import COLUMNS, Fault, Question, Reading

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "PYTHONUTF8": "1",
    "OPENBLAS_NUM_THREADS": "1",  # each thread would take address space from the limit
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # the others reserve more address space than there is
    "LC_ALL": "C.UTF-8",
}
PANDAS_TYPES = {pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype()}
SMALLER = "Save the data alone in a new workbook or as .csv, without empty rows, pictures and formats, and upload that."


def read(files, *, kind: str, flow="", answers=None, vocabulary=None, limits: dict) -> Reading:
    """Read the files of one upload: `read([("a.xlsx", Path("/tmp/0"))], kind="province", limits=…)`.

    Never raises for a file: what cannot be read comes back as faults, what is open as questions.
    """
    if faults := _too_much(files, limits):
        return Reading(faults=faults)
    terms = {
        "kind": kind,
        "flow": flow or "",
        "answers": answers or {},
        "vocabulary": vocabulary or {},
        "limits": limits,
    }
    with tempfile.TemporaryDirectory(prefix="yalu-reading-", ignore_cleanup_errors=True) as folder:
        job = {"files": [(name, str(Path(path).resolve())) for name, path in files], "terms": terms}
        Path(folder, "job.json").write_text(json.dumps(job))
        end = run("trade.formats.child", Path(folder), limits)
        return _reading(Path(folder), end, limits)


def _too_much(files, limits):
    if not files:
        return [Fault("empty", "Choose a file.", found="no file", expected="at least one file")]
    if len(files) > limits["files"]:
        expected = f"at most {limits['files']:,}"
        return [Fault("files", "Upload fewer files at once.", found=f"{len(files):,} files", expected=expected)]
    expected = f"at most {limits['bytes'] / 2**20:,.4g} MiB"
    return [
        Fault("bytes", SMALLER, name, found=f"{size / 2**20:,.4g} MiB", expected=expected)
        for name, path in files
        if (size := Path(path).stat().st_size) > limits["bytes"]
    ]


def run(module: str, folder: Path, limits: dict) -> int | str:
    """Run a module as a child to its end or to the end of its time: its exit code, or "time"."""
    command = [sys.executable, "-P", "-m", module, str(folder)]
    with (folder / "errors").open("wb") as errors:
        child = subprocess.Popen(  # noqa: S603  (our own modules)
            command,
            env=ENVIRONMENT,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
            start_new_session=True,
        )
        try:
            return child.wait(limits["wall_seconds"])
        except subprocess.TimeoutExpired:
            return "time"
        finally:
            _end(child)


def _end(child):
    """End the whole group of the child, which it may have outlived itself."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _reading(folder, end, limits):
    """Make a Reading of what the child left behind."""
    result = folder / "result.json"
    said = json.loads(result.read_text()) if end == 0 and result.exists() else {"end": end}
    if said["end"] != "read":
        complaint = (folder / "errors").read_bytes()[-2000:].decode("utf-8", "replace")
        log.warning("reading ended with %s: %s %s", said["end"], said.get("error", ""), complaint)
        return Reading(faults=[_failure(said["end"], limits)])
    frames = {name: frame(_load(folder / f"{name}.arrow")) for name in said["tables"]}
    return Reading(
        form=said["form"],
        totals=frames.pop("totals", None),
        tables=frames,
        speaks=set(said["speaks"]),
        signature=said["signature"],
        faults=[Fault(**fault) for fault in said["faults"]],
        questions=[Question(**question) for question in said["questions"]],
        doubts=said["doubts"],
        asked=set(said["asked"]),
        remarks=said["remarks"],
    )


def _failure(end, limits):
    """Say to the editor how a reading ended that did not come to its end."""
    if end in ("time", -signal.SIGXCPU, -signal.SIGALRM) or end == -signal.SIGKILL:
        bound = f"a file that is read within {limits['wall_seconds']} seconds"
        return Fault("too-slow", SMALLER, found="a file that takes too long to read", expected=bound)
    if end == "output":
        bound = f"at most {limits['output_bytes'] // 2**20:,} MiB of data"
        return Fault("output", "Upload the data in several files.", found="more data", expected=bound)
    if end in ("memory", -signal.SIGABRT):
        bound = f"a file that is read within {limits['memory_bytes'] // 2**20:,} MiB of memory"
        return Fault("too-large", SMALLER, found="a file that takes too much memory to read", expected=bound)
    return Fault("crash", SMALLER, found="a file that the reading program cannot read", expected="a sound file")


def _load(path):
    with pa.OSFile(str(path)) as source, pa.ipc.open_file(source) as reader:
        return reader.read_all()


def frame(table: pa.Table) -> pd.DataFrame:
    """Turn a reader's Arrow table into the frame that all else works on: the types of COLUMNS."""
    made = table.to_pandas(types_mapper=PANDAS_TYPES.get)
    return made.astype({column: COLUMNS[column] for column in table.column_names})
