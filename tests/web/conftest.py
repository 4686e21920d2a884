"""What tests of kept pages and of files stand on."""

import pytest

from web.page_cache import remaking, shelf, stamp


@pytest.fixture
def keeping(settings, monkeypatch):
    """Pages are kept, none is yet; each asks what changed and waits for what is new (in page_cache/ not all do)."""
    settings.KEEP_PAGES = True
    monkeypatch.setattr(stamp, "FRESH", 0)
    monkeypatch.setattr(remaking, "MOMENT", 0)
    shelf.forget()
    yield
    shelf.forget()


@pytest.fixture
def requests_share_the_tests_connection(db):
    """The end of a request closes the database's connection, which here is the test's own.

    Django's test client sees to that by itself, and undoes this: name the fixture after those that use one.
    """
    from django.core.signals import request_finished, request_started  # Django loads after this file
    from django.db import close_old_connections

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
