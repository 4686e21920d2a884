"""What `search` finds of the questions: those that readers see, in the form of search/index.py."""

import re
from collections.abc import Iterator
from html import unescape

from django.utils.html import strip_tags

from faq.models import Question
from site_texts import markdown

LIVE_FIGURE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
SENTENCE = re.compile(r"[^.!?。]+[.!?。]+")
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
MARK = "\ufffc"  # where a live figure stood


def search_entries() -> Iterator[dict]:
    """The published questions; one query."""
    for question in Question.objects.published():
        answer = markdown.render(LIVE_FIGURE.sub(MARK, question.answer))
        yield {
            "key": f"question-{question.slug}",
            "kind": "question",
            "title": question.question,
            "url": question.get_absolute_url(),
            "text": _first_sentence(answer),
            "said": "question answer",
            "body": _plain(answer).replace(MARK, " "),
            "weight": 90,
        }


def _plain(html):
    return " ".join(unescape(strip_tags(html)).split())


def _first_sentence(html):
    """The first sentence of a paragraph that can be quoted without a figure: those change with a release."""
    sentences = (one for paragraph in PARAGRAPH.findall(html) for one in SENTENCE.findall(_plain(paragraph)))
    return next((one.strip() for one in sentences if MARK not in one), "")
