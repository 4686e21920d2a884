"""What is found in a damaged file is said in words of this site, never in those of a library."""

import csv
import io
import struct
import zipfile

import pytest

from tests.files import WIDE_ROWS, archive, ods, xls, xlsx

TABLE = {"to_dprk": WIDE_ROWS}
CUT_OFF = "a truncated archive (its file list is missing)"
CHANGED = "an archive with a part that cannot be unpacked or fails its checksum"
PACKED_ODDLY = "parts compressed with a method that spreadsheet programs do not use"
INCOMPLETE = "a workbook with a missing or unreadable part"
OLD_INCOMPLETE = "an .xls workbook with a missing or unreadable part"


def cut(data, part=0.6):
    return data[: int(len(data) * part)]


def with_wrong_checksum():
    data = bytearray(xlsx(TABLE))
    place = data.index(b"PK\x01\x02") + 16
    data[place] ^= 1
    return bytes(data)


def packed_by(method):
    data = bytearray(archive({"a.csv": b"province,year\nCN-LN,2016\n"}))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = data.index(mark) + offset
        data[place : place + 2] = struct.pack("<H", method)
    return bytes(data)


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda: cut(xlsx(TABLE)), CUT_OFF),
        (lambda: cut(ods(TABLE)), CUT_OFF),
        (lambda: b"PK\x03\x04 and nothing more", CUT_OFF),
        (with_wrong_checksum, CHANGED),
        (lambda: packed_by(97), PACKED_ODDLY),
        (lambda: archive({"[Content_Types].xml": b"<Types/>", "xl/other.xml": b"<a/>"}), INCOMPLETE),
        (lambda: archive({"mimetype": b"", "content.xml": b"<a><b></a>"}), INCOMPLETE),
        (lambda: cut(xls(TABLE)), OLD_INCOMPLETE),
        (lambda: xls(TABLE)[:600], OLD_INCOMPLETE),
    ],
)
def test_damage_is_named_in_words(read, make, found):
    [fault] = read(make()).faults
    assert (fault.code, fault.found) == ("damaged", found)


@pytest.fixture
def usual_limit():
    """As in the child process: here a library of the tests may have raised the limit for all."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("usual_limit")
@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b'"CN-LN,2016', "an unclosed quotation mark"),
        (b'"CN"-LN,2016', "more text after a closing quotation mark"),
        (b"CN-LN," + b"x" * 140_000, "a field of more than 131,072 characters"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_in_words(read, line, found):
    [fault] = read(b"province,year,flow,reported_usd\nCN-LN,2016,to_dprk,5\n" + line + b"\n").faults
    assert fault.found == found


@pytest.mark.parametrize("make", [xlsx, ods])
@pytest.mark.parametrize("parts", [20, 40])
def test_a_workbook_of_very_many_parts_is_called_a_workbook(read, make, parts):
    buffer = io.BytesIO(make(TABLE))
    with zipfile.ZipFile(buffer, "a") as target:
        for n in range(parts):
            target.writestr(f"xl/media/{n}.png", b"")
    [fault] = read(buffer.getvalue(), limits={"archive_members": 15}).faults
    assert (fault.code, fault.expected) == ("archive-members", "at most 15 parts")
    assert fault.found.startswith("a workbook of ")
    assert "new workbook" in fault.message


@pytest.mark.parametrize("files", [20, 40])
def test_an_archive_of_very_many_files_is_called_an_archive(read, files):
    data = archive({f"{n}.xlsx": xlsx({"A": []}) if n < 3 else b"" for n in range(files)})
    [fault] = read(data, limits={"archive_members": 15}).faults
    assert (fault.code, fault.expected) == ("archive-members", "at most 15 files")
    assert fault.found.startswith("an archive of ")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_stands_twice_in_a_workbook_is_named_and_the_workbook_to_be_saved_again(read):
    buffer = io.BytesIO(xlsx(TABLE))
    with zipfile.ZipFile(buffer, "a") as target:
        target.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    [fault] = read(buffer.getvalue()).faults
    assert fault.found == "the part xl/worksheets/sheet1.xml, which is there 2 times"
    assert fault.message == "Open the workbook in the program that created it and save it again."


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_stands_twice_in_an_archive_is_named(read):
    buffer = io.BytesIO(archive({"a.csv": b"1"}))
    with zipfile.ZipFile(buffer, "a") as target:
        target.writestr("A.csv", b"2")
    [fault] = read(buffer.getvalue()).faults
    assert (fault.code, fault.found) == ("archive-path", "a.csv, which is there 2 times")
    assert "archive" in fault.message
