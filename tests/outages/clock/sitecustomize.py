"""Shifts the clock of a Python process by the seconds that a file holds, also while it runs; Python loads it at start.

Of the clocks only the one that can be set is shifted, as on a real machine: `time.monotonic` and timeouts go on.
"""

import os
import threading
import time

import time_machine


def wanted() -> float:
    with open(os.environ["SHIFTED_BY"]) as file:
        return float(file.read())


def follow() -> None:
    global shift
    while True:
        time.sleep(0.02)
        if (now := wanted()) != shift:
            clock.shift(now - shift)
            shift = now


def follow_in_a_thread() -> None:
    threading.Thread(target=follow, daemon=True).start()


shift = wanted()
clock = time_machine.travel(time.time() + shift, tick=True).start()
follow_in_a_thread()
os.register_at_fork(after_in_child=follow_in_a_thread)
