import pytest


@pytest.fixture(autouse=True)
def no_code_was_used_yet():
    """allauth remembers in the cache which codes were used; each test begins without."""
    from django.core.cache import cache  # Django loads after this file

    cache.clear()
