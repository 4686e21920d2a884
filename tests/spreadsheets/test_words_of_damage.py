"""What is found in a damaged file is said in words of this site, never in those of a library."""

import csv
import struct

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
