"""What several tests of this package stand on, made once for a module and undone at its end."""

import pytest

from tests.conftest import undone


@pytest.fixture(scope="module")
def loaded_places(django_db_setup, django_db_blocker):
    from trade import demonstration, models  # Django loads after this file
    from trade.reference import seed as reference  # Django loads after this file

    with undone(django_db_blocker):
        reference.load()
        for facts in demonstration.DATASETS:
            models.Dataset.objects.create(**facts)
        yield


@pytest.fixture
def places(loaded_places, db):
    """Provinces, chapters, spellings and the datasets, without a value."""
