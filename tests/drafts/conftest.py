import pytest


@pytest.fixture
def writer(words, db):
    """A client of somebody who may write words and not publish them."""
    from tests.drafts.steps import logged_in  # Django loads after this file

    return logged_in("writer", "view", "add", "change")


@pytest.fixture
def publisher(words, db):
    from tests.drafts.steps import logged_in

    return logged_in("publisher", "view", "add", "change", "delete", "publish")
