"""Has the worker keep the entries fresh: it asks every second whether words moved, in a thread of its own.

No reader writes. Between an edit and this, what was taken back is left out by search.finding.
"""

from contextlib import AbstractContextManager

from search import index
from web.worker.repeated import repeated

EVERY = 1  # seconds between two looks


def kept() -> AbstractContextManager:
    """Keep the entries fresh until the block ends."""
    return repeated(index.refresh, "search entries", EVERY)
