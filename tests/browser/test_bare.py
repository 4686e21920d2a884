"""What readers meet where there is nothing to show: a site without a release, and the pages of errors."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import DESKTOP, PHONE, overflow, violations
from tests.browser.site import made_site, served

PAGES = ["/", "/provinces/", "/commodities/", "/sanctions/", "/questions/", "/data/", "/api/", "/embed/provinces/"]
ERRORS = ["400", "403", "403_csrf", "404", "500"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A site on which nothing was ever released."""
    with made_site(tmp_path_factory.mktemp("empty"), demo=False) as site, served(site):
        yield site


def for_everyone(page):
    """What axe finds in light, dark and forced colours, on a phone and a desk, where nothing may scroll sideways."""
    found = {}
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        for media in ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
            page.emulate_media(**media)
            found[viewport["width"], *media.values()] = violations(page)
        page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": 320, "height": 640})
    assert overflow(page) <= 0
    return {where: what for where, what in found.items() if what}


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_site_says_so_to_everyone(new_page, empty, path):
    page = new_page(base_url=empty.address)
    assert page.goto(path).status == 200
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("a:visible").count() > 0  # there is a way on
    assert for_everyone(page) == {}


@pytest.mark.parametrize("name", ERRORS)
def test_a_page_of_an_error_speaks_to_everyone_and_leads_on(new_page, site, name):
    """Drawn from its template: not every error can be had by asking, and Chromium would complain of its status."""
    page = new_page()
    page.route("**/an-error/", lambda route: route.fulfill(body=written(site, name), content_type="text/html"))
    page.goto("/an-error/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator('link[rel="stylesheet"]').evaluate("link => link.sheet.cssRules.length") > 0
    assert page.locator("main a, header a").count() > 0
    assert for_everyone(page) == {}


def written(site, name):
    """The page of an error as the running site writes it."""
    made = f"from django.template.loader import render_to_string; print(render_to_string('{name}.html'))"
    return site.manage("shell", "--verbosity", "0", "-c", made)
