"""What several tests of this package stand on."""

import pytest


@pytest.fixture
def places(db):
    """Provinces, chapters, spellings and the datasets, without a value."""
    from trade import datasets, models, reference  # Django loads after this file

    reference.load()
    for facts in datasets.DATASETS:
        models.Dataset.objects.create(**facts)
