"""Packs again, as tightly as is worth it, the pages that prove popular.

The first time a page is packed quickly, because it may be read once. One that is sent often is packed again in the
renderer's process: that takes some 40 ms of a processor and saves an eighth of its bytes.
"""

import threading

from django.conf import settings

from web import compression
from web.page_cache import renderer, shared_pages

OFTEN = 20  # sendings by one process
BEST = 10  # of Brotli's qualities
A_PAGE = 64_000  # bytes, packed quickly; what is larger is data, which gains little

_one_at_a_time = threading.Semaphore(1)


def count(found: dict) -> None:
    """Count a sending of a kept page, and have it packed again if it proves popular."""
    found["sent"] = found.get("sent", 0) + 1
    if found["sent"] % OFTEN or found.get("is_best") or not settings.RENDERER:
        return
    quick = found["bodies"].get("br")
    if quick is None or len(quick) > A_PAGE or not _one_at_a_time.acquire(blocking=False):
        return
    try:
        packing = renderer.RENDERER.submit(packed_again, quick)
    except RuntimeError:  # the process has died: the page is sent as it is
        _one_at_a_time.release()
        return
    packing.add_done_callback(lambda done: _take(found, done))


def packed_again(quick: bytes) -> bytes:
    """Pack as tightly as is worth it what was packed quickly."""
    return compression.packed(compression.unpacked(quick), "br", BEST)


def _take(found, done):
    """Keep what was packed, here and for other processes; if it failed, the page stays as it is."""
    _one_at_a_time.release()
    if done.cancelled() or done.exception():
        return
    found["bodies"], found["is_best"] = {"br": done.result()}, True
    shared_pages.share(found)
