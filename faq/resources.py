"""The columns in which questions travel as files (tables.resources)."""

from faq.models import Question
from tables.resources import TableResource


class QuestionResource(TableResource):
    class Meta:
        model = Question
        fields = ("slug", "page", "position", "published", "question", "answer")
        import_id_fields = ("slug",)
