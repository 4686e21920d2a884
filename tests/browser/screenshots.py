"""Pictures of the pages, to look at and for the README: `make screenshots`.

All go to screenshots/, which git ignores; docs/screenshots/ holds the two of the README and those of the guide for
editors.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import guide
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.pages import DESKTOP, PHONE, PUBLIC, chart
from tests.browser.site import ROOT, running_site

README = {"/provinces/": "provinces.png", "/commodities/": "commodities.png"}
TALL = {"width": 1280, "height": 1500}  # as much of a page as a README should show


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for viewport in (DESKTOP, PHONE):
            for scheme in ("light", "dark"):
                context = browser.new_context(base_url=site.address, viewport=viewport, color_scheme=scheme)
                page = context.new_page()
                for path in PUBLIC:
                    name = re.sub(r"\W+", "-", path).strip("-") or "home"
                    take(page, path, f"screenshots/{name}-{viewport['width']}-{scheme}.png", full_page=True)
        page = browser.new_page(base_url=site.address, viewport=TALL)
        for path, name in README.items():
            take(page, path, f"docs/screenshots/{name}")
        guide.pictures(site, browser)


def take(page, path, picture, **options):
    """Open a page, let its charts be drawn, and take its picture."""
    page.goto(path)
    for number in range(page.locator("trade-chart").count()):
        chart(page, number)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=ROOT / picture, **options)
    sys.stdout.write(f"{picture}\n")


if __name__ == "__main__":
    shutil.rmtree(ROOT / "screenshots", ignore_errors=True)
    main()
