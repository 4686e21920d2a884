"""What `trade` may ask of the questions: settings.PROVIDERS names this module, so that `trade` need not import it."""

from faq.models import Question
from faq.queries import QuestionQuerySet


def questions(page: str = "") -> QuestionQuerySet:
    """The published questions, all of them or those that stand under a page: "provinces" or "commodities"."""
    return Question.objects.on_page(page) if page else Question.objects.published()
