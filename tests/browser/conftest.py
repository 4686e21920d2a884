"""A real browser on a real site (site.py); whatever a page complains of fails the test that opened it."""

import fcntl
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.pages import DESKTOP, sign_in
from tests.browser.site import copied, made_site, served

# Only a page that is broken takes as long; a machine that is busy may take a while.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """The folder of a site that nobody serves: the first worker makes it while the others wait, and each copies it."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    folder, is_made = shared / "made", shared / "is-made"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_made.exists():
            made_site(folder)
            is_made.touch()
    return folder


@pytest.fixture(scope="session")
def site(made, tmp_path_factory):
    """This worker's own copy of that site, served."""
    site = copied(made, tmp_path_factory.mktemp("site"))
    with served(site):
        yield site


@pytest.fixture(scope="session")
def browser():
    executable = find_chromium()
    assert executable, "No Chromium: set CHROMIUM to its path."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser, site):
    """Open pages with options of their own: `new_page(viewport=PHONE, color_scheme="dark")`.

    A console message, an uncaught error, a CSP report or an answer of 500 in any of them fails the test.
    """
    contexts, complaints = [], []

    def new_page(**options) -> Page:
        context = browser.new_context(**{"base_url": site.address, "viewport": DESKTOP, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.add_init_script(NAME_WHAT_THE_POLICY_BLOCKS)
        context.on("console", lambda message: complain_of(message, complaints))
        context.on("weberror", lambda error: complaints.append(f"error: {error.error}"))
        context.on("response", lambda response: complain_about(response, complaints))
        return context.new_page()

    yield new_page
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


# The browser's own message does not say which element it was.
NAME_WHAT_THE_POLICY_BLOCKS = """
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, target }) =>
        console.error(`${violatedDirective}: ${target?.localName} ${target?.className} ${target?.id}`));
"""


# Chromium's advice on the password forms of Django's own admin and of allauth: no complaint.
ADVICE = ("[DOM] Password forms", "[DOM] Input elements", "Autofocus processing was blocked")


def complain_of(message, complaints):
    if not (re.search("/(admin|accounts)/", message.page.url) and message.text.startswith(ADVICE)):
        complaints.append(f"console: {message.text} {message.page.url}")


def complain_about(response, complaints):
    if response.status >= 500:
        complaints.append(f"{response.status}: {response.url}")


@pytest.fixture
def page(new_page) -> Page:
    return new_page()


@pytest.fixture
def editor(site, page) -> Page:
    """A page of the admin, logged in."""
    sign_in(page, site)
    return page
