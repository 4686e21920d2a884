"""China's own chapter 98, "special transactions", which its customs returns hold month after month."""

import pytest

from tests.files import gacc
from trade.demonstration import DATASETS
from trade.models import Dataset, Upload
from trade.publishing import releases, staging, uploads

pytestmark = pytest.mark.both_databases

ROWS = [
    ["202503", "109", "27011100", "1296592", "5,917,063"],
    ["202503", "109", "98040000", "120", "4,310"],
]


@pytest.mark.slow
def test_a_download_with_chapter_98_is_read_and_shown_as_unspecified(words, db, client):
    """On a site that has the reference tables as they come, and nothing else."""
    dataset = Dataset.objects.create(**next(facts for facts in DATASETS if facts["slug"] == "china-commodities"))
    upload = staging.stage(uploads.receive(dataset, [("query.csv", gacc(ROWS))], flow="to_dprk"))
    assert (upload.state, upload.faults, upload.questions) == (Upload.State.STAGED, [], [])
    releases.publish(upload, note="March 2025.", kind="scheduled", accepted="all")
    page = client.get("/commodities/unspecified/?flow=to_dprk&period=months").context["payload"]
    drawn = next(figure for figure in page["figures"] if figure["id"] == "by-year")
    assert [(one["name"], one["points"][-1]["value"]) for one in drawn["series"]] == [("98 Special transactions", 4310)]
