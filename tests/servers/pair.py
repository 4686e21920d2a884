"""Two servers of one site, each with a worker and a disk of its own, on one PostgreSQL, one Redis and one bucket."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests import postgres, s3
from tests.browser.site import Site, made_site_on, site_in
from tests.outages.supervised import Supervised
from tests.outages.test_redis import Redis, running

ONE_ADDRESS = "https://trade.example.org"  # by which both are cited: else each would name its port
FOLDERS = ("bundles", "uploads")


@dataclass
class Pair:
    """Both servers, and what they share; `folders` are their own disks."""

    first: Supervised
    second: Supervised
    database: str
    redis: Redis
    bucket: s3.Server
    folders: list[Path]

    def ask_database(self, question: str):
        """Ask PostgreSQL itself for one row."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(question).fetchone()


@contextmanager
def pair() -> Iterator[Pair]:
    """Make a site on one disk, copy its files to the bucket as any program would, and serve it from two places."""
    with ExitStack() as stack:
        database, redis, bucket = (stack.enter_context(each()) for each in (postgres.server, running, s3.server))
        temporary = [stack.enter_context(TemporaryDirectory(prefix="yalu-tests-")) for _number in range(2)]
        folders = [Path(folder) for folder in temporary]
        first, second = made_site_on(database, folders[0]), site_in(folders[1])
        shutil.copytree(folders[0] / "static", folders[1] / "static")
        move_into(bucket, folders[0])
        shared = bucket.environment | {"REDIS_URL": f"redis://127.0.0.1:{redis.port}/0", "SITE_URL": ONE_ADDRESS}
        first.environment |= shared
        second.environment |= shared | {name: first.environment[name] for name in ("SECRET_KEY", "DATABASE_URL")}
        both = [served(stack, site) for site in (first, second)]
        yield Pair(*both, database, redis, bucket, folders)


def served(stack: ExitStack, site: Site) -> Supervised:
    one = Supervised(site)
    stack.callback(one.logs.cleanup)
    stack.callback(lambda: one.kill(*one.running))
    one.start("server", "worker")
    return one


def move_into(bucket: s3.Server, folder: Path) -> None:
    """Copy uploads and bundles into the bucket, each under its path, and remove them here."""
    for place in FOLDERS:
        for path in sorted((folder / place).rglob("*")):
            if path.is_file():
                key = f"live/{path.relative_to(folder)}"
                bucket.client.put_object(Bucket=s3.NAME, Key=key, Body=path.read_bytes())
        shutil.rmtree(folder / place, ignore_errors=True)


class Moment(threading.Thread):
    """Notes when a question to the database is answered otherwise than now: `with Moment(pair, "…") as moment`."""

    def __init__(self, pair: Pair, question: str):
        super().__init__(daemon=True)
        self.pair, self.question, self.at = pair, question, None
        self.ended = threading.Event()

    def __enter__(self):
        self.before = self.pair.ask_database(self.question)
        self.start()
        return self

    def __exit__(self, *_error):
        self.ended.set()
        self.join()

    def run(self):
        with psycopg.connect(self.pair.database, autocommit=True) as connection:
            while not self.ended.wait(0.005):
                if connection.execute(self.question).fetchone() != self.before:
                    self.at = time.monotonic()
                    return


def words_of_log(one: Supervised) -> str:
    """What both processes of a server have logged."""
    return os.linesep.join(one.log(name) for name in one.commands if one.log_file(name).exists())
