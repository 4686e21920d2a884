"""What each process of a site holds in memory, noted while it runs: its own part of what it shares with others."""

import statistics
import threading
import time
from collections import defaultdict
from typing import NamedTuple

import psutil

EVERY = 2.0  # seconds


class Process(NamedTuple):
    """A process by its number and what it is for: Process(4711, "renderer")."""

    pid: int
    role: str


class MemoryWatch(threading.Thread):
    """Notes the memory of a process and all that it starts: `readings[Process]` = [(seconds, MB), …]."""

    def __init__(self, *pids: int):
        super().__init__(daemon=True)
        self.pids, self.readings, self.stopped = pids, defaultdict(list), threading.Event()
        self.begun = time.monotonic()

    def run(self):
        while not self.stopped.wait(EVERY):
            for pid in self.pids:
                self._note(pid)

    def _note(self, pid):
        try:
            processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for process in processes:
            try:
                megabytes, role = process.memory_full_info().pss / 2**20, role_of(process)
            except psutil.Error:
                continue
            self.readings[Process(process.pid, role)].append((time.monotonic() - self.begun, megabytes))

    def around(self, minute: float) -> dict[Process, float]:
        """Give what each process held in the minute around a moment, at the median, in MB; those alone that lived."""
        low, high = 60 * minute - 30, 60 * minute + 30
        held = {who: [much for at, much in noted if low <= at < high] for who, noted in self.readings.items()}
        return {who: statistics.median(noted) for who, noted in held.items() if noted}

    def stop(self) -> None:
        self.stopped.set()
        self.join()


def role_of(process: psutil.Process) -> str:
    """Say what a process is for, by its command and those who started it: "server", "renderer", "worker"."""
    command = " ".join(process.cmdline())
    above = [" ".join(one.cmdline()) for one in process.parents()]
    if "manage.py work" in command:
        return "worker"
    if any("manage.py work" in one for one in above):
        return "child of the worker"
    if "multiprocessing" in command:
        return "helper of the server" if "resource_tracker" in command else "renderer"
    return "server" if any("granian" in one for one in above) else "its supervisor"
