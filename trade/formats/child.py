"""The child process that reads an upload: sets its own limits, reads, hands back Arrow and JSON, never pickle.

    python -P -m trade.formats.child FOLDER

FOLDER holds job.json; the child writes result.json and one .arrow file a table. It imports neither Django nor
pandas. Without a result.json it crashed, and `sandbox` says so to the editor.
"""

import ctypes
import gc
import json
import os
import resource
import signal
import sys
from pathlib import Path

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main(folder: Path) -> None:
    job = json.loads((folder / "job.json").read_text())
    confine(job["terms"]["limits"])
    result = read(job, folder)
    said = json.dumps(result, ensure_ascii=False).replace(r"\u0000", "\ufffd")  # databases do not take it
    (folder / "result.json").write_text(said)


def confine(limits: dict) -> None:
    """Give up, for good, all that reading a file does not need."""
    bounds = {
        resource.RLIMIT_AS: limits["memory_bytes"],
        resource.RLIMIT_CPU: limits["cpu_seconds"],
        resource.RLIMIT_FSIZE: limits["output_bytes"],
        resource.RLIMIT_CORE: 0,
    }
    for what, bound in bounds.items():
        resource.setrlimit(what, (bound, bound))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    signal.alarm(limits["wall_seconds"] + 5)  # should the parent be gone and that not have worked


class _Lean:
    """Keeps pyarrow from loading pandas and numpy: it does without them, and they take longer than most files."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in ("pandas", "numpy"):
            raise ImportError(f"the child reads without {name}")


def read(job: dict, folder: Path) -> dict:
    """Read the files of a job; a failure of any library becomes a fault."""
    sys.meta_path.insert(0, _Lean)
    from trade.formats.book import Terms
    from trade.formats.forms import read as read_files  # after the limits stand

    gc.disable()  # lists of cells make no cycles, and the process ends soon; looking for some takes a third of the time

    try:
        reading = read_files([(name, Path(path)) for name, path in job["files"]], Terms(**job["terms"]))
    except MemoryError:
        return {"end": "memory"}
    except BaseException as error:  # a panic in a Rust library is not an Exception
        return {"end": "crash", "error": f"{type(error).__name__}: {error}"[:2000]}
    tables = dict(reading.tables)
    if reading.totals is not None:
        tables["totals"] = reading.totals
    try:
        _write(tables, folder)
    except OSError:
        return {"end": "output"}
    return {
        "end": "read",
        "form": reading.form,
        "tables": list(tables),
        "speaks": sorted(reading.speaks),
        "signature": reading.signature,
        "faults": [fault.as_dict() for fault in reading.faults],
        "questions": [question.as_dict() for question in reading.questions],
        "doubts": reading.doubts,
        "asked": sorted(reading.asked),
        "remarks": reading.remarks,
    }


def _write(tables, folder):
    import pyarrow as pa

    for name, table in tables.items():
        with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os._exit(0)  # all is written: giving back a million cells one by one would take longer than some of the reading
