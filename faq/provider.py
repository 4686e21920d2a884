"""What `trade` may ask of the questions: settings.PROVIDERS names this module, so that `trade` need not import it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faq import answers_shown, reviewing
from faq.models import Question, Subject

REVIEWED = 10  # at the most of those that wait
BESIDE_A_CHART = 6  # questions on a page of charts: the one that fits best, and five to be unfolded


def questions(page: str = "") -> list[Question]:
    """The published questions with `shown`, all or those of a kind of page: "totals", "provinces", "commodities"."""
    found = Question.objects.on_page(page) if page else Question.objects.published()
    return answers_shown.with_figures(found)


def published() -> list[Question]:
    """The published questions without their answers, for lists of addresses."""
    return list(Question.objects.published().only("slug", "question"))


def beside(page: str, keys: Sequence[str], dataset: str, frozen: dict | None = None) -> list[Question]:
    """The questions that stand on a page of charts, with `shown`, the one that fits best first.

    `keys` are the page's thing and those above it: ["2701", "27", "v"]. Two queries at the most.
    """
    return answers_shown.with_figures(Question.objects.fitting(page, keys, dataset)[:BESIDE_A_CHART], frozen)


def terms() -> dict[str, str]:
    """Where each term of the charts is explained, by its published question: {"fob": "/questions/cif-and-fob/"}."""
    subjects = Subject.objects.filter(kind="term", question__state=Question.State.PUBLISHED)
    ordered = subjects.order_by("-question__position", "-question__slug").select_related("question")
    return {subject.key.replace("-", "_"): subject.question.get_absolute_url() for subject in ordered}


def settle() -> None:
    """Let the questions that hold for no release yet hold for those that stand."""
    reviewing.settle()


def to_review(user) -> list[dict]:
    """What waits for whoever may change questions: [{"label", "url", "about"}].

    The questions that are drafts, and in one line the answers of which a newer release changed a figure.
    """
    if not user.has_perm("faq.change_question"):
        return []
    drafts = Question.objects.filter(state=Question.State.DRAFT).only("question")[:REVIEWED]
    unpublished = [
        {
            "label": question.question,
            "url": reverse("admin:faq_question_change", args=[question.pk]),
            "about": _("not published"),
        }
        for question in drafts
    ]
    return unpublished + _outdated()


def _outdated():
    count = Question.objects.published().filter(pk__in=reviewing.outdated()).count()
    label = ngettext("%(count)s published answer", "%(count)s published answers", count) % {"count": count}
    about = ngettext(
        "speaks of figures that a newer release changed: see whether it still holds",
        "speak of figures that a newer release changed: see whether they still hold",
        count,
    )
    url = f"{reverse('admin:faq_question_changelist')}?review=needed"
    return [{"label": label, "url": url, "about": about}] if count else []
