"""Finds the answers whose figures newer releases have changed, and records that an editor looked at one."""

from typing import NamedTuple

from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from faq import speaks_of
from faq.models import Holding, Question, Reliance
from faq.provided import figures

REASON = "reviewed: still right"


class Outdated(NamedTuple):
    """A dataset whose newer releases changed what an answer speaks of."""

    dataset: str
    title: str
    holds_for: int  # the release for which the answer was last said to hold; 0 is none
    number: int  # the newest
    url: str


def outdated() -> dict[int, list[Outdated]]:
    """The questions to look at, by their key: {7: [Outdated("china-totals", …)]}; a query for each dataset."""
    found = {}
    for newest in figures().newest():
        for question, held in _changed_by(newest):
            one = Outdated(newest.dataset, newest.title, held, newest.number, newest.url)
            found.setdefault(question, []).append(one)
    return found


def _changed_by(newest):
    """The questions that rest on values which a dataset changed since they were said to hold: [(7, 2)]."""
    held = Holding.objects.filter(question=OuterRef("question"), dataset=newest.dataset).values("number")[:1]
    relied = Reliance.objects.filter(kind__in=[newest.kind, ""], dataset__in=[newest.dataset, ""])
    older = relied.annotate(held=Coalesce(Subquery(held), 0, output_field=models.IntegerField()))
    changed = older.filter(figures().changed(newest.dataset, newest.kind), held__lt=newest.number)
    return changed.values_list("question", "held").distinct()


@transaction.atomic
def record(question: Question, user) -> None:
    """Record that an editor read an answer today and found that it holds for the newest releases."""
    question.reviewed_on, question.reviewed_by = timezone.now().date(), user
    question._change_reason = REASON
    question.save()
    speaks_of.hold(question)


def settle() -> None:
    """Let the questions that hold for no release yet hold for those that stand, for which the first were written."""
    for question in Question.objects.filter(holdings=None):
        speaks_of.note(question)


def holds_for(question: Question) -> list[str]:
    """For which releases an answer was last said to hold, of the datasets that it rests on: ["China …, release 3"]."""
    numbers = dict(question.holdings.values_list("dataset", "number"))
    relied = list(question.reliances.values_list("kind", "dataset"))
    listed = []
    for newest in figures().newest():
        rests = any(kind in ("", newest.kind) and dataset in ("", newest.dataset) for kind, dataset in relied)
        if rests and (number := numbers.get(newest.dataset)):
            listed.append(_("%(dataset)s, release %(number)s") % {"dataset": newest.title, "number": number})
    return listed
