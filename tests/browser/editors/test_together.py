"""Tasks in which something comes between: a colleague, another release, the end of a session; by mouse and keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.editors.conftest import log_in
from tests.browser.editors.steps import BUSY, confirm, discard, publish, upload, warnings
from tests.browser.editors.workbooks import published, wide

pytestmark = pytest.mark.browser
END_SESSIONS = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"


def test_lose_nothing_when_the_session_ends(hands, site):
    upload(hands, wide({("Yunnan", 2015): published(hands.page)["Yunnan", "to_dprk", 2015] + 3}))
    confirm(hands, "Typed while the session ended.")
    site.manage("shell", "-c", END_SESSIONS)
    hands.button("Publish as the next release")
    log_in(hands.page, site.username)
    expect(hands.page.locator(".messagelist")).to_contain_text("Your session had ended")
    expect(hands.page.locator(".state")).to_have_text("ready to publish")
    expect(hands.page.get_by_label("Note for readers")).to_have_value("Typed while the session ended.")
    expect(hands.page.get_by_label("correction", exact=True)).to_be_checked()
    assert all(box.is_checked() for box in warnings(hands).locator("input[type=checkbox]").all())
    discard(hands)


def test_keep_the_note_where_a_colleague_publishes_the_same_upload_first(hands, colleague):
    kim = colleague("kim")
    upload(hands, wide({("Yunnan", 2016): published(hands.page)["Yunnan", "to_dprk", 2016] + 3}))
    kim.page.goto(hands.page.url)
    confirm(kim, "Kim’s note.")
    publish(hands, "The first note.")
    kim.button("Publish as the next release")
    expect(kim.page.locator(".messagelist")).to_contain_text("“The first note.”")
    expect(kim.page.locator(".unused")).to_have_text("Kim’s note.")
    hands.effort.add(kim.effort)


def test_keep_note_and_ticks_where_another_release_comes_first(hands, colleague):
    kim = colleague("kim")
    upload(hands, wide({("Yunnan", 2017): published(hands.page)["Yunnan", "to_dprk", 2017] + 3}))
    confirm(hands, "Three dollars of Yunnan.")
    upload(kim, wide({("Hainan", 2014): published(hands.page)["Hainan", "to_dprk", 2014] + 5}))
    publish(kim, "Kim was first.")
    hands.button("Publish as the next release")
    expect(hands.page.locator(".state")).to_have_text("ready to publish", timeout=BUSY)
    expect(hands.page.get_by_label("Note for readers")).to_have_value("Three dollars of Yunnan.")
    hands.tick(warnings(hands).locator("input[type=checkbox]"))
    hands.button("Publish as the next release")
    expect(hands.page.locator(".state")).to_have_text("published", timeout=BUSY)
    hands.effort.add(kim.effort)
