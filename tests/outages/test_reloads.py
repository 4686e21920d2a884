"""The server begins anew (SIGHUP, `systemctl reload yalu`) while readers read: not one request is lost.

Its command is that of deploy/systemd/yalu.service, but for where the program and the socket lie.
"""

import http.client
import itertools
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from tests.outages.supervised import until

pytestmark = pytest.mark.soak

ROOT = Path(__file__).resolve().parents[2]
UNIT = (ROOT / "deploy/systemd/yalu.service").read_text()
FILE, KEPT, READERS, RELOADS = "/data/china-provinces/1/data.csv", "/provinces/", 6, 2
PROXIED = {"Host": "127.0.0.1", "Connection": "close"}  # as nginx asks: each request on a connection of its own


def command(path) -> list[str]:
    """The words of ExecStart, started by this Python and listening on a socket of the test's own."""
    [line] = re.findall(r"^ExecStart=\S+/granian (.*)$", UNIT, re.MULTILINE)
    line = line.replace("/run/yalu/http.sock", str(path)).replace("--log-level warning", "--log-level info")
    return [sys.executable, "-m", "granian", *shlex.split(line)]


class Connection(http.client.HTTPConnection):
    """A connection to a socket of the file system."""

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(self.host)


def ask(path, address) -> int | str:
    """Ask once: the status, or what went wrong; an answer that breaks off is wrong, too."""
    connection = Connection(str(path))
    try:
        connection.request("GET", address, headers=PROXIED)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException) as error:
        return repr(error)
    finally:
        connection.close()


def addresses(place):
    """What a reader asks for: some a kept page, some a file, two of them views that nobody has seen."""
    if place < 2:
        years = itertools.product(range(1998, 2024), ("share", "usd"), range(1998, 2012))
        return (f"/provinces/?year={year}&unit={unit}&from={begin + place}" for year, unit, begin in years)
    return itertools.repeat(FILE if place % 2 else KEPT)


def test_a_reload_loses_no_request_and_ends_each_process_that_was_there(site, tmp_path, tell):
    path, log = tmp_path / "http.sock", tmp_path / "log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            command(path), cwd=ROOT, env=site.environment, stdout=written, stderr=written, process_group=0
        )
    answers, ended = Counter(), threading.Event()

    def read(place):
        for address in addresses(place):
            if ended.wait(0.01):
                return
            answers[place < 2, ask(path, address)] += 1

    readers = [threading.Thread(target=read, args=(place,)) for place in range(READERS)]
    try:
        until(lambda: ask(path, KEPT) == 200, 120, log.read_text)
        first = children(server)
        [reader.start() for reader in readers]
        for count in range(1, RELOADS + 1):
            os.kill(server.pid, signal.SIGHUP)
            until(lambda count=count: log.read_text().count("Stopped old worker-2") == count, 300, log.read_text)
        ended.set()
        [reader.join() for reader in readers]
        assert not first & children(server)
        os.kill(server.pid, signal.SIGTERM)
        server.wait(timeout=70)
    finally:
        ended.set()
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
    assert {status for _is_unseen, status in answers} == {200}
    assert answers[True, 200] > 20 and answers[False, 200] > 200
    tell(f"{RELOADS} reloads of two processes", f"{answers.total()} times 200", "nothing", "no pause")


def children(server) -> set[str]:
    return set(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split())
