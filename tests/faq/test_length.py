"""An answer that is too long is refused, with its length: by the form, by the preview, and by an import."""

import pytest
from django.urls import reverse

from faq.models import Question
from tests.tables.steps import faults, uploaded

FOUND = "30,000 characters found, at most 20,000 are possible. Shorten the text by 10,000."


@pytest.fixture
def page(admin_client, words):
    return reverse("admin:faq_question_change", args=[Question.objects.get(slug="crude-oil").pk])


def test_a_form_does_not_cut_a_long_answer_and_refuses_it(admin_client, page):
    form = admin_client.get(page).context["adminform"].form
    assert "maxlength" not in form.fields["answer"].widget.attrs
    sent = {"question": "Q?", "slug": "crude-oil", "page": "both", "position": "1", "state": "published"}
    sent["answer"] = "x" * 30_000
    answer = admin_client.post(page, sent)
    assert FOUND in answer.content.decode()
    assert answer.context["adminform"].form["answer"].value() == "x" * 30_000
    lines = "x\r\n" * 10_000  # 20,000 characters as the browser counts them
    assert admin_client.post(page, sent | {"answer": lines[:-2]}).status_code == 302


def test_the_preview_says_so_and_cuts_nothing(admin_client, words):
    answer = admin_client.post(reverse("admin:faq_question_preview"), {"answer": "x" * 30_000})
    assert answer.content.decode() == f'<p class="errornote">{FOUND}</p>'


def test_an_import_refuses_it(admin_client, words):
    answer = uploaded(admin_client, Question, f"slug,answer\ncrude-oil,{'x' * 30_000}\n")
    assert faults(answer) == [(2, "answer", FOUND)]
