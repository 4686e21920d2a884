"""What a table changes, held against a plain dictionary that is too slow and too simple to be wrong."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples
from trade import frames
from trade.frames import READ_COLUMNS
from trade.publishing import diff

KEYS = st.tuples(
    st.sampled_from(["CN-LN", "CN-JL", "CN-HL"]),
    st.sampled_from(["to_dprk", "from_dprk"]),
    st.sampled_from([2015, 2016]),
    st.just(0),
)
REPORTED = st.tuples(st.one_of(st.none(), st.integers(0, 9)), st.sampled_from([None, "A", "P", "L"]))
LONG = st.dictionaries(KEYS, st.tuples(REPORTED, st.one_of(st.none(), st.integers(0, 9))), max_size=6)


def table(records, with_estimates=True):
    """Lay {(key, flow, year, month): ((value, status), estimate)} out as a reader does."""
    rows = []
    for (key, flow, year, month), ((value, status), estimate) in records.items():
        place = {"file": "a.csv", "sheet": "", "row": 2, "column": "C", "key": key, "flow": flow, "year": year}
        rows.append(place | {"month": month, "component": "reported", "value_usd": value, "status": status})
        if with_estimates and estimate is not None:
            rows.append(place | {"month": month, "component": "estimate", "value_usd": estimate, "status": None})
    return pd.DataFrame(rows, columns=list(READ_COLUMNS)).astype(READ_COLUMNS)


def publish(head, changes):
    """Apply changes and number the rows, as the database would."""
    state = diff.after(head, changes)
    return frames.typed(state.assign(id=range(1, len(state) + 1)))


def as_dictionary(head):
    """{(key, flow, year, month, component): (value, status)} of a head frame."""
    plain = head.astype(object).where(head.notna(), None)
    return {tuple(row[c] for c in frames.KEY): (row["value_usd"], row["status"]) for row in plain.to_dict("records")}


def oracle(stored, records, speaks, mode):
    """Do the same with a dictionary, one value at a time."""
    result = dict(stored)
    periods = {place[1:] for place in records}
    for place, ((value, status), estimate) in records.items():
        at = (*place, "reported")
        if "status" in speaks and status:
            result[at] = (value, status)
        elif at in stored and (stored[at][0] is None) == (value is None):
            result[at] = (value, stored[at][1])
        else:
            result[at] = (value, "O" if value is None else "A")
        if "estimate" in speaks:
            result.pop((*place, "estimate"), None)
            if estimate is not None:
                result[(*place, "estimate")] = (estimate, "E")
    if mode == "replace":
        for at in stored:
            if at[1:4] in periods and at[:4] not in records and (at[4] == "reported" or "estimate" in speaks):
                result.pop(at, None)
    return result


@pytest.mark.slow
@examples(40)
@given(st.lists(st.tuples(LONG, st.booleans(), st.booleans(), st.sampled_from(["amend", "replace"])), max_size=4))
def test_any_sequence_of_files_leaves_what_a_dictionary_says(files):
    head, stored = frames.empty(frames.HEAD_COLUMNS), {}
    for records, with_status, with_estimates, mode in files:
        speaks = {word for word, said in (("status", with_status), ("estimate", with_estimates)) if said}
        shown = records if with_status else {at: ((r[0][0], None), r[1]) for at, r in records.items()}
        changes, unchanged = diff.compare(head, table(shown, with_estimates), speaks=speaks, mode=mode)
        before, head = head, publish(head, changes)
        stored = oracle(stored, shown, speaks, mode)
        assert as_dictionary(head) == stored
        assert unchanged + len(changes[changes.kind != "removed"]) == len(table(shown, with_estimates))
        assert as_dictionary(publish(head, diff.between(head, before))) == as_dictionary(before)


def test_the_same_file_again_changes_nothing():
    records = {("CN-LN", "to_dprk", 2016, 0): ((5, "P"), 7), ("CN-JL", "to_dprk", 2016, 0): ((None, "L"), None)}
    speaks = {"status", "estimate"}
    first, _unchanged = diff.compare(frames.empty(frames.HEAD_COLUMNS), table(records), speaks=speaks)
    head = publish(frames.empty(frames.HEAD_COLUMNS), first)
    again, unchanged = diff.compare(head, table(records), speaks=speaks)
    assert again.empty
    assert unchanged == 3


def test_a_wide_sheet_leaves_estimates_and_statuses_as_they_are():
    place = ("CN-HL", "to_dprk", 2016, 0)
    first, _unchanged = diff.compare(
        frames.empty(frames.HEAD_COLUMNS), table({place: ((5, "P"), 7)}), speaks={"status", "estimate"}
    )
    head = publish(frames.empty(frames.HEAD_COLUMNS), first)
    changes, _unchanged = diff.compare(head, table({place: ((6, None), None)}))
    assert as_dictionary(publish(head, changes)) == {(*place, "reported"): (6, "P"), (*place, "estimate"): (7, "E")}


def test_a_blank_cell_empties_a_stored_value_and_is_counted():
    place = ("CN-HL", "to_dprk", 2016, 0)
    first, _unchanged = diff.compare(frames.empty(frames.HEAD_COLUMNS), table({place: ((5, "A"), None)}))
    head = publish(frames.empty(frames.HEAD_COLUMNS), first)
    changes, unchanged = diff.compare(head, table({place: ((None, None), None)}))
    assert as_dictionary(publish(head, changes)) == {(*place, "reported"): (None, "O")}
    assert diff.counts(changes, unchanged) == {"new": 0, "changed": 1, "unchanged": 0, "removed": 0, "emptied": 1}


def test_what_changes_no_published_value_is_counted_by_itself():
    def of(key):
        return (key, "to_dprk", 2016, 0)

    before = {of("CN-LN"): ((5, "A"), None), of("CN-JL"): ((None, "L"), None), of("CN-HL"): ((None, "L"), None)}
    after = {of("CN-LN"): ((5, "P"), None), of("CN-JL"): ((7, "A"), None)}
    first, _unchanged = diff.compare(frames.empty(frames.HEAD_COLUMNS), table(before), speaks={"status"})
    head = publish(frames.empty(frames.HEAD_COLUMNS), first)
    changes, _unchanged = diff.compare(head, table(after), speaks={"status"}, mode="replace")
    assert diff.counts_without_values(changes) == {"same_value": 1, "filled": 1, "removed": 1}


def test_zero_and_missing_are_two_things():
    place = ("CN-HL", "to_dprk", 2016, 0)
    first, _unchanged = diff.compare(frames.empty(frames.HEAD_COLUMNS), table({place: ((0, "A"), None)}))
    head = publish(frames.empty(frames.HEAD_COLUMNS), first)
    assert as_dictionary(head)[(*place, "reported")] == (0, "A")
    changes, _unchanged = diff.compare(head, table({place: ((None, None), None)}))
    assert len(changes) == 1


def test_months_over_a_stored_year_are_found():
    year = {("CN-LN", "to_dprk", 2016, 0): ((5, "A"), None), ("CN-JL", "to_dprk", 2016, 0): ((5, "A"), None)}
    first, _unchanged = diff.compare(frames.empty(frames.HEAD_COLUMNS), table(year))
    head = publish(frames.empty(frames.HEAD_COLUMNS), first)
    months = table({("CN-LN", "to_dprk", 2016, 1): ((2, "A"), None)})
    clashing = diff.period_clashes(head, months)
    assert clashing["key"].tolist() == ["CN-LN"]
    changes, _unchanged = diff.compare(head, months, clashing=clashing)
    assert set(as_dictionary(publish(head, changes))) == {
        ("CN-LN", "to_dprk", 2016, 1, "reported"),
        ("CN-JL", "to_dprk", 2016, 0, "reported"),
    }


def test_another_depth_of_codes_is_found():
    stored = {("2701", "from_dprk", 2016, 0): ((5, "A"), None), ("7201", "from_dprk", 2016, 0): ((5, "A"), None)}
    first, _unchanged = diff.compare(frames.empty(frames.HEAD_COLUMNS), table(stored))
    head = publish(frames.empty(frames.HEAD_COLUMNS), first)
    clashing = diff.depth_clashes(head, table({("27", "from_dprk", 2016, 0): ((5, "A"), None)}))
    assert clashing["key"].tolist() == ["2701"]
