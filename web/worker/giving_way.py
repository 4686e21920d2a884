"""Has a worker give way to readers while it computes, and take its turn like all others while it holds a lock."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

NICE = 8  # of 19: a thread that gives way and still gets on
USUAL = 20  # of RLIMIT_NICE: who has it may come back to the usual priority, which is 0


@contextmanager
def giving_way() -> Iterator[None]:
    """Lower the priority of this thread within; nothing is lowered where it could not come back afterwards.

    root may, and whoever has the limit (LimitNICE=+0 in deploy/systemd/yalu-worker.service).
    """
    if not _may_come_back():
        yield
        return
    thread = threading.get_native_id()
    before = os.getpriority(os.PRIO_PROCESS, thread)
    os.setpriority(os.PRIO_PROCESS, thread, max(before, NICE))
    try:
        yield
    finally:
        os.setpriority(os.PRIO_PROCESS, thread, before)


def lower_this_thread() -> None:
    """Have a thread of its own give way for good; elsewhere than on Linux that would be the whole process."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, max(os.getpriority(os.PRIO_PROCESS, thread), NICE))


def _may_come_back():
    if sys.platform != "linux":
        return False
    import resource

    return os.geteuid() == 0 or resource.getrlimit(resource.RLIMIT_NICE)[0] >= USUAL
