"""What a child process of the sandbox can see, told by itself: without the libraries that it must not load."""

import os
import resource
import sys

FILES = "/proc/self/fd"


def in_child(job, folder):
    """Tell the environment, the open files, the folder, the session, the limits and what is loaded."""
    return {
        "environment": sorted(os.environ),
        "open": sorted(os.readlink(f"{FILES}/{number}") for number in ("0", "1", "2")),
        "more": [number for number in os.listdir(FILES) if int(number) > 2],
        "folder": os.getcwd(),
        "session": os.getsid(0) == os.getpid(),
        "limits": [resource.getrlimit(limit)[1] for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU)],
        "heavy": sorted({"django", "pandas", "numpy"} & set(sys.modules)),
    }


kept = []  # what a child keeps in its memory


def leave_traces(job, folder):
    """Read a file of the job as a reader does, and leave as much of it behind as a child can."""
    number = os.open(job["file"], os.O_RDONLY)  # and never closed
    kept.append(os.read(number, 1000).decode())
    os.environ["TRACE"] = kept[0]
    sys.path.insert(0, os.path.dirname(job["file"]))
    os.umask(0)
    os.chdir("/")
    return {"kept": len(kept)}


def find_traces(job, folder):
    """Tell what another child left in memory, in the environment, in the path of modules and in the process."""
    return {
        "kept": len(kept),
        "environment": "TRACE" in os.environ,
        "path": [entry for entry in sys.path if "pytest" in entry],
        "umask": os.umask(0),
        "folder": os.getcwd(),
    } | {"more": [number for number in os.listdir(FILES) if int(number) > 2]}
