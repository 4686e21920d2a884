"""What several tests of this package stand on."""

import pytest


@pytest.fixture
def places(db):
    """Provinces, chapters, spellings and the datasets, without a value."""
    from trade import demonstration, models  # Django loads after this file
    from trade.reference import seed as reference  # Django loads after this file

    reference.load()
    for facts in demonstration.DATASETS:
        models.Dataset.objects.create(**facts)
