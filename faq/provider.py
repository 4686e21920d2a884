"""What `trade` may ask of the questions: settings.PROVIDERS names this module, so that `trade` need not import it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from django.urls import reverse
from django.utils.translation import ngettext

from drafts import waiting
from faq.models import Question
from faq.queries import QuestionQuerySet

REVIEWED = 10  # at the most of those that wait


def to_review(user) -> list[dict]:
    """The questions that no reader sees, for whoever may change them: [{"label", "url", "about"}]; one query."""
    if not user.has_perm("faq.change_question"):
        return []
    hidden = Question.objects.filter(published=False).only("question")[:REVIEWED]
    return [
        {
            "label": question.question,
            "url": reverse("admin:faq_question_change", args=[question.pk]),
            "about": _("not published"),
        }
        for question in hidden
    ]


def questions(page: str = "") -> QuestionQuerySet:
    """The published questions, all of them or those that stand under a page: "provinces" or "commodities"."""
    return Question.objects.on_page(page) if page else Question.objects.published()


def to_review(user) -> list[dict]:
    """What waits for an editor of questions: drafts, and answers written before the newest release of figures."""
    if not user.has_perm("faq.change_question"):
        return []
    return waiting.for_user(user, Question) + _older_than_the_figures()


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
