"""Tasks of an administrator: a new dataset, whether readers see it, who may publish; by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.editors.conftest import log_in
from tests.browser.editors.steps import BUSY, confirm, desk, discard, publish, table, upload
from tests.browser.editors.workbooks import published, wide

pytestmark = pytest.mark.browser
PASSWORD = "a-very-long-password-42"


def test_start_a_dataset_of_another_partner_and_show_close_and_hide_it(hands, reader):
    title, slug = f"Russia–DPRK trade, totals by {hands.name}", f"russia-totals-{hands.name}"
    table(hands, "Datasets")
    hands.link("Add dataset")
    hands.fill("Title", title)
    hands.fill("Identifier", slug)
    hands.select("Kind", "totals")
    hands.fill("Description", "Trade of Russia with the DPRK, by year.")
    hands.fill("Partner", "Russia")
    hands.fill("Reporter", "Russia")
    hands.fill("Valuation of exports", "FOB")
    hands.fill("Valuation of imports", "CIF")
    hands.fill("Source", "Federal Customs Service of Russia", exact=False)
    hands.fill("Licence", "Public domain", exact=False)
    hands.button("Save", exact=True)
    expect(hands.page.locator(".messagelist")).to_contain_text("added")
    upload(hands, totals(title="Russia's trade with the DPRK, US$"), dataset=f"{title} (draft)")
    expect(hands.page.locator(".state")).to_have_text("ready to publish")
    publish(hands, "The first figures.", kind="scheduled revision")
    assert reader.request.get(f"/data/{slug}/").status == 404
    for state, status in (("published", 200), ("closed", 200), ("hidden", 404)):
        set_state(hands, title, state)
        assert reader.request.get(f"/data/{slug}/").status == status
    reader.goto("/totals/")
    expect(reader.locator("main")).to_contain_text("China–DPRK")
    assert slug not in reader.request.get("/data/").text()


def set_state(hands, title, state):
    table(hands, "Datasets")
    hands.follow(hands.page.locator("#result_list").get_by_role("link", name=title))
    option = hands.page.get_by_label("State").locator("option", has_text=re.compile(f"^{state}"))
    hands.select("State", option.inner_text())
    hands.button("Save", exact=True)
    expect(hands.page.locator(".messagelist")).to_be_visible()


def totals(title):
    text = f"{title}\nyear,flow,reported_usd\n2021,to_dprk,44890\n2021,from_dprk,1000\n2022,to_dprk,12345\n"
    return {"name": "totals.csv", "mimeType": "text/csv", "buffer": text.encode()}


def test_let_a_second_person_publish(hands, colleague):
    kim, lee = colleague(f"kim-{hands.name}", "Uploader"), colleague(f"lee-{hands.name}", "Publisher")
    value = published(hands.page)["Fujian", "to_dprk", 2017] + 3
    upload(kim, wide({("Fujian", 2017): value}))
    kim.fill("Note for readers", "Three dollars more, by Kim.")
    kim.button("Save draft")
    expect(kim.page.get_by_role("button", name="Publish as the next release")).to_have_count(0)
    desk(lee)
    lee.follow(lee.page.get_by_role("region", name="Waiting for you").get_by_role("link").first)
    expect(lee.page.get_by_label("Note for readers")).to_have_value("Three dollars more, by Kim.")
    confirm(lee, "Three dollars more, by Kim.")
    lee.button("Publish as the next release")
    expect(lee.page.locator(".state")).to_have_text("published", timeout=BUSY)
    assert published(hands.page)["Fujian", "to_dprk", 2017] == value
    hands.effort.add(kim.effort)
    hands.effort.add(lee.effort)


def test_refuse_that_the_one_who_uploads_publishes(hands, site):
    title = "China–DPRK trade by Chinese province"
    needs_second(hands, title)
    try:
        upload(hands, wide({("Hainan", 2017): published(hands.page)["Hainan", "to_dprk", 2017] + 3}))
        expect(hands.page.locator("[aria-labelledby=publish]")).to_contain_text("second person")
        expect(hands.page.get_by_role("button", name="Publish as the next release")).to_have_count(0)
        discard(hands)
    finally:
        needs_second(hands, title)


def needs_second(hands, title):
    table(hands, "Datasets")
    hands.follow(hands.page.locator("#result_list").get_by_role("link", name=title))
    hands.press(hands.page.get_by_label("Needs a second person"))
    hands.button("Save", exact=True)
    expect(hands.page.locator(".messagelist")).to_be_visible()


def test_make_an_account_with_a_group(hands, new_page):
    name = f"new-{hands.name}"
    table(hands, "Users")
    hands.link("Add user")
    hands.fill("Username", name)
    for label in ("Password:", "Password confirmation:"):
        hands.fill(label, PASSWORD, exact=True)
    hands.button("Save and continue editing")
    hands.press(hands.page.get_by_label("Staff status"))
    hands.choose_one_of_many(hands.page.locator("select").and_(hands.page.get_by_label("Available groups")), "Uploader")
    hands.press(hands.page.locator(".selector-add, .selector-chooser button").first)
    hands.button("Save", exact=True)
    expect(hands.page.locator(".messagelist")).to_contain_text("changed")
    made = new_page()
    made.goto("/admin/")
    log_in(made, name, PASSWORD)
    expect(made.get_by_role("link", name="Upload new figures")).to_be_visible()
