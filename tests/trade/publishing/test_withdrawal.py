"""Any sequence of releases, corrections, reverts and withdrawals, held against a plain dictionary.

Every value is a number of its own, so a withdrawn one that is seen anywhere is seen.
"""

import csv
import io
import itertools

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.samples import examples
from tests.trade import released
from trade.bundles import storage, verification
from trade.models import Release
from trade.publishing import releases, uploads, withdrawal
from trade.reference import seed as reference

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases, pytest.mark.slow]

# Each step builds releases: to make a failing sequence shorter would take hours.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
VALUES = itertools.count(10_000_000_019, 1_000_003)
CELLS = [("CN-LN", "to_dprk", 2015, 0), ("CN-LN", "to_dprk", 2016, 0), ("CN-JL", "from_dprk", 2016, 0)]
CELLS += [("CN-LN", "to_dprk", 2016, 3)]  # a month of a year that may stand
STEPS = [(withdrawal.rebuild, "rebuild"), (withdrawal.build, "build"), (withdrawal.bulk_rows, "rewrite")]
STEPS += [(withdrawal.storage, "mark_withdrawn"), (withdrawal.admin_log, "withdrawn")]
EDITS = st.dictionaries(st.sampled_from(CELLS), st.booleans(), min_size=1, max_size=3)


class Killed(BaseException):
    """The process ended here."""


def killed(*args, **kwargs):
    raise Killed


def texts_of(release):
    return {
        name: storage.open_file(release, name).read().decode("utf-8-sig")
        for name in ("data.csv", "changes.csv", "data.json", "chart.json", "README.md")
    }


def place_of(row):
    return (row["province"], row["flow"], int(row["year"]), int(row["month"] or 0))


class Desk(RuleBasedStateMachine):
    """An editor who publishes, returns and withdraws in any order.

    `said` is what each release did, by its number: {cell: value or None}, or the number of the one returned to.
    """

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
        return {(r.province_id, r.flow, r.year, r.month): r.value_usd for r in self.dataset.observations.standing()}

    # --- what the editor does --------------------------------------------------------------------------------------

    @rule(edits=EDITS)
    def publish(self, edits):
        before = self.head()
        change = {cell: next(VALUES) if stays else None for cell, stays in edits.items()}
        after = {c: v for c, v in (before | change).items() if v is not None}
        years = {c[:3] for c in after if c[3] == 0}
        after = {c: v for c, v in after.items() if c[3] == 0 or c[:3] not in years}  # a year takes its months' place
        if after == before or not after:
            return
        made = released.release(self.dataset, {cell: {"reported": value} for cell, value in after.items()})
        cells = before.keys() | after.keys()
        self.said[made.number] = {c: after.get(c) for c in cells if before.get(c) != after.get(c)}

    @precondition(lambda self: len(self.visible()) > 1)
    @rule(data=st.data())
    def revert(self, data):
        to = data.draw(st.sampled_from(self.visible()[:-1]))
        before = self.head()
        try:
            made = releases.revert(self.dataset, to.number, note="Back.")
        except uploads.Refused:
            return
        after = self.head()
        self.said[made.number] = to.number
        self.values_of[made.number] = {c for c in before.keys() | after.keys() if before.get(c) != after.get(c)}

    @precondition(lambda self: any(one.kind != "withdrawal" for one in self.visible()))
    @rule(data=st.data(), step=st.sampled_from(STEPS))
    def begin_to_withdraw_and_be_killed(self, data, step):
        gone = data.draw(st.sampled_from([one for one in self.visible() if one.kind != "withdrawal"]))
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(*step, killed)
            try:
                withdrawal.withdraw(gone, "It was wrong.")
            except Killed:
                return
        self.withdrawn.add(gone.number)  # the step was not needed

    @precondition(lambda self: any(one.kind != "withdrawal" for one in self.visible()))
    @rule(data=st.data(), keep=st.booleans())
    def withdraw(self, data, keep):
        gone = data.draw(st.sampled_from([one for one in self.visible() if one.kind != "withdrawal"]))
        before = self.head()
        values = set(self.dataset.observations.filter(since=gone).values_list("value_usd", flat=True))
        own = {cell: value for cell, value in before.items() if value in values}
        new = withdrawal.withdraw(gone, "It was wrong.", keep=keep)
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
            found = {place_of(row): int(row["reported_usd"]) for row in rows}
            years = {c[:3] for c in expected if c[3] == 0}
            clash = {c for c in expected if c[3] and c[:3] in years}
            differing = {c for c in expected.keys() | found.keys() if expected.get(c) != found.get(c)}
            assert differing <= clash | {(*c[:3], 0) for c in clash}
            assert not verification.findings(release)[0]

    @invariant()
    def the_listed_changes_lead_from_each_release_to_the_next(self):
        state = {}
        for release in self.visible():
            texts = texts_of(release)
            for row in csv.DictReader(io.StringIO(texts["changes.csv"])):
                new = row["new_value_usd"]
                state = {c: v for c, v in state.items() if c != place_of(row)} | (
                    {place_of(row): int(new)} if new else {}
                )
            rows = csv.DictReader(io.StringIO(texts["data.csv"]))
            assert state == {place_of(row): int(row["reported_usd"]) for row in rows}

    @invariant()
    def withdrawn_values_are_in_no_file(self):
        offered = set(self.dataset.observations.offered().values_list("value_usd", flat=True))
        gone = set(self.dataset.observations.filter(withdrawn=True).values_list("value_usd", flat=True)) - offered
        for release in self.visible():
            for name, text in texts_of(release).items():
                assert not [value for value in gone if str(value) in text], name


def test_any_sequence_leaves_what_the_lists_of_changes_say():
    reference.load()
    run_state_machine_as_test(
        Desk,
        settings=examples(
            200, in_test=3, phases=PHASES, stateful_step_count=8, suppress_health_check=list(HealthCheck)
        ),
    )
