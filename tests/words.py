"""The reference tables and the first words, loaded once for a module of tests instead of once a test."""

import re
from html import unescape

import pytest
from django.db import transaction

from faq import seed as questions
from faq.models import Question
from sanctions import seed as sanctions
from sanctions.models import Measure, Resolution
from trade.models import Alias, Chapter, Commodity, Province, Section
from trade.reference import seed as reference


@pytest.fixture(scope="module")
def words(django_db_setup, django_db_blocker):
    """Provinces, nomenclature, aliases, questions and sanctions, for tests that ask for `db` as well."""
    with django_db_blocker.unblock():
        reference.load()
        sanctions.load()
        questions.load()
    yield
    with django_db_blocker.unblock(), transaction.atomic():
        for model in (Question, Measure, Resolution):
            model.objects.all().delete()
            model.history.all().delete()
        for model in (Alias, Commodity, Chapter, Section, Province):
            model.objects.all().delete()


@pytest.fixture
def get(client, words, db):
    def fetch(address):
        response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies
        return response

    return fetch


def text_of(response):
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)))


def assert_headings_in_order(response):
    """A page has one h1, and no heading skips a level."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
    levels = [int(level) for level in re.findall(r"<h(\d)", main)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
