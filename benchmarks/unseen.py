"""Times kept pages and files beside clients who ask for views that nobody has seen: `python -m benchmarks.unseen`.

Four readers ask for kept pages and for files, with a short rest between; half of the time alone, half of it beside
twenty connections that ask without a rest for unseen views, junk parameters, the packs of views and the API. The two
alternate ROUNDS times over, and the 99th percentiles are compared: the limit is twice the value alone. The same is done
with the renderer (web.page_cache.renderer) switched off, whose threads then compute beside those that send.
"""

import http.client
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.export import keep
from benchmarks.sites import ROOT, free_port, new_site, running
from web.run import SERVER

READERS, UNSEEN, SECONDS, ROUNDS = 4, 20, 30, int(os.environ.get("ROUNDS", "2"))
REST = 0.005  # seconds between two questions of a reader
PAGES = ["/", "/provinces/", "/commodities/", "/data/", "/provinces.csv", "/provinces/cn-ln/"]
RELEASE = "/data/china-provinces/1/"
FILES = [RELEASE + name for name in ("data.csv", "workbook.xlsx", "chart.json")]


@dataclass
class Times:
    """What the readers measured: seconds of each answer by kind, and how often each status came."""

    page: list = field(default_factory=list)
    file: list = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)

    def percentile(self, kind: str, share: float) -> float:
        """Give a percentile in milliseconds."""
        values = sorted(getattr(self, kind))
        return 1000 * values[int(len(values) * share)]


def main() -> None:
    """Measure with the renderer and without it, print the table, and put it into docs/benchmarks.md."""
    if sys.argv[1:]:
        ask_for_the_unseen(int(sys.argv[1]), float(sys.argv[2]))
        return
    rows = []
    with tempfile.TemporaryDirectory(prefix="yalu-unseen-") as folder:
        site = new_site(Path(folder) / "site", UNSEEN_VIEWS_A_MINUTE="600")
        site.manage("demo")
        for renderer in ("1", "0"):
            rows += measured(site.but(RENDERER=renderer), "with the renderer" if renderer == "1" else "without it")
    text = report(rows)
    print(text)
    keep(text, "unseen", "Unseen views", __doc__.split("\n\n")[1])


def measured(site, name) -> list[tuple]:
    """Alternate between readers alone and readers beside the others: rows of the table."""
    port, alone, beside = free_port(), Times(), Times()
    place = SERVER.index("--port") + 1
    command = [sys.executable, "-m", *SERVER[:place], str(port), *SERVER[place + 1 :]]
    with running(command, port, env=site.environment):
        for path in (*PAGES, *FILES, *FILES):
            answer(http.client.HTTPConnection("127.0.0.1", port), path)
        for _round in range(ROUNDS):
            read(port, alone)
            others = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.unseen", str(port), str(SECONDS + 1)], cwd=ROOT
            )
            time.sleep(0.5)
            read(port, beside)
            others.wait()
    return [(name, kind, alone, beside) for kind in ("page", "file")]


def read(port: int, times: Times) -> None:
    """Let the readers read for SECONDS."""
    readers = [threading.Thread(target=_read, args=(port, times)) for _number in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()


def _read(port, times):
    connection, until = http.client.HTTPConnection("127.0.0.1", port), time.monotonic() + SECONDS
    while time.monotonic() < until:
        for kind, paths in (("page", PAGES), ("file", FILES)):
            begun = time.perf_counter()
            times.statuses[answer(connection, random.choice(paths))] += 1
            getattr(times, kind).append(time.perf_counter() - begun)
        time.sleep(REST)


def answer(connection, path) -> int:
    """Ask, read the answer to its end, and give its status."""
    connection.request("GET", path, headers={"Accept-Encoding": "br"})
    response = connection.getresponse()
    response.read()
    return response.status


def ask_for_the_unseen(port: int, seconds: float) -> None:
    """Ask on UNSEEN connections without a rest; in a process of its own."""
    until = time.monotonic() + seconds
    for number in range(UNSEEN):
        threading.Thread(target=_ask, args=(port, until, random.Random(number))).start()


def _ask(port, until, draw):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        try:
            answer(connection, unseen(draw))
        except (OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)


def unseen(draw: random.Random) -> str:
    """Draw an address that nobody has asked for, or one with junk."""
    year, other = draw.randint(1998, 2024), draw.choice(["cn-jl", "cn-hl", "cn-gd", "cn-bj"])
    kinds = {
        f"/provinces/?fbclid={draw.random()}": 4,
        f"/provinces/?year={year}&flow=from_dprk&show=cn-ln,{other}&junk={draw.random()}": 3,
        f"/provinces.views.json?year={year}&highlight={other}": 1,
        f"/commodities/?year={draw.randint(1000, 9999)}": 1,
        f"/api/v1/datasets/china-provinces/observations?year={year}": 1,
    }
    return draw.choices(list(kinds), list(kinds.values()))[0]


def report(rows: list[tuple]) -> str:
    """Write the table, and what was answered."""
    load = os.getloadavg()[0]
    lines = [
        f"{ROUNDS} rounds of {SECONDS} s each way, clients on the same {os.cpu_count()} cores; load {load:.1f}.",
        "",
    ]
    lines += ["| server | what is read | alone, p99, ms | beside, p99, ms | times | answers beside that were not 200 |"]
    lines += ["|---|---|---:|---:|---:|---:|"]
    for name, kind, alone, beside in rows:
        was, now = alone.percentile(kind, 0.99), beside.percentile(kind, 0.99)
        others = sum(count for status, count in beside.statuses.items() if status != 200)
        lines.append(f"| {name} | kept {kind}s | {was:.1f} | {now:.1f} | {now / was:.2f} | {others} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
