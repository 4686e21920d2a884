"""Answers as HTML, and their description for machines, for the templates of pages that show questions."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from faq import answers_shown
from web.json_ld import data_block

register = template.Library()


@register.filter
def as_html(text: str, below: int = 2) -> SafeString:
    """Turn an answer's Markdown into HTML below a heading of that level: {{ question.shown|as_html:3 }}."""
    return answers_shown.as_html(text, below)


@register.filter
def in_short(text: str) -> str:
    """The first paragraph of an answer, as text: {{ question.shown|in_short }}."""
    return answers_shown.as_text(text).partition("\n")[0]


@register.simple_tag(takes_context=True)
def questions_json_ld(context, questions) -> str:
    """Describe the questions of the page of all, with what it shows of their answers; nothing where there are none."""
    described = _faq_page(questions, reverse("questions"), _("Questions and answers"))
    return data_block(context, described) if questions else ""


@register.simple_tag(takes_context=True)
def one_question_json_ld(context, question, url: str = "") -> str:
    """Describe the one answer that a page shows, its own or that of a chart; nothing without a question."""
    return data_block(context, _faq_page([question], url, question.question)) if question else ""


def _faq_page(questions, url, name):
    url = url or questions[0].get_absolute_url() if questions else url
    described = {"@context": "https://schema.org/", "@type": "FAQPage", "@id": f"{url}#questions", "url": url}
    return described | {"name": name, "mainEntity": [_question(question) for question in questions]}


@register.filter
def of_groups(groups: list) -> list:
    """The questions of all groups, [(heading, questions)], in one list."""
    return [question for _heading, questions in groups for question in questions]


def _question(question):
    text, url = answers_shown.as_text(question.shown), question.get_absolute_url()
    answer = {"@type": "Answer", "text": text, "url": url}
    return {"@type": "Question", "name": question.question, "url": url, "acceptedAnswer": answer}
