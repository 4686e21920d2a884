"""The box of the search answers while somebody types: by keyboard, by touch, read aloud, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import overflow, violations

NARROW = {"width": 360, "height": 740}


@pytest.fixture
def box(page):
    page.goto("/data/")
    found = page.get_by_role("combobox", name="Search")
    expect(found).to_have_attribute("aria-expanded", "false")
    return found


def test_arrows_walk_through_the_list_and_enter_opens(page, box):
    box.press_sequentially("seafo")
    expect(page.get_by_role("option").first).to_contain_text("Fish and seafood")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search [role=status]")).to_have_text(re.compile(r"\d+ suggestions"))
    assert violations(page) == []
    box.press("ArrowUp")
    assert page.get_by_role("option", selected=True).inner_text() == page.get_by_role("option").last.inner_text()
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)  # the box itself is between the ends
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-0")
    box.press("Enter")
    page.wait_for_url("**/commodities/03/")


def test_escape_closes_the_list_and_enter_then_sends_the_form(page, box):
    box.press_sequentially("석")
    expect(page.get_by_role("option").first).to_contain_text("석탄")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("석")
    box.press("Enter")
    page.wait_for_url("**/search/?q=%EC%84%9D")
    expect(page.get_by_role("list", name="Results").get_by_role("heading").first).to_be_visible()


def test_an_answer_that_comes_late_does_not_replace_a_later_one(page, box):
    def later(route):
        if "q=coal" in route.request.url:
            page.wait_for_timeout(600)
        route.continue_()

    page.route("**/search.json*", later)
    box.fill("coal")
    page.wait_for_timeout(250)  # it has asked
    box.fill("Dandong")
    expect(page.get_by_role("option").first).to_contain_text("Liaoning")
    page.wait_for_timeout(700)
    expect(page.get_by_role("option").first).to_contain_text("Liaoning")


def test_on_a_phone_the_list_fits_and_a_tap_opens(new_page):
    page = new_page(viewport=NARROW, has_touch=True)
    page.goto("/sanctions/")
    page.get_by_role("combobox", name="Search").fill("crude oil")
    expect(page.get_by_role("option").first).to_be_visible()
    places = page.get_by_role("listbox").bounding_box()
    assert places["x"] >= 0 and places["x"] + places["width"] <= NARROW["width"] and overflow(page) <= 0
    page.get_by_role("option", name="Crude petroleum Heading").tap()
    page.wait_for_url("**/commodities/2709/")


def test_without_javascript_the_box_is_a_form(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Search provinces").fill("煤")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search/?q=*")
    page.get_by_role("link", name="Anthracite and other coal").click()
    page.wait_for_url("**/commodities/2701/")
