"""What a server counts of its requests. Imported where there is METRICS_TOKEN, after shared_folder.prepare."""

from bisect import bisect_left
from collections import Counter as Counts
from collections.abc import Iterable

from prometheus_client import Counter, Gauge, Histogram

from web.observed.answer_facts import Answer
from web.page_cache import renderer, shelf
from web.throttling import COMPUTED


class Durations(Histogram):
    """A histogram that takes many observations at once; one by one they cost three times as much as a kept file."""

    def add(self, by_bucket: Counts, seconds: float) -> None:
        """Add so many observations by bucket, and the sum of them all."""
        self._sum.inc(seconds)
        for bucket, number in by_bucket.items():
            self._buckets[bucket].inc(number)


BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)  # seconds
LIVE = "livesum"  # added up over the processes that are alive

REQUESTS = Counter("yalu_requests", "Requests answered, by kind and class of status.", ["kind", "status"])
BYTES = Counter("yalu_response_bytes", "Bytes of bodies, as their headers say.", ["kind"])
SECONDS = Durations("yalu_request_seconds", "Seconds until there was an answer.", ["kind"], buckets=BUCKETS)
RESTARTS = Counter("yalu_renderer_restarts", "Processes for views that died or were stuck, and were replaced.")
WAITING = Gauge("yalu_views_waiting", "Requests that wait for a view to be computed.", multiprocess_mode=LIVE)
PAGES = Gauge("yalu_kept_pages", "Pages that are kept in memory.", multiprocess_mode=LIVE)
PAGE_BYTES = Gauge("yalu_kept_page_bytes", "Bytes of the pages that are kept in memory.", multiprocess_mode=LIVE)


def count(answers: Iterable[Answer]) -> None:
    """Count answers, and take over what else this process has to show."""
    requests, sizes, seconds, buckets = Counts(), Counts(), Counts(), {}
    for _at, took, method, _path, status, size, kind, _number in answers:
        requests[kind, status[0]] += 1
        sizes[kind] += 0 if method == "HEAD" else size
        seconds[kind] += took
        buckets.setdefault(kind, Counts())[bisect_left(BUCKETS, took)] += 1
    for (kind, status), number in requests.items():
        REQUESTS.labels(kind, f"{status}xx").inc(number)
    for kind, number in sizes.items():
        BYTES.labels(kind).inc(number)
        SECONDS.labels(kind).add(buckets[kind], seconds[kind])
    _look()


_restarts_counted = 0


def _look():
    """Take over what other modules count themselves, and what this process has now."""
    global _restarts_counted
    restarts = renderer.RENDERER.restarts
    RESTARTS.inc(restarts - _restarts_counted)
    _restarts_counted = restarts
    WAITING.set(COMPUTED.waiting)
    pages, size = shelf.SHELF.measured()
    PAGES.set(pages)
    PAGE_BYTES.set(size)
