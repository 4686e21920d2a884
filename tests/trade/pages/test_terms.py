"""The terms that charts and tables use are explained where they stand."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.trade import sites

publish = sites.usual
TERMS = ["FOB", "CIF", "Estimate", "Missing", "p", "b", "u", "Demonstration"]


@pytest.mark.parametrize("address", ["/", "/totals/", "/provinces/", "/commodities/v/", "/embed/provinces/"])
def test_a_button_beside_each_unit_opens_the_terms_without_a_script(address, site, client):
    page = LexborHTMLParser(client.get(address).content)
    [terms] = page.css("[popover]")
    assert [term.text() for term in terms.css("dfn")] == TERMS
    assert all(meaning.text().endswith(".") for meaning in terms.css("dd"))
    captions = page.css("figcaption")
    opened = [[button.attributes["popovertarget"] for button in caption.css("button")] for caption in captions]
    assert captions and opened == [[terms.id]] * len(captions)
