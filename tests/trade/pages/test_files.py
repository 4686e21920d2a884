"""The files of releases: their tags, their types and how long they are kept."""

import pytest

from tests.trade import sites
from trade.models import (
    Release,
)

publish = sites.usual


def test_a_frozen_file_never_changes_and_latest_does_soon(site, client):
    frozen, latest = (client.get(f"/data/china-provinces/{n}/data.csv") for n in ("1", "latest"))
    assert frozen["Cache-Control"] == "public, max-age=31536000, immutable"
    assert latest["Cache-Control"] == "public, max-age=60"
    assert latest["Content-Location"] == "/data/china-provinces/2/data.csv"
    old, new = (b"".join(response.streaming_content).decode("utf-8-sig") for response in (frozen, latest))
    assert "1500000" in old and "1600000" not in old
    assert "1600000" in new and "1500000" not in new


def test_a_files_tag_is_its_checksum_and_spares_the_reader_the_bytes(site, client):
    file = next(f for f in Release.objects.get(dataset="china-provinces", number=1).files if f["name"] == "data.csv")
    first = client.get("/data/china-provinces/1/data.csv")
    assert first["ETag"] == f'"{file["sha256"]}"'
    assert first["Content-Type"] == "text/csv; charset=utf-8"
    again = client.get("/data/china-provinces/1/data.csv", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])
    since = client.get("/data/china-provinces/1/data.csv", headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304


@pytest.mark.parametrize(
    ("name", "kind", "saved"),
    [("data.csv", "text/csv; charset=utf-8", True), ("README.md", "text/markdown; charset=utf-8", False),
     ("SHA256SUMS", "text/plain; charset=utf-8", False), ("data.json", "application/json", False),
     ("data.parquet", "application/vnd.apache.parquet", True)],
)  # fmt: skip
def test_a_file_says_what_it_is_and_whether_to_save_it(name, kind, saved, site, client):
    response = client.get(f"/data/china-provinces/1/{name}")
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["Content-Disposition"].startswith("attachment" if saved else "inline")
