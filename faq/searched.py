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
SHORT = 40  # characters
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
            "text": _first_sentences(answer),
            "said": "question answer",
            "body": _plain(answer).replace(MARK, " "),
            "weight": 90,
        }


def _plain(html):
    return " ".join(unescape(strip_tags(html)).split())


def _first_sentences(html):
    """What can be quoted without a figure, for those change: a sentence, or two where the first is short."""
    all_of_them = (one for paragraph in PARAGRAPH.findall(html) for one in SENTENCE.findall(_plain(paragraph)))
    quoted = [one.strip() for one in all_of_them if MARK not in one]
    return " ".join(quoted[: 2 if quoted and len(quoted[0]) < SHORT else 1])
