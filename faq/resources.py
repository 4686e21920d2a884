"""The columns in which questions travel as files (tables.resources)."""

from django.core.exceptions import ValidationError

from faq.desk.checked_words import check_about, check_answer
from faq.models import Question
from tables.resources import TableResource


class QuestionResource(TableResource):
    class Meta:
        model = Question
        fields = ("slug", "page", "about", "position", "state", "question", "answer")
        import_id_fields = ("slug",)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Hold live figures and what a question is about against the releases, as the form does."""
        super().validate_instance(instance, import_validation_errors, validate_unique)
        answer, about = Question.objects.filter(pk=instance.pk).values_list("answer", "about").first() or ("", "")
        faults = {"answer": _faults(check_answer, instance.answer, answer)}
        faults["about"] = _faults(check_about, instance.about, about)
        if found := {name: messages for name, messages in faults.items() if messages}:
            raise ValidationError(found)


def _faults(check, *texts):
    try:
        check(*texts)
    except ValidationError as error:
        return error.messages
    return []
