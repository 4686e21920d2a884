"""What a file is, is told by its bytes; what cannot be opened says why, and what to do."""

import io
import random
import struct
import zipfile

import pytest

from tests.files import (
    WIDE_ROWS,
    archive,
    bomb,
    encrypted,
    encrypted_ods,
    encrypted_whole_ods,
    encrypted_xls,
    ods,
    our_workbook,
    repacked,
    replaced,
    text,
    tidy,
    xls,
    xlsx,
)

TABLE = {"to_dprk": WIDE_ROWS}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["data.xlsx", "data.csv", "data.pdf", "data", "../../etc/passwd", "数据.xls"])
@pytest.mark.parametrize("make", [lambda: xlsx(TABLE), lambda: xls(TABLE), lambda: ods(TABLE), tidy])
def test_the_name_of_a_file_does_not_matter(read, name, make):
    assert len(read((name, make())).values()) in (4, 6)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
        (b"  <!DOCTYPE html><html></html>", "a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "an XML document"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b'{"a": 1}', "a JSON document"),
        (b'[\n {\n  "a": 1,\n  "b": 2\n }\n]', "a JSON document"),
        (b"PAR1....", "a Parquet file"),
    ],
)
def test_what_people_upload_by_mistake_is_named(read, data, found):
    reading = read(data)
    assert (reading.codes, reading.faults[0].found) == (["unknown-file"], found)
    assert ".xlsx" in reading.faults[0].expected


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\xef\xbb\xbf", b"\0\0\0\0"])
def test_an_empty_file_is_said_to_be_empty(read, data):
    assert read(data).codes == ["empty"]


def test_an_empty_workbook_is_said_to_be_empty(read):
    assert read(xlsx({"Sheet1": []})).codes == ["empty"]


@pytest.mark.parametrize("make", [encrypted, encrypted_xls, encrypted_ods, encrypted_whole_ods])
def test_an_encrypted_workbook_asks_for_the_password_to_be_removed(read, make):
    found = read(make())
    assert found.codes == ["encrypted"]
    assert "password" in found.faults[0].message


@pytest.mark.parametrize("make", [lambda: xlsx(TABLE), lambda: ods(TABLE), lambda: xls(TABLE)])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_that_was_cut_off_is_refused(read, make, part):
    data = make()
    assert read(data[: int(len(data) * part)]).codes[0] in ("damaged", "unknown-file")


@pytest.mark.slow
@pytest.mark.parametrize("make", [lambda: xlsx(TABLE), lambda: ods(TABLE)])
def test_a_workbook_with_bytes_turned_is_refused_or_read_as_it_was(read, make):
    data, whole = make(), read(make()).values()
    chance = random.Random(1)
    for _ in range(60):
        hurt = bytearray(data)
        hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
        found = read(bytes(hurt))
        assert found.faults or found.questions or found.values() == whole


def test_a_word_document_is_not_a_workbook(read):
    data = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
    assert read(data).faults[0].found == "a document from another Office program"


@pytest.mark.parametrize("entity", ['<!ENTITY a "b">', '<!ENTITY a SYSTEM "file:///etc/passwd">'])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_document_type_definition_is_refused(read, entity, part):
    data = repacked(
        xlsx(TABLE),
        lambda name, content: f"<!DOCTYPE x [{entity}]>".encode() + content if name == part else content,
    )
    assert read(data).codes == ["dtd"]


def test_a_part_in_another_encoding_cannot_smuggle_a_definition_in(read):
    data = repacked(
        xlsx(TABLE),
        lambda name, content: (
            '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16") if name == "xl/workbook.xml" else content
        ),
    )
    assert read(data).faults


# --- archives ------------------------------------------------------------------------------------------------------


def test_an_archive_of_files_is_read_as_these_files(read):
    rows = [["CN-LN", 2016, "", "to_dprk", 5, "", "A", ""]]
    data = archive({"part 1.csv": tidy(rows), "部分.csv": tidy([["CN-JL", *rows[0][1:]]]), "__MACOSX/x": b"junk"})
    found = read(("both.zip", data))
    assert len(found.values()) == 2
    assert set(found.frame()["file"]) == {"both.zip/part 1.csv", "both.zip/部分.csv"}


def test_a_name_that_a_chinese_windows_wrote_is_readable(read):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr(zipfile.ZipInfo("数据.csv".encode("gb18030").decode("cp437")), tidy())
    data = buffer.getvalue()
    utf8_flag = struct.pack("<H", 0x800)
    data = data.replace(b"PK\x03\x04\x14\x00" + utf8_flag, b"PK\x03\x04\x14\x00\0\0")
    data = data.replace(b"PK\x01\x02\x14\x03\x14\x00" + utf8_flag, b"PK\x01\x02\x14\x03\x14\x00\0\0")
    written = "数据.csv".encode("gb18030").decode("cp437").encode("utf-8")
    data = data.replace(written, "数据.csv".encode("gb18030").ljust(len(written), b"_"))
    assert "数据.csv" in read(("a.zip", data)).frame()["file"].iloc[0]


def test_an_archive_within_an_archive_is_refused(read):
    assert read(archive({"inner.zip": archive({"a.csv": tidy()})})).codes == ["archive-nested"]


def test_an_empty_archive_is_refused(read):
    assert read(archive({})).codes == ["empty"]


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "C:\\a.csv", "a/../../b.csv"])
def test_a_path_that_leads_out_of_the_archive_is_refused(read, name):
    assert read(archive({name: tidy()})).codes == ["archive-path"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_stands_twice_is_refused_for_readers_differ_on_which_counts(read):
    buffer = io.BytesIO(xlsx(TABLE))
    with zipfile.ZipFile(buffer, "a") as target:
        target.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    assert read(buffer.getvalue()).codes == ["archive-path"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    ["xl/worksheets/sheet1.xml", "xl/theme/theme1.xml", "xl/styles.xml", "docProps/core.xml", "[Content_Types].xml"],
)
def test_a_bomb_in_any_part_is_refused(read, part):
    assert read(bomb(part)).codes == ["archive-ratio"]


def test_too_many_parts_are_refused(read):
    data = archive({f"{n}.csv": b"" for n in range(12)})
    assert read(data, limits={"archive_members": 10}).codes == ["archive-members"]


def test_too_many_bytes_unpacked_are_refused(read):
    assert read(xlsx(TABLE), limits={"archive_bytes": 1000}).codes == ["archive-bytes"]


def test_a_part_that_lies_about_its_size_is_refused(read):
    data = bytearray(archive({"a.csv": tidy() * 1000}))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 100)
    assert read(bytes(data)).codes == ["damaged"]


def test_too_many_files_in_one_archive_are_refused(read):
    data = archive({f"{n}.csv": tidy() for n in range(4)})
    assert read(data, limits={"files": 3}).codes == ["files"]


def test_an_encrypted_archive_asks_for_the_password_to_be_removed(read):
    data = bytearray(archive({"a.csv": tidy()}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert read(bytes(data)).codes == ["encrypted"]


def test_a_file_in_an_archive_may_be_as_large_as_a_file_and_no_larger(read):
    assert read(archive({"a.csv": tidy() * 50}), limits={"bytes": 5_000}).codes == ["bytes"]


def test_too_many_rows_are_refused(read):
    rows = [["CN-LN", 2016, month, "to_dprk", 5, "", "", ""] for month in range(1, 12)]
    assert read(tidy(rows), limits={"rows": 10}).codes == ["rows"]


def test_a_dimension_that_lies_does_no_harm(read):
    data = replaced(xlsx(TABLE), "xl/worksheets/sheet1.xml", '<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"')
    assert len(read(data).values()) == 6


def test_one_bad_file_of_several_is_named(read):
    found = read(("good.csv", tidy()), ("bad.xlsx", b"PK\x03\x04"), ("worse.csv", b""))
    assert [(fault.file, fault.code) for fault in found.faults] == [("bad.xlsx", "damaged"), ("worse.csv", "empty")]


def test_a_signature_is_read_from_the_cover_alone(read):
    wide = {"to_dprk": [["Code", "Name", "2016"], ["CN-LN", "Liaoning", 5]]}
    assert read(our_workbook(wide=wide)).reading.signature == {"dataset": "china-provinces", "release": 2}
    assert read(our_workbook(wide=wide, release="two")).reading.signature is None
    assert read(text([["Dataset identifier", "x"], ["Release", 1]])).reading.signature is None


@pytest.mark.parametrize("within", ["1<!-- -->0", "<![CDATA[10]]>", "1<!---->"])
def test_a_comment_within_a_cell_is_refused_for_libraries_give_part_of_its_value(read, within):
    book = replaced(xlsx(TABLE), "xl/worksheets/sheet1.xml", "<v>[0-9]+</v>", f"<v>{within}</v>")
    assert read(book).codes == ["damaged"]


def test_a_comment_before_the_cells_does_no_harm(read):
    book = replaced(xlsx(TABLE), "xl/worksheets/sheet1.xml", "<sheetData>", "<!-- by a program --><sheetData>")
    assert read(book, flow="to_dprk").frame().equals(read(xlsx(TABLE), flow="to_dprk").frame())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_files_that_were_joined_with_their_marks_are_one(read, encoding):
    parts = [tidy([[code, 2016, "", "to_dprk", 5, "", "A", ""]]).decode() for code in ("CN-LN", "CN-JL", "CN-BJ")]
    found = read("".join(f"\ufeff{part}" for part in parts).encode(encoding))
    assert {key[0] for key in found.values()} == {"CN-LN", "CN-JL", "CN-BJ"}
