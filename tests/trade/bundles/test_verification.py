"""manage.py verify finds whatever in a bundle is not as it was published, or not what the database says."""

import gzip
import hashlib
import io
import json

import brotli
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from tests.trade import released
from trade.bundles import storage
from trade.models import Province
from trade.publishing.removing import withdrawal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

RECORDS = {
    ("CN-LN", "to_dprk", 2015, 0): {"reported": 5_000_000, "note": "=1+1"},
    ("CN-LN", "to_dprk", 2016, 3): {"reported": None, "status": "L", "estimate": 7, "note": "two\nlines"},
    ("CN-JL", "from_dprk", 2016, 0): {"reported": 0},
}
GOODS = {("2701", "from_dprk", 2016, 0): {"reported": 7, "quantity": 1.5, "quantity_unit": "t"}}


@pytest.fixture
def made(db):
    return released.release(released.dataset("province"), RECORDS)


def verified(*arguments):
    """Run the command: (exit code, {"made-1/1": [faults]})."""
    said, code = io.StringIO(), 0
    try:
        call_command("verify", *arguments, "--json", stdout=said)
    except SystemExit as stop:
        code = stop.code
    account = json.loads(said.getvalue())
    return code, {f"{one['dataset']}/{one['release']}": one["faults"] for one in account["releases"]}


def faults_of(release):
    code, faults = verified(release.dataset_id, str(release.number))
    [found] = faults.values()
    assert code == (1 if found else 0)
    return found


def replace(release, name, content, vouched=True):
    """Put other bytes in a file's place; `vouched`: and their checksum wherever the release names it."""
    bundles, place = storages["bundles"], f"{release.bundle}/{name}"
    bundles.delete(place)
    bundles.save(place, ContentFile(content))
    if vouched:
        for ending in (".br", ".gz"):
            bundles.delete(f"{place}{ending}")
        entry, old = release.file(name), release.file(name)["sha256"]
        entry |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        release.save(update_fields=["files"])
        sums = read(release, "SHA256SUMS")
        if old.encode() in sums:
            replace(release, "SHA256SUMS", sums.replace(old.encode(), entry["sha256"].encode()))


def read(release, name):
    with storage.open_file(release, name) as file:
        return file.read()


@pytest.mark.slow
def test_what_was_published_is_found_as_it_was_published(made):
    goods = released.release(released.dataset("commodity"), GOODS)
    later = released.release(made.dataset, {("CN-LN", "to_dprk", 2015, 0): {"reported": 1}})
    code, faults = verified()
    assert code == 0
    assert faults == {f"{one.dataset_id}/{one.number}": [] for one in (made, later, goods)}


def test_a_changed_byte_is_found_by_its_checksum(made):
    replace(made, "README.md", read(made, "README.md") + b" ", vouched=False)
    [fault] = faults_of(made)
    assert fault.startswith("README.md: its SHA-256 is ")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["workbook.xlsx", "data.csv", "SHA256SUMS"])
def test_a_file_that_is_gone_is_missed(made, name):
    storages["bundles"].delete(f"{made.bundle}/{name}")
    assert faults_of(made) == [f"{name}: is missing"]


@pytest.mark.slow
def test_a_whole_folder_that_is_gone_is_missed(made):
    storage.remove(made)
    assert len(faults_of(made)) == len(made.files)


@pytest.mark.slow
def test_a_file_that_does_not_belong_to_the_release_is_named(made):
    storages["bundles"].save(f"{made.bundle}/extra.txt", ContentFile(b"x"))
    assert faults_of(made) == ["extra.txt: is not a file of this release"]


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".br", ".gz"])
def test_a_compressed_form_that_holds_something_else_is_found(made, ending):
    other = read(made, "data.csv") + b"x"
    packed = {".br": brotli.compress, ".gz": gzip.compress}[ending]
    for wrong in (packed(other), b"damaged", packed(read(made, "data.csv"))[:-20]):
        replace(made, f"data.csv{ending}", wrong, vouched=False)
        assert faults_of(made) == [f"data.csv{ending}: does not match the uncompressed file when unpacked"]
    storages["bundles"].delete(f"{made.bundle}/data.csv{ending}")
    assert faults_of(made) == []


@pytest.mark.slow
def test_a_withdrawn_release_without_its_marker_is_found(made):
    withdrawal.withdraw(made, "Wrong.")
    storages["bundles"].delete(f"{made.bundle}/{storage.WITHDRAWN}")
    assert "servers may still send" in faults_of(made)[0]


@pytest.mark.slow
def test_a_csv_that_says_another_value_than_the_database_is_found_under_a_right_checksum(made):
    replace(made, "data.csv", read(made, "data.csv").replace(b"5000000", b"5000001"))
    assert faults_of(made) == [
        "data.csv: CN-LN 2015 to_dprk reported_usd: 5000001 in the file, 5000000 in the database"
    ]


@pytest.mark.slow
def test_a_zero_in_the_place_of_a_missing_value_is_found(made):
    replace(made, "data.csv", read(made, "data.csv").replace(b"to_dprk,,7,L", b"to_dprk,0,7,L"))
    assert faults_of(made) == ["data.csv: CN-LN 2016-03 to_dprk reported_usd: 0 in the file, missing in the database"]


@pytest.mark.slow
def test_a_row_that_is_lost_or_doubled_is_found(made):
    head, *rows = read(made, "data.csv").split(b"\r\n")
    lost = [row for row in rows if not row.startswith(b"CN-JL")]
    replace(made, "data.csv", b"\r\n".join([head, *lost]))
    assert faults_of(made) == ["data.csv: CN-JL 2016 from_dprk is not in the file"]
    doubled = [row for row in rows for _time in range(2 if row.startswith(b"CN-JL") else 1)]
    replace(made, "data.csv", b"\r\n".join([head, *doubled]))
    assert faults_of(made) == ["data.csv: the rows are in a different order or duplicated"]


@pytest.mark.slow
def test_another_value_in_the_parquet_is_found(made):
    table = pq.read_table(io.BytesIO(read(made, "data.parquet")))
    place = table.column_names.index("estimate_usd")
    table = table.set_column(place, table.schema.field(place), pc.add(table["estimate_usd"], pa.scalar(1, pa.int64())))
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    replace(made, "data.parquet", buffer.getvalue())
    assert faults_of(made) == ["data.parquet: CN-LN 2016-03 to_dprk estimate_usd: 8 in the file, 7 in the database"]


@pytest.mark.slow
def test_a_file_that_is_no_table_any_more_is_a_fault_and_not_a_crash(made):
    replace(made, "data.csv", b"nothing\r\n")
    replace(made, "data.parquet", b"nothing")
    csv_fault, parquet_fault = faults_of(made)
    assert csv_fault.startswith("data.csv: cannot be read")
    assert parquet_fault.startswith("data.parquet: cannot be read")


@pytest.mark.slow
def test_an_observation_that_was_changed_behind_the_releases_is_found_in_both_files(made):
    made.dataset.observations.filter(year=2015).update(value_usd=4)
    assert [fault.partition(":")[0] for fault in faults_of(made)] == ["data.csv", "data.parquet"]


@pytest.mark.slow
def test_many_differences_are_counted_and_a_few_are_shown(db):
    made = released.release(
        released.dataset("province"), {("CN-LN", "to_dprk", 1990 + n, 0): {"reported": n} for n in range(20)}
    )
    made.dataset.observations.update(status="P")
    faults = [fault for fault in faults_of(made) if fault.startswith("data.csv")]
    assert len(faults) == 6
    assert faults[-1] == "data.csv: and 15 more differences"


@pytest.mark.slow
def test_a_province_that_has_got_another_name_since_is_no_fault(made):
    Province.objects.filter(code="CN-LN").update(name_en="Another name")
    made.dataset.source = "Another source"
    made.dataset.save()
    assert faults_of(made) == []


@pytest.mark.slow
def test_a_withdrawn_release_is_verified_too(made):
    withdrawal.withdraw(made, "Wrong.")
    assert faults_of(made) == []
    replace(made, "README.md", b"", vouched=False)
    assert len(faults_of(made)) == 1


@pytest.mark.slow
def test_it_speaks_in_words_and_names_what_there_is_not(made):
    said = io.StringIO()
    call_command("verify", made.dataset_id, stdout=said)
    assert said.getvalue() == f"{made.dataset_id} release 1: {len(made.files)} files, as published\n"
    storages["bundles"].delete(f"{made.bundle}/README.md")
    with pytest.raises(SystemExit) as stop:
        call_command("verify", made.dataset_id, stdout=said)
    assert stop.value.code == 1
    assert "  README.md: is missing\n" in said.getvalue()
    with pytest.raises(CommandError, match="no release of “nothing”"):
        call_command("verify", "nothing")
    with pytest.raises(CommandError, match="no release 9 of"):
        call_command("verify", made.dataset_id, "9")
