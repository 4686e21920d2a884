"""Readers who ask for pages and files over and over while something is done to the site, and remember each answer."""

import hashlib
import http.client
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from typing import NamedTuple

PAGES = ["/", "/provinces/", "/provinces.json?year=2016", "/commodities/v/", "/data/", "/questions/", "/sanctions/"]
FILES = ["/data/china-provinces/1/data.csv", "/data/china-provinces/1/SHA256SUMS"]
LATEST = "/data/china-provinces/latest/data.csv"
CUT_OFF = 0  # in place of a status: no connection, or one that broke off


class Answer(NamedTuple):
    """What a reader got: (when, in seconds of a clock of its own, from which address, 200, headers, body, 0.02)."""

    at: float
    address: str
    status: int
    headers: dict
    body: bytes
    seconds: float


def ask(site, address: str) -> Answer:
    """Ask once, as a reader does."""
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(site.address + address, timeout=30) as answer:
            found = answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        found = refused.code, refused.headers, refused.read()
    except (OSError, http.client.HTTPException):
        found = CUT_OFF, {}, b""
    now = time.monotonic()
    return Answer(now, address, *found, now - begun)


class Readers:
    """Some readers at once: `with Readers(site, [*PAGES, *FILES]) as readers: …`, then `readers.statuses()`."""

    def __init__(self, site, addresses, number=3, pause=0.05):
        self.site, self.addresses, self.pause = site, addresses, pause
        self.answers, self.bodies = [], {}
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self._read, args=(place,)) for place in range(number)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def _read(self, place):
        while not self.ended.wait(self.pause):
            address = self.addresses[place % len(self.addresses)]
            answer = ask(self.site, address)
            place += 1
            self.answers.append(answer._replace(body=self._kept(answer.body)))

    def _kept(self, body):
        """Keep each body once, however often it was sent."""
        return self.bodies.setdefault(hashlib.sha256(body).digest(), body)

    def statuses(self) -> dict[int, int]:
        """How often which status was answered: {200: 512, 503: 3}."""
        return dict(Counter(answer.status for answer in self.answers))

    def of(self, address: str) -> list[Answer]:
        """The answers from one address that came through."""
        return [answer for answer in list(self.answers) if answer.address == address and answer.status == 200]

    def in_words(self) -> str:
        """What they saw: "812 times 200, 3 connections refused"."""
        counts = self.statuses()
        refused = f", {counts.pop(CUT_OFF)} connections refused" if CUT_OFF in counts else ""
        return ", ".join(f"{number} times {status}" for status, number in sorted(counts.items())) + refused


def no_later_one_is_of_an_earlier_release(answers, number_of):
    """Who asks a second after a release was seen gets that one, or a newer one."""
    for answer in answers:
        seen = [number_of(other.body) for other in answers if other.at < answer.at - answer.seconds - 1]
        assert number_of(answer.body) >= max(seen, default=0), answer.address
