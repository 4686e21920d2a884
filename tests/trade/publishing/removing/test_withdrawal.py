"""Any sequence of releases, corrections, reverts and withdrawals, each broken off at any moment, against a dictionary.

Every value is a number of its own, so a withdrawn one that is seen anywhere is seen.
"""

import csv
import io
import itertools
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

import trade
from tests.samples import examples
from tests.trade import released
from trade.bundles import storage, verification
from trade.models import Release
from trade.publishing import by_hand, releases, staging, uploads
from trade.publishing.removing import withdrawal
from trade.reference import seed as reference

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases, pytest.mark.slow]

# Each step builds releases: to make a failing sequence shorter would take hours.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
VALUES = itertools.count(10_000_000_019, 1_000_003)
CELLS = [("CN-LN", "to_dprk", 2015, 0), ("CN-LN", "to_dprk", 2016, 0), ("CN-JL", "from_dprk", 2016, 0)]
CELLS += [("CN-LN", "to_dprk", 2016, 3)]  # a month of a year that may stand
EDITS = st.dictionaries(st.sampled_from(CELLS), st.booleans(), min_size=1, max_size=3)
MISSING = ""  # what stands in a cell that has a row and no value
CALLS = 10_000  # the calls of an act that was never done yet
OURS = str(Path(trade.__file__).parent)


class Killed(BaseException):
    """The process ended here."""


class Failed(Exception):
    """Something failed here; what follows a failure is done."""


# How an act is broken off, and after how many thousandths of its calls; None where it is not.
# What is drawn must not depend on what came of it: where an act is broken off differs from one process to the next.
BROKEN = st.none() | st.tuples(st.sampled_from([Killed, Failed]), st.integers(0, 1000))
WHICH = st.integers(0, 23)  # of some: the first, or the one so many after it, counted round and round


@contextmanager
def broken_at(call, how):
    """Break off what is done here at one of its calls of functions of `trade`; once it is killed it removes no file.

    Yields a list, to which the number of calls is added.
    """
    made, met, delete = 0, [], FileSystemStorage.delete

    def is_dead():
        return how is Killed and made == call

    def count(frame, event, _argument):
        nonlocal made
        if event == "call" and frame.f_code.co_filename.startswith(OURS):
            made += 1
            if made == call:
                raise how

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(FileSystemStorage, "delete", lambda *args: None if is_dead() else delete(*args))
        sys.setprofile(count)
        try:
            yield met
        finally:
            sys.setprofile(None)
            met.append(made)


def texts_of(release):
    return {
        name: storage.open_file(release, name).read().decode("utf-8-sig")
        for name in ("data.csv", "changes.csv", "data.json", "chart.json", "README.md")
    }


def place_of(row):
    return (row["province"], row["flow"], int(row["year"]), int(row["month"] or 0))


def value_of(text):
    return int(text) if text else MISSING


def one_of(some, which):
    return some[which % len(some)] if some else None


def or_missing(value):
    return MISSING if value is None else value


def or_none(value):
    return None if value == MISSING else value


class Desk(RuleBasedStateMachine):
    """An editor who publishes, returns and withdraws in any order.

    `said` is what each release did, by its number: {cell: value or None}, or the number of the one returned to.
    `calls` are those that each kind of act took when it was last done whole.
    """

    calls = {}

    def __init__(self):
        super().__init__()
        self.dataset = released.dataset("province")
        self.said, self.withdrawn, self.values_of = {}, set(), {}

    # --- the oracle ------------------------------------------------------------------------------------------------

    def state(self, number, gone):
        """What stands at a release without those that are gone; of a year and its months the later stays."""
        shown = {}
        for n in range(1, number + 1):
            if n in gone or n not in self.said:
                continue
            what = self.said[n]
            if isinstance(what, int):
                earlier = self.state(what, gone)
                touched = {cell for cell in CELLS if self.wrote(n, cell)}
                shown = {c: v for c, v in shown.items() if c not in touched} | {
                    c: v for c, v in earlier.items() if c in touched
                }
            else:
                shown |= what
                shown = {cell: value for cell, value in shown.items() if value is not None}
        return shown

    def wrote(self, n, cell):
        """Whether a return changed a cell when it was made."""
        return cell in self.values_of.get(n, ())

    def visible(self):
        return list(Release.objects.filter(dataset=self.dataset, withdrawn=None).order_by("number"))

    def head(self):
        rows = self.dataset.observations.standing()
        return {(r.province_id, r.flow, r.year, r.month): or_missing(r.value_usd) for r in rows}

    def do(self, act, broken):
        """Do something, or the first thousandths of it; return the release that came of it, if one did."""
        before, name = self.dataset.releases.count(), act.__name__
        how, part = broken or (None, 0)
        call = how and 1 + self.calls.get(name, CALLS) * part // 1000
        with suppress(Killed, Failed), broken_at(call, how) as met:
            act()
        if met[0] != call:
            self.calls[name] = met[0]
        newest = self.dataset.latest_release()
        return newest if self.dataset.releases.count() > before else None

    def publish_asked(self, upload):
        """Ask for what is typed by hand, and have it compared; return the function that publishes it."""
        upload, _is_new = by_hand.ask(upload, None)
        staged = staging.stage(upload)

        def publish_by_hand():
            releases.publish(staged, note="By hand.", kind="", accepted="all")

        return publish_by_hand

    # --- what the editor does --------------------------------------------------------------------------------------

    @initialize(edits=EDITS)
    def begin(self, edits):
        self.publish_edits(edits, None)

    @rule(edits=EDITS, broken=BROKEN)
    def publish(self, edits, broken):
        self.publish_edits(edits, broken)

    def publish_edits(self, edits, broken):
        before = self.head()
        change = {cell: next(VALUES) if stays else None for cell, stays in edits.items()}
        after = {c: v for c, v in (before | change).items() if v is not None}
        years = {c[:3] for c in after if c[3] == 0}
        after = {c: v for c, v in after.items() if c[3] == 0 or c[:3] not in years}  # a year takes its months' place
        if after == before or not after:
            return
        records = {cell: {"reported": or_none(value)} for cell, value in after.items()}

        def publish():
            released.release(self.dataset, records)

        if made := self.do(publish, broken):
            cells = before.keys() | after.keys()
            self.said[made.number] = {c: after.get(c) for c in cells if before.get(c) != after.get(c)}

    @rule(which=WHICH, is_missing=st.booleans(), broken=BROKEN)
    def correct(self, which, is_missing, broken):
        cell = one_of(sorted(self.head()), which)
        if cell is None or (is_missing and self.head()[cell] == MISSING):
            return
        value = MISSING if is_missing else next(VALUES)
        typed = dict(zip(by_hand.CELL, cell, strict=True)) | {"reported": or_none(value), "status": None}
        upload = by_hand.to_correct(self.dataset, [typed], seen=self.dataset.latest_release().pk)
        if made := self.do(self.publish_asked(upload), broken):
            self.said[made.number] = {cell: value}

    @rule(which=WHICH, broken=BROKEN)
    def revert(self, which, broken):
        to = one_of(self.visible()[:-1], which)
        if to is None:
            return
        before = self.head()
        upload = by_hand.to_revert(to, seen=self.dataset.latest_release().pk)
        try:
            made = self.do(self.publish_asked(upload), broken)
        except uploads.Refused:
            return
        if made:
            after = self.head()
            self.said[made.number] = to.number
            self.values_of[made.number] = {c for c in before.keys() | after.keys() if before.get(c) != after.get(c)}

    @rule(which=WHICH, keep=st.booleans(), broken=BROKEN)
    def withdraw(self, which, keep, broken):
        gone = one_of([one for one in self.visible() if one.kind != "withdrawal"], which)
        if gone is None:
            return
        before = self.head()
        given = self.dataset.observations.filter(since=gone, until=None)
        own = {(r.province_id, r.flow, r.year, r.month): or_missing(r.value_usd) for r in given}

        def withdraw():
            withdrawal.withdraw(gone, "It was wrong.", keep=keep)

        new = self.do(withdraw, broken)
        is_done = Release.objects.get(pk=gone.pk).withdrawn is not None
        assert is_done or (broken is not None and self.head() == before and new is None)
        if is_done:
            self.withdrawn.add(gone.number)
        if new:
            self.said[new.number] = own if keep else {}

    # --- what holds always -----------------------------------------------------------------------------------------

    @invariant()
    def no_row_of_a_withdrawn_release_is_offered(self):
        assert not self.dataset.observations.offered().exclude(since__withdrawn=None).exists()

    @invariant()
    def each_release_shows_what_the_dictionary_says(self):
        for release in self.visible():
            expected = self.state(release.number, self.withdrawn)
            rows = csv.DictReader(io.StringIO(texts_of(release)["data.csv"]))
            found = {place_of(row): value_of(row["reported_usd"]) for row in rows}
            years = {c[:3] for c in expected if c[3] == 0}
            clash = {c for c in expected if c[3] and c[:3] in years}
            differing = {c for c in expected.keys() | found.keys() if expected.get(c) != found.get(c)}
            assert differing <= clash | {(*c[:3], 0) for c in clash}

    @invariant()
    def verify_finds_nothing(self):
        for release in self.dataset.releases.all():
            assert not verification.findings(release)[0]

    @invariant()
    def the_listed_changes_lead_from_each_release_to_the_next(self):
        state = {}
        for release in self.visible():
            texts = texts_of(release)
            for row in csv.DictReader(io.StringIO(texts["changes.csv"])):
                left = {c: v for c, v in state.items() if c != place_of(row)}
                is_there = row["new_status"] != ""
                state = left | ({place_of(row): value_of(row["new_value_usd"])} if is_there else {})
            rows = csv.DictReader(io.StringIO(texts["data.csv"]))
            assert state == {place_of(row): value_of(row["reported_usd"]) for row in rows}

    @invariant()
    def withdrawn_values_are_in_no_file(self):
        offered = set(self.dataset.observations.offered().values_list("value_usd", flat=True))
        gone = (
            set(self.dataset.observations.filter(withdrawn=True).values_list("value_usd", flat=True)) - offered - {None}
        )
        for release in self.visible():
            for name, text in texts_of(release).items():
                assert not [value for value in gone if str(value) in text], name


def fail(*args):
    raise OSError("no")


def test_where_old_files_cannot_be_removed_the_new_ones_stay(monkeypatch):
    """A fault after the commit must not undo what the commit names."""
    reference.load()
    dataset = released.dataset("province")
    first, other = ({cell: {"reported": next(VALUES)}} for cell in CELLS[1:3])
    made = [released.release(dataset, records) for records in (first, first | other)]
    monkeypatch.setattr(withdrawal.storage, "remove_folder", fail)
    withdrawal.withdraw(made[0], "It was wrong.")
    for release in dataset.releases.all():
        assert not verification.findings(release)[0]


def test_what_was_put_back_beside_kept_values_goes_with_the_release_that_gave_it():
    """The third release removed a value of the second; withdrawn, it put that back, and kept a value of its own."""
    reference.load()
    dataset = released.dataset("province")
    first, second, kept = (next(VALUES) for _n in range(3))
    released.release(dataset, {CELLS[0]: {"reported": first}})
    gone = released.release(dataset, {CELLS[0]: {"reported": second}})
    withdrawal.withdraw(released.release(dataset, {CELLS[2]: {"reported": kept}}), "Its note was wrong.", keep=True)
    assert set(dataset.observations.standing().values_list("value_usd", flat=True)) == {second, kept}
    withdrawal.withdraw(gone, "It was wrong.")
    assert set(dataset.observations.standing().values_list("value_usd", flat=True)) == {first, kept}
    put_back = texts_of(dataset.releases.get(number=4))
    assert str(second) not in "".join(put_back.values())
    assert {row["change"] for row in csv.DictReader(io.StringIO(put_back["changes.csv"]))} == {"withdrawn"}
    third = released.release(dataset, {CELLS[0]: {"reported": next(VALUES)}, CELLS[2]: {"reported": kept}})
    withdrawal.withdraw(third, "It was wrong.")
    assert set(dataset.observations.standing().values_list("value_usd", flat=True)) == {first, kept}


def test_after_a_restore_it_is_done_again(monkeypatch):
    """The rows are those of an older backup; the record beside the bundles is younger than it."""
    reference.load()
    dataset = released.dataset("province")
    first, second = ({cell: {"reported": next(VALUES)}} for cell in CELLS[:2])
    gone = released.release(dataset, first)
    released.release(dataset, first | second)
    with monkeypatch.context() as patched, pytest.raises(OSError, match="no"):
        patched.setattr(withdrawal.bulk_rows, "rewrite", fail)
        withdrawal.withdraw(gone, "It failed.")
    assert withdrawal.replay("2000-01-01T00:00:00+00:00") == 0
    with transaction.atomic():
        withdrawal.withdraw(gone, "It was wrong.")
        transaction.set_rollback(True)
    before, day = set(dataset.observations.standing().values_list("value_usd", flat=True)), timezone.now()
    assert withdrawal.replay("2100-01-01T00:00:00+00:00") == 0
    assert withdrawal.replay("2000-01-01T00:00:00+00:00") == 1
    assert withdrawal.replay("2000-01-01T00:00:00+00:00") == 0
    after = set(dataset.observations.standing().values_list("value_usd", flat=True))
    gone.refresh_from_db()
    assert before - after == {row["reported"] for row in first.values()} and gone.withdrawn < day
    assert gone.withdrawal_reason == "It was wrong."
    assert not any(verification.findings(release)[0] for release in dataset.releases.all())


def test_any_sequence_leaves_what_the_lists_of_changes_say():
    reference.load()
    run_state_machine_as_test(
        Desk,
        settings=examples(
            200, in_test=3, phases=PHASES, stateful_step_count=8, suppress_health_check=list(HealthCheck)
        ),
    )
