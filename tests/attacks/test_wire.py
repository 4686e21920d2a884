"""Requests that no client library sends: another host in the request line, two hosts, none, hosts that are no names."""

import socket
import tempfile
from pathlib import Path

import pytest

from tests.attacks import browsing, markup
from tests.browser.site import made_site, served

pytestmark = pytest.mark.soak
PATHS = ["/", "/provinces/", "/data/china-provinces/1/data.csv", "/data/releases.atom", "/admin/", "/accounts/login/",
         "/api/v1/", "/sitemap.xml", "/nothing", "/provinces"]  # fmt: skip
HOST = b"Host: 127.0.0.1:%(port)d"
# The line of the request and its hosts.
REQUESTS = {
    "absolute": (b"GET http://evil.example%(path)s HTTP/1.1", [HOST]),
    "absolute with a port": (b"GET http://127.0.0.1:8081%(path)s HTTP/1.1", [HOST]),
    "absolute with an account": (b"GET http://127.0.0.1@evil.example%(path)s HTTP/1.1", [HOST]),
    "absolute, https": (b"GET https://evil.example%(path)s HTTP/1.1", [HOST]),
    "absolute, and no host": (b"GET http://evil.example%(path)s HTTP/1.1", []),
    "absolute, HTTP/1.0": (b"GET http://evil.example%(path)s HTTP/1.0", []),
    "two hosts, the first foreign": (b"GET %(path)s HTTP/1.1", [b"Host: evil.example", HOST]),
    "two hosts, the second foreign": (b"GET %(path)s HTTP/1.1", [HOST, b"Host: evil.example"]),
    "two hosts in one": (b"GET %(path)s HTTP/1.1", [HOST + b", evil.example"]),
    "a folded host": (b"GET %(path)s HTTP/1.1", [HOST + b"\r\n evil.example"]),
    "a space before the colon": (b"GET %(path)s HTTP/1.1", [b"Host : evil.example", HOST]),
    "a space before the name": (b"GET %(path)s HTTP/1.1", [b" Host: evil.example", HOST]),
    "an underscore": (b"GET %(path)s HTTP/1.1", [HOST, b"X_Forwarded_Host: evil.example", b"HTTP_HOST: evil.example"]),
    "a foreign host": (b"GET %(path)s HTTP/1.1", [b"Host: evil.example"]),
    "a host with a NUL": (b"GET %(path)s HTTP/1.1", [b"Host: 127.0.0.1\x00.evil.example"]),
    "no host": (b"GET %(path)s HTTP/1.1", []),
    "an authority": (b"CONNECT evil.example:80 HTTP/1.1", [HOST]),
    "an asterisk": (b"OPTIONS * HTTP/1.1", [HOST]),
    "two slashes": (b"GET //evil.example%(path)s HTTP/1.1", [HOST]),
    "a backslash": (b"GET /\\evil.example%(path)s HTTP/1.1", [HOST]),
    "a second request within": (
        b"GET %(path)s HTTP/1.1",
        [HOST, b"Content-Length: 0", b"Transfer-Encoding: chunked", b"X: y\r\n\r\n0\r\n\r\nGET /evil.example HTTP/1.1"],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def port():
    with tempfile.TemporaryDirectory(prefix="yalu-tests-") as folder:
        site = made_site(Path(folder))
        with served(site):
            yield int(site.environment["PORT"])


def said(port, name, path) -> bytes:
    """Send a request as it stands here, and read all that comes back."""
    line, hosts = REQUESTS[name]
    told = {b"path": path.encode(), b"port": port}
    text = b"\r\n".join([line, *hosts, b"Accept-Encoding: identity", b"Connection: close", b"", b""]) % told
    return exchanged(port, text)


def led_to(answer: bytes, port) -> set[str]:
    """The hosts that an answer names in its headers and in the links of its page."""
    head, _blank, body = answer.partition(b"\r\n\r\n")
    lines = [line.partition(": ") for line in head.decode("latin-1").split("\r\n")[1:]]
    named = [value for name, _colon, value in lines if name.lower() in ("location", "content-location", "refresh")]
    if b"content-type: text/html" in head.lower():
        named += markup.links(list(markup.elements(body.decode())))
    return {browsing.host_of(reference, f"http://127.0.0.1:{port}/") for reference in named}


@pytest.mark.parametrize("name", REQUESTS)
def test_no_request_line_and_no_second_host_names_another_host(name, port):
    for path in PATHS:
        answer = said(port, name, path)
        assert not answer.startswith(b"HTTP/1.1 5"), (path, answer[:200])
        assert not {host for host in led_to(answer, port) if "evil" in host or "8081" in host}, path
        assert b"//evil.example" not in answer.replace(b"//127.0.0.1:%d//evil.example" % port, b""), path


def test_what_was_asked_so_is_not_what_the_next_reader_gets(port):
    kept = [path for path in PATHS if path not in ("/admin/", "/accounts/login/")]  # those have a token of each reader
    own = {path: plain(port, path) for path in kept}
    for name in REQUESTS:
        for path in kept:
            said(port, name, path)
    assert {path: plain(port, path) for path in kept} == own


def plain(port, path) -> bytes:
    """The body of a usual answer."""
    text = b"GET %b HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
    return exchanged(port, text % (path.encode(), port)).partition(b"\r\n\r\n")[2]


def exchanged(port, text) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(text)
        return b"".join(iter(lambda: connection.recv(65536), b""))
