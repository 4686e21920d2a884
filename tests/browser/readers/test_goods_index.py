"""The index of goods narrows while somebody types and unfolds; without JavaScript a form and links do the same."""

from playwright.sync_api import expect

from tests.browser.pages import chart, overflow, violations

NARROW = {"width": 360, "height": 740}


def test_it_narrows_while_somebody_types_and_unfolds_by_the_keyboard(page):
    page.goto("/goods/")
    assert violations(page) == []
    page.get_by_label("Filter the list").press_sequentially("석탄")
    expect(page.get_by_role("link", name="Anthracite and other coal")).to_be_visible()
    expect(page.locator("[data-part=found]")).to_contain_text("found for “석탄”")
    page.wait_for_url("**/goods/?q=*")
    assert violations(page) == []
    page.get_by_label("Filter the list").fill("")
    expect(page.locator("#xix")).to_be_visible()
    page.locator("#v > summary").press("Enter")
    expect(page.get_by_role("link", name="Anthracite and other coal")).to_be_visible()
    expect(page.locator("#v [data-more]")).to_have_count(0)


def test_without_javascript_on_a_phone_form_and_links_do_the_same(new_page):
    page = new_page(java_script_enabled=False, viewport=NARROW)
    page.goto("/goods/")
    page.locator("#v > summary").click()
    page.locator("#v").get_by_role("link", name="With all").click()
    page.wait_for_url("**/goods/?section=v#v")
    expect(page.get_by_role("link", name="Anthracite and other coal")).to_be_visible()
    assert overflow(page) <= 0
    page.get_by_label("Filter the list").fill("2709")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**/goods/?q=2709")
    expect(page.locator(".good").filter(has_text="Crude petroleum")).to_be_visible()


def test_coal_the_heading_is_one_click_from_coal_the_chapter_in_a_year_without_it(page):
    page.goto("/commodities/27/?year=2020")
    chart(page)
    page.locator(".legend").get_by_role("link", name="2701 Anthracite and other coal").click()
    page.wait_for_url("**/commodities/2701/")
    expect(page.locator('[data-part="sentence"]')).to_contain_text("There is no figure after 2017.")
