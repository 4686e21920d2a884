"""Many small charts answer like one chart: to the mouse, to a finger and to keys."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import chart, press_tab_until, settled, violations

PATH = "/provinces/?view=lines&show=cn-ln,cn-gd,cn-jl,cn-sd,cn-hl,cn-bj"
PHONE = {"width": 360, "height": 740}
DRAWN = "one => one.matches('[data-figure=by-year] .drawn')"


def opened(page):
    """The figure, once it answers, and its numbers as the server sends them."""
    page.goto(PATH)
    figure = page.locator("[data-figure=by-year]")
    figure.scroll_into_view_if_needed()
    figure.locator(".drawn").wait_for()
    settled(page)
    drawn = page.request.get(PATH.replace("/?", ".json?")).json()["figures"][0]
    return figure, drawn


def at_last_full_year(figure, drawn, panel):
    """Where the last full year of a small chart is, in pixels of the window, and its place in the figure."""
    box, place = figure.locator(".plot").bounding_box(), len(drawn["categories"]) - 2
    across = 0.53 * (panel % 2) + 0.47 * (0.1 + 0.9 * (place + 0.5) / len(drawn["categories"]))
    return box["x"] + across * box["width"], box["y"] + 160 * (panel // 2) + 130, place


@pytest.mark.slow
def test_small_charts_show_what_the_mouse_points_at_and_say_what_keys_reach(page):
    figure, drawn = opened(page)
    x, y, place = at_last_full_year(figure, drawn, 3)
    page.mouse.move(x, y)
    point = drawn["series"][3]["points"][place]
    shown = [drawn["series"][3]["name"], drawn["categories"][place]["label"], point["text"], point["share"]]
    assert figure.locator(".tip").inner_text().split("\n")[:4] == shown
    page.mouse.move(0, 0)
    expect(figure.locator(".tip")).to_have_count(0)
    page.evaluate("scrollTo(0, 0)")
    press_tab_until(page, DRAWN)
    first = drawn["series"][0]["points"][place]
    facts = [first["text"], first["share"], first["rank"], first["status_text"]]
    said = f"{drawn['categories'][place]['label']}, Liaoning: {', '.join(filter(None, facts))}"
    expect(figure.locator("[aria-live]")).to_have_text(said)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    expect(figure.locator("[aria-live]")).to_contain_text(f"1998, Guangdong: {drawn['series'][1]['points'][0]['text']}")
    assert violations(page, "[data-figure=by-year]") == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{drawn['categories'][0]['url']}")
    settled(page)
    assert page.evaluate(f"({DRAWN})(document.activeElement)")
    expect(figure.locator(".plot > svg")).to_have_attribute("aria-hidden", "true")


@pytest.mark.slow
def test_a_first_touch_shows_a_point_of_a_small_chart_and_a_second_opens_it(new_page):
    page = new_page(viewport=PHONE, has_touch=True, color_scheme="dark")
    figure, drawn = opened(page)
    x, y, place = at_last_full_year(figure, drawn, 1)
    x -= figure.locator(".plot").bounding_box()["width"] * 0.47 * 0.9 * 2 / len(drawn["categories"])  # two years before
    page.touchscreen.tap(x, y)
    expect(figure.locator(".tip")).to_contain_text(drawn["series"][1]["points"][place - 2]["text"])
    tip = figure.locator(".tip").bounding_box()
    assert tip["x"] >= 0 and tip["x"] + tip["width"] <= PHONE["width"] and page.url.endswith(PATH)
    page.touchscreen.tap(x, y)
    page.wait_for_url("**year=2022**")


@pytest.mark.slow
def test_small_charts_and_one_canvas_take_turns(page):
    figure, _drawn = opened(page)
    for view, is_many in [("columns", False), ("lines", True), ("columns", False)]:
        page.locator('[data-name="view"] a[href*="show="]').filter(has_text=view.capitalize()).first.click()
        settled(page)
        expect(figure.locator(".plot.live")).to_have_count(0 if is_many else 1)
        expect(figure.locator("canvas")).to_be_visible(visible=not is_many)
    chart(page, 0)
