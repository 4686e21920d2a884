"""How the cases are asked for: once by Python, and many times by wrk."""

import re
import subprocess
import urllib.error
import urllib.request
from typing import NamedTuple

from benchmarks.processor_time import spent
from benchmarks.serving.cases import Case
from benchmarks.sites import CORES

CONNECTIONS, SECONDS = 16, 2


class Answer(NamedTuple):
    """What was sent: Answer(200, {"ETag": …}, b"…")."""

    status: int
    headers: dict
    body: bytes


def answer(case: Case) -> Answer:
    """Ask once; another status than the case expects is an error, and so is a 304 with a body."""
    try:
        with urllib.request.urlopen(urllib.request.Request(case.url, headers=case.headers), timeout=60) as sent:
            found = Answer(sent.status, dict(sent.headers), sent.read())
    except urllib.error.HTTPError as sent:
        found = Answer(sent.code, dict(sent.headers), sent.read())
    assert found.status == case.status, (case.url, found.status)
    assert (found.body == b"") == (case.status == 304), (case.url, len(found.body))
    return found


def measure(case: Case) -> None:
    """Ask for SECONDS over CONNECTIONS, and note the answers a second and what each cost the server."""
    headers = [part for name, value in case.headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t", CORES, "-c", str(CONNECTIONS), "-d", f"{SECONDS}s", "--timeout", "30s", *headers, case.url]
    before = spent(case.pid)
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    cost = spent(case.pid) - before
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{case.url}: {said}")
    case.rates.append(float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]))
    case.costs.append(1e6 * cost / int(re.search(r"(\d+) requests in", said)[1]))
