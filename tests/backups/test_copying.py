"""manage.py copy_database: a site moves from SQLite to PostgreSQL with every row and every key."""

import os

import pytest

from backups import copying
from tests import postgres
from tests.backups import places
from trade.demonstration import RELEASES

pytestmark = pytest.mark.slow

PAGES = ["/", "/provinces/", "/commodities/27/", "/data/china-provinces/2/", "/questions/", "/data/releases.atom"]
NEXT = """
import django
django.setup()
from django.db import connection
from trade.models import Upload
made = Upload.objects.create(dataset_id="china-provinces")
print(made.pk, Upload.objects.order_by("pk").first().created.isoformat())
"""


@pytest.fixture
def server():
    """A PostgreSQL server: that of the tests, or one for this test."""
    if os.environ["DATABASE_URL"].startswith("postgres"):
        yield os.environ["DATABASE_URL"]
    else:
        with postgres.server() as address:
            yield address


@pytest.mark.soak
def test_a_site_moves_from_sqlite_to_postgresql_with_every_row_and_every_key(server, tmp_path):
    old = places.on_sqlite(tmp_path / "old")
    old.prepare("migrate", "demo")
    file = old.folder / "yalu.sqlite3"
    with places.on_postgres(tmp_path / "new", server) as new:
        new.environment["VAR_DIR"] = str(old.folder)  # the files stay where they are
        assert "Run `manage.py migrate` on it first" in new.run("manage.py", "copy_database", str(file)).stdout
        new.prepare("migrate")
        assert "each has the same checksum there" in new.manage("copy_database", file)
        assert "faults" not in new.manage("verify")
        assert new.pages(*PAGES) == old.pages(*PAGES)
        assert [place.well(place.run("-c", NEXT)) for place in (new, old)][0].startswith(f"{len(RELEASES) + 1} ")
        again = new.run("manage.py", "copy_database", str(file))
        assert "The PostgreSQL database is not empty: it has" in again.stdout and again.returncode == 1


def test_the_target_must_be_postgresql(tmp_path):
    place = places.on_sqlite(tmp_path / "site")
    done = place.run("manage.py", "copy_database", "x")
    assert done.returncode == 1
    assert "Set DATABASE_URL to the PostgreSQL database into which to copy." in done.stdout


def test_the_same_values_give_the_same_text_whichever_database_they_come_from():
    assert copying._as_text([{"b": 1e16, "a": [2.0, None]}]) == copying._as_text([{"a": [2, None], "b": 10**16}])
    assert copying._as_text([None]) != copying._as_text([0]) != copying._as_text([""])
