"""Tasks of an editor of words: questions, resolutions, measures, texts of the site; by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.editors.steps import desk, publish, table, upload

pytestmark = pytest.mark.browser
SAVE = "Publish and continue editing"


def new_question(hands, title, answer="It is **counted** by the customs."):
    table(hands, "Questions")
    hands.link("Add question")
    hands.fill("Question", title, exact=False)
    hands.fill("Answer", answer)
    hands.select("Page:", "provinces and goods", exact=True)
    identifier = hands.page.get_by_label("Identifier")
    if not identifier.input_value():
        hands.write(identifier, title.lower().strip("?").replace(" ", "-"))


def read(reader, address):
    """A page as somebody gets it who has not opened it before (a browser keeps it for a minute), a second from now.

    So long, at the most, a server shows what it knew (web/page_cache/stamp.py).
    """
    reader.wait_for_timeout(1000)
    return reader.request.get(address).text()


def show(hands, state="published"):
    hands.select("State:", state, exact=True)


def test_see_on_the_site_what_was_saved(hands):
    new_question(hands, f"Who counts by {hands.name}?")
    show(hands)
    hands.button(SAVE)
    hands.link("View on site")
    expect(hands.page.locator("main")).to_contain_text("It is counted by the customs.")
    hands.page.go_back()
    hands.fill("Answer", "It is counted by the other customs.")
    hands.button(SAVE)
    hands.link("View on site")
    expect(hands.page.locator("main")).to_contain_text("It is counted by the other customs.")


def test_draft_preview_and_publish_an_answer(hands, reader):
    words = f"Only a draft, by {hands.name}."
    new_question(hands, f"What is a draft by {hands.name}?", words)
    show(hands)
    hands.button("Save as draft")
    expect(hands.page.get_by_role("button", name="Publish now")).to_be_visible()
    assert words not in read(reader, "/questions/")
    hands.button("Publish now")
    expect(hands.page.locator(".messagelist")).to_be_visible()
    assert words in read(reader, "/questions/")


def test_bring_back_a_deleted_question_and_an_earlier_answer(hands, reader):
    title = f"What is lost by {hands.name}?"
    new_question(hands, title, "Nothing is lost.")
    show(hands)
    hands.button(SAVE)
    hands.link("Delete")
    hands.button("Yes")
    expect(hands.page.locator(".messagelist")).to_contain_text("deleted")
    assert title not in read(reader, "/questions/")
    hands.link("Deleted entries")
    hands.follow(hands.page.locator("tr", has_text=title).get_by_role("button", name="Restore"))
    expect(hands.page.locator(".messagelist")).to_contain_text("restored")
    assert "Nothing is lost." in read(reader, "/questions/")
    table(hands, "Questions")
    hands.follow(hands.page.locator("#result_list").get_by_role("link", name=title))
    hands.fill("Answer", "All is lost.")
    hands.button(SAVE)
    hands.link("History")
    hands.follow(hands.page.locator("main table tbody tr").nth(1).get_by_role("link"))
    hands.button("Revert")
    expect(hands.page.locator(".messagelist")).to_be_visible()
    assert "Nothing is lost." in read(reader, "/questions/")


def test_be_told_that_an_answer_is_too_long_and_lose_nothing_of_it(hands):
    words = "All of it. " * 2800
    new_question(hands, f"How long is it by {hands.name}?", words)
    hands.button(SAVE)
    expect(hands.page.locator(".errorlist").first).to_contain_text("20,000")
    assert hands.page.get_by_label("Answer").input_value().strip() == words.strip()


def refused(hands, words):
    """Press Publish, and see a message beside a field that has these words."""
    hands.button("Publish", exact=True)
    expect(hands.page.locator(".errorlist").filter(has_text=words)).to_be_visible()


def test_be_stopped_at_dates_and_numbers_that_cannot_be_right(hands):
    table(hands, "Measures")
    hands.link("Add measure")
    hands.select("Resolution", "Resolution 2375 (2017)")
    for wrong, words in (("01/06/2026", "June"), ("2016-01-01", "adopted"), ("2107-09-12", "too late")):
        hands.fill("In force from", wrong)
        refused(hands, words)
    table(hands, "Resolutions")
    hands.link("Add resolution")
    hands.fill("Number", "2900")
    hands.fill("Adopted", "2026-01-05")
    hands.fill("Title", "Resolution 2190 (2062)")
    refused(hands, "2190")
    table(hands, "Annotations")
    hands.link("Add annotation")
    hands.fill("Text", "A note of another century.")
    hands.select("Dataset", "China–DPRK trade by Chinese province")
    hands.fill("Year", "2107")
    refused(hands, "2107")


ENDS = {"mouse": ("2024-06-30", "30 June 2024"), "keyboard": ("2025-12-31", "31 December 2025")}


def test_end_a_measure_by_a_draft_and_say_what_took_its_place(hands, reader):
    day, words = ENDS[hands.name]
    table(hands, "Measures")
    hands.follow(hands.page.locator("#result_list").get_by_role("link", name="textiles").first)
    hands.fill("In force until", day)
    hands.select("Ended by resolution", "Resolution 2397 (2017)")
    hands.button("Save as draft")
    assert words not in read(reader, "/sanctions/2375/")
    hands.button("Publish now")
    assert words in read(reader, "/sanctions/2375/")


def test_the_second_of_two_editors_sees_the_difference_before_saving(hands, colleague):
    title = f"Who was first by {hands.name}?"
    new_question(hands, title)
    hands.button(SAVE)
    kim = colleague("kim")
    kim.page.goto(hands.page.url)
    expect(kim.page.locator(".other-editor")).to_contain_text("opened this form")
    hands.fill("Answer", "The one wrote this.")
    hands.button(SAVE)
    kim.fill("Answer", "The other wrote that.")
    kim.button(SAVE)
    difference = kim.page.get_by_role("region", name="Table of differences")
    for words in ("The one wrote this.", "The other wrote that."):
        expect(difference).to_contain_text(words)
    kim.button(SAVE)
    expect(kim.page.locator(".messagelist")).to_contain_text("changed")


def test_change_the_name_of_the_site_and_take_it_back(hands, reader):
    table(hands, "Site texts")
    hands.link("Name of the site")
    hands.fill("Words", "Amnok")
    hands.button("Publish", exact=True)
    expect(hands.page.locator(".messagelist")).to_be_visible()
    assert "Amnok" in read(reader, "/")
    table(hands, "Site texts")
    hands.link("Name of the site")
    hands.fill("Words", "")
    hands.button("Publish", exact=True)
    expect(hands.page.locator(".messagelist")).to_be_visible()
    assert "Yalu" in read(reader, "/")


def test_review_an_answer_after_new_figures(hands):
    title = f"What does Hainan sell by {hands.name}?"
    new_question(hands, title)
    hands.fill("About:", "CN-HI", exact=True)
    hands.button(SAVE)
    value = {"mouse": 41, "keyboard": 42}[hands.name]
    rows = f"province,year,flow,reported_usd\nCN-HI,2016,to_dprk,{value}\n"
    upload(hands, {"name": "hainan.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    publish(hands, "Hainan corrected.")
    desk(hands)
    hands.link("published answer")
    hands.follow(hands.page.locator("#result_list tbody th").get_by_role("link", name=title))
    expect(hands.page.locator(".reviews")).to_contain_text("changed figures of which this question speaks")
    hands.button("Reviewed: still right")
    expect(hands.page.locator(".messagelist")).to_contain_text("still right")
    expect(hands.page.locator(".reviews")).not_to_contain_text("changed figures")


def pick(hands, direction, year):
    """Pick a value of China's totals in the dialog, and see it before it is put into the answer."""
    hands.button("Insert a live figure", stays=True)
    hands.select("Direction", direction)
    hands.fill("Year or month", year)
    hands.button("Show the figure", stays=True)
    shown = hands.page.locator("#picker strong")
    expect(shown).to_contain_text("US$")
    words = shown.inner_text()
    hands.button("Insert this figure", stays=True)
    expect(hands.page.locator("dialog")).not_to_be_visible()
    return words


def test_write_a_question_with_two_live_figures(hands):
    new_question(hands, f"What was sold by {hands.name}?")
    hands.fill("Answer", "China sold ")  # and the cursor stays behind it
    sold = pick(hands, "Chinese exports to the DPRK", "2017")
    hands.page.keyboard.insert_text(" and bought ")
    bought = pick(hands, "Chinese imports from the DPRK", "2018")
    assert hands.page.get_by_label("Answer").input_value() == (
        "China sold {{ value to_dprk all 2017 china-totals }} and bought {{ value from_dprk all 2018 china-totals }}"
    )
    hands.button(SAVE)
    hands.link("View on site")
    assert f"China sold {sold} and bought {bought}" in hands.page.locator("main").inner_text()


def test_be_told_beside_the_field_that_a_token_is_wrong(hands):
    new_question(hands, f"What is wrong by {hands.name}?", "It was {{ value frm_dprk 27 2016 }}.")
    refused(hands, "“frm_dprk” is not a direction. Write to_dprk, from_dprk or total. Did you mean “from_dprk”?")
    hands.fill("About:", "2799", exact=True)
    refused(hands, "There is no “2799” on this site. Nearest: 27")


def test_archive_a_question_whose_link_says_so(hands, reader):
    title = f"What is archived by {hands.name}?"
    new_question(hands, title)
    hands.button(SAVE)
    address = hands.page.get_by_role("link", name="View on site").get_attribute("href")
    show(hands, "archived")
    hands.button(SAVE)
    assert title not in read(reader, "/questions/")
    reader.goto(address)
    gone = reader.locator(":target")
    expect(gone).to_be_visible()
    expect(gone).to_contain_text("has been archived")


def test_move_a_question_in_the_list(hands):
    table(hands, "Questions")
    names = hands.page.locator("#result_list tbody th a")
    first, second = names.all_inner_texts()[:2]
    if hands.name == "keyboard":
        hands.reach(hands.page.locator("[data-order-at]").first)
        hands.key("Alt+ArrowDown")
    else:
        hands.page.locator(".order-handle").first.drag_to(
            hands.page.locator("#result_list tbody tr").nth(1), target_position={"x": 40, "y": 38}
        )
    expect(hands.page.locator(".order-said")).to_contain_text("is number 2 of the")
    hands.page.reload()
    assert names.all_inner_texts()[:2] == [second, first]
