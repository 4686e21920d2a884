"""The child process of spreadsheets.sandbox: limits itself, runs one function, hands back JSON, never pickle.

It is forked by spreadsheets.sandbox.fork_server for a FOLDER that holds job.json: {"function":
"trade.importing.read_upload:in_child", "job": {…}, "limits": {…}}. The child writes result.json beside it. It imports
neither Django nor pandas. Without a result.json it crashed, and the parent says so to the editor.
"""

import ctypes
import errno
import importlib
import json
import resource
import signal
import sys
from pathlib import Path

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main(folder: Path) -> None:
    """Run the job that lies in a folder, and write its result there."""
    job = json.loads((folder / "job.json").read_text())
    confine(job["limits"])
    result = call(job["function"], job["job"], folder)
    text = json.dumps(result, ensure_ascii=False).replace(r"\u0000", "\ufffd")  # databases do not take it
    (folder / "result.json").write_text(text)


def confine(limits: dict) -> None:
    """Limit memory, time and output of this process for good: what they bound cannot be raised again."""
    bounds = {
        resource.RLIMIT_AS: limits["memory_bytes"],
        resource.RLIMIT_CPU: limits["cpu_seconds"],
        resource.RLIMIT_FSIZE: limits["output_bytes"],
        resource.RLIMIT_CORE: 0,
    }
    for limit, bound in bounds.items():
        resource.setrlimit(limit, (bound, bound))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    signal.alarm(limits["wall_seconds"] + 5)  # should the parent be gone and that not have worked


class _RefuseHeavyImports:
    """Keeps libraries from loading pandas and numpy: they do without, and those take longer than most files."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in ("pandas", "numpy"):
            raise ImportError(f"the child process reads without {name}")


def refuse_heavy_imports() -> None:
    """Have imports of pandas and numpy fail from now on."""
    if _RefuseHeavyImports not in sys.meta_path:
        sys.meta_path.insert(0, _RefuseHeavyImports)


def call(function: str, job: dict, folder: Path) -> dict:
    """Call a function by its name, and say how it ended: it returned, ran out of memory or output, or crashed."""
    refuse_heavy_imports()
    module, _, name = function.partition(":")
    try:
        return {"end": "returned", "result": getattr(importlib.import_module(module), name)(job, folder)}
    except MemoryError:
        return {"end": "memory"}
    except BaseException as error:  # a panic in a Rust library is not an Exception
        end = "output" if getattr(error, "errno", None) in (errno.EFBIG, errno.ENOSPC) else "crash"
        return {"end": end, "error": f"{type(error).__name__}: {error}"[:2000]}
