"""Sites in places of their own, each with a folder and a database, that commands are run on as an operator does."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
PREPARE = """
import sys, django
django.setup()
from django.core.management import call_command
for command in sys.argv[1:]:
    call_command(*command.split("|"), verbosity=0)
"""
# Every page is asked for afresh, and what a page shows of the time or of the request is no part of it.
FINGERPRINTS = """
import hashlib, sys, django
django.setup()
from django.test import Client
for address in sys.argv[1:]:
    response = Client().get(address)
    content = b"".join(response) if response.streaming else response.content
    print(address, response.status_code, hashlib.sha256(content).hexdigest())
"""


class Place:
    """A site with a folder and a database of its own."""

    def __init__(self, folder: Path, database: str):
        self.folder = folder
        self.environment = {"PATH": os.environ["PATH"], "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
        self.environment |= {"VAR_DIR": str(folder), "DATABASE_URL": database}

    def run(self, *arguments, **environment) -> subprocess.CompletedProcess:
        """Run Python in the place: its words in one text."""
        command = [sys.executable, *arguments]
        more = self.environment | environment
        return subprocess.run(command, cwd=ROOT, env=more, stdout=-1, stderr=subprocess.STDOUT, text=True)

    def manage(self, *arguments, **environment) -> str:
        """Run a command that must end well, and return what it said."""
        return self.well(self.run("manage.py", *map(str, arguments), **environment))

    def prepare(self, *commands, **environment) -> None:
        """Run several commands in one process: prepare("migrate", "withdraw|china-provinces|1|--reason|Wrong.")."""
        self.well(self.run("-c", PREPARE, *commands, **environment))

    def pages(self, *addresses) -> str:
        """Tell status and checksum of what each address answers, a line each."""
        return self.well(self.run("-c", FINGERPRINTS, *addresses))

    @staticmethod
    def well(done):
        assert done.returncode == 0, done.stdout
        return done.stdout


def on_sqlite(folder: Path) -> Place:
    folder.mkdir()
    return Place(folder, f"sqlite:///{folder}/yalu.sqlite3")


@contextmanager
def on_postgres(folder: Path, server: str):
    """A site on a new database of a server, which is dropped in the end."""
    folder.mkdir()
    database = f"yalu_{folder.name}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database}")
    try:
        yield Place(folder, urlsplit(server)._replace(path=f"/{database}").geturl())
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {database} WITH (FORCE)")
