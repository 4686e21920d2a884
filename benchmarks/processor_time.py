"""The processor time that a process and all below it have used: what a busy machine does not change much."""

from contextlib import suppress

import psutil


def spent(pid: int) -> float:
    """Add up user and system time of a process, of all below it, and of those below it that have ended: seconds.

    >>> before = spent(server.pid); ask(server); spent(server.pid) - before
    0.07
    """
    total = 0.0
    for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total
