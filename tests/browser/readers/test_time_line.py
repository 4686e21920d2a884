"""The line of time: its two ends moved by keys, by a finger and by typing, with a script and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import DESKTOP, chart, figure, settled, shown

NARROW = {"width": 360, "height": 740}


def drawn(page) -> tuple:
    """The first and last period of the chart over time."""
    keys = [category["key"] for category in figure(page, first(page))["categories"]]
    return keys[0], keys[-1]


def first(page) -> int:
    return page.locator("trade-chart").evaluate_all("all => all.findIndex(one => one.dataset.figure === 'by-year')")


def handle(page, name):
    return page.locator(f'[data-handle="{name}"]')


@pytest.mark.parametrize("viewport", [DESKTOP, NARROW], ids=["desktop", "phone"])
def test_the_ends_move_by_keys_and_everything_follows(new_page, viewport):
    page = new_page(viewport=viewport)
    page.goto("/provinces/")
    chart(page)
    handle(page, "from").focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**/provinces/?from=2010")
    handle(page, "to").focus()
    for _ in range(9):
        page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/provinces/?from=2010&to=2016")
    settled(page)
    assert drawn(page) == ("2010", "2016") and "in 2016" in page.locator("h1").inner_text()
    assert "in 2010 to" in page.locator('[data-part="sentence"]').inner_text()
    assert handle(page, "to").get_attribute("aria-valuetext") == "2016"
    # What is shown stays within the span, and play goes through it alone.
    handle(page, "at").focus()
    page.keyboard.press("Home")
    page.wait_for_url("**/provinces/?year=2010&from=2010&to=2016")
    page.get_by_role("link", name="Show all", exact=True).click()
    page.wait_for_url(lambda url: "from" not in url and "to=" not in url)
    settled(page)
    assert drawn(page) == ("1998", "2025")


def test_the_ends_are_dragged(new_page):
    page = new_page(viewport=NARROW, has_touch=True, is_mobile=True)
    page.goto("/provinces/")
    chart(page)
    line = page.locator(".line").bounding_box()
    handle(page, "from").scroll_into_view_if_needed()
    line = page.locator(".line").bounding_box()
    y = line["y"] + line["height"] / 2
    page.mouse.move(line["x"] + 5, y)
    page.mouse.down()
    page.mouse.move(line["x"] + line["width"] / 2, y, steps=5)
    page.mouse.up()
    page.wait_for_url("**from=201*")
    settled(page)
    assert drawn(page)[0].startswith("201") and drawn(page)[1] == "2025"


def test_a_span_is_typed_with_a_script_and_without(new_page):
    for options in ({}, {"java_script_enabled": False}):
        page = new_page(**options)
        page.goto("/provinces/?estimates=off&show=cn-ln,cn-gd")
        page.get_by_role("textbox", name="Years from").fill("2010")
        page.get_by_role("textbox", name="to", exact=True).fill("2016")
        page.get_by_role("button", name="Show", exact=True).last.click()
        page.wait_for_url("**from=2010**")
        assert "to=2016" in page.url and "estimates=off" in page.url and "cn-ln,cn-gd" in page.url.replace("%2C", ",")
        expect(page.locator("h1")).to_contain_text("2016")


def test_a_span_that_is_none_is_said(page):
    page.goto("/provinces/")
    page.get_by_role("textbox", name="Years from").fill("1066")
    page.get_by_role("button", name="Show", exact=True).last.click()
    expect(page.locator('[data-part="notices"]')).to_contain_text("“1066” is not a valid “from”")
    settled(page)
    assert shown(page)["span"]["is_from"] is False
