"""Questions: what is stored, and what is loaded first."""

from faq import seed
from faq.models import Question
from sanctions.models import Resolution


def test_loading_the_first_questions_again_changes_nothing(words, db):
    before = list(Question.history.values_list("pk", flat=True))
    assert seed.load() == {"created": 0, "updated": 0, "unchanged": Question.objects.count()}
    assert list(Question.history.values_list("pk", flat=True)) == before


def test_a_question_that_an_editor_changed_or_deleted_stays_so(words, db):
    question = Question.objects.get(slug="crude-oil")
    question.answer = "Shorter."
    question.save()
    Question.objects.get(slug="guangdong").delete()
    assert seed.load()["created"] == 0
    assert Question.objects.get(slug="crude-oil").answer == "Shorter."
    assert not Question.objects.filter(slug="guangdong").exists()


def test_every_page_of_a_question_is_one_that_there_is(words, db):
    for entry in Question.objects.all():
        entry.full_clean()


def test_the_first_questions_link_to_each_other_only_where_there_is_something(words, db):
    anchors = {question.anchor for question in Question.objects.all()}
    numbers = {str(number) for number in Resolution.objects.values_list("number", flat=True)}
    for question in Question.objects.all():
        for target in question.answer.split("](")[1:]:
            address = target.partition(")")[0]
            if address.startswith("#"):
                assert address[1:] in anchors
            if address.startswith("/sanctions/") and address[11:12].isdigit():
                assert address.split("/")[2] in numbers
