"""Clients that hold a real server: idle, slow, with too much to say, with odd paths. Others are answered meanwhile."""

import http.client
import socket
import statistics
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.browser.site import copied, served

pytestmark = pytest.mark.soak

IDLE = 10_000
FILE = "/data/china-provinces/1/data.csv"


@pytest.fixture(scope="module")
def port(made):
    with tempfile.TemporaryDirectory(prefix="yalu-tests-") as folder:
        site = copied(made, Path(folder))
        with served(site):
            yield int(site.environment["PORT"])


def ask(port, path, method="GET", body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def opened(stack, port, said=b""):
    connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
    connection.sendall(said)
    return connection


def pace(port):
    """How many seconds a kept page and a file take, in the median of 50."""
    times = []
    for _round in range(25):
        for path in ("/provinces/", FILE):
            begun = time.perf_counter()
            assert ask(port, path)[0] == 200
            times.append(time.perf_counter() - begun)
    return statistics.median(times)


@pytest.mark.parametrize(
    "said", [b"", b"GET /provinces/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", b"POST /admin/login/ HTTP/1.1\r\n"]
)
def test_ten_thousand_connections_that_say_nothing_or_little_hold_nobody(said, port):
    pace(port)
    with ExitStack() as stack:
        for _number in range(IDLE):
            opened(stack, port, said)
        assert pace(port) < 0.1
    assert pace(port) < 0.1


def test_bodies_that_never_end_or_are_too_large_hold_nobody(port):
    head = b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with ExitStack() as stack:
        for _number in range(40):
            opened(stack, port, head + b"Content-Length: 1000000\r\n\r\nusername=")
        assert pace(port) < 0.1
    with suppress(BrokenPipeError, ConnectionResetError):  # it need not be read to its end
        assert ask(port, "/provinces/", "POST", b"x" * 50_000_000)[0] in (403, 405, 413)
    assert ask(port, "/provinces/?" + "x" * 60_000)[0] in (200, 414, 431)
    assert ask(port, "/provinces/", headers={"X-Long": "x" * 1_000_000})[0] in (400, 413, 431)


@pytest.mark.parametrize(
    "path",
    ["/data/../../etc/passwd", "/data/china-provinces/1/..%2f..%2fyalu.sqlite3", "/data/china-provinces/01/data.csv",
     "/static/../yalu.sqlite3", "/static/%2e%2e/yalu.sqlite3", "//evil.example/", "/data/china-provinces/1/data.csv/",
     "/data/china-provinces/1/data.csv%00.html", "/provinces/%ff%fe/", "/\\evil.example", "/data//1/data.csv",
     "/data/china-provinces/1/.env", "/data/china-provinces/1/WITHDRAWN"],
)  # fmt: skip
def test_a_path_that_plays_tricks_leads_nowhere(path, port):
    status, body = ask(port, path)
    assert status in (301, 400, 404), (path, status)
    assert b"SQLite format" not in body and b"root:" not in body
