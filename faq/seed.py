"""The first questions, from the files in data/questions/, for the editors to take over."""

import re
from pathlib import Path

from django.conf import settings
from django.db import transaction

from faq.models import Question
from tables import first_rows

DATA = Path(settings.BASE_DIR) / "data"
HEAD = r"# (?P<question>[^\n]+)\npage: (?P<page>\w+)\n(?:about: (?P<about>[^\n]+)\n)?\n"
QUESTION = re.compile(HEAD + r"(?P<answer>.+)\n", re.DOTALL)


@transaction.atomic
def load() -> dict:
    """Load the first questions; return the account: {"created": 25, "updated": 0, "unchanged": 0} the first time."""
    return first_rows.load(Question, ["slug"], _questions())


def _questions():
    """One file a question; its name holds position and slug: "060-crude-oil.md"."""
    questions = []
    for path in sorted((DATA / "questions").glob("*.md")):
        position, slug = path.stem.split("-", 1)
        found = QUESTION.fullmatch(path.read_text(encoding="utf-8"))
        questions.append(Question(slug=slug, position=int(position), **found.groupdict(default="")))
    return questions
