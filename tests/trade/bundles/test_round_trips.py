"""What was published comes back unchanged from its own files, in whatever way its components came together."""

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from tests.samples import examples
from tests.trade import released
from trade import frames
from trade.bundles import storage
from trade.publishing import diff, releases, staging, uploads

pytestmark = pytest.mark.usefixtures("places")

NOTES = st.sampled_from(["", "", "a note", "another"])
ROW = st.tuples(st.one_of(st.none(), st.integers(0, 10**9)), st.sampled_from("AL"), NOTES)
# A cell: its reported row or none, its estimate or none, each with a note of its own.
CELL = st.tuples(st.none() | ROW, st.none() | st.tuples(st.integers(1, 10**9), st.just("E"), NOTES)).filter(any)
KEYS = st.tuples(st.sampled_from(["CN-LN", "CN-JL"]), st.sampled_from(["to_dprk", "from_dprk"]))
YEARS = st.dictionaries(st.tuples(KEYS, st.sampled_from([2015, 2016])), CELL, min_size=1, max_size=4)

OIL = ("CN-HL", "to_dprk", 2016, 0)
COUNTS = ("new", "changed", "removed", "emptied")


def publish(dataset, rows):
    """Publish rows {(key, flow, year, month, component): (value, status, note)} as all that stands."""
    facts = {"quantity": float("nan"), "quantity_unit": ""}
    listed = [dict(zip(frames.KEY, at, strict=True)) | facts | {"value_usd": v, "status": s, "note": n}
              for at, (v, s, n) in rows.items()]  # fmt: skip
    frame = frames.typed(diff.pd.DataFrame(listed, columns=frames.HEAD_COLUMNS).assign(id=range(1, len(listed) + 1)))
    changes = diff.between(dataset.observations.standing().frame(), frame)
    return releases.release(dataset, dataset.latest_release(), changes, note="A note.", kind="scheduled")


def staged(dataset, name, content):
    upload = staging.stage(uploads.receive(dataset, [(name, content)]))
    assert (upload.state, upload.faults, upload.questions) == ("staged", [], [])
    return upload


def assert_files_change_nothing(release):
    for name in ("workbook.xlsx", "data.csv"):
        upload = staged(release.dataset, name, storage.open_file(release, name).read())
        assert {word: upload.counts[word] for word in COUNTS} == dict.fromkeys(COUNTS, 0), name


@pytest.mark.slow
def test_components_in_any_company_and_with_any_notes_come_back():
    # An import is a process of its own: a few examples, and none made smaller.
    @examples(16, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(YEARS, st.booleans())
    def holds(years, with_months):
        rows = {}
        for ((key, flow), year), (reported, estimate) in years.items():
            rows |= {(key, flow, year, 0, "reported"): reported} if reported else {}
            rows |= {(key, flow, year, 0, "estimate"): estimate} if estimate else {}
        if with_months:  # reported month by month, and estimated for the whole year
            rows |= {("CN-HL", "to_dprk", 2017, month, "reported"): (month, "A", "") for month in (1, 2)}
            rows |= {("CN-HL", "to_dprk", 2017, 0, "estimate"): (9, "E", "crude oil")}
        assert_files_change_nothing(publish(released.dataset("province"), rows))

    holds()


@pytest.mark.slow
def test_a_note_stays_with_its_value_when_a_file_without_notes_adds_an_estimate():
    dataset = released.dataset("province")
    publish(dataset, {(*OIL, "reported"): (5, "A", "as printed")})
    upload = staged(dataset, "oil.csv", b"province,year,flow,reported_usd,estimate_usd\nCN-HL,2016,to_dprk,5,7\n")
    assert [upload.counts[word] for word in COUNTS] == [1, 0, 0, 0]
    release = releases.publish(upload, note="Oil.", kind="scheduled", accepted="all")
    assert {r.component: r.note for r in dataset.observations.standing()} == {"reported": "as printed", "estimate": ""}
    assert_files_change_nothing(release)


@pytest.mark.slow
def test_a_note_that_is_written_anew_moves_to_the_estimate():
    dataset = released.dataset("province")
    publish(dataset, {(*OIL, "reported"): (5, "A", "as printed"), (*OIL, "estimate"): (7, "E", "")})
    text = "province,year,flow,reported_usd,estimate_usd,note\nCN-HL,2016,to_dprk,5,7,525 kt of crude oil\n"
    upload = staged(dataset, "oil.csv", text.encode())
    release = releases.publish(upload, note="Oil.", kind="scheduled", accepted="all")
    notes = {r.component: r.note for r in dataset.observations.standing()}
    assert notes == {"reported": "", "estimate": "525 kt of crude oil"}
    assert_files_change_nothing(release)


@pytest.mark.slow
def test_the_note_of_an_estimate_that_ends_stays_with_the_record_where_the_file_repeats_it():
    dataset = released.dataset("province")
    publish(dataset, {(*OIL, "reported"): (5, "A", ""), (*OIL, "estimate"): (7, "E", "crude oil")})
    text = "province,year,flow,reported_usd,estimate_usd,note\nCN-HL,2016,to_dprk,5,,crude oil\n"
    upload = staged(dataset, "no-oil.csv", text.encode())
    releases.publish(upload, note="None.", kind="scheduled", accepted="all")
    assert {r.component: r.note for r in dataset.observations.standing()} == {"reported": "crude oil"}


@pytest.mark.slow
def test_a_blank_beside_an_estimate_is_missing_in_a_file_of_the_editors_own():
    dataset = released.dataset("province")
    text = "province,year,flow,reported_usd,estimate_usd,status\nCN-HL,2016,to_dprk,,7,\nCN-LN,2016,to_dprk,5,7,\n"
    upload = staged(dataset, "oil.csv", text.encode())
    releases.publish(upload, note="Oil.", kind="scheduled", accepted="all")
    stored = {(r.province_id, r.component): (r.value_usd, r.status) for r in dataset.observations.standing()}
    assert stored["CN-HL", "reported"] == (None, "O")
    emptied = staged(dataset, "oil.csv", text.replace("5,7", ",7").encode())
    assert emptied.counts["emptied"] == 1


@pytest.mark.slow
def test_a_reason_for_missing_stays_where_a_file_gives_only_the_estimate():
    dataset = released.dataset("province")
    publish(dataset, {(*OIL, "reported"): (None, "L", "")})
    text = "province,year,flow,reported_usd,estimate_usd,status\nCN-HL,2016,to_dprk,,7,\n"
    upload = staged(dataset, "oil.csv", text.encode())
    assert [upload.counts[word] for word in COUNTS] == [1, 0, 0, 0]
