"""Pictures for docs/editors.md: an editor's way through the desk, task by task, on a running site.

    python -m tests.browser.guide

`make screenshots` takes them too, into docs/screenshots/. Each shows the part of a page that its step is about.
"""

import io
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.pages import sign_in
from tests.browser.site import ROOT, running_site

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SIZE = {"width": 1100, "height": 700}
FOLDER = ROOT / "docs" / "screenshots"

TITLE = "Exports by province, US$"  # it does not say whose: a question
FAULTY = [["Jilln", 284_239_296, "many"], ["Liaoning", -5, 1_666_290_000]]
REVISED = [
    ["Liaoning", 858_075_777, 805_114_236],
    ["Jilin", 341_992_018, 284_239_296],
    ["Shandong", 134_061_280, 118_347_001],
]
NEXT = [["Liaoning", 861_204_113, 809_730_552]]
NOTE = "The customs revised three values of 2023 and 2024, as Li Example of the statistics office wrote to us."


def pictures(site, browser) -> None:
    """Take the pictures, in the order in which an editor meets the pages."""
    page = browser.new_page(base_url=site.address, viewport=SIZE, locale="en-GB")
    sign_in(page, site)
    for task in (upload, preview_and_publish, correct, history, redact, withdraw, describe, draft_words, first_page):
        task(page)


def upload(page):
    """A file with errors, and one with a question."""
    choose(page, "provinces-2024.xlsx", REVISED)
    take(page, "desk-upload")
    send(page, "faulty.xlsx", FAULTY, title="China's exports to the DPRK by province, US$")
    take(page, "desk-faults", "h2#faults")
    send(page, "provinces-2024.xlsx", REVISED)
    take(page, "desk-question", "h2#questions")
    answer(page)
    take(page, "desk-changes", "h2#changes")
    take(page, "desk-list", ".drawings + details")


def preview_and_publish(page):
    """The ticks and the note, the link for colleagues, the release."""
    confirm(page, NOTE)
    take(page, "desk-publish", "h2#publish")
    page.get_by_role("button", name="Preview the public pages").click()
    page.get_by_role("link", name="Open the preview").wait_for(timeout=120_000)
    take(page, "desk-preview")
    page.get_by_role("link", name="Back to the upload").click()
    publish(page)


def correct(page):
    """Single values in a table, and the page that compares them with their neighbours."""
    page.goto(
        "/admin/trade/upload/correct/?dataset=china-provinces&flow=to_dprk&key=CN-LN&key=CN-JL&first=2021&last=2024"
    )
    page.get_by_label("Liaoning, exports to the DPRK, 2022").fill("484 346 232")
    page.get_by_label("Jilin, exports to the DPRK, 2022").fill("119,167,817")
    take(page, "desk-correct")
    page.get_by_role("button", name="Compare with the published values").click()
    wait(page)
    take(page, "desk-corrected", "h2#corrected")
    confirm(page, "Two values of 2022 had been copied from the wrong column.", kind=None)
    publish(page)


def history(page):
    """One value with its history; a release with what can be done about it."""
    page.goto("/admin/trade/provinceobservation/?q=CN-LN+2022")
    page.locator("#result_list tbody th a").first.click()
    page.locator("h2#history").wait_for()
    take(page, "desk-cell")
    page.goto("/admin/trade/release/?dataset__slug__exact=china-provinces")
    page.locator("#result_list tbody th a").nth(1).click()  # there is no going back to the newest
    page.get_by_role("link", name="Revert to this release").wait_for()
    take(page, "desk-release", "#content h1")


def withdraw(page):
    """What a withdrawal does, and what readers find afterwards."""
    page.goto("/admin/trade/release/?dataset__slug__exact=china-provinces")
    page.locator("#result_list tbody th a").nth(1).click()
    page.get_by_role("link", name="Withdraw this release").click()
    page.get_by_label("Reason for readers").fill("The source asked us not to publish these values.")
    take(page, "desk-withdraw")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("has been withdrawn").wait_for(timeout=120_000)
    page.get_by_role("link", name="changes and files").click()
    take(page, "desk-withdrawn")


def redact(page):
    """Where the name of a person stands; it is not taken out."""
    page.goto("/admin/trade/redaction/add/")
    page.get_by_label("Text to take out").fill("Li Example")
    page.get_by_label("Reason for readers").fill("A person was named who did not agree to it.")
    page.get_by_role("button", name="Find the text").click()
    page.locator("h2#found").wait_for()
    take(page, "desk-redact")


def describe(page):
    """What readers are told of a dataset, and whether they see it."""
    page.goto("/admin/trade/dataset/china-provinces/change/")
    take(page, "desk-dataset")


def draft_words(page):
    """The draft of an answer beside what is published."""
    page.goto("/admin/faq/question/")
    page.locator("#result_list tbody th a").first.click()
    text = page.get_by_label("Answer").first
    words = text.input_value()
    text.fill(words.replace(". ", ". The figures of 2024 are provisional. ", 1))
    page.get_by_role("button", name="Save as draft").first.click()
    page.locator("h2#differences").wait_for()
    take(page, "desk-draft")


def first_page(page):
    """What waits, what is refused, what is planned, the last releases."""
    send(page, "provinces-2024-b.xlsx", NEXT)
    answer(page)
    confirm(page, "The scheduled revision of November.", kind="scheduled revision")
    at = datetime.now(UTC) + timedelta(days=3)
    page.get_by_label("Publish at").fill(f"{at:%Y-%m-%dT09:00}")
    page.get_by_role("button", name="Publish as the next release").click()
    page.get_by_role("button", name="Call off the publication").wait_for()
    send(page, "liaoning-revised.xlsx", [["Liaoning", 858_075_777, 806_002_117]])
    answer(page)
    page.goto("/admin/")
    take(page, "desk-first")


def send(page, name, rows, title=TITLE):
    """Upload a workbook, and wait until it is read."""
    choose(page, name, rows, title)
    page.get_by_role("button", name="Upload and compare").click()
    wait(page)


def choose(page, name, rows, title=TITLE):
    """Fill in the form of uploads: a wide workbook of two years."""
    book = Workbook()
    book.active.title = "Sheet1"
    for row in [[title], [], ["Province", "2023", "2024"], *rows]:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    page.goto("/admin/trade/upload/import/")
    page.get_by_label("Dataset").select_option("china-provinces")
    page.get_by_label("Files").set_input_files({"name": name, "mimeType": EXCEL, "buffer": content.getvalue()})


def answer(page):
    """Say whose exports a file speaks of."""
    page.get_by_label("The partner's").check()
    page.get_by_role("button", name="Answer").click()
    wait(page)


def confirm(page, note, kind="correction"):
    """Tick the warnings, choose the kind where there is a choice, and write the note."""
    for box in page.locator("fieldset.warnings input").all():
        box.check()
    if kind:
        page.get_by_label(kind).check()
    page.get_by_label("Note for readers").fill(note)


def publish(page):
    page.get_by_role("button", name="Publish as the next release").click()
    page.locator(".state-published").wait_for(timeout=120_000)


def wait(page):
    page.locator(".state-refused, .state-asking, .state-staged").wait_for(timeout=120_000)


def take(page, name, heading=None):
    """Take the picture of a page from a heading on, as far as the window and the page reach."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.evaluate("document.querySelectorAll('.desk .scroll').forEach(one => { one.scrollTop = 0; })")
    if heading:
        page.locator(heading).evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 12)")
    bottom = page.locator("#content, main").last.evaluate("one => Math.ceil(one.getBoundingClientRect().bottom) + 16")
    page.screenshot(path=FOLDER / f"{name}.png", clip=SIZE | {"x": 0, "y": 0, "height": min(bottom, SIZE["height"])})
    sys.stdout.write(f"docs/screenshots/{name}.png\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, sync_playwright() as playwright:
        pictures(site, playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS))


if __name__ == "__main__":
    main()
