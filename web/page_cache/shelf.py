"""Where pages are kept: on a shelf of this process and, where there is Redis, in a cache that all processes share.

What an edit behind the admin's back leaves stale (psql, a script that writes rows without a release) is made again
after SECONDS.
"""

import hashlib
import threading
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from web import site_address
from web.page_cache import sending, stamp

SECONDS = 600
A_DAY = 24 * 3600  # for which a page is still at hand if the database is away
PROGRAM = ("accounts", "backups", "config", "drafts", "faq", "sanctions", "spreadsheets", "static", "tables")
PROGRAM += ("search", "site_texts", "templates", "trade", "web")
LONGEST_QUERY = 1000  # characters that count: no link of ours comes near


class Shelf:
    """What this process keeps: at most so many pages, those used last. Threads share it."""

    def __init__(self):
        self.pages, self.lock = OrderedDict(), threading.Lock()

    def get(self, key):
        with self.lock:
            if key in self.pages:
                self.pages.move_to_end(key)
            return self.pages.get(key)

    def put(self, key, page):
        with self.lock:
            self.pages[key] = page
            while len(self.pages) > settings.KEEP_PAGES_MOST:
                self.pages.popitem(last=False)

    def measured(self) -> tuple[int, int]:
        """Count the pages and their bytes: (412, 9_120_334)."""
        with self.lock:
            pages = list(self.pages.values())
        return len(pages), sum(len(body) for page in pages for body in page["bodies"].values())

    def clear(self):
        with self.lock:
            self.pages.clear()


SHELF = Shelf()  # of pages
ALIASES = Shelf()  # of keys: the key of ?flow=to_dprk is that of the page without it


class Page:
    """A page that is asked for: where it is kept, and whether what is kept is still right."""

    def __init__(self, request: HttpRequest):
        self.request, self.seen = request, None
        if settings.KEEP_PAGES and len(request.META["QUERY_STRING"]) <= LONGEST_QUERY:
            # An editor sees an edit at once; all others within a second.
            self.seen = stamp.seen(afresh=settings.SESSION_COOKIE_NAME in request.COOKIES)
        self.asked = self.key = self._key(request.META["QUERY_STRING"])
        self.old = None

    def _key(self, query):
        if not self.seen:
            return None
        address = f"{site_address.of(self.request)}{self.request.path}?{query}"
        known_by = (program(), get_language(), self.request.scheme, address, self.seen.value)
        return hashlib.sha256(repr(known_by).encode()).hexdigest()

    def fresh(self) -> dict | None:
        """What is kept, if it is not too old; while the database is away nothing is too old."""
        self.key = ALIASES.get(self.asked) or self.key
        return self._fresh()

    def _fresh(self):
        found = self.key and (SHELF.get(self.key) or self._from_other_processes())
        if not found:
            return None
        # Made long ago, or in what is the future since the clock was set back.
        if abs(sending.clock() - found["made"]) > SECONDS and not self.seen.is_last_known:
            self.old = found
            return None
        return found

    def _from_other_processes(self):
        if found := caches["pages"].get(self.key):
            SHELF.put(self.key, found)
        return found

    def also_known_as(self, query: str) -> dict | None:
        """What is kept under another query string for the same view."""
        self.key = self._key(query)
        if self.asked and self.key:
            ALIASES.put(self.asked, self.key)
        return self._fresh()

    def keep(self, query: str, found: dict) -> None:
        self.key = self._key(query)
        if self.key:
            SHELF.put(self.key, found)
            caches["pages"].set(self.key, found, A_DAY)
            if self.asked != self.key:
                ALIASES.put(self.asked, self.key)

    def last_known(self) -> HttpResponse | None:
        """The page as it was, where it cannot be made anew."""
        return self.old and sending.sent(self.request, self.old, self.seen)


def forget() -> None:
    """Keep nothing of what was kept."""
    for shelf in (SHELF, ALIASES, caches["pages"]):
        shelf.clear()
    stamp.forget()


@lru_cache
def program() -> str:
    """Tell this version of the program from others with which it may share a cache: "5f1c…", of all its texts."""
    digest = hashlib.sha256()
    for folder in PROGRAM:
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob("*.*")):
            if path.suffix in (".py", ".html", ".css", ".js"):
                digest.update(path.read_bytes())
    return digest.hexdigest()
