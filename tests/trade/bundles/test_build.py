"""The bundle of a release: all its files, that they agree with the database, and that they stay as they are."""

import csv
import gc
import hashlib
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from frictionless import Package
from hypothesis import HealthCheck, Phase, given

from tests.samples import examples, slow_after
from tests.schema_org import unknown
from tests.trade import released
from tests.trade.bundles.test_data_files import by_cell, typed
from trade import frames
from trade.bundles import build, data_dictionary, storage
from trade.models import Release, Upload
from trade.publishing import diff, releases, staging, uploads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

KINDS = ("province", "commodity")
PLAIN = {"chart.json", "data.csv", "data.json", "data.parquet", "changes.csv", "workbook.xlsx"}
OF_GOODS = {"by-sanctions.csv", "sanctions-rules.csv"}
DESCRIBING = {"README.md", "SHA256SUMS", "datapackage.json", "metadata.json"}
MADE = {
    "province": {
        ("CN-LN", "to_dprk", 2015, 0): {"reported": 5_000_000, "note": "=1+1"},
        ("CN-LN", "to_dprk", 2016, 0): {"reported": 7_000_000, "status": "P"},
        ("CN-JL", "to_dprk", 2016, 0): {"reported": None, "status": "O"},
        ("CN-HL", "to_dprk", 2016, 0): {"reported": None, "status": "L", "estimate": 9_000_000, "note": "oil"},
        ("CN-LN", "from_dprk", 2016, 0): {"reported": 0},
    },
    "commodity": {
        ("01", "to_dprk", 2016, 0): {"reported": 5_000_000},
        ("2701", "from_dprk", 2015, 0): {"reported": 6_000_000, "quantity": 22_480.0, "quantity_unit": "t"},
        ("2701", "from_dprk", 2016, 0): {"reported": 7_000_000, "quantity": 22_480.5, "quantity_unit": "t"},
    },
}


@pytest.fixture(params=slow_after(1, KINDS))
def made(request, db):
    """A release of each kind."""
    return released.release(released.dataset(request.param), MADE[request.param])


def plain(release):
    """The files that hold a release's numbers, without its charts."""
    return PLAIN | (OF_GOODS if release.dataset.kind == "commodity" else set())


def content(release, name):
    with storage.open_file(release, name) as file:
        return file.read()


def unpacked(release, folder):
    """The files of a release in a folder, as a reader has them who took them all."""
    for file in release.files:
        (folder / file["name"]).write_bytes(content(release, file["name"]))
    return folder


def written_again(release, folder):
    """The files of a release made a second time, from what the database says of it."""
    rows = release.dataset.observations
    before = release.dataset.releases.filter(number=release.number - 1).first()
    old = rows.as_of(before).frame() if before else frames.empty(frames.HEAD_COLUMNS)
    folder.mkdir()
    stood = rows.as_of(release).frame()
    changes = diff.between(old, stood)
    build.write(folder, release, stood, changes, build.names_now(release, stood, changes))
    return folder


def test_a_bundle_holds_every_file_with_its_size_and_checksum(made):
    charts = {f"chart-{flow}.svg" for flow in ("to_dprk", "from_dprk")}
    archive = f"{made.dataset_id}-{made.number}.zip"
    assert {file["name"] for file in made.files} == plain(made) | DESCRIBING | charts | {archive}
    for file in made.files:
        found = content(made, file["name"])
        assert (len(found), hashlib.sha256(found).hexdigest()) == (file["size"], file["sha256"])


@pytest.mark.slow
def test_the_checksums_are_those_of_the_files(made, tmp_path):
    folder = unpacked(made, tmp_path)
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    assert {line[66:] for line in lines} == {path.name for path in folder.iterdir()} - {"SHA256SUMS", f"{zip_of(made)}"}
    for line in lines:
        assert hashlib.sha256((folder / line[66:]).read_bytes()).hexdigest() == line[:64]


def zip_of(release):
    return f"{release.dataset_id}-{release.number}.zip"


@pytest.mark.slow
def test_the_archive_holds_all_files_under_one_folder_with_the_date_of_the_release(made):
    with zipfile.ZipFile(io.BytesIO(content(made, zip_of(made)))) as archive:
        stem = zip_of(made).removesuffix(".zip")
        assert archive.testzip() is None
        inside = {Path(part.filename).name: archive.read(part) for part in archive.infolist()}
        assert inside == {
            file["name"]: content(made, file["name"]) for file in made.files if file["name"] != zip_of(made)
        }
        assert {part.filename.split("/")[0] for part in archive.infolist()} == {stem}
        *day_and_minute, second = made.created.astimezone(UTC).timetuple()[:6]
        assert {part.date_time for part in archive.infolist()} == {
            (*day_and_minute, second // 2 * 2)
        }  # zip counts in 2 s


@pytest.mark.slow
def test_the_same_release_gives_the_same_bytes_at_another_time(made, tmp_path):
    Release.objects.filter(pk=made.pk).update(created=datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC))
    made.refresh_from_db()
    first, second = written_again(made, tmp_path / "first"), written_again(made, tmp_path / "second")
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name
    for part in ("docProps/core.xml", "xl/workbook.xml"):
        written = zipfile.ZipFile(first / "workbook.xlsx").read(part).decode()
        assert set(re.findall(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", written)) <= {"2020-02-03T04:05:06Z"}


@pytest.mark.soak
@pytest.mark.both_databases
def test_a_release_stays_as_it_was_whatever_comes_after_it(db):
    dataset = released.dataset("province")
    first = released.release(dataset, MADE["province"])
    before = {file["name"]: content(first, file["name"]) for file in first.files}
    for number in range(2, 12):
        released.release(dataset, {("CN-LN", "to_dprk", 2015, 0): {"reported": number}})
    releases.revert(dataset, 1, note="Back to the first.")
    first.refresh_from_db()
    assert {file["name"]: content(first, file["name"]) for file in first.files} == before
    newest = dataset.latest_release()
    assert (newest.number, cells(newest)) == (12, cells(first))


def test_python_looks_for_cycles_again_after_a_bundle_that_failed(monkeypatch):
    looks, release = [], Release(dataset=released.dataset("province"), number=1, created=datetime.now(UTC))

    def fail(*_of_bundle):
        looks.append(gc.isenabled())
        raise OSError("no room")

    monkeypatch.setattr(build, "_write", fail)
    with pytest.raises(OSError, match="no room"):
        build.build(release, frames.empty(frames.HEAD_COLUMNS), frames.empty(frames.CHANGE_COLUMNS))
    assert (looks, gc.isenabled()) == ([False], True)


def cells(release):
    """{("CN-LN", "to_dprk", "2016"): ("5", "", "A")} of the CSV of a release."""
    key = data_dictionary.key_of(release.dataset)
    rows = csv.DictReader(io.StringIO(content(release, "data.csv").decode("utf-8-sig"), newline=""))
    return {(r[key], r["flow"], r["period"]): (r["reported_usd"], r["estimate_usd"], r["status"]) for r in rows}


# --- what describes it ---------------------------------------------------------------------------------------------


def test_the_data_package_is_valid_and_describes_every_other_file(made, tmp_path):
    folder = unpacked(made, tmp_path)
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["type", "note"]) == []
    package = json.loads((folder / "datapackage.json").read_text())
    listed = {one["path"]: one for one in package["resources"] + package["files"]}
    charts = {path.name for path in folder.glob("*.svg")}
    assert set(listed) == plain(made) | charts | {"README.md"}
    for name, one in listed.items():
        found = (folder / name).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(found), f"sha256:{hashlib.sha256(found).hexdigest()}")


@pytest.mark.slow
def test_the_validator_of_data_packages_would_find_a_wrong_value(made, tmp_path):
    folder = unpacked(made, tmp_path)
    (folder / "data.csv").write_bytes(content(made, "data.csv").replace(b"5000000", b"many"))
    assert "type-error" in {kind for [kind] in Package(str(folder / "datapackage.json")).validate().flatten(["type"])}


@pytest.mark.slow
def test_the_package_gives_units_missing_values_keys_and_statuses(made):
    package = json.loads(content(made, "datapackage.json"))
    [data] = [one for one in package["resources"] if one["name"] == "data"]
    fields = {field["name"]: field for field in data["schema"]["fields"]}
    assert list(fields) == content(made, "data.csv").decode("utf-8-sig").split("\r\n")[0].split(",")
    assert fields["reported_usd"]["unit"] == "USD"
    assert data["schema"]["missingValues"] == [""]
    assert data["schema"]["primaryKey"] == [data_dictionary.key_of(made.dataset), "period", "flow"]
    assert all(fields[name]["constraints"]["required"] for name in data["schema"]["primaryKey"])
    assert fields["status"]["constraints"]["enum"] == list("APBOLQU")
    assert (package["version"], package["sources"][0]["title"]) == (str(made.number), made.dataset.source)
    assert package["licenses"][0]["title"] == made.dataset.licence


@pytest.mark.slow
def test_the_metadata_are_a_dataset_of_schema_org(made):
    metadata = json.loads(content(made, "metadata.json"))
    assert (metadata["@context"], metadata["@type"]) == ("https://schema.org/", "Dataset")
    assert unknown(metadata) == []
    assert 50 <= len(metadata["description"]) <= 5000
    files = {one["name"]: one for one in metadata["distribution"]}
    assert files["data.csv"]["sha256"] == hashlib.sha256(content(made, "data.csv")).hexdigest()
    assert files["data.csv"]["contentUrl"] == f"/data/{made.dataset_id}/{made.number}/data.csv"
    years = metadata["temporalCoverage"].split("/")
    assert years == ["2015", "2016"]


@pytest.mark.slow
def test_the_read_me_tells_what_a_stranger_must_know(made):
    text = content(made, "README.md").decode()
    dataset = made.dataset
    for needed in (dataset.title, dataset.source, dataset.licence, made.note, "How to cite", "@dataset{", "invented"):
        assert needed in text
    for column in data_dictionary.of_data(dataset):
        assert f"| `{column.name}` |" in text
    for file in made.files:
        assert f"`{file['name']}`" in text


@pytest.mark.slow
def test_every_file_for_people_and_programs_says_that_a_demonstration_is_one(made):
    assert json.loads(content(made, "data.json"))["dataset"]["is_demonstration"] is True
    assert json.loads(content(made, "chart.json"))["dataset"]["is_demonstration"] is True
    assert json.loads(content(made, "datapackage.json"))["demonstration"] is True
    assert all(pq.read_table(io.BytesIO(content(made, "data.parquet")))["demonstration"].to_pylist())
    for name in ("README.md", "metadata.json", "chart-to_dprk.svg", "chart-from_dprk.svg"):
        assert "invented" in content(made, name).decode(), name


@pytest.mark.slow
def test_a_real_dataset_is_not_called_a_demonstration(db):
    dataset = released.dataset("commodity", is_demonstration=False, partner="the world", description="Trade." * 20)
    made = released.release(dataset, MADE["commodity"])
    assert {row["demonstration"] for row in csv.DictReader(io.StringIO(content(made, "data.csv").decode()))} == {"no"}
    assert "DEMONSTRATION" not in content(made, "README.md").decode()


# --- round trips ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_files_of_any_release_come_back_without_a_change(kind):
    # An import is a process of its own: a few examples, and none made smaller.
    @examples(16, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(released.records(kind, released.PLAIN_TEXT))
    def holds(records):
        made = released.release(released.dataset(kind), records)
        assert in_database(made) == released.expected(records)
        for name in ("data.csv", "workbook.xlsx"):
            upload = staging.stage(uploads.receive(made.dataset, [(name, content(made, name))]))
            assert (upload.state, upload.faults, upload.questions) == (Upload.State.STAGED, [], [])
            assert {word: upload.counts[word] for word in ("new", "changed", "removed", "emptied")} == dict.fromkeys(
                ("new", "changed", "removed", "emptied"), 0
            )

    holds()


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.both_databases
def test_every_file_and_the_api_say_of_any_release_what_the_database_says(kind, client):
    # Each example publishes: a few, and none made smaller.
    @examples(16, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(released.records(kind))
    def holds(records):
        made = released.release(released.dataset(kind), records)
        expected = released.expected(records)
        assert in_database(made) == expected
        rows = csv.DictReader(io.StringIO(content(made, "data.csv").decode("utf-8-sig"), newline=""))
        assert by_cell([typed(row, kind) for row in rows], kind) == expected
        parquet = pq.read_table(io.BytesIO(content(made, "data.parquet")))
        assert by_cell(parquet.to_pylist(), kind) == expected
        assert by_cell(json.loads(content(made, "data.json"))["observations"], kind) == expected
        sheet = openpyxl.load_workbook(io.BytesIO(content(made, "workbook.xlsx")))["data"]
        for name in ("reported", "estimate"):
            assert long_sheet(sheet, kind, f"{name}_usd") == values(expected, f"{name}_usd")
            found = client.get(f"/api/v1/datasets/{made.dataset_id}/observations", {"component": name, "limit": 10_000})
            api = {
                (row[KEY[kind]], row["flow"], row["period"]): row["value_usd"] for row in found.json()["observations"]
            }
            assert {at: value for at, value in api.items() if value is not None} == values(expected, f"{name}_usd")

    cache.clear()
    holds()


KEY = {"province": "province", "commodity": "code"}


def values(expected, name):
    """The cells that have a value of a component."""
    return {at: record[name] for at, record in expected.items() if record[name] is not None}


def long_sheet(sheet, kind, name):
    """The same from the long sheet of the workbook."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    header = next(number for number, row in enumerate(rows) if row[0] == KEY[kind])
    found = [dict(zip(rows[header], row, strict=True)) for row in rows[header + 1 :]]
    periods = [f"{row['year']}-{row['month']:02d}" if row["month"] else str(row["year"]) for row in found]
    return {
        (row[KEY[kind]], row["flow"], period): row[name]
        for row, period in zip(found, periods, strict=True)
        if row[name] is not None
    }


@pytest.mark.slow
def test_a_note_that_looks_like_a_formula_comes_back_from_the_workbook_as_it_was(made):
    looks = ["=1+1", "'=1+1", "+5", "-", "@x", "'tis", '=HYPERLINK("http://x")']
    key = released.KEYS[made.dataset.kind][0]
    records = {(key, "to_dprk", 2000 + n, 0): {"reported": n, "note": text} for n, text in enumerate(looks)}
    second = released.release(made.dataset, records)
    upload = staging.stage(uploads.receive(made.dataset, [("workbook.xlsx", content(second, "workbook.xlsx"))]))
    assert (upload.counts["unchanged"], upload.counts["changed"], upload.counts["new"]) == (len(looks), 0, 0)


def in_database(release):
    """What `released.expected` says, read from the rows that stand."""
    found = {}
    for row in release.dataset.observations.as_of(release).order_by("-component"):  # the reported row first
        key = getattr(row, row.KEY)
        period = f"{row.year}-{row.month:02d}" if row.month else str(row.year)
        cell = found.setdefault((key, row.flow, period), {"year": row.year, "month": row.month or None})
        cell[f"{row.component}_usd"] = row.value_usd
        cell["note"] = row.note or cell.get("note") or None
        for name in ("estimate_usd", "second_estimate_usd", "second_estimate_note"):
            cell.setdefault(name, None)
        if row.component == "reported":
            cell["status"] = row.status
            if row.KEY == "code":
                cell |= {"quantity": row.quantity, "quantity_unit": row.quantity_unit or None}
    return found


def values_of(rows):
    return {(row.province_id, row.flow, row.year, row.month, row.component): row.value_usd for row in rows}


# --- withdrawal ----------------------------------------------------------------------------------------------------


def test_a_withdrawn_release_gives_its_reason_and_no_file(made):
    call_command("withdraw", made.dataset_id, made.number, reason="It named a person.")
    made.refresh_from_db()
    for ask in (lambda: storage.open_file(made, "data.csv"), lambda: storage.cube(made)):
        with pytest.raises(storage.Withdrawn, match=r"It named a person\."):
            ask()
    assert made.withdrawn
    assert Release.objects.get(pk=made.pk).files


@pytest.mark.slow
@pytest.mark.both_databases
def test_when_the_newest_release_is_withdrawn_the_one_before_it_is_shown(db):
    dataset = released.dataset("province")
    first = released.release(dataset, MADE["province"])
    second = released.release(dataset, {("CN-LN", "to_dprk", 2015, 0): {"reported": 1}})
    assert list(Release.objects.newest_by_dataset().filter(dataset=dataset)) == [second]
    said = io.StringIO()
    call_command("withdraw", dataset.pk, 2, reason="Wrong file.", stdout=said)
    [newest] = Release.objects.newest_by_dataset().filter(dataset=dataset)
    assert (newest.number, newest.kind, newest.withdraws) == (3, "withdrawal", second)
    assert "Readers are shown release 3" in said.getvalue()
    assert values_of(dataset.observations.as_of(newest)) == values_of(dataset.observations.as_of(first))


@pytest.mark.slow
@pytest.mark.both_databases
def test_a_release_is_withdrawn_once_and_for_a_reason(made):
    with pytest.raises(CommandError, match="reason"):
        call_command("withdraw", made.dataset_id, made.number, reason="  ")
    call_command("withdraw", made.dataset_id, made.number, reason="Wrong.")
    with pytest.raises(CommandError, match="already"):
        call_command("withdraw", made.dataset_id, made.number, reason="Wrong again.")
    with pytest.raises(CommandError, match="no release 9"):
        call_command("withdraw", made.dataset_id, 9, reason="Wrong.")
