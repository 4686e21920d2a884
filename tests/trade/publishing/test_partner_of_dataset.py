"""A file of a source that has one partner goes only into a dataset of that partner."""

import pytest

from tests.files import baci, comtrade_plus, gacc
from trade.models import Dataset, Upload
from trade.publishing import staging, uploads

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]

GACC = gacc([["202503", "109", "27011100", "1296592", "5,917,063"]])
BACI = baci([[2022, 156, 408, 270900, 311.5, 400], [2022, 643, 408, 270900, 10, 1]])


def stage(slug, data, **said):
    return staging.stage(uploads.receive(Dataset.objects.get(slug=slug), [("file.csv", data)], **said))


@pytest.mark.parametrize("data", [GACC, comtrade_plus({})])
def test_trade_with_china_is_refused_in_the_dataset_about_the_world(places, data):
    upload = stage("world-commodities", data, flow="to_dprk")
    assert [fault["code"] for fault in upload.faults] == ["other-dataset"]
    assert stage("china-commodities", data, flow="to_dprk").state == Upload.State.STAGED


@pytest.mark.parametrize(("slug", "usd"), [("china-commodities", 311_500), ("world-commodities", 321_500)])
def test_a_file_of_all_countries_is_read_as_the_dataset_says(places, slug, usd):
    upload = stage(slug, BACI, answers={"level": "2"})
    assert (upload.state, upload.warnings) == (Upload.State.STAGED, [])
    assert f"{usd}" in str(upload.summary["totals"])


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("Russia's exports to the DPRK by HS chapter, US$", Upload.State.STAGED),
        ("Exports of the Russian Federation to North Korea, US$", Upload.State.STAGED),
        ("China's exports to the DPRK by HS chapter, US$", Upload.State.REFUSED),
        ("Mongolia's exports to the DPRK by HS chapter, US$", Upload.State.REFUSED),
    ],
)
def test_a_title_may_name_the_partner_of_its_dataset_and_no_other(places, title, state):
    facts = Dataset.objects.filter(pk="china-commodities").values().get()
    Dataset.objects.create(**facts | {"slug": "russia-commodities", "partner": "Russia", "reporter": "Russia"})
    upload = stage("russia-commodities", f'"{title}",,\nHS chapter,2022,2023\n27,1000000,1200000\n'.encode())
    assert (upload.state, upload.warnings) == (state, [])
    assert upload.state != Upload.State.STAGED or upload.summary["totals"][0]["flow"] == "to_dprk"
