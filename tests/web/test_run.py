"""`make run`'s last step: the server and the worker begin together, and neither outlives the other."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serve(tmp_path, port, migrated):
    """Start web.run on a database of its own: a function that returns the process."""
    shutil.copy(migrated, tmp_path / "yalu.sqlite3")
    database = f"sqlite:///{tmp_path}/yalu.sqlite3"
    environment = os.environ | {"PORT": str(port), "VAR_DIR": str(tmp_path), "DATABASE_URL": database}
    started = []

    def start():
        command = [sys.executable, "-m", "web.run"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=30)


def read_until(process, word):
    for line in process.stdout:
        if word in line:
            return line.decode()
    return pytest.fail(process.stderr.read().decode())


def children(process):
    found = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True)
    return [int(pid) for pid in found.stdout.split()]


def is_running(pid):
    return subprocess.run(["kill", "-0", str(pid)], stderr=subprocess.DEVNULL).returncode == 0


def gone(pids):
    """Wait for all of them to end, up to a minute."""
    for _ in range(600):
        if not any(is_running(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("how", [pytest.param(signal.SIGINT, marks=pytest.mark.soak), signal.SIGTERM])
def test_it_says_where_the_site_is_and_ends_both_when_it_is_told_to(serve, how):
    process = serve()
    assert "http://127.0.0.1:" in read_until(process, b"Yalu")
    assert "/admin/" in read_until(process, b"Admin")
    pids = children(process)
    assert len(pids) == 2
    process.send_signal(how)
    assert process.wait(timeout=30) == 0
    assert gone(pids)


@pytest.mark.parametrize("first", [0, 1])
def test_when_one_dies_the_other_is_ended_and_it_says_so(serve, first):
    process = serve()
    read_until(process, b"Ctrl-C")
    pids = children(process)
    os.kill(pids[first], signal.SIGKILL)
    assert process.wait(timeout=30) == 1
    assert b"ended by itself" in process.stderr.read()
    assert gone(pids)


def test_a_port_in_use_is_explained(port, serve):
    with socket.create_server(("127.0.0.1", port)):
        process = serve()
        assert process.wait(timeout=30) == 1
    assert b"is in use. Choose another one: PORT=" in process.stderr.read()
