"""A brief is one page of paper, reads on a phone, and is white in print; the board reads on a phone, too."""

import re

import pytest

from tests.browser.pages import overflow, violations

PHONE = {"width": 360, "height": 740}
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
# The fullest of each kind: sanctions in both directions and many headings, ranks and months, three columns of numbers.
FULLEST = ["/commodities/v/brief/", "/commodities/xvi/brief/", "/provinces/cn-hl/brief/", "/totals/brief/"]


@pytest.mark.slow
def test_a_brief_is_one_page_of_a4_and_one_of_letter_and_white(page):
    page.emulate_media(color_scheme="dark")
    for address in FULLEST:  # Letter is the shorter paper
        page.goto(address)
        assert len(PAGE.findall(page.pdf(format="Letter"))) == 1, address
    page.goto(FULLEST[0])
    assert len(PAGE.findall(page.pdf(format="A4"))) == 1
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )


@pytest.mark.slow
def test_a_brief_and_the_board_read_on_a_phone_and_axe_finds_nothing(new_page):
    page = new_page(viewport=PHONE, color_scheme="dark")
    for address in ("/commodities/27/brief/", "/"):
        page.goto(address)
        assert overflow(page) <= 0, address
        assert violations(page) == [], address


@pytest.mark.slow
def test_the_way_to_a_brief_follows_what_is_chosen_in_place(page):
    page.goto("/provinces/cn-ln/")
    link = page.get_by_role("link", name="Brief (1 page, for print)")
    assert link.get_attribute("href") == "/provinces/cn-ln/brief/"
    page.goto("/provinces/cn-ln/?year=2016&estimates=off")
    link.click()
    page.wait_for_url("**/provinces/cn-ln/brief/?year=2016&estimates=off")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Liaoning")
