"""Notes what a question speaks of, in rows that are indexed: where it stands, and which releases may change it."""

from faq import about_text
from faq.provided import figures


def note(question) -> None:
    """Store what a question is about and what it rests on anew; a new one holds for the newest releases."""
    named = about_text.read(question.about)
    _replace(question.subjects, [{"kind": one.kind, "key": one.key} for one in named])
    _replace(question.reliances, [one._asdict() for one in _relied(named, question.answer)])
    if not question.holdings.exists():
        hold(question)


def hold(question) -> None:
    """Note that a question holds for the newest release of each dataset."""
    rows = [question.holdings.model(question=question, dataset=one.dataset, number=one.number)
            for one in figures().newest()]  # fmt: skip
    question.holdings.model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["question", "dataset"], update_fields=["number"]
    )


def _replace(related, rows):
    related.all().delete()
    related.model.objects.bulk_create(related.model(question=related.instance, **row) for row in rows)


def _relied(named, answer):
    """The values behind a question: of its goods and provinces, else of its datasets; and of its live figures."""
    provider = figures()
    things = [one for subject in named if subject.kind == "thing" for one in provider.ranges_of(subject.key)]
    datasets = [provider.Relied(dataset=subject.key) for subject in named if subject.kind == "dataset"]
    return dict.fromkeys([*(things or datasets), *provider.relied_on(answer)])
