"""Everyone: axe, narrow windows, dark, print; and a walk through every link that leaves no message behind."""

import re
from collections import deque
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.pages import CHART_PAGES, DESKTOP, PHONE, PUBLIC, chart, overflow, violations


def with_everything_shown(page, path):
    """Open the page with every chart drawn and every list unfolded."""
    page.goto(path)
    for number in range(page.locator("trade-chart").count()):
        chart(page, number)
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")


@pytest.mark.parametrize("path", PUBLIC)
def test_axe_finds_nothing_on_phone_and_desktop_in_light_and_dark(page, path):
    with_everything_shown(page, path)
    found = {}
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found[viewport["width"], scheme] = violations(page)
    assert {where: what for where, what in found.items() if what} == {}


def test_axe_would_find_a_fault(page):
    page.goto("/")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert [fault.partition(":")[0] for fault in violations(page)] == ["html-has-lang"]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_narrow_window_needs_no_sideways_scrolling(new_page, path):
    page = new_page(viewport={"width": 360, "height": 740})
    with_everything_shown(page, path)
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 320, "height": 740})
    assert overflow(page) <= 0


@pytest.mark.parametrize("path", CHART_PAGES)
def test_print_shows_the_drawing_and_the_table_in_place_of_the_canvas(page, path):
    page.goto(path)
    first = chart(page)
    page.emulate_media(media="print")
    expect(first.locator("canvas")).to_be_hidden()
    expect(first.locator("svg").first).to_be_visible()
    assert overflow(page) <= 0


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_says_what_it_is(page, path):
    page.goto(path)
    assert page.title()
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.locator("main").count() == 1
    assert page.context.cookies() == []


def test_the_first_tab_leads_past_the_menu_to_the_content(page):
    page.goto("/provinces/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


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


def test_every_link_of_the_admin_leads_somewhere_and_leaves_no_message(editor, site):
    skip = r"^(?!/admin/)|/logout/|/autocomplete/|/jsi18n/|_popup="
    assert walk(editor, site, "/admin/", skip=skip) > 30


def walk(page, site, start, skip):
    """Open each kind of address that can be reached from `start`; return how many. new_page collects the messages."""
    waiting, seen, broken = deque([start]), {kind_of(start)}, []
    while waiting:
        path = waiting.popleft()
        answer = page.goto(path)
        if answer.status != 200:
            broken.append((path, answer.status))
        for link in links(page, site):
            if kind_of(link) not in seen and not re.search(skip, link):
                seen.add(kind_of(link))
                waiting.append(link)
    assert broken == []
    return len(seen)


def links(page, site):
    """The addresses on this site that the page leads to, files and fragments aside: ["/provinces/?year=2016", …]."""
    found = page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    parts = [urlsplit(urljoin(page.url, link)) for link in found]
    ours = [part for part in parts if f"{part.scheme}://{part.netloc}" == site.address and part.path.endswith("/")]
    return [part.path + (f"?{part.query}" if part.query else "") for part in ours]


def kind_of(link):
    """Addresses of one kind are opened once: years, releases and codes are many, and so are the admin's filters."""
    parts = urlsplit(link)
    path = re.sub(r"(?<=/)(\d+|cn-[a-z]{2}|[ivx]+)(?=/)", "…", parts.path, flags=re.IGNORECASE)
    return path if path.startswith("/admin/") else (path, frozenset(parse_qs(parts.query)))
