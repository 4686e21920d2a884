"""The questions beside a chart, for the templates of other pages, and their answers as HTML."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from faq.models import Question
from site_texts import markdown
from web.json_ld import data_block

register = template.Library()


@register.inclusion_tag("faq/_questions.html")
def questions(page: str) -> dict:
    """List the published questions of a page, each to be opened: {% questions "provinces" %}. One query."""
    return {"questions": Question.objects.on_page(page)}


@register.filter
def as_html(text: str, below: int = 2) -> SafeString:
    """Turn an answer's Markdown into HTML below a heading of that level: {{ question.answer|as_html:3 }}."""
    return markdown.render(text, below)


@register.simple_tag(takes_context=True)
def questions_json_ld(context, groups) -> str:
    """Describe questions and their answers, [(heading, questions)]; nothing where there are none."""
    asked = [question for _heading, questions in groups for question in questions]
    described = {
        "@context": "https://schema.org/",
        "@type": "FAQPage",
        "@id": reverse("questions"),
        "url": reverse("questions"),
        "name": _("Questions and answers"),
        "mainEntity": [_question(question) for question in asked],
    }
    return data_block(context, described) if asked else ""


def _question(question):
    answer = {"@type": "Answer", "text": question.answer, "url": question.get_absolute_url()}
    return {"@type": "Question", "name": question.question, "url": answer["url"], "acceptedAnswer": answer}
