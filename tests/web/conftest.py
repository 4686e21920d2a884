"""What tests of kept pages stand on."""

import pytest

from web.page_cache import shelf, stamp


@pytest.fixture
def keeping(settings, monkeypatch):
    """Pages are kept, none is yet, and each request asks what changed (test_page_stamp.py: not every one does)."""
    settings.KEEP_PAGES = True
    monkeypatch.setattr(stamp, "FRESH", 0)
    shelf.forget()
    yield
    shelf.forget()
