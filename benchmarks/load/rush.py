"""Lets readers and editors loose on a site that runs, and gathers what each of them saw."""

import subprocess
import sys
import tempfile
import urllib.request

from benchmarks.load.address_mix import FILES, KEPT
from benchmarks.load.busy_editors import Publisher, Saver
from benchmarks.load.process_memory import MemoryWatch
from benchmarks.load.results import Results
from tests.browser.site import ROOT, Site
from tests.outages.supervised import Supervised

# As behind the proxy of docs/operators.md, which tells the address of each reader; with a log and with metrics.
IN_PRODUCTION = {"BEHIND_PROXY": "1", "METRICS_TOKEN": "m" * 40}


def rush(both: Supervised, seconds: float, minutes: tuple = (), editors=(Publisher, Saver)) -> tuple[Results, list]:
    """Have readers ask for so many seconds while the editors work.

    Args: both, the server and worker of a site; minutes at which the memory of each process is told.
    Returns: the results, and for each minute {Process: MB}.
    """
    watch = MemoryWatch(*(process.pid for process in both.running.values()))
    busy = [kind(both.site) for kind in editors]
    for thread in (watch, *busy):
        thread.start()
    results = readers(both.site.environment["PORT"], seconds)
    for editor in busy:
        editor.stop()
        results.add(editor.times, editor.faults)
    watch.stop()
    return results, [watch.around(minute) for minute in minutes]


def warm(site: Site) -> None:
    """Have every kept page and file asked for, as they were before the rush."""
    for address in (*KEPT, *FILES, *FILES):
        urllib.request.urlopen(site.address + address, timeout=60).close()


def readers(port: int | str, seconds: float, seed: int = 1) -> Results:
    """Have the readers ask, in a process of their own; another seed asks for other views."""
    command = [sys.executable, "-m", "benchmarks.load.open_loop", str(port)]
    command += ["--seconds", str(seconds), "--seed", str(seed)]
    with tempfile.TemporaryFile("w+") as written:
        subprocess.run(command, cwd=ROOT, stdout=written, check=True)
        written.seek(0)
        return Results.read(written)
