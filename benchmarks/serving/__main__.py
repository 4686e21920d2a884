"""Times what the server sends, at 16 connections: `python -m benchmarks.serving`.

Ours is granian with the site under production settings, with its log and its metrics. "Bare" is the same granian with
a function that looks up the same bytes and headers by their path. "Then" is the site at an earlier commit, with the
same data. nginx sends the same bytes from a folder. Datasette answers with the rows of data.json from its own database,
as JSON objects with the same names and in the same order. Chart pages go through Django, which asks the database for
their stamp and sends what it keeps (web.page_cache); "rendered" are the same pages with keeping switched off. All are
asked in turn for SECONDS, ROUNDS times over, by wrk on the same machine; medians are compared. Processor time is that
of the server alone, without wrk.

Needs wrk and nginx (Debian: `apt-get install wrk nginx-light`), and Datasette in an environment of its own
(`python -m venv PLACE; PLACE/bin/pip install datasette`), named by DATASETTE=PLACE/bin/datasette. A peer that is
missing is named.
"""

import os
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.base_checkout import base_checkout
from benchmarks.export import keep
from benchmarks.serving import peers
from benchmarks.serving.asking import answer, measure
from benchmarks.serving.cases import LONGEST, Case, of_site
from benchmarks.serving.growing import FEW, MANY, growing
from benchmarks.serving.tables import report
from benchmarks.sites import new_site, served

ROUNDS = int(os.environ.get("ROUNDS", "3"))
OFTEN_ENOUGH = 20  # times


def main() -> None:
    """Measure every case in turn, print the tables, and put them into docs/benchmarks.md."""
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    with ExitStack() as stack:
        base = stack.enter_context(base_checkout())
        var = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yalu-serving-")))
        cases = prepared(stack, var, base)
        for number in range(ROUNDS):
            for case in cases:
                measure(case)
            print(f"round {number + 1} of {ROUNDS} is done", file=sys.stderr)
    text = report(cases, ROUNDS)
    print(text)
    keep(text, "serving", "Serving", __doc__.split("\n\n")[1])


def prepared(stack: ExitStack, var: Path, base: Path) -> list[Case]:
    """Start every server, and list what each is asked for."""
    site = new_site(var / "ours")
    site.run("-m", "benchmarks.same_data", str(base))
    then = new_site(var / "then", base)
    then.manage("demo")
    ours = asked_before(of_site(stack.enter_context(served(site)), "ours"))
    cases = [*ours, *asked_before(of_site(stack.enter_context(served(then)), "then"))]
    cases += stack.enter_context(peers.bare(var, ours))
    if peers.nginx_program():
        cases += stack.enter_context(peers.nginx(var, ours))
    if program := os.environ.get("DATASETTE") or shutil.which("datasette"):
        cases += stack.enter_context(peers.datasette(program, var, ours))
    for size in (FEW, MANY):
        cases += asked_before(stack.enter_context(growing(var, size)))
    return cases


def asked_before(cases: list[Case]) -> list[Case]:
    """Ask for each often enough that every process has met it, and note its size; there are as many as cores."""
    for case in cases:
        until_answered(case)
        for _time in range(OFTEN_ENOUGH):
            case.size = len(answer(case).body)
    return cases


def until_answered(case: Case) -> None:
    """Wait for a server that is busy with reading its data: it answers 503 until then."""
    end = time.monotonic() + LONGEST
    while True:
        try:
            answer(case)
            return
        except AssertionError:
            if time.monotonic() > end:
                raise
            time.sleep(1)


if __name__ == "__main__":
    main()
