"""A reader in a real browser: opens a page, rests, then points at a control; what the server does meanwhile.

What is counted as rest begins when the page and all that it links have come, and ends when nothing has been under way
for a while.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.processor_time import spent
from benchmarks.sites import Server
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.pages import DESKTOP

REST, POINTING = 5.0, 3.0  # seconds at the least
LONGEST = 60.0  # seconds until what was asked for must have come
QUIET = 0.5  # seconds without a request under way
A_CHOICE = ".controls a[href]:visible, [data-name] a[href]:visible"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser that the tests use."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


def costs(browser: Browser, server: Server, path: str) -> dict[str, float]:
    """Open a view that nobody has seen: {"rest": 412.0, "pointing": 3.1, "requests": 1}, milliseconds of processor.

    "pointing" is what one control that is pointed at adds to the rest.
    """
    context = browser.new_context(base_url=server.address, viewport=DESKTOP)
    page = context.new_page()
    under_way = UnderWay(page)
    try:
        page.goto(path, wait_until="load")
        under_way.asked = 0
        rest = _counted(server, page, under_way, REST)
        asked = under_way.asked
        page.locator(A_CHOICE).first.hover()
        pointing = _counted(server, page, under_way, POINTING)
        return {
            "rest": rest,
            "pointing": pointing,
            "requests": asked,
            "requests when pointing": under_way.asked - asked,
        }
    finally:
        context.close()


def _counted(server, page, under_way, seconds):
    before = spent(server.pid)
    page.wait_for_timeout(1000 * seconds)
    under_way.wait()
    return 1000 * (spent(server.pid) - before)


class UnderWay:
    """The requests of a page that have not been answered yet, and how many there were."""

    def __init__(self, page: Page):
        self.page, self.open, self.asked = page, set(), 0
        page.on("request", self._begun)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    def _begun(self, request):
        self.open.add(request)
        self.asked += 1

    def _ended(self, request):
        self.open.discard(request)

    def wait(self) -> None:
        """Wait until none is open, and none begins for a while."""
        end, seen = time.monotonic() + LONGEST, -1
        while self.open or seen != self.asked:
            assert time.monotonic() < end, f"the server did not answer: {[one.url for one in self.open]}"
            seen = self.asked
            self.page.wait_for_timeout(1000 * QUIET)
