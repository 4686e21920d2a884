"""An editor at the upload desk, with a workbook as people make them, in the real admin with the real worker."""

import io

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from tests.browser.pages import violations

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READ = ".state-refused, .state-asking, .state-staged, .state-failed"  # an upload that the worker is done with


def workbook(liaoning, jilin):
    """A wide sheet as people make them: a title, a note, and a total row around the table."""
    book = Workbook()
    sheet = book.active
    sheet.title = "to_dprk"
    for row in [
        ["China's exports to the DPRK by province, US$"],
        [],
        ["Province", "2015", "2016"],
        ["Liaoning", *liaoning],
        ["Jilin", *jilin],
        ["Total", *(sum(pair) for pair in zip(liaoning, jilin, strict=True))],
        [],
        ["Typed in by hand for a test."],
    ]:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def upload(page, name, content, dataset="china-provinces"):
    """Send a file and wait until the worker has read it."""
    page.goto("/admin/trade/upload/import/")
    assert violations(page, "#content") == []
    page.get_by_label("Dataset").select_option(dataset)
    page.get_by_label("Files").set_input_files({"name": name, "mimeType": EXCEL, "buffer": content})
    page.get_by_role("button", name="Upload and compare").click()
    page.locator(READ).wait_for(timeout=120_000)
    assert violations(page, "#content") == []
    return page.locator(".state")


def publish(page, note, kind="correction"):
    for box in page.locator("fieldset.warnings input[type=checkbox]").all():
        box.check()
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("Note for readers").fill(note)
    page.get_by_role("button", name="Publish as the next release").click()
    expect(page.locator(".state")).to_have_text("published", timeout=120_000)


def test_an_editor_uploads_compares_publishes_and_the_download_comes_back_unchanged(editor):
    state = upload(editor, "by hand.xlsx", workbook([1_000_003, 2_000_003], [3_000_003, 4_000_003]))
    expect(state).to_have_text("ready to publish")
    expect(editor.locator(".counts")).to_contain_text("4 changed")
    row = editor.locator("tr.kind-changed", has_text="Liaoning").filter(has_text="2015")
    expect(row).to_contain_text("1,000,003")

    publish(editor, "Four values were typed in by hand, to see them here.")
    editor.get_by_role("region", name="Published").or_(
        editor.locator("section", has_text="Published")
    ).first.get_by_role("link").first.click()
    expect(editor.locator("main")).to_contain_text("Four values were typed in by hand, to see them here.")

    editor.goto("/provinces/?year=2016")
    expect(editor.locator("main")).to_contain_text("2,000,003")

    answer = editor.request.get("/data/china-provinces/latest/workbook.xlsx")
    assert answer.headers["content-type"] == EXCEL
    state = upload(editor, "workbook.xlsx", answer.body())
    expect(state).to_have_text("nothing would change")


LARGE = [pytest.param(slug, marks=pytest.mark.soak) for slug in ("china-commodities", "world-commodities")]


@pytest.mark.parametrize("dataset", ["china-provinces", *LARGE])
def test_the_published_workbook_of_each_dataset_comes_back_with_no_change(editor, dataset):
    answer = editor.request.get(f"/data/{dataset}/latest/workbook.xlsx")
    assert answer.status == 200
    state = upload(editor, "workbook.xlsx", answer.body(), dataset)
    expect(state).to_have_text("nothing would change")


def test_a_file_with_a_fault_is_refused_with_its_cell_and_changes_nothing(editor):
    releases = editor.request.get("/data/china-provinces/").text().count("/data/china-provinces/")
    state = upload(editor, "faulty.xlsx", workbook([1, -5], [3, 4]))
    expect(state).to_have_text("refused")
    expect(editor.locator("#content")).to_contain_text("C4")
    assert editor.request.get("/data/china-provinces/").text().count("/data/china-provinces/") == releases


def test_a_file_that_is_no_workbook_is_refused_in_words(editor):
    state = upload(editor, "notes.xlsx", b"Dear colleague, please find attached\n")
    expect(state).to_have_text("refused")
    expect(editor.locator("#content")).not_to_contain_text("Traceback")


def test_an_editor_goes_back_to_an_earlier_release_and_is_led_to_the_new_one(editor):
    upload(editor, "to go back from.xlsx", workbook([1_000_007, 2_000_007], [3_000_007, 4_000_007]))
    publish(editor, "Typed in, to be gone back from.")
    editor.goto("/admin/trade/release/?dataset__slug__exact=china-provinces")
    editor.locator("#result_list tbody th a").nth(1).click()
    editor.get_by_role("link", name="Revert to this release").click()
    editor.get_by_role("button", name="Compare").click()
    expect(editor.locator(".state")).to_have_text("ready to publish", timeout=120_000)
    expect(editor.locator(".counts")).to_contain_text("4 changed")
    publish(editor, "That was a test.", kind="reversion")
    expect(editor.locator("#content")).to_contain_text("That was a test.")


def test_several_values_are_corrected_by_keyboard_alone(editor):
    editor.goto(
        "/admin/trade/upload/correct/?dataset=china-provinces&flow=to_dprk&key=CN-LN&key=CN-JL&first=2015&last=2016"
    )
    editor.get_by_label("Liaoning, exports to the DPRK, 2015").focus()
    before = editor.evaluate("document.activeElement.value")
    editor.keyboard.press("Control+a")
    editor.keyboard.type("1.5")
    editor.keyboard.press("Enter")
    expect(editor.locator(".faults")).to_contain_text("could mean a decimal fraction or a thousand")
    assert violations(editor, "#content") == []
    editor.locator(".faults a").focus()
    editor.keyboard.press("Enter")
    expect(editor.get_by_label("Liaoning, exports to the DPRK, 2015")).to_be_focused()
    editor.keyboard.press("Control+a")
    editor.keyboard.type(before.replace(",", " ") + " 000")
    editor.keyboard.press("Tab")
    editor.keyboard.type("3 000 019")  # Liaoning 2016, selected by the Tab
    editor.keyboard.press("Enter")
    expect(editor.locator(".state")).to_have_text("ready to publish", timeout=120_000)
    expect(editor.locator(".counts")).to_contain_text("2 changed")
    expect(editor.locator("fieldset.warnings")).to_contain_text("Liaoning")
    assert editor.locator(".dot.hollow").count() == editor.locator(".dot.solid").count() == 2
    assert violations(editor, "#content") == []
    editor.get_by_role("button", name="Discard this upload").click()
    expect(editor.locator(".state")).to_have_text("discarded")


def test_a_visitor_meets_the_login_and_no_upload(page):
    page.goto("/admin/trade/upload/import/")
    expect(page.get_by_role("button", name="Log in", exact=True)).to_be_visible()
