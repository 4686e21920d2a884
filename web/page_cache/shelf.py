"""Where pages are kept: on a shelf of this process and, where there is Redis, in a cache that all processes share.

What an edit behind the admin's back leaves stale (psql, a script that writes rows without a release) is made again
after sending.SECONDS.
"""

import hashlib
import threading
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from web import site_address
from web.page_cache import by_stamp, popular, remaking, sending, shared_pages, stamp

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
ALIASES = Shelf()  # of keys: of ?flow=to_dprk that of the page without it, and when the version was made that it names


class Page:
    """A page that is asked for: where it is kept, and whether what is kept is still right.

    This process keeps one version of each page, with its stamp; the cache that all share keeps each version by itself.
    """

    def __init__(self, request: HttpRequest):
        self.request, self.seen = request, None
        if settings.KEEP_PAGES and len(request.META["QUERY_STRING"]) <= LONGEST_QUERY:
            # An editor sees an edit at once; all others within a second.
            self.seen = stamp.seen(afresh=settings.SESSION_COOKIE_NAME in request.COOKIES)
        self.asked = self.key = self._key(request.META["QUERY_STRING"])
        self.old = None

    @property
    def stamp(self) -> tuple | None:
        """What a page depends on that is made now; None where it will not be kept, or not be as of now."""
        return self.seen.value if self.seen and not self.seen.is_last_known else None

    @property
    def may_still_hold(self) -> bool:
        """Whether a version is kept of which it is known what it has read, and which is not too old."""
        return bool(self.old and self.stamp and self.old["read"] and sending.is_young(self.old["made"]))

    @property
    def was_right_just_now(self) -> bool:
        """Whether a version is kept that was right until a moment ago; whoever is logged in sees no such thing."""
        if not self.old or not self.stamp or settings.SESSION_COOKIE_NAME in self.request.COOKIES:
            return False
        is_of_before = self.seen.before is not None and self.old["stamp"] == self.seen.before
        return is_of_before and sending.is_young(self.old["made"]) and stamp.clock() - self.seen.since < remaking.MOMENT

    def _key(self, query):
        if not self.seen:
            return None
        address = f"{site_address.of(self.request)}{self.request.path}?{query}"
        return shared_pages.digest(program(), get_language(), self.request.scheme, address)

    def fresh(self) -> dict | None:
        """What is kept, if it is not too old; while the database is away nothing is too old."""
        key, made = ALIASES.get(self.asked) or (None, None)
        # A newer version may not be what this address asks for: "year=2024" was perhaps the usual until then.
        if key and (named := SHELF.get(key)) and named["made"] == made:
            self.key = key
        return self._fresh()

    def _fresh(self):
        if not self.key:
            return None
        found = SHELF.get(self.key)
        if not found or found["stamp"] != self.seen.value:
            self.old = found
            found = self._from_other_processes()
        if not found:
            return None
        if not sending.is_young(found["made"]) and not self.seen.is_last_known:
            self.old = found
            return None
        popular.count(found)
        return found

    def _from_other_processes(self):
        if found := shared_pages.shared(self.key, self.seen.value):
            SHELF.put(self.key, found)
        return found

    def also_known_as(self, query: str) -> dict | None:
        """What is kept under another query string for the same view."""
        self.key = self._key(query)
        found = self._fresh()
        if found:
            self._name(found)
        return found

    def _name(self, found):
        if self.asked != self.key:
            ALIASES.put(self.asked, (self.key, found["made"]))

    def holds_on(self) -> dict:
        """Keep the version that there was as that of today: nothing that it shows has changed."""
        self.old["stamp"] = self.stamp
        return self.old

    def keep(self, query: str, found: dict) -> None:
        self.key = self._key(query)
        if self.key:
            found |= {"key": self.key, "stamp": self.seen.value}
            SHELF.put(self.key, found)
            shared_pages.share(found)
            self._name(found)

    def last_known(self) -> HttpResponse | None:
        """The page as it was, where it cannot be made anew."""
        is_current = self.old and self.old["stamp"] == self.seen.value
        return sending.sent(self.request, self.old, self.seen) if is_current else None


def forget() -> None:
    """Keep nothing of what was kept."""
    for kept in (SHELF, ALIASES):
        kept.clear()
    shared_pages.forget()
    stamp.forget()
    by_stamp.forget()


@lru_cache
def program() -> str:
    """Tell this version of the program from others with which it may share a cache: "5f1c…", of all its texts."""
    digest = hashlib.sha256()
    for folder in PROGRAM:
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob("*.*")):
            if path.suffix in (".py", ".html", ".css", ".js"):
                digest.update(path.read_bytes())
    return digest.hexdigest()
