"""Makes an answer what readers get: with its live figures, as HTML for pages and as plain text for machines."""

import html
import re
from collections.abc import Iterable

import nh3
from django.urls import reverse
from django.utils.safestring import SafeString

from faq.models import Question
from faq.provided import figures
from site_texts import markdown

BLOCK_ENDS = re.compile(r"(</(?:p|li|tr|h\d|pre|blockquote)>|<br>)\s*")
ANOTHER = re.compile(r"(\]\(|\]: *)#question-")  # a link to another answer, as it stands in Markdown
CELL_ENDS = re.compile(r"</t[dh]>\s*(?=<t)")
PLAIN = nh3.Cleaner(tags=set())


def with_figures(questions: Iterable[Question], frozen: dict | None = None) -> list[Question]:
    """The questions, each with `shown`: its Markdown with the values of the newest releases in place of the tokens.

    `frozen` names releases that the page shows instead: {"china-totals": 2}. At most one query.
    """
    live, found = figures().Figures(frozen), list(questions)
    for question in found:
        question.shown = live.resolved(question.answer)
    return found


def as_html(text: str, below: int = 2) -> SafeString:
    """Turn an answer's Markdown into HTML below a heading of that level; links to other answers lead to their page."""
    return markdown.render(ANOTHER.sub(rf"\1{reverse('questions')}#question-", text), below)


def as_text(text: str) -> str:
    """Turn an answer's Markdown into the text that its HTML shows, a line a paragraph, item or row of a table."""
    spaced = CELL_ENDS.sub(" | ", BLOCK_ENDS.sub(r"\1\n", markdown.render(text)))
    lines = html.unescape(PLAIN.clean(spaced)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
