"""Every control of both chart pages, with the mouse, with the keyboard alone and without JavaScript, on two widths.

One choice is made after another without going back, so that controls meet each other, too; after each, what is drawn
is what the database says.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.oracle import Oracle
from tests.browser.pages import (
    DESKTOP,
    NARROW,
    canvases,
    chart,
    press_tab_until,
    remembered,
    settled,
    shown,
    tables,
)
from tests.browser.test_numbers import check_tables, check_tiles, on_canvas
from tests.samples import some

PAGES = ["/provinces/", "/commodities/"]
WIDTHS = pytest.mark.parametrize("viewport", some([NARROW, DESKTOP], 1), ids=some(["phone", "desktop"], 1))


@pytest.fixture(scope="module")
def oracle(site):
    return Oracle(site)


def choices(page) -> list:
    """What each control offers next: [("flow", "/provinces/?flow=from_dprk"), …]; datasets last, for they are pages."""
    found = []
    for control in shown(page)["controls"]:
        offered = [one["url"] for one in control["choices"] if not one["current"]]
        if not control["several"] and offered:
            found.append((control["name"], offered[0]))
    return sorted(found, key=lambda one: one[0] == "dataset")


def walk(page, activate):
    """Activate one choice of every control in turn and yield after each."""
    done = set()
    while waiting := [(name, url) for name, url in choices(page) if name not in done]:
        name, url = waiting[0]
        activate(page, page.locator(f'[data-name="{name}"] a[href="{url}"]').first)
        page.wait_for_url(f"**{url}")
        settled(page)
        done.add(name)
        yield name
    assert len(done) > 5


def unfold(page, link):
    """Open the lists that a link is folded into, by their own summaries."""
    for details in link.locator("xpath=ancestor::details").all():
        summary = details.locator("summary").first
        if details.get_attribute("open") is None and summary.is_visible():  # a wide window unfolds by itself
            summary.click()


def by_mouse(page, link):
    unfold(page, link)
    link.click()


# Whether what is in focus is the button of a closed list that holds a link.
FOLDS = """link => document.activeElement.matches("details:not([open]) > summary")
    && document.activeElement.parentElement.contains(link)"""


def by_touch(page, link):
    """Tap with a finger, on a page that was opened for one."""
    for details in link.locator("xpath=ancestor::details").all():
        summary = details.locator("summary").first
        if details.get_attribute("open") is None and summary.is_visible():
            summary.tap()
    link.tap()


def by_key(page, link):
    """Walk to the list that holds a link with Tab, opening with Enter what it is folded into, and in it by arrows."""
    inside = """(element, link) => element.closest(".timeline, ul, ol")?.contains(link) ||
        (element.matches("details:not([open]) > summary") && element.parentElement.contains(link))"""
    handle = link.element_handle()
    for _ in range(3):
        press_tab_until(page, inside, handle)
        for _choice in range(60):
            if handle.evaluate("link => link === document.activeElement"):
                return page.keyboard.press("Enter")
            if page.evaluate(FOLDS, handle):
                break
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
    return None


# In a soak each way on each width.
WAYS = [(by_key, DESKTOP), (by_touch, NARROW), (by_mouse, NARROW), (by_key, NARROW), (by_mouse, DESKTOP)]
WAYS = some(WAYS, 2)


def check(page, oracle):
    """What is drawn now, and the tables, hold the numbers of the database."""
    settled(page)
    payload = shown(page)
    figures = {figure["id"]: figure for figure in payload["figures"]}
    state = payload["state"]
    expect(page.locator("h1")).to_have_text(payload["title"])
    true = {name: oracle.drawn(state, "", figure) for name, figure in figures.items()}
    check_tables(page, figures, true, oracle, state)
    check_tiles(page, oracle, state, figures.get("map"))
    return figures, true


def check_canvases(page, oracle):
    figures, true = check(page, oracle)
    for canvas in canvases(page):
        assert canvas["data"] == on_canvas(figures[canvas["id"]], true[canvas["id"]]), canvas["id"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("activate", "viewport"), WAYS)
def test_every_control_with_the_mouse_and_with_the_keyboard_alone(new_page, oracle, path, viewport, activate):
    page = new_page(viewport=viewport, has_touch=activate is by_touch)
    page.goto(path)
    chart(page)
    for control in walk(page, activate):
        check_canvases(page, oracle)
        if control != "dataset":
            assert page.evaluate("document.activeElement !== document.body"), f"{control}: the focus is lost"


@WIDTHS
@pytest.mark.parametrize("path", PAGES)
def test_every_control_without_javascript(new_page, oracle, path, viewport):
    page = new_page(viewport=viewport, java_script_enabled=False)
    page.goto(path)
    for _control in walk(page, by_mouse):
        check(page, oracle)
        assert page.locator("trade-chart .plot > svg").first.is_visible()


def test_provinces_are_chosen_by_name_in_a_form_with_and_without_javascript(new_page, oracle):
    for script in (True, False):
        page = new_page(java_script_enabled=script)
        page.goto("/provinces/?view=lines&year=2016")
        page.locator(".choose summary").click()
        page.locator("input[name=show][value=cn-gd]").check()
        if script:
            page.get_by_role("searchbox", name="Filter").fill("xiz")
            expect(page.locator(".choose label:visible")).to_have_count(1)
        page.locator("input[name=show][value=cn-xz]").check()
        if not script:
            page.get_by_role("button", name="Show these").click()
        page.wait_for_url(re.compile("show=cn-gd.*cn-xz"))
        expect(page.locator(".choose input:checked")).to_have_count(2)
        figures, _true = check(page, oracle)
        assert {one["member"] for one in figures["by-year"]["series"]} == {"cn-gd", "cn-xz"}


# Hold what the page puts off until `goOn()`: with that its answers are drawn, but not complete.
PUT_OFF = """() => {
    const [real, held] = [window.setTimeout, []];
    window.setTimeout = (work, time) => (time ? real(work, time) : held.push(work));
    window.goOn = () => { window.setTimeout = real; held.forEach((work) => work()); };
}"""


def test_a_box_that_is_ticked_before_an_answer_is_complete_stays_ticked(page):
    page.goto("/provinces/?view=lines&year=2016")
    page.evaluate(PUT_OFF)
    for keys in ("cn-gd", "cn-gd,cn-ln"):
        page.locator(f"input[name=show][value={keys[-5:]}]").evaluate("box => box.click()")
        page.wait_for_url(f"**show={keys}")
    page.evaluate("goOn()")
    settled(page)
    expect(page.locator(".choose input:checked")).to_have_count(2)


def test_the_slider_and_the_play_button_walk_the_years(page, oracle):
    page.clock.install()
    page.goto("/provinces/?year=2014")
    chart(page)
    slider = page.locator('[data-handle="at"]')
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**year=2015")
    check_canvases(page, oracle)
    page.keyboard.press("Home")
    page.wait_for_url("**year=1998")
    settled(page)
    page.go_back()
    page.wait_for_url("**year=2015")
    settled(page)
    page.get_by_role("button", name="Play").click()
    expect(page).not_to_have_url(re.compile("year=2015"))
    page.get_by_role("button", name="Pause").click()
    settled(page)  # the year that was asked for before the pause is still shown
    at = page.url
    page.clock.run_for(3000)
    assert page.url == at
    check_canvases(page, oracle)


# Press a link or a box, and tell where that led at once and what was asked for.
PRESS = """link => {
    const [asked, real] = [[], window.fetch];
    window.fetch = (...what) => (asked.push(String(what[0])), real(...what));
    link.click();
    window.fetch = real;
    return [location.pathname + location.search, asked];
}"""


@pytest.mark.parametrize("path", ["/provinces/?year=2016", "/commodities/?year=2016", "/provinces/cn-ln/?year=2016"])
def test_a_click_on_what_was_pointed_at_is_answered_without_a_request(page, path):
    page.goto(path)
    chart(page)
    remembered(page)
    pressed = {name: f'[data-name="{name}"] a[href="{url}"]' for name, url in choices(page) if name != "dataset"}
    if "provinces/cn" not in path:
        pressed |= {"show": ".choose input[data-url]"}
    for name, selector in pressed.items():
        if name == "show":  # its boxes have addresses as long as the list is open
            page.locator(".choose").evaluate("list => { list.open = true }")
        link = page.locator(selector).first
        link.wait_for(state="attached")
        address = link.get_attribute("href") or link.get_attribute("data-url")
        if name not in ("year", "month"):  # those came with the line of time
            link.dispatch_event("pointerdown")
            page.locator(f'trade-view[data-came="{address}"]').wait_for()
        assert link.evaluate(PRESS) == [address, []], name
        page.go_back()
        page.wait_for_url(f"**{path}")
        settled(page)


def test_a_series_is_lifted_out_by_a_choice_behind_the_last_button(page, oracle):
    page.goto("/provinces/?year=2016&view=lines")
    chart(page)
    page.locator(".more > summary").click()
    page.locator('[data-name="highlight"] a').filter(has_text="Guangdong").click()
    page.wait_for_url("**highlight=cn-gd")
    settled(page)
    payload = shown(page)
    drawn = next(figure for figure in payload["figures"] if figure["id"] == "by-year")
    assert [one["member"] for one in drawn["series"] if not one["dim"]] == ["cn-gd"]
    assert tables(page)["by-year"]
    check_canvases(page, oracle)
