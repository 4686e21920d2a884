"""Any sequence of uploads, releases, corrections and reverts, held against a plain dictionary."""

import csv
import hashlib
import io
import itertools

import pytest
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.samples import examples
from tests.trade.publishing.test_diff import oracle
from trade.bundles import storage
from trade.demonstration import DATASETS
from trade.models import Dataset, Release, Upload
from trade.publishing import releases, staging, uploads
from trade.reference import seed as reference

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

NUMBERS = itertools.count(1)
PLACES = st.tuples(
    st.sampled_from(["CN-LN", "CN-JL", "CN-HL"]),
    st.sampled_from(["to_dprk", "from_dprk"]),
    st.sampled_from([2015, 2016]),
    st.just(0),
)
VALUES = st.one_of(st.none(), st.just(0), st.integers(1, 10**12))
RECORDS = st.dictionaries(
    PLACES, st.tuples(st.tuples(VALUES, st.sampled_from([None, "A", "P", "L"])), VALUES), min_size=1, max_size=5
)


def as_csv(records, speaks):
    """Write records as an editor's tidy CSV, with the columns of which it speaks."""
    out = io.StringIO()
    columns = ["province", "year", "month", "flow", "reported_usd"]
    columns += [name for name, voice in (("estimate_usd", "estimate"), ("status", "status")) if voice in speaks]
    writer = csv.DictWriter(out, columns, extrasaction="ignore")
    writer.writeheader()
    for (key, flow, year, _month), ((value, status), estimate) in records.items():
        row = {"province": key, "flow": flow, "year": year, "reported_usd": value, "status": status or ""}
        writer.writerow(row | {"estimate_usd": estimate})
    return out.getvalue().encode()


def stored(rows):
    """{(key, flow, year, month, component): (value, status)} of observations."""
    return {(r.province_id, r.flow, r.year, r.month, r.component): (r.value_usd, r.status) for r in rows}


def in_csv(release):
    """The same of the CSV in a release's bundle."""
    found = {}
    text = storage.open_file(release, "data.csv").read().decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(text)):
        place = (row["province"], row["flow"], int(row["year"]), int(row["month"] or 0))
        if row["status"]:
            value = int(row["reported_usd"]) if row["reported_usd"] else None
            found[(*place, "reported")] = (value, row["status"])
        if row["estimate_usd"]:
            found[(*place, "estimate")] = (int(row["estimate_usd"]), "E")
    return found


class Desk(RuleBasedStateMachine):
    """An editor who does anything in any order; `states` is what a dictionary says of every release."""

    def __init__(self):
        super().__init__()
        facts = DATASETS[0] | {"slug": f"random-{next(NUMBERS)}"}
        self.dataset = Dataset.objects.create(**facts)
        self.states, self.pending, self.hashes = [{}], None, {}

    @rule(records=RECORDS, speaks=st.sets(st.sampled_from(["estimate", "status"])), mode=st.sampled_from(Upload.Mode))
    def stage(self, records, speaks, mode):
        if "status" not in speaks:
            records = {place: ((value, None), estimate) for place, ((value, _s), estimate) in records.items()}
        upload = uploads.receive(self.dataset, [("random.csv", as_csv(records, speaks))], mode=mode)
        staging.stage(upload)
        assert (upload.state, upload.faults, upload.questions) == ("staged", [], [])
        self.pending = upload, records, speaks, mode

    @precondition(lambda self: self.pending)
    @rule()
    def publish(self):
        upload, records, speaks, mode = self.pending
        expected = oracle(self.states[-1], in_long_form(records), speaks, mode)
        moved = (upload.base.number if upload.base else 0) != len(self.states) - 1
        try:
            releases.publish(upload, note="Random.", kind="scheduled", accepted="all")
        except releases.HeadMoved:
            assert moved
            return
        except releases.Refused:
            assert expected == self.states[-1]
            return
        assert not moved
        self.released(expected)

    def released(self, expected):
        self.states.append(expected)
        self.pending = None

    @precondition(lambda self: self.pending)
    @rule()
    def discard(self):
        uploads.discard(self.pending[0])
        self.pending = None

    @precondition(lambda self: len(self.states) > 2)
    @rule(data=st.data())
    def revert(self, data):
        number = data.draw(st.integers(1, len(self.states) - 2))
        if self.states[number] == self.states[-1]:
            with pytest.raises(releases.Refused):
                releases.revert(self.dataset, number, note="Back.")
            return
        releases.revert(self.dataset, number, note="Back.")
        self.states.append(self.states[number])

    @precondition(lambda self: self.states[-1])
    @rule(data=st.data(), reported=VALUES, estimate=VALUES)
    def correct(self, data, reported, estimate):
        at = data.draw(st.sampled_from(sorted(self.states[-1])))
        status = "O" if reported is None else "A"
        expected = oracle(self.states[-1], {at[:4]: ((reported, status), estimate)}, {"status", "estimate"}, "amend")
        row = self.dataset.observations.standing().filter(province=at[0], flow=at[1], year=at[2], component=at[4]).get()
        change = {"reported": reported, "status": status, "estimate": estimate, "remark": "", "note": "By hand."}
        if expected == self.states[-1]:
            with pytest.raises(releases.Refused):
                releases.correct(row, **change)
            return
        releases.correct(row, **change)
        self.states.append(expected)

    @invariant()
    def head_is_what_the_dictionary_says(self):
        assert stored(self.dataset.observations.standing()) == self.states[-1]

    def teardown(self):
        """Every release as of then, its bytes as they were built, and what it changed, agree with the dictionary."""
        made = list(self.dataset.releases.order_by("number"))
        assert len(made) == len(self.states) - 1
        for release, before, after in zip(made, self.states, self.states[1:], strict=False):
            assert stored(self.dataset.observations.as_of(release)) == after == in_csv(release)
            assert_bytes_are_those_listed(release)
            began = stored(self.dataset.observations.filter(since=release))
            ended = stored(self.dataset.observations.filter(until=release))
            assert {at: v for at, v in after.items() if before.get(at) != v} == began
            assert {at: v for at, v in before.items() if after.get(at) != v} == ended


def in_long_form(records):
    """What a reader makes of a blank value without a status: O, missing."""
    return {at: ((v, s or ("O" if v is None else None)), e) for at, ((v, s), e) in records.items()}


def assert_bytes_are_those_listed(release):
    for file in release.files:
        content = storage.open_file(release, file["name"]).read()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["size"], file["sha256"])


@pytest.mark.slow
def test_any_sequence_of_what_an_editor_can_do_agrees_with_a_dictionary():
    reference.load()
    several = examples(16, stateful_step_count=8, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Desk, settings=several)
    assert Release.objects.exists()
