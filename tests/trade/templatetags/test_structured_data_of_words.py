"""What the heads of the pages of words say to machines."""

import pytest

from faq.models import Question
from sanctions.models import Measure
from tests.trade.templatetags.test_structured_data import is_described, links

OF_WORDS = {"/questions/": "FAQPage", "/sanctions/": "ItemList", "/sanctions/2371/": "Legislation"}


@pytest.mark.slow
@pytest.mark.usefixtures("words")
@pytest.mark.parametrize(("address", "kind"), OF_WORDS.items())
def test_pages_of_words_are_described_have_one_address_and_link_to_their_data(address, kind, db, client):
    page = client.get(address).content.decode()
    is_described(page, kind, client)
    assert [href for rel, href in links(page) if rel == "canonical"] == [f"http://testserver{address}"]
    assert [href for rel, href in links(page) if rel == "cite-as"] == [f"http://testserver{address}"]
    alternates = [href for rel, href in links(page) if rel == "alternate"]
    assert len(alternates) == 2 and all(client.get(href).status_code == 200 for href in alternates)


def test_pages_of_words_that_hold_none_say_nothing_of_them(db, client):
    Question.objects.all().delete()
    Measure.objects.all().delete()
    for address in ("/questions/", "/sanctions/"):
        assert "ld+json" not in client.get(address).content.decode()
