"""The processor time of pages that nobody has seen, asked for one after another over one connection."""

import http.client
import urllib.parse
from collections.abc import Iterator

from benchmarks.processor_time import spent
from benchmarks.sites import Server


def cost(server: Server, paths: list[str]) -> float:
    """Ask for views in turn: milliseconds of processor a view, of the server and all below it."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(server.address).netloc, timeout=60)
    before = spent(server.pid)
    for path in paths:
        ask(connection, path)
    return 1000 * (spent(server.pid) - before) / len(paths)


def warmed(server: Server, views: dict[str, Iterator[str]], times: int = 3) -> None:
    """Have the server read every cube and compile every template that the views need."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(server.address).netloc, timeout=60)
    for addresses in views.values():
        for _time in range(times):
            ask(connection, next(addresses))


def ask(connection: http.client.HTTPConnection, path: str) -> None:
    """Ask as a browser does; anything but a page is an error."""
    connection.request("GET", path, headers={"Accept-Encoding": "br"})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (path, answer.status, body[:300])
