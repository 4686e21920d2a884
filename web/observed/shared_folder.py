"""Where the processes of a server keep their counts, each in files of its own, so that any of them can add them up.

prometheus-client writes them when PROMETHEUS_MULTIPROC_DIR names a folder before it is imported. The folder is that of
the program that has started the processes, and goes when that has ended; nobody has to empty it.
"""

import os
import shutil
from pathlib import Path

NAME = "PROMETHEUS_MULTIPROC_DIR"


def prepare(place: Path) -> Path:
    """Make the folder of this server below `place`, and remove those of servers that have ended: var/metrics/4711."""
    folder = Path(os.environ.get(NAME) or place / str(os.getppid()))
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[NAME] = str(folder)
    for other in place.glob("*"):
        if other.name.isdigit() and not is_alive(int(other.name)):
            shutil.rmtree(other, ignore_errors=True)
    return folder


def forget_the_dead(folder: Path) -> None:
    """Let what processes have now ("three wait") count only while they live; what they have counted stays."""
    for file in folder.glob("gauge_live*.db"):
        if not is_alive(int(file.stem.rpartition("_")[2])):
            file.unlink(missing_ok=True)


def is_alive(pid: int) -> bool:
    """Tell whether a process of this number runs, of whichever user."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
