"""Nothing that an editor types can run: each of a hundred injections, through each text and in each form of a page."""

import json
import re

import pytest

from faq.answers_shown import as_html, as_text, with_figures
from faq.models import Question
from site_texts import markdown
from tests.attacks import addresses, injections, markup
from tests.attacks.test_xss import wrong_in
from tests.samples import some
from web.json_ld import data_block

publish = injections.publish
PAGES = ["/", "/totals/", "/provinces/", "/provinces/cn-ln/", "/commodities/27/", "/commodities/2701/", "/questions/",
         "/sanctions/", "/sanctions/1000/", "/sanctions/1020/", "/data/", "/data/releases.atom",
         "/commodities/2701.csv",
         "/commodities/2701.xlsx", "/commodities/2701.json", "/commodities/2701.svg", "/provinces.csv", "/sitemap.xml",
         "/api/v1/questions", "/api/v1/sanctions", "/embed/commodities/2701/", "/search/?q=xss-mark"]  # fmt: skip


def test_there_are_enough_of_them():
    assert len(set(injections.ALL)) >= 60


@pytest.mark.parametrize("text", injections.ALL)
def test_markdown_of_an_editor_is_inert(text):
    for html in (markdown.render(text), as_html(f"x {text}\n\n{text}", 3)):
        assert markup.what_runs(list(markup.elements(html))) == []


@pytest.mark.parametrize("text", injections.ALL)
def test_what_machines_are_told_is_inert(text):
    for told in (text, as_text(text)):
        block = data_block({}, {"@type": "FAQPage", "name": told})
        [element] = [one for one in markup.elements(f"<p>{block}</p>") if one.name == "script"]
        assert markup.what_runs(list(markup.elements(block))) == []
        assert json.loads(element.text)["name"] == told


@pytest.mark.slow
def test_live_figures_and_templates_are_not_run_from_within_one(site):
    for question in with_figures(Question.objects.all()):
        html = as_html(question.shown)
        assert markup.what_runs(list(markup.elements(html))) == []
        assert not re.search(r"\b49\b", html)
        assert "{{ settings.SECRET_KEY }}" in html or "SECRET_KEY" not in question.answer


@pytest.mark.slow
@pytest.mark.parametrize("address", PAGES)
def test_no_page_feed_file_or_api_runs_one(site, client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert wrong_in(answer) == []


@pytest.mark.slow
def test_the_page_of_each_question_and_resolution_shows_it_as_text(site, client):
    for number in some(range(len(injections.planted())), 12):
        for address in (f"/questions/q{number}/", f"/sanctions/{1000 + number}/"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert wrong_in(answer) == [], address


@pytest.mark.soak
def test_no_other_public_address_runs_one(site, client):
    wrong = {address: found for address in addresses.public() if (found := wrong_in(client.get(address)))}
    assert wrong == {}


@pytest.mark.slow
def test_the_desk_shows_them_as_text(site, admin_client):
    first = Question.objects.first()
    pages = ["/admin/", "/admin/faq/question/", f"/admin/faq/question/{first.pk}/change/",
             "/admin/faq/question/figures/", f"/admin/faq/question/{first.pk}/history/",
             "/admin/sanctions/measure/", "/admin/sanctions/event/"]  # fmt: skip
    for address in pages:
        answer = admin_client.get(address)
        assert answer.status_code == 200
        assert wrong_in(answer) == [], address
    for number, text in enumerate(injections.ALL):
        sent = {"dataset": "china-totals", "what": "value", "flow": "to_dprk", "key": text, "period": "2024"}
        if number % 8 == 0:
            assert wrong_in(admin_client.get("/admin/faq/question/figures/", sent)) == []
    for text in injections.ALL[::4]:
        assert wrong_in(admin_client.post("/admin/faq/question/preview/", {"answer": text})) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["0", "1", "2"])
def test_an_exported_table_of_them_holds_no_formula(site, admin_client, kind):
    assert wrong_in(admin_client.post("/admin/faq/question/export/", {"format": kind})) == []


def test_what_would_run_is_found():
    raw = [
        text for text in injections.HTML if re.search(r"<(script|svg|img|xss-mark|body|iframe)", text, re.IGNORECASE)
    ]
    found = [text for text in raw if markup.what_runs(list(markup.elements(text)))]
    assert len(found) > 20
