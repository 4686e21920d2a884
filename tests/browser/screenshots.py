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
# Beside every kind of page (PUBLIC), each view of the charts, and what others put into a frame.
VIEWS = [
    "/provinces/?flow=both&year=2016",
    "/provinces/?flow=balance",
    "/provinces/?view=lines&scale=log",
    "/provinces/?view=lines&show=cn-ln,cn-gd,cn-jl&highlight=cn-gd",
    "/provinces/?unit=share",
    "/provinces/?period=months",
    "/provinces/?period=months&view=seasons",
    "/provinces/?period=ytd",
    "/provinces/?unit=change&from=2010",
    "/provinces/?view=lines&unit=index&from=2010&show=cn-ln,cn-gd,cn-jl",
    "/provinces/?view=lines&show=cn-ln,cn-gd,cn-jl,cn-sd,cn-zj,cn-bj",
    "/provinces/?figure=map",
    "/provinces/cn-ln/brief/",
    "/data/china-provinces/gaps/",
    "/goods/",
    "/goods/?q=coal",
    "/search/?q=Guangdong+and+Liaoning+since+2010",
    "/provinces/?year=abc&release=1",
    "/commodities/?flow=both&year=2016",
    "/commodities/?flow=balance",
    "/commodities/?flow=to_dprk",
    "/commodities/?view=lines",
    "/commodities/?view=sanctions&year=2019",
    "/commodities/?view=lines&scale=log&show=v,xi&highlight=v",
    "/commodities/?unit=share",
    "/commodities/27/?flow=balance",
    "/commodities/2701/",
    "/commodities/2701/?unit=quantity",
    "/commodities/2701/?view=lines&unit=unit-value",
    "/commodities/27/brief/",
]
FRAMES = [(300, 400), (600, 400), (800, 600)]  # of other sites
EMBEDS = ["/embed/provinces/", "/embed/commodities/", "/embed/provinces/cn-gd/?figure=ranks"]
PAPER = ["/provinces/", "/commodities/", "/provinces/?flow=both&year=2016", "/sanctions/", "/provinces/cn-ln/brief/"]
PAPER += ["/data/china-provinces/gaps/"]
TALL = {"width": 1280, "height": 1500}  # as much of a page as a README should show


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for viewport in (DESKTOP, PHONE):
            for scheme in ("light", "dark"):
                context = browser.new_context(base_url=site.address, viewport=viewport, color_scheme=scheme)
                page = context.new_page()
                for path in [*PUBLIC, *VIEWS]:
                    take(page, path, f"screenshots/{name_of(path)}-{viewport['width']}-{scheme}.png", full_page=True)
        for width, height in FRAMES:
            page = browser.new_page(base_url=site.address, viewport={"width": width, "height": height})
            for path in EMBEDS:
                take(page, path, f"screenshots/{name_of(path)}-{width}x{height}.png")
        page = browser.new_page(base_url=site.address, viewport=DESKTOP)
        for path in PAPER:
            page.emulate_media(media="screen")
            draw(page, path)
            page.emulate_media(media="print")
            page.pdf(path=ROOT / f"screenshots/{name_of(path)}-print.pdf", format="A4")
            save(page, f"screenshots/{name_of(path)}-print.png", full_page=True)
        page = browser.new_page(base_url=site.address, viewport=TALL)
        for path, name in README.items():
            take(page, path, f"docs/screenshots/{name}")
        guide.pictures(site, browser)


def name_of(path):
    """The file of an address: "/provinces/?year=2016" -> "provinces-year-2016"."""
    return re.sub(r"\W+", "-", path).strip("-") or "home"


def take(page, path, picture, **options):
    """Open a page, let its charts be drawn, and take its picture."""
    draw(page, path)
    save(page, picture, **options)


def draw(page, path):
    page.goto(path)
    for number in range(page.locator("trade-chart").count()):
        chart(page, number)
    page.evaluate("scrollTo(0, 0)")


def save(page, picture, **options):
    page.screenshot(path=ROOT / picture, **options)
    sys.stdout.write(f"{picture}\n")


if __name__ == "__main__":
    shutil.rmtree(ROOT / "screenshots", ignore_errors=True)
    main()
