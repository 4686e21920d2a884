"""What a publish holds while it is under way, and the rules that nothing gets past."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from tests.trade import released
from trade.models import Release
from trade.publishing import diff, releases, uploads
from trade.reference import seed as reference

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

LIAONING, JILIN = ("CN-LN", "to_dprk", 2016, 0), ("CN-JL", "to_dprk", 2016, 0)


@pytest.fixture(autouse=True)
def places():
    reference.load()


def as_another(question):
    """Ask the database over a connection of its own, as another process would."""

    def ask():
        try:
            return question()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        return other.submit(ask).result(timeout=60)


def head(dataset):
    return {row.province_id: row.value_usd for row in dataset.observations.standing()}


def changes(dataset, records):
    return diff.between(dataset.observations.standing().frame(), released.frame(records))


@pytest.mark.slow
def test_a_reader_in_the_middle_of_a_publish_gets_the_old_head_at_once():
    dataset = released.dataset("province")
    released.release(dataset, {LIAONING: {"reported": 5}})
    with transaction.atomic():
        released.release(dataset, {LIAONING: {"reported": 6}, JILIN: {"reported": 7}})
        assert as_another(lambda: head(dataset)) == {"CN-LN": 5}
        assert as_another(lambda: dataset.latest_release().number) == 1
    assert as_another(lambda: head(dataset)) == {"CN-LN": 6, "CN-JL": 7}


@pytest.mark.slow
def test_nothing_is_left_beside_the_observations_after_a_publish_or_a_refusal():
    dataset = released.dataset("province")
    first = changes(dataset, {LIAONING: {"reported": 5}})
    released.release(dataset, {LIAONING: {"reported": 5}})
    with pytest.raises(releases.HeadMoved):
        releases.release(dataset, None, first, note="Late.", kind="scheduled")
    released.release(dataset, {LIAONING: {"reported": 6}})
    assert head(dataset) == {"CN-LN": 6}
    with connection.cursor() as cursor, pytest.raises(Exception, match="arriving_rows"), transaction.atomic():
        cursor.execute("SELECT * FROM arriving_rows")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("column", "wrong"), [("new_value_usd", -5), ("year", 1800), ("month", 13), ("new_status", "E")]
)
def test_a_row_that_breaks_a_rule_of_its_table_ends_a_publish(monkeypatch, column, wrong):
    dataset = released.dataset("province")
    monkeypatch.setattr(releases.build, "build", lambda *_of_release: (dataset.pk, []))
    wanted = changes(dataset, {LIAONING: {"reported": 6}}).assign(**{column: wrong})
    with pytest.raises(IntegrityError):
        releases.release(dataset, None, wanted, note="Wrong.", kind="scheduled")
    assert (head(dataset), dataset.releases.count()) == ({}, 0)


def test_the_rules_of_the_table_are_checked_again_after_a_publish():
    dataset = released.dataset("province")
    released.release(dataset, {LIAONING: {"reported": 5}})
    with pytest.raises(IntegrityError):
        dataset.observations.update(value_usd=-5)
    assert head(dataset) == {"CN-LN": 5}


@pytest.mark.slow
def test_rows_that_were_ended_behind_our_back_stop_a_publish():
    dataset = released.dataset("province")
    made = released.release(dataset, {LIAONING: {"reported": 5}, JILIN: {"reported": 7}})
    wanted = changes(dataset, {LIAONING: {"reported": 6}, JILIN: {"reported": 7}})
    facts = {"number": 1, "note": "-", "created": made.created, "bundle": made.bundle}
    later = Release.objects.create(dataset=released.dataset("province"), **facts)
    dataset.observations.filter(province="CN-LN").update(until=later)
    with pytest.raises(uploads.Refused, match="differ from the rows that were compared"):
        releases.release(dataset, made, wanted, note="Wrong.", kind="scheduled")
    assert dataset.releases.count() == 1
    assert head(dataset) == {"CN-JL": 7}


@pytest.mark.slow
def test_a_year_and_its_months_never_stand_together():
    dataset = released.dataset("province")
    both = {LIAONING: {"reported": 5}, ("CN-LN", "to_dprk", 2016, 3): {"reported": 1}}
    with pytest.raises(uploads.Refused, match="both annual and monthly values"):
        released.release(dataset, both)
    assert not dataset.releases.exists()


@pytest.mark.slow
def test_two_depths_of_codes_never_stand_for_one_chapter_and_year():
    dataset = released.dataset("commodity")
    both = {("27", "to_dprk", 2016, 0): {"reported": 5}, ("2709", "to_dprk", 2016, 0): {"reported": 1}}
    with pytest.raises(uploads.Refused, match="at two HS levels"):
        released.release(dataset, both)
    other_year = {("27", "to_dprk", 2016, 0): {"reported": 5}, ("2709", "to_dprk", 2017, 0): {"reported": 1}}
    assert released.release(dataset, other_year).number == 1
