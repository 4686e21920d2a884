"""What readers meet where there is nothing to show: a site without a release, and the pages of errors."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.pages import COLOURS, DARK, DESKTOP, LOOKS, PHONE, faults, overflow
from tests.browser.site import EMPTY, copied, served
from tests.samples import soaking, some

PAGES = ["/", "/provinces/", "/commodities/", "/sanctions/", "/questions/", "/data/", "/api/", "/embed/provinces/"]
FORCED = [(viewport, {**DARK, "forced_colors": "active"}, COLOURS) for viewport in (PHONE, DESKTOP)]
ERRORS = ["400", "403", "403_csrf", "404", "500"]
WRITE = f"""
import json
from django.template.loader import render_to_string
print(json.dumps({{name: render_to_string(name + ".html") for name in {ERRORS}}}))
"""


@pytest.fixture(scope="module")
def empty(made, tmp_path_factory):
    """A site on which nothing was ever released."""
    folder = tmp_path_factory.mktemp("empty")
    site = copied(made, folder)
    (folder / EMPTY).replace(folder / "yalu.sqlite3")
    with served(site):
        yield site


@pytest.fixture(scope="module")
def errors(site):
    """The pages of errors as the running site writes them: {"404": "<!doctype html>…", …}."""
    return json.loads(site.manage("shell", "--verbosity", "0", "-c", WRITE).splitlines()[-1])


def for_everyone(page, place):
    """What axe finds in light, dark and forced colours, on a phone and a desk, where nothing may scroll sideways.

    All looks in a soak; else all rules once, and one other look, which is another from page to page.
    """
    others = LOOKS[1:] + FORCED
    found = faults(page, [LOOKS[0], *(others if soaking() else [others[place % len(others)]])])
    page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": 320, "height": 640})
    assert overflow(page) <= 0
    return found


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_site_says_so_to_everyone(new_page, empty, path):
    page = new_page(base_url=empty.address)
    assert page.goto(path).status == 200
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("a:visible").count() > 0  # there is a way on
    assert for_everyone(page, PAGES.index(path)) == {}


@pytest.mark.parametrize("name", some(ERRORS, 3))
def test_a_page_of_an_error_speaks_to_everyone_and_leads_on(new_page, errors, name):
    """Drawn from its template: not every error can be had by asking, and Chromium would complain of its status."""
    page = new_page()
    page.route("**/an-error/", lambda route: route.fulfill(body=errors[name], content_type="text/html"))
    page.goto("/an-error/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator('link[rel="stylesheet"]').evaluate("link => link.sheet.cssRules.length") > 0
    assert page.locator("main a, header a").count() > 0
    assert for_everyone(page, ERRORS.index(name)) == {}
