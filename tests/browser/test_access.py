"""Everyone: axe, narrow windows, dark, print; and a walk through every link that leaves no message behind."""

import re
from collections import deque
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.pages import CHART_PAGES, LOOKS, PUBLIC, chart, faults, overflow, unfolded, violations
from tests.samples import soaking, some


@pytest.mark.parametrize("path", some(PUBLIC[::-1], 11))
def test_axe_finds_nothing_on_phone_and_desktop_in_light_and_dark(page, path):
    unfolded(page, path)
    assert faults(page, looks_of(path)) == {}


def looks_of(path):
    """All looks in a soak; else all rules once, and one other look, which is another from page to page."""
    return LOOKS if soaking() else [LOOKS[0], LOOKS[1 + PUBLIC.index(path) % 3]]


def test_axe_would_find_a_fault(page):
    page.goto("/")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert [fault.partition(":")[0] for fault in violations(page)] == ["html-has-lang"]


@pytest.mark.parametrize("width", some([320, 360], 1))
def test_a_narrow_window_needs_no_sideways_scrolling(new_page, width):
    page, excess = new_page(viewport={"width": width, "height": 740}), {}
    for path in PUBLIC:
        unfolded(page, path)
        excess[path] = overflow(page)
    assert {path: pixels for path, pixels in excess.items() if pixels > 0} == {}


@pytest.mark.parametrize("path", some(CHART_PAGES, 2))
def test_print_shows_the_drawing_and_the_table_in_place_of_the_canvas(page, path):
    page.goto(path)
    first = chart(page)
    page.emulate_media(media="print")
    expect(first.locator("canvas")).to_be_hidden()
    expect(first.locator("svg").first).to_be_visible()
    assert overflow(page) <= 0


def test_a_page_says_what_it_is(page):
    for path in PUBLIC:
        page.goto(path)
        assert page.title(), path
        assert page.get_by_role("heading", level=1).count() == 1, path
        assert page.locator("main").count() == 1, path
        assert page.context.cookies() == [], path


def test_the_first_tab_leads_past_the_menu_to_the_content(page):
    page.goto("/provinces/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_an_unknown_page_leads_on(new_page):
    page = new_page(java_script_enabled=False)
    page.route(
        "**/nothing-here/", lambda route: route.fulfill(response=route.fetch(), status=200)
    )  # or Chromium complains
    page.goto("/nothing-here/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("main a").count() > 0


def test_every_link_of_the_public_pages_leads_somewhere_and_leaves_no_message(page, site):
    assert walk(page, site, "/", skip=r"^/admin/") > 30


@pytest.mark.soak
def test_every_link_of_the_admin_leads_somewhere_and_leaves_no_message(editor, site):
    skip = r"^(?!/admin/)|/logout/|/autocomplete/|/jsi18n/|/logentry/export/|_popup="
    assert walk(editor, site, "/admin/", skip=skip) > 30


def walk(page, site, start, skip):
    """Open each kind of address that can be reached from `start`; return how many. new_page collects the messages."""
    waiting, seen, broken, opened = deque([start]), kinds_of(start), [], 0
    while waiting:
        path = waiting.popleft()
        answer = page.goto(path)
        opened += 1
        if answer.status != 200:
            broken.append((path, answer.status))
        for link in links(page, site):
            if not kinds_of(link) <= seen and not re.search(skip, link):
                seen |= kinds_of(link)
                waiting.append(link)
    assert broken == []
    return opened


def links(page, site):
    """The addresses on this site that the page leads to, files and fragments aside: ["/provinces/?year=2016", …]."""
    found = page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    parts = [urlsplit(urljoin(page.url, link)) for link in found]
    ours = [part for part in parts if f"{part.scheme}://{part.netloc}" == site.address and part.path.endswith("/")]
    return [part.path + (f"?{part.query}" if part.query else "") for part in ours]


def kinds_of(link) -> set:
    """What an address shows that others may not: its path, and of a public page each parameter.

    Years, releases and codes are many, and so are the admin's filters: one of each is opened. That parameters meet each
    other is what tests/trade tries with any query at all.
    """
    parts = urlsplit(link)
    path = re.sub(r"(?<=/)(\d+|cn-[a-z]{2}|[ivx]+)(?=/)", "…", parts.path, flags=re.IGNORECASE)
    names = [] if path.startswith("/admin/") else parse_qs(parts.query)
    return {path, *((path, name) for name in names)}
