"""Sums of both directions on their way to a release: never beside a direction, ended when directions arrive."""

import pytest
from django.core.files.storage import storages

from trade.bundles import storage, verification
from trade.models import Dataset, TotalObservation
from trade.publishing import diff, releases, staging, uploads
from trade.publishing.uploads import Refused

pytestmark = [pytest.mark.usefixtures("places"), pytest.mark.both_databases]

HEADER = "year,flow,reported_usd,estimate_usd,status,precision_usd,note,publisher,source\n"
FIRST = HEADER + "1996,to_dprk,31,,A,1,,KITA,p. 1\n1996,from_dprk,19,,A,1,,KITA,p. 1\n1997,total,60,,A,10,,KOTRA,p. 2\n"


@pytest.fixture
def dataset():
    return Dataset.objects.get(slug="china-totals")


def stage(dataset, text, **said):
    return staging.stage(uploads.receive(dataset, [("totals.csv", text.encode())], **said))


def publish(upload):
    assert upload.state == "staged", (upload.faults, upload.questions)
    return releases.publish(upload, note="A note.", kind="scheduled", accepted="all")


def standing():
    rows = TotalObservation.objects.standing().values_list("year", "flow", "value_usd", "publisher", "precision_usd")
    return sorted(rows)


@pytest.mark.slow
def test_totals_are_published_with_where_they_were_printed(dataset):
    publish(stage(dataset, FIRST))
    assert standing() == [
        (1996, "from_dprk", 19, "KITA", 1),
        (1996, "to_dprk", 31, "KITA", 1),
        (1997, "total", 60, "KOTRA", 10),
    ]


@pytest.mark.slow
def test_the_files_of_totals_are_verified(dataset):
    release = publish(stage(dataset, FIRST))
    assert verification.faults_of_content(release) == []
    storages["bundles"].delete(f"{release.bundle}/data.csv")
    assert verification.faults_of_content(release) == ["data.csv: is missing"]


@pytest.mark.slow
def test_directions_that_arrive_for_a_sum_end_it_in_the_same_release_if_the_editor_says_so(dataset):
    publish(stage(dataset, FIRST))
    later = "year,flow,reported_usd\n1997,to_dprk,40\n1997,from_dprk,20\n"
    asked = stage(dataset, later)
    assert (asked.state, [question["key"] for question in asked.questions]) == ("asking", ["total"])
    publish(stage(dataset, later, answers={"total": "replace"}))
    assert [row[:3] for row in standing() if row[0] == 1997] == [(1997, "from_dprk", 20), (1997, "to_dprk", 40)]


@pytest.mark.slow
def test_a_sum_that_arrives_for_directions_asks_as_well(dataset):
    publish(stage(dataset, FIRST))
    asked = stage(dataset, "year,flow,reported_usd\n1996,total,50\n")
    assert [question["key"] for question in asked.questions] == ["total"]
    assert asked.questions[0]["text"].endswith("Conflicting values: 2. Replace them with the values in this file?")


@pytest.mark.slow
def test_warnings_name_totals_as_pages_do(dataset):
    publish(stage(dataset, FIRST))
    leap = stage(dataset, "year,flow,reported_usd\n1996,to_dprk,31000000\n")
    assert any("All trade, exports to the DPRK 1996" in warning["text"] for warning in leap.warnings), leap.warnings


@pytest.mark.slow
def test_no_release_lets_a_sum_stand_beside_a_direction(dataset):
    publish(stage(dataset, FIRST))
    base, head = dataset.latest_release(), dataset.observations.standing().frame()
    beside = head[head["flow"] == "total"].assign(flow="to_dprk", id=99)
    changes = diff.between(head, diff.pd.concat([head, beside]))
    with pytest.raises(Refused, match="both total trade and exports or imports alone"):
        releases.release(dataset, base, changes, note="A note.", kind="scheduled")
    assert dataset.latest_release() == base


@pytest.mark.slow
def test_a_file_in_which_a_sum_contradicts_its_directions_is_refused(dataset):
    upload = stage(
        dataset, "year,exports to the DPRK,imports from the DPRK,total\n1996,31,19,51\n", answers={"unit": "1"}
    )
    assert (upload.state, [fault["code"] for fault in upload.faults]) == ("refused", ["total-beside-direction"])


@pytest.mark.slow
def test_what_was_published_comes_back_unchanged_from_its_own_files(dataset):
    release = publish(stage(dataset, FIRST))
    for name in ("workbook.xlsx", "data.csv"):
        upload = staging.stage(uploads.receive(dataset, [(name, storage.open_file(release, name).read())]))
        assert (upload.state, upload.faults, upload.questions) == ("staged", [], []), name
        assert {upload.counts[word] for word in ("new", "changed", "removed", "emptied")} == {0}, name


@pytest.mark.slow
def test_a_correction_and_a_return_keep_what_is_known_of_a_figure(dataset):
    publish(stage(dataset, FIRST))
    before = standing()
    row = TotalObservation.objects.standing().get(year=1997)
    releases.correct(row, reported=61, status="A", estimate=None, remark="", note="Corrected.")
    assert (1997, "total", 61, "KOTRA", 10) in standing()
    releases.revert(dataset, 1, note="Back.")
    assert standing() == before
