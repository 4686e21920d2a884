"""Shifts the clock of a Python process by the seconds that a file holds, also while it runs; Python loads it at start.

Of the clocks only the one that can be set is shifted, as on a real machine: `time.monotonic` and timeouts go on.
"""

import os
import threading
import time

import time_machine

FILE = os.environ["SHIFTED_BY"]


def shifted_by() -> float:
    with open(FILE) as file:
        return float(file.read() or 0)


def follow(clock, now) -> None:
    while True:
        time.sleep(0.02)
        wanted = shifted_by()
        if wanted != now:
            clock.shift(wanted - now)
            now = wanted


first = shifted_by()
started = time_machine.travel(time.time() + first, tick=True).start()
threading.Thread(target=follow, args=(started, first), daemon=True).start()
