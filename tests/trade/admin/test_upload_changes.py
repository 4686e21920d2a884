"""The list of changes of an upload is sorted and filtered, shows notes, and can be taken away as a workbook."""

import io

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.trade import released
from trade.models import Dataset
from trade.publishing import staging, uploads

pytestmark = [pytest.mark.django_db]
STANDING = {
    ("CN-LN", "to_dprk", 2016, 0): {"reported": 1_000_000, "note": "=1+1"},
    ("CN-JL", "to_dprk", 2016, 0): {"reported": 50_000},
    ("CN-HL", "from_dprk", 2015, 0): {"reported": 7_000},
}
FILE = (
    "province,year,flow,reported_usd,note\n"
    "Liaoning,2016,to_dprk,1000000,Revised.\nJilin,2016,to_dprk,60000,\nHeilongjiang,2015,from_dprk,70000,\n"
)


@pytest.fixture
def upload(places):
    dataset = Dataset.objects.get(slug="china-provinces")
    released.release(dataset, STANDING)
    return staging.stage(uploads.receive(dataset, [("a.csv", FILE.encode())]))


@pytest.fixture
def client(client):
    client.force_login(User.objects.create_superuser("chief"))
    return client


def rows(client, upload, **query):
    page = client.get(reverse("admin:trade_upload_change", args=[upload.pk]), query).context["page"]
    return [row["key"] for row in page]


@pytest.mark.slow
def test_it_is_sorted_and_filtered(client, upload):
    assert rows(client, upload, sort="amount") == ["CN-HL", "CN-JL", "CN-LN"]
    assert rows(client, upload, sort="ratio") == ["CN-HL", "CN-JL", "CN-LN"]
    assert rows(client, upload, sort="name") == ["CN-HL", "CN-JL", "CN-LN"]
    assert rows(client, upload, sort="period")[-1] == "CN-HL"
    assert rows(client, upload, q="liao") == rows(client, upload, q="ln") == ["CN-LN"]
    assert rows(client, upload, change="beside") == ["CN-LN"]
    assert rows(client, upload, flow="from_dprk", sort="amount") == ["CN-HL"]


def test_a_change_of_a_note_alone_is_shown_as_such(client, upload):
    page = client.get(reverse("admin:trade_upload_change", args=[upload.pk])).content.decode()
    assert "<del>=1+1</del> → Revised." in page
    assert "the same" in page
    assert "to_dprk</td>" not in page


def test_what_is_filtered_is_taken_away_as_a_workbook(client, upload):
    address = reverse("admin:trade_upload_changes", args=[upload.pk])
    answer = client.get(address, {"sort": "amount", "flow": "to_dprk"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    header, *lines = [row for row in sheet.iter_rows(values_only=True) if row[1]]
    found = [dict(zip(header, line, strict=True)) for line in lines]
    assert [line["Name"] for line in found] == ["Jilin", "Liaoning"]
    assert [line["Difference, US$"] for line in found] == [10_000, 0]
    assert found[1]["Note before"] == "=1+1"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
