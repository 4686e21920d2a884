"""The rows that a table of words begins with: they follow their file for as long as nobody has touched them."""

import pytest

from sanctions.models import Event
from tables import first_rows

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def load(*rows):
    rows = [Event(**{"source": "a", "weight": 2} | row) for row in rows]
    return first_rows.load(Event, ["date", "title"], rows)


def counts(created=0, updated=0, unchanged=0):
    return {"created": created, "updated": updated, "unchanged": unchanged}


BRIDGE, TRAIN = {"date": "2020", "title": "Bridge"}, {"date": "2021", "title": "Train"}


def test_rows_are_created_once():
    assert load(BRIDGE, TRAIN) == counts(created=2)
    assert load(BRIDGE, TRAIN) == counts(unchanged=2)
    assert list(Event.history.values_list("history_change_reason", flat=True)) == ["first words"] * 2


def test_a_row_that_nobody_touched_follows_its_file_with_a_line_of_history():
    load(BRIDGE, TRAIN)
    assert load(BRIDGE | {"text": "Opened."}, TRAIN) == counts(updated=1, unchanged=1)
    bridge = Event.objects.get(title="Bridge")
    assert bridge.text == "Opened."
    reasons = bridge.history.order_by("history_id").values_list("history_change_reason", flat=True)
    assert list(reasons) == ["first words", "first words, corrected"]
    assert load(BRIDGE | {"text": "Opened in May."}, TRAIN) == counts(updated=1, unchanged=1)


@pytest.mark.parametrize("reason", [None, "", "import of table.csv"])
def test_a_row_that_an_editor_has_touched_stays_as_he_left_it(reason):
    load(BRIDGE)
    bridge = Event.objects.get()
    bridge.source, bridge._change_reason = "another newspaper", reason
    bridge.save()
    assert load(BRIDGE | {"text": "Opened."}) == counts(unchanged=1)
    bridge.refresh_from_db()
    assert (bridge.source, bridge.text) == ("another newspaper", "")


def test_a_row_that_an_editor_has_deleted_does_not_come_back():
    load(BRIDGE)
    Event.objects.get().delete()
    assert load(BRIDGE | {"text": "Opened."}) == counts(unchanged=1)
    assert not Event.objects.exists()
