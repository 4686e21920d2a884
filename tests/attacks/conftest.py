"""What the attacks stand on: a session that may do everything, and kept pages."""

import pytest

from tests.web.conftest import keeping, requests_share_the_tests_connection  # noqa: F401  (fixtures)


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    """Attempts, used codes and requests are counted in the cache: each test begins with none."""
    from django.core.cache import cache  # Django loads after this file

    cache.clear()


@pytest.fixture
def boss(site):
    """A superuser with a password, an authenticator app and recovery codes: whatever can be done, he may do."""
    from tests.attacks import sessions

    return sessions.superuser()


@pytest.fixture
def root(boss):
    """A client in which that superuser has logged in, with the second factor."""
    from tests.attacks import sessions

    return sessions.logged_in(boss)
