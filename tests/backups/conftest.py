"""Empty places for sites, on the kind of database that the tests run on."""

import os
from contextlib import ExitStack

import pytest

from tests.backups import places


@pytest.fixture
def place(tmp_path):
    """Make an empty place by a name, on the kind of database that the tests run on."""
    server = os.environ["DATABASE_URL"]
    with ExitStack() as made:

        def make(name):
            if not server.startswith("postgres"):
                return places.on_sqlite(tmp_path / name)
            return made.enter_context(places.on_postgres(tmp_path / name, server))

        yield make
