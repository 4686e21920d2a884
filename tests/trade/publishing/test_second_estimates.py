"""What somebody else estimates of the same: kept beside the estimate that is added, and added to nothing."""

import pytest

from trade.bundles import storage
from trade.models import Dataset, ProvinceObservation
from trade.publishing import releases, staging, uploads

pytestmark = [pytest.mark.usefixtures("places"), pytest.mark.both_databases, pytest.mark.slow]

FIRST = "province,year,flow,reported_usd,estimate_usd,status,note\nCN-HL,2014,to_dprk,40,380,A,oil\n"
SECOND = "province,year,flow,second_estimate_usd,second_estimate_note\nCN-HL,2014,to_dprk,500,KOTRA\n"


@pytest.fixture
def dataset():
    return Dataset.objects.get(slug="china-provinces")


def publish(dataset, content, name="a.csv"):
    upload = staging.stage(uploads.receive(dataset, [(name, content.encode())]))
    assert upload.state == "staged", (upload.faults, upload.questions)
    return releases.publish(upload, note="A note.", kind="scheduled", accepted="all")


def standing():
    rows = ProvinceObservation.objects.standing().order_by("component")
    return list(rows.values_list("component", "value_usd", "status", "note"))


def test_a_second_estimate_is_kept_beside_the_first_and_added_to_no_sum(dataset):
    publish(dataset, FIRST)
    release = publish(dataset, SECOND)
    assert release.counts["new"] == 1 and release.counts["changed"] == release.counts["removed"] == 0
    assert standing() == [
        ("estimate", 380, "E", "oil"),
        ("reported", 40, "A", ""),
        ("second_estimate", 500, "E", "KOTRA"),
    ]
    cube = storage.cube(release)
    cell = cube["cells"]["to_dprk"]["cn-hl"]
    assert (cell["reported"], cell["estimate"]) == ([40], [380])
    assert cube["second_estimates"] == {"to_dprk": {"cn-hl": {"2014": [500, "KOTRA"]}}}


def test_it_comes_back_unchanged_from_its_own_files(dataset):
    publish(dataset, FIRST)
    release = publish(dataset, SECOND)
    for name in ("workbook.xlsx", "data.csv"):
        upload = staging.stage(uploads.receive(dataset, [(name, storage.open_file(release, name).read())]))
        assert (upload.state, upload.faults, upload.questions) == ("staged", [], []), name
        assert {upload.counts[word] for word in ("new", "changed", "removed", "emptied")} == {0}, name


def test_a_blank_in_its_column_ends_it_and_a_file_without_the_column_leaves_it(dataset):
    publish(dataset, FIRST)
    publish(dataset, SECOND)
    publish(dataset, FIRST.replace("40", "41"))
    assert ("second_estimate", 500, "E", "KOTRA") in standing()
    header, row = FIRST.splitlines()
    publish(dataset, f"{header},second_estimate_usd\n{row.replace('40', '42')},\n")
    assert [component for component, *_facts in standing()] == ["estimate", "reported"]


def test_a_return_brings_it_back(dataset):
    publish(dataset, FIRST)
    publish(dataset, SECOND)
    before = standing()
    publish(dataset, SECOND.replace("500", "510"))
    releases.revert(dataset, 2, note="Back.")
    assert standing() == before
