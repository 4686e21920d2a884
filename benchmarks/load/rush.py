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

# As behind the proxy of docs/operators.md, which tells of each reader the address.
BEHIND_PROXY = {"BEHIND_PROXY": "1"}


def rush(both: Supervised, seconds: float, minutes_of_memory=(), editors=(Publisher, Saver)) -> tuple[Results, list]:
    """Ask for so many seconds while the editors work: the results, and what processes held at some minutes."""
    site = both.site
    warm(site)
    watch = MemoryWatch(*(process.pid for process in both.running.values()))
    busy = [kind(site) for kind in editors]
    for thread in (watch, *busy):
        thread.start()
    results = readers(site, seconds)
    for editor in busy:
        editor.stop()
        results.editors |= editor.times
        results.faults += editor.faults
    watch.stop()
    return results, [watch.around(minute) for minute in minutes_of_memory]


def warm(site: Site) -> None:
    """Have every kept page and file asked for, as they were before the rush."""
    for address in (*KEPT, *FILES, *FILES):
        urllib.request.urlopen(site.address + address, timeout=60).close()


def readers(site: Site, seconds: float, a_second: float = 100) -> Results:
    """Let the readers ask, in a process of their own."""
    command = [sys.executable, "-m", "benchmarks.load.open_loop", site.environment["PORT"]]
    command += ["--seconds", str(seconds), "--a-second", str(a_second)]
    with tempfile.TemporaryFile("w+") as written:
        subprocess.run(command, cwd=ROOT, stdout=written, check=True)
        written.seek(0)
        return Results.read(written)
