"""The first words: resolutions, measures and questions from the files in data/, for the editors to take over.

What was ever here is not loaded again: an editor's change stays, and so does a deletion. The history tells.
"""

import csv
import re
from pathlib import Path

from django.conf import settings
from django.db import transaction

from faq.models import Measure, Question, Resolution

DATA = Path(settings.BASE_DIR) / "data"
QUESTION = re.compile(r"# (?P<question>.+)\npage: (?P<page>\w+)\n\n(?P<answer>.+)\n", re.DOTALL)


@transaction.atomic
def load() -> dict:
    """Load the first resolutions, measures and questions; return the account of it.

    {"created": 71, "unchanged": 0} the first time, {"created": 0, "unchanged": 71} the second.
    The chapters must be there (trade.reference.load): the codes of measures refer to them.
    """
    accounts = [
        _create(Resolution, ["number"], _resolutions()),
        _create(Measure, ["resolution_id", "paragraph", "goods"], _measures()),
        _create(Question, ["slug"], _questions()),
    ]
    return {word: sum(account[word] for account in accounts) for word in accounts[0]}


def _create(model, key, rows) -> dict:
    """Save the rows whose key was never in the table; each gets its first line of history."""
    known = set(model.history.values_list(*key)) | set(model.objects.values_list(*key))
    new = [row for row in rows if tuple(getattr(row, name) for name in key) not in known]
    count = len(new)
    for row in new:
        row._change_reason = "first words"
        row.full_clean()
        row.save(force_insert=True)
    return {"created": count, "unchanged": len(rows) - count}


def _rows(name):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _resolutions():
    return [
        Resolution(
            number=int(row["number"]),
            adopted=row["adopted"],
            title=f"Resolution {row['number']} ({row['adopted'][:4]})",
            url=row["url"],
            summary=row["summary"],
        )
        for row in _rows("resolutions.csv")
    ]


def _measures():
    return [
        Measure(
            resolution_id=int(row["resolution"]),
            position=position,
            paragraph=row["paragraph"],
            direction=row["direction"],
            category=row["category"],
            kind=row["kind"],
            goods=row["goods"],
            codes_stated=row["hs_codes_stated_in_text"],
            codes_text=row["hs_codes_for_matching"],
            measure=row["measure"],
            effective_from=row["effective_from"] or None,
            wind_down_or_cap=row["wind_down_or_cap"],
            exemptions=row["main_exemptions"],
            basis=row["basis"],
        )
        for position, row in enumerate(_rows("sanctions.csv"), start=1)
    ]


def _questions():
    """One file a question; its name holds position and slug: "060-crude-oil.md"."""
    questions = []
    for path in sorted((DATA / "questions").glob("*.md")):
        position, slug = path.stem.split("-", 1)
        found = QUESTION.fullmatch(path.read_text(encoding="utf-8"))
        questions.append(Question(slug=slug, position=int(position), **found.groupdict()))
    return questions
