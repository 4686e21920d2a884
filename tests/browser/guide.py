"""Pictures of the upload desk for docs/editors.md: an editor's way through it, on a running site.

    python -m tests.browser.guide

`make screenshots` takes them too, into docs/screenshots/. Each shows the part of a page that its step is about.
"""

import io
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.pages import sign_in
from tests.browser.site import ROOT, running_site

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SIZE = {"width": 1100, "height": 700}
FOLDER = ROOT / "docs" / "screenshots"


def pictures(site, browser) -> None:
    """Take the pictures, in the order in which an editor meets the pages."""
    page = browser.new_page(base_url=site.address, viewport=SIZE)
    sign_in(page, site)
    page.goto("/admin/trade/upload/import/")
    page.locator("#toggle-nav-sidebar").click()  # the list of tables takes a third of a picture
    take(page, "desk-upload")
    send(page, "faulty.xlsx", [["Jilln", 477_967_021, "many"], ["Liaoning", -5, 1_666_290_000]])
    take(page, "desk-faults", "h2#faults")
    send(
        page, "exports.xlsx", [["Liaoning", 1584, 1666], ["Jilin", 478, 512]], title="Exports by province, US$ million"
    )
    take(page, "desk-question", "h2#questions")
    page.get_by_label("The partner's").check()
    page.get_by_role("button", name="Answer").click()
    wait(page)
    take(page, "desk-changes", "h2#changes")
    page.evaluate("document.querySelectorAll('.desk .scroll').forEach(one => { one.scrollTop = 0; })")
    take(page, "desk-publish", "h2#publish")
    for box in page.locator("fieldset.warnings input").all():
        box.check()
    page.get_by_label("correction").check()
    page.get_by_label("Note for readers").fill("Four values of 2015 and 2016, rounded to millions by the source.")
    page.get_by_role("button", name="Publish as the next release").click()
    page.locator(".state-published").wait_for(timeout=120_000)
    page.goto("/admin/trade/provinceobservation/?q=CN-JL+2016")
    page.locator("#result_list tbody th a").first.click()
    page.locator("h2#history").wait_for()
    take(page, "desk-cell")
    page.goto("/admin/trade/release/?dataset__slug__exact=china-provinces")
    page.locator("#result_list tbody th a").nth(1).click()  # there is no going back to the newest
    page.get_by_role("link", name="Revert to this release").wait_for()
    take(page, "desk-release")


def send(page, name, rows, title="China's exports to the DPRK by province, US$"):
    """Upload a wide workbook of two provinces and two years, and wait until it is read."""
    book = Workbook()
    book.active.title = "Sheet1"
    for row in [[title], [], ["Province", "2015", "2016"], *rows]:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    page.goto("/admin/trade/upload/import/")
    page.get_by_label("Dataset").select_option("china-provinces")
    page.get_by_label("Files").set_input_files({"name": name, "mimeType": EXCEL, "buffer": content.getvalue()})
    page.get_by_role("button", name="Upload and compare").click()
    wait(page)


def wait(page):
    page.locator(".state-refused, .state-asking, .state-staged").wait_for(timeout=120_000)


def take(page, name, heading=None):
    """Take the picture of a page, from a heading on."""
    page.evaluate("scrollTo(0, 0)")
    if heading:
        page.locator(heading).evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 60)")
    page.screenshot(path=FOLDER / f"{name}.png")
    sys.stdout.write(f"docs/screenshots/{name}.png\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, sync_playwright() as playwright:
        pictures(site, playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS))


if __name__ == "__main__":
    main()
