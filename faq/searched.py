"""What `search` finds of the questions: those that readers see, in the form of search/index.py."""

import re
from collections.abc import Iterator

from django.utils.html import strip_tags

from faq.models import Question
from site_texts import markdown

LIVE_FIGURE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
SENTENCE = re.compile(r"[^.!?。]+[.!?。]+")
MARK = "\x00"  # where a live figure stood


def search_entries() -> Iterator[dict]:
    """The published questions; one query."""
    for question in Question.objects.published():
        answer = _plain(question.answer)
        yield {
            "key": f"question-{question.slug}",
            "kind": "question",
            "title": question.question,
            "url": question.get_absolute_url(),
            "text": _first_sentence(answer),
            "said": "question answer",
            "body": answer.replace(MARK, " "),
            "weight": 90,
        }


def _plain(answer):
    """An answer without its markup, with a mark for each live figure: what those say changes with a release."""
    return " ".join(strip_tags(markdown.render(LIVE_FIGURE.sub(MARK, answer))).replace("\ufffd", MARK).split())


def _first_sentence(answer):
    """The first sentence that can be quoted without a figure."""
    return next((one.strip() for one in SENTENCE.findall(answer) if MARK not in one), "")
