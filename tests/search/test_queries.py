"""A hundred queries of readers, written before the search was: what each looks for stands among the first three."""

import csv
from pathlib import Path

import pytest

from faq.models import Question
from sanctions.models import Measure
from search import finding, misspelt
from tests.samples import some
from tests.search import indexed

pytestmark = [pytest.mark.slow]

publish = indexed.whole
FIRST, ENOUGH = 3, 95
with (Path(__file__).parent / "queries.csv").open(encoding="utf-8") as file:
    QUERIES = list(csv.DictReader(file))


def expected(row):
    """The address that a line means: a measure is named by its goods, a question by its identifier."""
    path, _, name = row["expected"].partition("#")
    if row["kind"] == "question":
        return {Question.objects.get(slug=name.removeprefix("question-")).get_absolute_url()}
    if row["kind"] == "measure":
        measures = Measure.objects.filter(resolution=path.split("/")[2], goods=name)
        return {measure.get_absolute_url() for measure in measures}
    return {path}


def found(query):
    answer = finding.find(query, FIRST)
    if not answer.results and (guess := misspelt.guessed(answer.asked)):
        answer = finding.find(guess, FIRST)
    return [(one.kind, one.url) for one in answer.results]


def test_there_are_a_hundred_of_every_language_and_kind():
    assert len({row["query"] for row in QUERIES}) == 100
    assert {row["language"] for row in QUERIES} == {"en", "zh", "ko", "code"}
    kinds = "section chapter heading subheading province measure resolution event question dataset"
    assert {row["kind"] for row in QUERIES} == set(kinds.split())


def test_nearly_all_find_what_they_look_for_among_the_first_three(site, record_property):
    missed = []
    for row in QUERIES:
        results = found(row["query"])
        if not {(row["kind"], url) for url in expected(row)} & set(results):
            missed.append(f"{row['query']}: {row['expected']}, but found {results}")
    record_property("told", f"queries: {len(QUERIES) - len(missed)} of {len(QUERIES)} found among the first {FIRST}")
    assert len(QUERIES) - len(missed) >= ENOUGH, "\n".join(missed)


def test_a_question_about_a_ban_finds_the_ban_first(site):
    ban = Measure.objects.get(resolution=2371, goods="coal; iron; iron ore")
    assert found("is coal banned? since when?")[0] == ("measure", ban.get_absolute_url())


def test_every_result_leads_to_a_page(site, client):
    addresses = {one.url.partition("#")[0] for row in QUERIES for one in finding.find(row["query"]).results}
    asked = some(sorted(addresses, key=lambda address: address[::-1]), 40)
    assert len(addresses) > 100
    assert [address for address in asked if client.get(address).status_code != 200] == []
