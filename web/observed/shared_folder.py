"""Where the processes of a server keep their counts, each in files of its own, so that any of them can add them up.

prometheus-client writes them when PROMETHEUS_MULTIPROC_DIR names a folder before it is imported. The folder is that of
the program that has started the processes, and goes when that has ended; nobody has to empty it.
"""

import os
import shutil
from pathlib import Path

NAME = "PROMETHEUS_MULTIPROC_DIR"


def prepare(place: Path) -> Path:
    """Make the folder of this server below `place` (var/metrics/4711-8812), and remove those of ended ones."""
    folder = Path(os.environ.get(NAME) or place / _named(os.getppid()))
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[NAME] = str(folder)
    for other in place.glob("*-*"):
        if other.name != _named(int(other.name.partition("-")[0])):
            shutil.rmtree(other, ignore_errors=True)
    return folder


def forget_the_dead(folder: Path) -> None:
    """Let what processes have now ("three wait") count only while they live; what they have counted stays."""
    for file in folder.glob("gauge_live*.db"):
        if not _started(int(file.stem.rpartition("_")[2])):
            file.unlink(missing_ok=True)


def _named(pid):
    """Name a process by its number and its start: in a container each server has the number 1."""
    return f"{pid}-{_started(pid)}"


def _started(pid):
    """When a process was started, in ticks since the machine was; "" where there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""
