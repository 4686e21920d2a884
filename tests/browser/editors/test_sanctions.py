"""Tasks of an editor of sanctions: a resolution with its measures and their caps; by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.editors.steps import table
from tests.browser.editors.test_words import read

pytestmark = pytest.mark.browser
NUMBERS = {"mouse": "2901", "keyboard": "2902"}
YEARS = {"mouse": 2019, "keyboard": 2020}
MEASURES = [
    ("full ban", "from the DPRK", "fish oil", "1504", "2018-02-01"),
    ("cap", "to the DPRK", "bicycles", "8712; 8714 (part)", "2018-02-01"),
    ("ban with exemptions", "from the DPRK", "toys", "9503", "2018-03-01"),
]


def field(hands, row, name):
    return hands.page.locator(f"#id_measures-{row}-{name}")


def measure(hands, row, kind, direction, goods, codes, since):
    hands.button("Add another Measure", stays=True)
    hands.choose(field(hands, row, "direction"), direction)
    hands.choose(field(hands, row, "category"), "other")
    hands.choose(field(hands, row, "kind"), kind)
    hands.write(field(hands, row, "goods"), goods)
    hands.write(field(hands, row, "measure"), f"Trade in {goods} is limited")
    hands.write(field(hands, row, "codes_text"), codes)
    hands.write(field(hands, row, "effective_from"), since)


def error_beside(hands, row, name):
    return hands.page.locator(f".field-{name}, .fieldBox.field-{name}").filter(has=field(hands, row, name)).first


def test_add_a_resolution_with_three_measures_and_be_told_of_a_wrong_code_and_a_wrong_day(hands, reader):
    number = NUMBERS[hands.name]
    table(hands, "Resolutions")
    hands.link("Add resolution")
    hands.fill("Number", number)
    hands.fill("Adopted", "1 February 2018")
    hands.fill("Title", f"Resolution {number} (2018)")
    for row, given in enumerate(MEASURES):
        measure(hands, row, *given)
    hands.write(field(hands, 0, "codes_text"), "15O4")
    hands.write(field(hands, 1, "effective_from"), "2017-01-31")
    hands.button("Publish", exact=True)
    expect(error_beside(hands, 0, "codes_text")).to_contain_text("“15O4” is not a list of HS codes")
    expect(error_beside(hands, 1, "effective_from")).to_contain_text("31 January 2017 is too early")
    assert field(hands, 2, "goods").input_value() == "toys"
    hands.write(field(hands, 0, "codes_text"), "1504")
    hands.write(field(hands, 1, "effective_from"), "2018-02-01")
    hands.button("Publish", exact=True)
    expect(hands.page.locator(".messagelist")).to_contain_text("added")
    page = read(reader, f"/sanctions/{number}/")
    for words in ("Fish oil", "Bicycles", "Toys", "Banned since 1 February 2018", "assigned by us"):
        assert words in page


def test_cap_a_measure_and_be_told_of_a_cap_that_cannot_be(hands, reader):
    table(hands, "Measures")
    hands.follow(hands.page.locator("#result_list").get_by_role("link", name="crude oil").first)
    hands.button("Add another Cap", stays=True)
    last = int(hands.page.locator("#id_caps-TOTAL_FORMS").input_value()) - 1
    cap = {
        name: hands.page.locator(f"#id_caps-{last}-{name}") for name in ("amount", "unit", "tonnes", "period", "since")
    }
    hands.write(cap["amount"], "7000000")
    hands.choose(cap["unit"], "tonnes")
    hands.write(cap["tonnes"], "7000000")
    hands.choose(cap["period"], "in each calendar year")
    year = YEARS[hands.name]
    hands.write(cap["since"], f"{year}-01-01")
    hands.button("Publish", exact=True)
    expect(hands.page.locator(".field-tonnes .errorlist")).to_contain_text("beside barrels only")
    hands.write(cap["tonnes"], "")
    hands.button("Publish", exact=True)
    expect(hands.page.locator(".messagelist")).to_contain_text("changed")
    pages = [read(reader, f"/sanctions/{number}/") for number in (2375, 2397)]
    assert f"7,000,000 tonnes in each calendar year from 1 January {year}" in " ".join(pages)
