"""What of the index stays when a reader types."""

from tests.trade import cubes
from trade.charts.goods_index.index_rows import Index, every
from trade.charts.goods_index.matching import matching
from trade.sanction_levels import NO_RULES

HEADINGS = {"2702": ("Lignite", "Lignite; whether or not agglomerated, excluding jet")}


def found(text, known=()):
    rows = Index(cubes.commodities(), "from_dprk", NO_RULES, lambda least, most: "", HEADINGS).sections()
    return [one.slug for one in every(matching(rows, text, known))]


def test_a_code_and_its_beginning_find_goods_and_what_is_above_them():
    assert found("2701") == found("27.01") == ["v", "27", "2701"]
    assert found("270") == ["v", "27", "2701", "2702", "2709"]


def test_words_find_names_by_their_beginnings_in_any_order_and_case():
    assert found("COAL anthr") == ["v", "27", "2701"] and found("lignite jet") == ["v", "27", "2702"]


def test_a_chapter_that_fits_shows_its_headings_that_have_a_figure():
    assert found("mineral fuels") == ["v", "27", "2701", "2716"]


def test_a_section_that_fits_shows_its_chapters():
    assert {"v", "25", "26", "27"} <= set(found("mineral products"))


def test_codes_that_the_search_knows_stay():
    assert found("석탄", {"2701"}) == ["v", "27", "2701"]


def test_signs_of_regular_expressions_are_only_signs():
    assert found("(") == found("[a-z]+") == found(".*") == [] and found("no such goods") == []
