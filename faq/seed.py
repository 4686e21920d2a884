"""The first questions, from the files in data/questions/, for the editors to take over."""

import re
from pathlib import Path

from django.conf import settings
from django.db import transaction

from faq.models import Question
from tables import first_rows

DATA = Path(settings.BASE_DIR) / "data"
QUESTION = re.compile(r"# (?P<question>.+)\npage: (?P<page>\w+)\n\n(?P<answer>.+)\n", re.DOTALL)


@transaction.atomic
def load() -> dict:
    """Load the first questions; return the account: {"created": 21, "updated": 0, "unchanged": 0} the first time."""
    return first_rows.load(Question, ["slug"], _questions())


def _questions():
    """One file a question; its name holds position and slug: "060-crude-oil.md"."""
    questions = []
    for path in sorted((DATA / "questions").glob("*.md")):
        position, slug = path.stem.split("-", 1)
        found = QUESTION.fullmatch(path.read_text(encoding="utf-8"))
        questions.append(Question(slug=slug, position=int(position), **found.groupdict()))
    return questions
