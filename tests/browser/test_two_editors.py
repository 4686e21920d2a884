"""Two editors at once, in two browsers: notes that stay, hours, previews, sessions that end, words edited twice."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.pages import PHONE, violations
from tests.browser.test_desk import upload, workbook
from tests.browser.test_in_place import choose, opened, still_the_same

pytestmark = pytest.mark.browser

ACCOUNT = """
from django.contrib.auth.models import User
user, made = User.objects.get_or_create(username="kim", defaults={"is_staff": True, "is_superuser": True})
user.set_password("a-long-password-for-the-tests")
user.save()
"""
END_SESSIONS = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"
NEXT_QUESTION = "from faq.models import Question; print(Question.objects.order_by('pk').first().pk)"


@pytest.fixture
def kim(site, new_page):
    """The page of a second editor, in a browser of her own."""
    site.manage("shell", "-c", ACCOUNT)
    page = new_page()
    page.goto("/admin/")
    log_in(page, site)
    return page


def log_in(page, site):
    page.get_by_label("Username").fill("kim")
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.locator("#logout-form").wait_for()


def staged(page, *values):
    """Upload a workbook that changes something, and stand on the page of its upload."""
    expect(upload(page, "by hand.xlsx", workbook(*values))).to_have_text("ready to publish")
    return page.url


def tick_all(page):
    for box in page.locator("fieldset.warnings input[type=checkbox]").all():
        box.check()


def note(page):
    return page.get_by_label("Note for readers")


def test_the_second_who_publishes_keeps_the_own_note_and_sees_who_was_first(kim, editor):
    kim.goto(staged(editor, [1_000_011, 2_000_011], [3_000_011, 4_000_011]))
    for page, words in ((editor, "The editor’s note."), (kim, "Kim’s note.")):
        tick_all(page)
        page.get_by_label("correction").check()
        note(page).fill(words)
        expect(page.locator(".kept")).to_have_text("Draft saved.")
    kim.locator("input[name=q]").fill("ln")
    kim.get_by_role("button", name="Show", exact=True).press("Enter")
    kim.wait_for_url("**q=ln**")
    expect(note(kim)).to_have_value("Kim’s note.")
    expect(kim.get_by_label("correction")).to_be_checked()
    editor.get_by_role("button", name="Publish as the next release").click()
    kim.get_by_role("button", name="Publish as the next release").click()
    told = kim.locator(".messagelist")
    expect(told).to_contain_text("Editor published this upload at")
    expect(told).to_contain_text("“The editor’s note.”")
    expect(kim.locator(".unused")).to_have_text("Kim’s note.")
    for page in (editor, kim):
        expect(page.locator(".state")).to_have_text("published", timeout=120_000)
    expect(kim.locator(".unused")).to_have_text("Kim’s note.")
    assert violations(kim, "#content") == []


def test_a_session_that_ends_loses_nothing_and_publishes_nothing(kim, site):
    address = staged(kim, [1_000_021, 2_000_021], [3_000_021, 4_000_021])
    tick_all(kim)
    kim.get_by_label("correction").check()
    site.manage("shell", "-c", END_SESSIONS)
    note(kim).fill("Typed while the session ended.")
    kim.get_by_role("button", name="Publish as the next release").click()
    log_in(kim, site)
    kim.wait_for_url(f"**{urlsplit(address).path}")
    expect(kim.locator(".messagelist")).to_contain_text("Your session had ended")
    expect(kim.locator(".state")).to_have_text("ready to publish")
    expect(note(kim)).to_have_value("Typed while the session ended.")
    expect(kim.get_by_label("correction")).to_be_checked()
    assert all(box.is_checked() for box in kim.locator("fieldset.warnings input[type=checkbox]").all())


def test_a_preview_is_shown_to_whoever_has_its_link_and_an_hour_is_planned_and_called_off(kim, new_page):
    staged(kim, [1_000_031, 2_000_031], [3_000_031, 4_000_031])
    tick_all(kim)
    kim.get_by_label("correction").check()
    note(kim).fill("As a colleague shall see it.")
    kim.get_by_role("button", name="Preview the public pages").click()
    link = kim.get_by_role("link", name="Open the preview")
    link.wait_for(timeout=120_000)
    assert violations(kim, "#content") == []
    colleague = new_page(viewport=PHONE)
    home = link.get_attribute("href")
    colleague.goto(home)
    expect(colleague.locator(".preview-mark")).to_contain_text("Preview, not published.")
    assert violations(colleague, "body") == []
    opened(colleague, f"{home}provinces/")
    choose(colleague, "2016")
    colleague.wait_for_url(f"{home}provinces/?year=2016")
    expect(colleague.locator("main")).to_contain_text("2,000,031")
    assert still_the_same(colleague)
    colleague.get_by_role("navigation", name="Main").get_by_role("link", name="Data").click()
    expect(colleague.locator(".preview-mark")).to_be_visible()
    assert colleague.url.startswith(home)
    kim.get_by_role("link", name="Back to the upload").click()
    at = datetime.now(UTC) + timedelta(days=2)
    tick_all(kim)
    kim.get_by_label("Publish at").fill(f"{at:%Y-%m-%dT%H:%M}")
    kim.get_by_role("button", name="Publish as the next release").click()
    expect(kim.get_by_role("heading", name="To be published on")).to_contain_text(f"{at.day} {at:%B %Y, %H:%M} UTC")
    assert violations(kim, "#content") == []
    kim.get_by_role("button", name="Call off the publication").click()
    expect(kim.locator(".state")).to_have_text("ready to publish")
    expect(note(kim)).to_have_value("As a colleague shall see it.")
    colleague.reload()
    expect(colleague.locator(".preview-mark")).to_be_visible()
    kim.get_by_role("button", name="Discard this upload").click()
    expect(kim.locator(".state")).to_have_text("discarded")
    ended = colleague.request.get(home)
    assert ended.status == 410
    assert "This preview has ended" in ended.text()


def test_the_second_of_two_editors_of_a_question_sees_the_difference_and_the_page_shows_what_was_saved(
    kim, editor, site
):
    address = f"/admin/faq/question/{site.manage('shell', '-c', NEXT_QUESTION).split()[-1]}/change/"
    editor.goto("/questions/")
    editor.goto(address)
    kim.goto(address)
    expect(kim.locator(".other-editor")).to_contain_text("opened this form")
    editor.get_by_label("Answer").first.fill("What the editor wrote, a moment ago.")
    editor.get_by_role("button", name="Publish and continue editing").first.click()
    editor.get_by_role("link", name="View on site").click()
    expect(editor.locator("main")).to_contain_text("What the editor wrote, a moment ago.")
    kim.get_by_label("Answer").first.fill("What Kim wrote.")
    kim.get_by_role("button", name="Publish and continue editing").first.click()
    rows = kim.get_by_role("region", name="Table of differences")
    expect(rows).to_contain_text("What the editor wrote, a moment ago.")
    expect(rows).to_contain_text("What Kim wrote.")
    assert violations(kim, "#content") == []
    kim.get_by_role("button", name="Publish and continue editing").first.click()
    kim.get_by_role("link", name="View on site").click()
    expect(kim.locator("main")).to_contain_text("What Kim wrote.")
    editor.goto("/questions/")
    expect(editor.locator("main")).to_contain_text("What Kim wrote.")
