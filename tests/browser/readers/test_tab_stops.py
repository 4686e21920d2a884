"""How many stops of the Tab key a page of charts has, and that arrows reach what is between them."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import DESKTOP, draw_charts, press_tab_until

MOST = 30
PAGES = [
    "/provinces/",
    "/commodities/",
    "/commodities/27/",
    "/provinces/cn-ln/",
    "/provinces/?view=lines&show=cn-ln,cn-gd",
]


def stops(page) -> list:
    """Press Tab through a page from its beginning: the text of each thing in focus."""
    page.evaluate("() => { scrollTo(0, 0); document.activeElement.blur(); }")
    found = []
    while len(found) < 150:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return found
        found.append(page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
    return found


@pytest.mark.slow
def test_a_page_of_charts_has_thirty_tab_stops_at_the_most(page):
    for path in PAGES:
        page.goto(path)
        draw_charts(page)
        found = stops(page)
        assert 15 < len(found) <= MOST, f"{path}: " + "\n".join(found)


@pytest.mark.slow
def test_arrows_reach_every_name_of_a_legend(page):
    page.goto("/provinces/?view=lines")
    draw_charts(page)
    names = page.locator(".legend a:visible").all_text_contents()
    press_tab_until(page, "element => element.matches('.legend a')")
    walked = []
    for _name in names:
        walked.append(page.evaluate("document.activeElement.textContent"))
        page.keyboard.press("ArrowDown")
    assert sorted(walked) == sorted(names)


@pytest.mark.slow
@pytest.mark.parametrize(("viewport", "most"), [(DESKTOP, 560), ({"width": 360, "height": 740}, 700)])
def test_one_row_of_choices_stands_above_the_first_chart_whose_title_is_on_the_first_screen(new_page, viewport, most):
    page = new_page(viewport=viewport)
    for path in ("/provinces/", "/commodities/", "/commodities/27/?unit=share&estimates=off"):
        page.goto(path)
        assert page.locator("trade-chart h2").first.evaluate("element => element.getBoundingClientRect().top") < most
        buttons = page.locator("nav.controls > details > :is(summary, ul):visible")
        heights = buttons.evaluate_all(
            "all => new Set(all.map((one) => Math.round(one.getBoundingClientRect().bottom / 8))).size"
        )
        assert heights <= (1 if viewport == DESKTOP else 2), path


@pytest.mark.slow
def test_without_javascript_a_link_skips_the_legend(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/provinces/")
    link = page.get_by_role("link", name="Skip the legend").first
    link.focus()
    expect(link).to_be_visible()
    assert page.locator(link.get_attribute("href")).count() == 1
