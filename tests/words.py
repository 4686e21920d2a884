"""The reference tables and the first words, loaded once for a module of tests instead of once a test."""

import pytest
from django.db import transaction

from faq import seed
from faq.models import Measure, Question, Resolution
from trade import reference
from trade.models import Alias, Chapter, Commodity, Province, Section


@pytest.fixture(scope="module")
def words(django_db_setup, django_db_blocker):
    """Provinces, nomenclature, aliases, questions and sanctions, for tests that ask for `db` as well."""
    with django_db_blocker.unblock():
        reference.load()
        seed.load()
    yield
    with django_db_blocker.unblock(), transaction.atomic():
        for model in (Question, Measure, Resolution):
            model.objects.all().delete()
            model.history.all().delete()
        for model in (Alias, Commodity, Chapter, Section, Province):
            model.objects.all().delete()
