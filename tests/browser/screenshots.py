"""Pictures of the pages, to look at and for the README: `make screenshots`.

All go to screenshots/, which git ignores; docs/screenshots/ holds the two of the README.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.pages import DESKTOP, PHONE, PUBLIC, chart
from tests.browser.site import ROOT, running_site

README = {"/provinces/": "provinces.png", "/commodities/": "commodities.png"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for viewport in (DESKTOP, PHONE):
            for scheme in ("light", "dark"):
                context = browser.new_context(base_url=site.address, viewport=viewport, color_scheme=scheme)
                take(context.new_page(), f"{viewport['width']}-{scheme}")


def take(page, kind):
    """Take every public page whole, and the README's pair as a reader first sees it."""
    for path in PUBLIC:
        page.goto(path)
        for number in range(page.locator("trade-chart").count()):
            chart(page, number)
        name = path.strip("/").replace("/", "-") or "home"
        picture = ROOT / "screenshots" / f"{name}-{kind}.png".replace("?", "_").replace("&", "_")
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=picture, full_page=True)
        sys.stdout.write(f"{picture.relative_to(ROOT)}\n")
        if path in README and kind == "1280-light":
            (ROOT / "docs/screenshots").mkdir(parents=True, exist_ok=True)
            page.screenshot(path=ROOT / "docs/screenshots" / README[path])


if __name__ == "__main__":
    shutil.rmtree(ROOT / "screenshots", ignore_errors=True)
    main()
