"""What `trade` may ask of the questions: settings.PROVIDERS names this module, so that `trade` need not import it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faq.models import Question
from faq.queries import QuestionQuerySet

REVIEWED = 10  # at the most of those that wait


def questions(page: str = "") -> QuestionQuerySet:
    """The published questions, all of them or those that stand under a page: "provinces" or "commodities"."""
    return Question.objects.on_page(page) if page else Question.objects.published()


def to_review(user) -> list[dict]:
    """What waits for whoever may change questions: [{"label", "url", "about"}].

    The questions that no reader sees, and in one line the answers that are older than the newest figures.
    """
    if not user.has_perm("faq.change_question"):
        return []
    hidden = Question.objects.filter(published=False).only("question")[:REVIEWED]
    unpublished = [
        {
            "label": question.question,
            "url": reverse("admin:faq_question_change", args=[question.pk]),
            "about": _("not published"),
        }
        for question in hidden
    ]
    return unpublished + _older_than_the_figures()


def _older_than_the_figures():
    count = Question.objects.published().older_than_the_figures().count()
    label = ngettext("%(count)s published answer", "%(count)s published answers", count) % {"count": count}
    about = ngettext(
        "was last edited before the newest release: see whether its figures have changed",
        "were last edited before the newest release: see whether their figures have changed",
        count,
    )
    url = f"{reverse('admin:faq_question_changelist')}?edited=before"
    return [{"label": label, "url": url, "about": about}] if count else []
