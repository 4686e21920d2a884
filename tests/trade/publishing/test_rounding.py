"""A file that only rounds what is published changes nothing of it."""

import pandas as pd
import pytest

from trade.frames import KEY
from trade.models import Dataset
from trade.publishing import releases, rounding, staging, uploads

KEYS = [(f"CN-{code}", "to_dprk", 2024, 0, "reported") for code in ("LN", "JL", "HL", "GD", "SD", "TJ")]


def frame(values):
    rows = [(*key, value) for key, value in zip(KEYS, values, strict=True)]
    made = pd.DataFrame(rows, columns=[*KEY, "value_usd"])
    return made.assign(value_usd=made["value_usd"].astype("Int64"))


PUBLISHED = frame([1_234_567, 2_000_499, 3_000_000, 4_999_500, None, 6_000_001])


def test_the_unit_of_a_file_is_the_largest_that_nearly_all_its_values_share():
    assert rounding.unit_of(pd.Series([1000, 2000, 15_000, 0, 7000, 12_000])) == 1000
    assert rounding.unit_of(pd.Series([1000, 2000, 15_001, 0, 7000, 12_000])) == 1000
    assert rounding.unit_of(pd.Series([1000, 2000, 15_001, 0, 7001, 12_000])) == 1
    assert rounding.unit_of(pd.Series([1000, 2000])) == 1  # so few may be round by chance


def test_values_that_the_file_rounds_stay_as_they_are_published():
    table, count, unit = rounding.kept(PUBLISHED, frame([1_235_000, 2_000_000, 3_000_000, 5_000_000, 9000, 6_000_000]))
    assert table["value_usd"].tolist() == [1_234_567, 2_000_499, 3_000_000, 4_999_500, 9000, 6_000_001]
    assert (count, unit) == (4, 1000)


def test_a_value_that_differs_by_more_is_changed():
    table, count, _unit = rounding.kept(PUBLISHED, frame([1_236_000, 2_001_000, 3_001_000, 4_999_000, 9000, 6_001_000]))
    assert table["value_usd"].tolist() == [1_236_000, 2_001_000, 3_001_000, 4_999_500, 9000, 6_001_000]
    assert count == 1


def test_an_exact_value_typed_among_rounded_ones_is_taken_as_it_is():
    table, count, unit = rounding.kept(PUBLISHED, frame([1_235_000, 2_000_498, 3_000_000, 5_000_000, 9000, 6_000_000]))
    assert table["value_usd"].tolist() == [1_234_567, 2_000_498, 3_000_000, 4_999_500, 9000, 6_000_001]
    assert (count, unit) == (3, 1000)


def test_a_file_in_whole_dollars_is_taken_as_it_is():
    fresh = frame([1_234_568, 2_000_500, 3_000_001, 4_999_501, 5, 6_000_002])
    table, count, unit = rounding.kept(PUBLISHED, fresh)
    assert table is fresh and (count, unit) == (0, 1)


@pytest.mark.slow
@pytest.mark.both_databases
def test_an_upload_in_thousands_over_published_dollars_changes_nothing_and_says_so(places):
    dataset, header = Dataset.objects.get(slug="china-provinces"), "province,year,flow,value\n"
    names = ["Liaoning", "Jilin", "Heilongjiang", "Guangdong", "Shandong"]
    published = header + "".join(f"{name},2024,to_dprk,{1_234_567 + number}\n" for number, name in enumerate(names))
    rounded = header.replace("value", "US$ thousand") + "".join(f"{name},2024,to_dprk,1235\n" for name in names)
    upload = staging.stage(uploads.receive(dataset, [("a.csv", published.encode())]))
    releases.publish(upload, note="A note.", kind="scheduled", accepted="all")
    upload = staging.stage(uploads.receive(dataset, [("b.csv", rounded.encode())]))
    assert (upload.state, upload.counts["changed"], upload.counts["unchanged"]) == ("staged", 0, 5)
    assert "5 values equal the published ones, rounded to" in upload.remarks[-1]
