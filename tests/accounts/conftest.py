import pytest


@pytest.fixture(autouse=True)
def no_code_was_used_yet():
    """allauth remembers in the cache which codes were used; each test begins without."""
    from django.core.cache import cache  # Django loads after this file

    cache.clear()


@pytest.fixture
def groups(db):
    """The ready groups, which a test that empties all tables before has taken away."""
    from tests.accounts import ready_groups

    ready_groups.make_again()
