"""The charts, as a reader with a mouse, with a keyboard, or without JavaScript meets them."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.pages import CHART_PAGES, chart, colours, figure, point_to, press_tab_until, settled, tooltip
from tests.samples import some


def here(page):
    """The address without its host: "/commodities/v/"."""
    parts = urlsplit(page.url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def kinds(page):
    return page.locator("trade-chart").evaluate_all("all => all.map(one => one.dataset.kind)")


def openable(one):
    """The number of the first slice that opens a section."""
    return next(n for n, category in enumerate(one["categories"]) if category["url"] and "other" not in category["key"])


@pytest.mark.parametrize("path", some(CHART_PAGES, 3))
def test_every_chart_is_drawn(page, path):
    page.goto(path)
    assert page.locator("trade-chart").count() > 0
    for number in range(page.locator("trade-chart").count()):
        assert colours(chart(page, number)) > 3


@pytest.mark.parametrize("path", some(CHART_PAGES, 3))
def test_the_picture_is_there_before_the_script(page, path):
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(path)
    svg = page.locator("trade-chart svg").first
    expect(svg).to_be_visible()
    assert svg.locator("rect, path, line, polyline, circle").count() > 3


def test_hovering_a_bar_shows_its_value_unit_share_and_rank(page):
    page.goto("/provinces/")
    number = kinds(page).index("stacked")
    stack, drawn = chart(page, number), figure(page, number)
    category = next(n for n, year in enumerate(drawn["categories"]) if year["key"] == "2016")
    point_to(page, stack, 0, category)
    point, shown = drawn["series"][0]["points"][category], tooltip(stack)
    assert shown["title"] == f"{drawn['series'][0]['name']} 2016"
    assert shown["lines"][:3] == [point["text"], point["share"], point["rank"]]
    assert point["text"].startswith("US$")
    assert "%" in point["share"]


def test_hovering_a_slice_shows_its_value_unit_and_share(page):
    page.goto("/commodities/")
    number = kinds(page).index("pie")
    pie, drawn = chart(page, number), figure(page, number)
    point_to(page, pie, 0, 0)
    point = drawn["series"][0]["points"][0]
    assert tooltip(pie)["title"] == drawn["categories"][0]["label"]
    assert tooltip(pie)["lines"][:2] == [point["text"], point["share"]]
    assert point["text"].startswith("US$")


def test_a_click_on_a_slice_opens_its_chapters_and_back_returns(page):
    page.goto("/commodities/")
    before = page.get_by_role("heading", level=1).inner_text()
    number = kinds(page).index("pie")
    pie, drawn = chart(page, number), figure(page, number)
    slice = openable(drawn)
    point_to(page, pie, 0, slice)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url(f"**{drawn['categories'][slice]['url']}")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    expect(page.get_by_role("navigation", name="You are here")).to_contain_text(drawn["categories"][slice]["label"])
    settled(page)
    page.go_back()
    page.wait_for_url("**/commodities/")
    expect(page.get_by_role("heading", level=1)).to_have_text(before)


def test_a_slice_opens_by_keyboard_alone(page):
    page.goto("/commodities/")
    pie, drawn = chart(page, kinds(page).index("pie")), figure(page, kinds(page).index("pie"))
    press_tab_until(page, "one => one.matches('trade-chart[data-kind=pie] [role=application]')")
    for _ in range(openable(drawn) + 1):
        page.keyboard.press("ArrowRight")
    spoken = pie.locator("[aria-live]").inner_text()
    label = spoken.partition(":")[0]
    category = next(one for one in drawn["categories"] if one["label"] == label)
    assert "US$" in spoken
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{category['url']}")


@pytest.mark.parametrize("path", ["/provinces/", "/commodities/"])
def test_a_choice_is_in_the_address_and_the_address_makes_the_choice(page, new_page, path):
    page.goto(path)
    controls = page.get_by_role("navigation", name="Display options")
    before = here(page)
    link = controls.locator("a:not([aria-current])").first
    chosen = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**{chosen}")
    assert here(page) != before
    expect(page.locator(f'.controls a[aria-current][href="{chosen}"]').first).to_be_attached()
    settled(page)
    again = new_page()
    again.goto(here(page))
    assert again.get_by_role("heading", level=1).inner_text() == page.get_by_role("heading", level=1).inner_text()


def test_estimates_can_be_switched_off(page):
    page.goto("/provinces/?year=2016")
    number = kinds(page).index("stacked")
    chart(page, number)
    assert "estimate" in {series["component"] for series in figure(page, number)["series"]}
    page.goto("/provinces/?year=2016&estimates=off")
    chart(page, number)
    assert "estimate" not in {series["component"] for series in figure(page, number)["series"]}


@pytest.mark.parametrize("path", some(CHART_PAGES, 3))
def test_without_javascript_the_same_address_shows_picture_table_and_links(new_page, path):
    page = new_page(java_script_enabled=False)
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("trade-chart svg").first).to_be_visible()
    page.get_by_text("Table of these figures").first.click()
    expect(page.get_by_role("table").first).to_be_visible()
    assert page.get_by_role("table").first.get_by_role("row").count() > 1


def test_without_javascript_a_slice_is_a_link_into_its_chapters(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/commodities/")
    link = page.locator("trade-chart[data-kind=pie] svg a").first
    address = link.get_attribute("href")
    link.locator("path").first.click()  # the middle of the link lies between its slice and its label
    page.wait_for_url(f"**{address}")
    expect(page.locator("trade-chart").first).to_be_visible()


@pytest.mark.parametrize("path", ["/provinces/", "/commodities/", "/commodities/v/"])
def test_the_table_on_the_page_is_the_table_of_its_json(new_page, path):
    page = new_page(java_script_enabled=False)
    page.goto(path)
    payload = page.request.get(path.rstrip("/") + ".json").json()
    drawn_with_a_table = [(n, drawn) for n, drawn in enumerate(payload["figures"]) if drawn["table"]]
    assert drawn_with_a_table
    for number, drawn in drawn_with_a_table:
        rows = page.locator("trade-chart").nth(number).locator("tbody tr")
        heads = [head.strip() for head in rows.locator("th").all_text_contents()]
        assert heads == [row["header"] for row in drawn["table"]["rows"]]
        cells = rows.first.locator("td").all_text_contents()
        texts = [cell["text"] for cell in drawn["table"]["rows"][0]["cells"]]
        assert [cell.strip().startswith(text) for cell, text in zip(cells, texts, strict=True)] == [True] * len(texts)
