"""Tasks of an editor of figures, each from the first page of the desk to its end, by mouse and by keyboard."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.editors.steps import (
    BUSY,
    PROVINCES,
    confirm,
    desk,
    discard,
    newest_release,
    publish,
    read,
    send,
    table,
    upload,
    warnings,
)
from tests.browser.editors.workbooks import as_file, downloaded, published, wide

pytestmark = pytest.mark.browser


def text_of(hands, address):
    return hands.page.request.get(address).text()


def test_withdraw_a_wrong_value_that_does_not_come_back(hands):
    right = published(hands.page)["Liaoning", "to_dprk", 2019]
    upload(hands, wide({("Liaoning", 2019): 3 * right + 1}))
    publish(hands, "Liaoning 2019 revised upwards.")
    wrong = hands.page.get_by_role("link", name="release").first.get_attribute("href")
    newest_release(hands)
    hands.link("Withdraw this release")
    expect(hands.page.locator("main")).to_contain_text("Liaoning")
    hands.fill("Reason for readers", "A value was entered three times too large.")
    hands.button("Withdraw")
    hands.page.get_by_text("has been withdrawn").wait_for(timeout=BUSY)
    upload(hands, wide({("Beijing", 2019): published(hands.page)["Beijing", "to_dprk", 2019] + 1000}))
    publish(hands, "Beijing 2019 alone.")
    assert published(hands.page)["Liaoning", "to_dprk", 2019] == right
    latest = hands.page.get_by_role("link", name="release").first.get_attribute("href")
    changes = text_of(hands, f"{latest}changes.csv")
    assert "Beijing" in changes
    assert "Liaoning" not in changes
    tombstone = text_of(hands, wrong)
    assert "A value was entered three times too large." in tombstone
    assert f"{3 * right + 1:,}" not in tombstone
    assert "revised upwards" not in tombstone


def test_take_a_name_out_of_a_published_note(hands):
    upload(hands, wide({("Beijing", 2022): published(hands.page)["Beijing", "to_dprk", 2022] + 7}))
    publish(hands, f"Ms Example {hands.name} wrote to us about Beijing.")
    address = hands.page.get_by_role("link", name="release").first.get_attribute("href")
    table(hands, "Redactions")
    hands.link("Add redaction")
    hands.fill("Text to take out", f"Ms Example {hands.name}")
    hands.fill("Reason for readers", "A person was named who did not agree to it.")
    hands.button("Find the text")
    hands.press(hands.page.get_by_label("Take it out everywhere"))
    hands.button("Take the text out")
    expect(hands.page.locator("main")).to_contain_text("A person was named", timeout=BUSY)
    expect(hands.page.locator(".messagelist")).to_be_visible(timeout=BUSY)
    hands.page.goto(address)
    expect(hands.page.locator("main")).not_to_contain_text("Ms Example")
    expect(hands.page.locator("main")).to_contain_text("A person was named who did not agree to it.")


def correct_jilin(hands, value):
    """From the first page, have a value of Jilin in 2022 compared with the published one."""
    desk(hands)
    hands.link("Correct single values")
    hands.select("Dataset", PROVINCES)
    hands.button("Continue")
    hands.press(hands.page.get_by_label("Jilin"))
    hands.fill("First year", "2021")
    hands.fill("Last year", "2022")
    hands.button("Show the values")
    hands.fill("Jilin, exports to the DPRK, 2022", value)
    hands.button("Compare with the published values")
    read(hands)


def test_correct_single_values_with_the_checks_of_an_upload(hands):
    before = published(hands.page)["Jilin", "to_dprk", 2022]
    correct_jilin(hands, str(before * 100))
    expect(warnings(hands)).to_contain_text("at least 10 times larger")
    hands.fill("Note for readers", "Two noughts too many.")
    hands.button("Publish as the next release", stays=True)
    expect(warnings(hands).locator("input:invalid:focus")).to_have_count(1)
    expect(hands.page.locator(".state")).to_have_text("ready to publish")
    expect(hands.page.get_by_label("Note for readers")).to_have_value("Two noughts too many.")
    discard(hands)
    assert published(hands.page)["Jilin", "to_dprk", 2022] == before

    correct_jilin(hands, f"{before + 1000:,}")
    publish(hands, "A thousand dollars more.", kind=None)
    assert published(hands.page)["Jilin", "to_dprk", 2022] == before + 1000


def provinces_of(hands, years):
    """The larger provinces' exports of some years, in the order of the file."""
    stood = published(hands.page)
    names = ("Liaoning", "Jilin", "Shandong", "Zhejiang", "Jiangsu", "Guangdong", "Hebei")
    return {(name, year): stood[name, "to_dprk", year] for name in names for year in years}


def exchanged(values):
    return {({"Liaoning": "Jilin", "Jilin": "Liaoning"}.get(name, name), year): v for (name, year), v in values.items()}


def moved_down(values):
    names = list(dict.fromkeys(name for name, _ in values))
    before = dict(zip(names[1:], names, strict=False))
    return {(name, year): values[before.get(name, names[-1]), year] for name, year in values}


def moved_right(values):
    years = sorted({year for _, year in values})
    return {(name, year): values[name, year - 1] for name, year in values if year > years[0]}


def tripled(values):
    return {at: value * 3 if at == ("Liaoning", 2016) else value for at, value in values.items()}


MISTAKES = [
    (exchanged, "exchanged"),
    (moved_down, "row"),
    (moved_right, "column"),
    (tripled, "about double or half of what was expected"),
]


def test_see_large_mistakes_under_their_names_and_the_largest_changes_first(hands):
    right = provinces_of(hands, range(2012, 2018))
    for mistake, words in MISTAKES:
        upload(hands, wide(mistake(right)))
        expect(warnings(hands).locator("label").first).to_contain_text("Largest:")
        expect(warnings(hands)).to_contain_text(words)
        if mistake is exchanged:
            hands.fill("Note for readers", "Kept while the list is sorted.")
            hands.select("Order", "largest difference first")
            hands.button("Show", exact=True)
            hands.page.wait_for_url("**sort=**")
            expect(hands.page.get_by_label("Note for readers")).to_have_value("Kept while the list is sorted.")
            with hands.page.expect_download() as download:
                hands.link("as Excel", stays=True)
            sizes = differences(downloaded(download.value))
            assert sizes == sorted(sizes, reverse=True) != []
        discard(hands)


def differences(book):
    """The sizes of the differences in a workbook of changes, from its first row to its last."""
    rows = list(book.active.iter_rows(values_only=True))
    top = next(number for number, row in enumerate(rows) if "Difference, US$" in row)
    at = rows[top].index("Difference, US$")
    return [abs(row[at]) for row in rows[top + 1 :] if row[at] is not None]


def our_workbook(hands):
    """Download the workbook of the dataset from its public page, as the guide says."""
    hands.page.goto("/data/china-provinces/")
    with hands.page.expect_download() as download:
        hands.press(hands.page.locator('main a[href$="/latest/workbook.xlsx"]').first)
    return downloaded(download.value)


def row_of(sheet, *wanted):
    """The number of the row that begins with these cells."""
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if list(row[: len(wanted)]) == list(wanted):
            return number
    raise AssertionError(f"No row {wanted} on {sheet.title}")


def columns_of(sheet):
    """The columns of a sheet that has years across: {"2014": 19, …}."""
    header = next(row for row in sheet.iter_rows() if "2014" in [str(cell.value) for cell in row])
    return {str(cell.value): cell.column for cell in header}


def test_edit_two_sheets_of_our_workbook_and_show_a_note_to_readers(hands, reader):
    book = our_workbook(hands)
    across, long = book["to_dprk"], book["data"]
    columns = columns_of(across)
    for step, name in enumerate(("CN-BJ", "CN-TJ", "CN-HE", "CN-SX", "CN-NM")):
        cell = across.cell(row_of(across, name), columns["2014"])
        cell.value += 100 + step
    top = row_of(long, "province")
    of = {cell.value: cell.column for cell in long[top]}
    for row in long.iter_rows(min_row=top + 1):
        if [row[of[name] - 1].value for name in ("province", "year", "flow")] == ["CN-SH", 2013, "to_dprk"]:
            row[of["note"] - 1].value = f"Counted anew, by {hands.name}."
    upload(hands, as_file(book, "workbook.xlsx"))
    expect(hands.page.locator(".state")).to_have_text("ready to publish")
    expect(hands.page.locator(".counts")).to_contain_text("6 changed")
    expect(hands.page.get_by_role("region", name="List of changes")).to_contain_text(f"by {hands.name}.")
    publish(hands, "Five values and a note.")
    reader.goto(hands.page.get_by_role("link", name="release").first.get_attribute("href"))
    expect(reader.locator("main")).to_contain_text(f"Counted anew, by {hands.name}.")


def test_answer_which_sheet_counts_where_two_disagree(hands):
    book = our_workbook(hands)
    across, long = book["to_dprk"], book["data"]
    columns = columns_of(across)
    across.cell(row_of(across, "CN-HA"), columns["2011"]).value = 1_111
    top = row_of(long, "province")
    of = {cell.value: cell.column for cell in long[top]}
    for row in long.iter_rows(min_row=top + 1):
        if [row[of[name] - 1].value for name in ("province", "year", "flow")] == ["CN-HA", 2011, "to_dprk"]:
            row[of["reported_usd"] - 1].value = 2_222
    expect(upload(hands, as_file(book, "workbook.xlsx"))).not_to_have_text("ready to publish")
    asked = hands.page.get_by_role("region", name="Answer this question")
    expect(asked).to_contain_text("Henan")
    hands.press(asked.get_by_role("radio").first)
    hands.button("Answer")
    expect(hands.page.locator(".state")).to_have_text("ready to publish", timeout=BUSY)
    expect(hands.page.locator(".counts")).to_contain_text("1 changed")
    discard(hands)


def test_mend_a_refused_file(hands):
    upload(hands, wide({("Jilln", 2016): 5, ("Liaoning", 2016): -5}))
    expect(hands.page.locator(".state")).to_have_text("refused")
    faults = hands.page.get_by_role("region", name="List of errors")
    expect(faults).to_contain_text("Jilin")
    with hands.page.expect_download() as download:
        hands.link("figures.xlsx", stays=True)
    assert any(cell.comment for row in downloaded(download.value)["Sheet1"] for cell in row)
    hands.link("Upload the corrected file")
    send(hands, wide({("Jilin", 2016): 439_355_153}), dataset=None)
    expect(hands.page.locator(".state")).to_have_text("ready to publish")
    expect(hands.page.locator(".facts")).to_contain_text(PROVINCES)
    discard(hands)


def test_reach_the_first_field_of_the_form_in_a_few_keys(hands):
    hands.link("Upload new figures")
    before = hands.effort.moves
    hands.select("Dataset", PROVINCES)
    assert (
        hands.effort.moves - before <= 5
    )  # past the head of the page in two keys, to the list, and down to its second


def test_keep_exact_values_where_a_table_in_thousands_rounds_them(hands):
    right = provinces_of(hands, (2014, 2015))
    title = "China's exports to the DPRK by province, thousand US$"
    upload(hands, wide({at: round(value / 1000) for at, value in right.items()}, title))
    expect(hands.page.locator(".state")).to_have_text("nothing would change")
    desk(hands)
    changed = {at: round(value / 1000) + (at == ("Jilin", 2015)) * 100 for at, value in right.items()}
    upload(hands, wide(changed, title))
    expect(hands.page.locator(".counts")).to_contain_text("1 changed")
    discard(hands)


def test_preview_schedule_call_off_and_publish(hands, reader):
    value = published(hands.page)["Hunan", "to_dprk", 2019] + 5
    upload(hands, wide({("Hunan", 2019): value}))
    confirm(hands, "Hunan, five dollars more.")
    hands.button("Preview the public pages")
    hands.page.get_by_role("link", name="Open the preview").wait_for(timeout=BUSY)
    link = hands.page.get_by_role("link", name="Open the preview").get_attribute("href")
    for path in ("", "provinces/", "data/china-provinces/"):
        assert reader.goto(link + path).status == 200
        expect(reader.locator(".preview-mark")).to_contain_text("Preview, not published.")
    hands.link("Back to the upload")
    hands.tick(warnings(hands).locator("input[type=checkbox]"))
    hands.fill("Publish at", f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%dT%H:%M}")
    hands.button("Publish as the next release")
    expect(hands.page.get_by_role("heading", name="To be published on")).to_be_visible()
    hands.button("Call off the publication")
    expect(hands.page.get_by_label("Note for readers")).to_have_value("Hunan, five dollars more.")
    hands.fill("Publish at", "")
    hands.tick(warnings(hands).locator("input[type=checkbox]"))
    hands.button("Publish as the next release")
    expect(hands.page.locator(".state")).to_have_text("published", timeout=BUSY)
    assert published(hands.page)["Hunan", "to_dprk", 2019] == value
    ended = reader.request.get(link)
    assert ended.status == 410
    assert "This preview has ended" in ended.text()


def test_return_to_an_earlier_release(hands):
    value = published(hands.page)["Gansu", "to_dprk", 2018]
    upload(hands, wide({("Gansu", 2018): value + 9}))
    publish(hands, "Gansu, nine dollars more.")
    table(hands, "Releases")
    hands.follow(hands.page.locator("#result_list tbody tr", has_text=PROVINCES).nth(1).get_by_role("link").first)
    hands.link("Revert to this release")
    hands.button("Compare")
    read(hands)
    expect(hands.page.locator(".counts")).to_contain_text("1 changed")
    publish(hands, "Nine dollars less.", kind="reversion")
    assert published(hands.page)["Gansu", "to_dprk", 2018] == value


def test_publish_a_new_year_of_one_direction_with_a_whole_headline(hands, reader):
    values = provinces_of(hands, (2022,))
    upload(hands, wide({(name, 2026): round(value * 1.07) for (name, _), value in values.items()}))
    hands.fill("Note for readers", "The exports of 2026.")
    hands.button("Preview the public pages")
    link = hands.page.get_by_role("link", name="Open the preview")
    link.wait_for(timeout=BUSY)
    home = link.get_attribute("href")
    for path, words in (
        ("provinces/", "Liaoning led China’s exports to the DPRK in 2026"),
        ("provinces/?flow=from_dprk", "led China’s imports from the DPRK in 2024"),
        ("provinces/cn-ln/", "China’s exports to the DPRK in 2026, with 56%"),
    ):
        reader.goto(home + path)
        expect(reader.locator(".preview-mark")).to_be_visible()
        expect(reader.locator("h1")).to_contain_text(words)
    reader.goto("about:blank")  # an open page would ask for the views beside it, of a preview that has ended
    hands.link("Back to the upload")
    discard(hands)
