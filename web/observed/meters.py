"""What a server counts of its requests. Imported where there is METRICS_TOKEN, after shared_folder.prepare."""

from collections import Counter as Counts
from collections.abc import Iterable

from prometheus_client import Counter, Gauge, Histogram

from web.logs import answer_kinds
from web.observed.access_log import length, readable
from web.observed.outermost import Answered
from web.page_cache import renderer, shelf
from web.throttling import COMPUTED

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)  # seconds
LIVE = "livesum"  # added up over the processes that are alive

REQUESTS = Counter("yalu_requests", "Requests answered, by kind and class of status.", ["kind", "status"])
BYTES = Counter("yalu_response_bytes", "Bytes of bodies, as their headers say.", ["kind"])
SECONDS = Histogram("yalu_request_seconds", "Seconds until there was an answer.", ["kind"], buckets=BUCKETS)
RESTARTS = Counter("yalu_renderer_restarts", "Processes for views that died or were stuck, and were replaced.")
WAITING = Gauge("yalu_views_waiting", "Requests that wait for a view to be computed.", multiprocess_mode=LIVE)
PAGES = Gauge("yalu_kept_pages", "Pages that are kept in memory.", multiprocess_mode=LIVE)
PAGE_BYTES = Gauge("yalu_kept_page_bytes", "Bytes of the pages that are kept in memory.", multiprocess_mode=LIVE)


def count(answers: Iterable[Answered]) -> None:
    """Count answers, many at once for they cost less then, and what else this process has to show."""
    requests, sizes = Counts(), Counts()
    for each in answers:
        kind = answer_kinds.of(readable(each.path), each.kind)
        requests[kind, f"{each.status[:1]}xx"] += 1
        sizes[kind] += 0 if each.method == "HEAD" else length(each.headers)
        SECONDS.labels(kind).observe(each.seconds)
    for labels, number in requests.items():
        REQUESTS.labels(*labels).inc(number)
    for kind, number in sizes.items():
        BYTES.labels(kind).inc(number)
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
