"""What is written by columns: texts as Python writes them, cells as rows written one by one, and parts of a .zip."""

import gzip
import zipfile
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from spreadsheets import xlsx_writer
from spreadsheets.writing import column_texts, rows_by_column, zip_parts
from tests.samples import examples

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
CREATED = datetime(2026, 11, 21, 9, tzinfo=UTC)


@given(st.lists(st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)), max_size=6), st.integers(0, 3))
@examples(50)
def test_integers_are_written_as_python_writes_them_also_in_a_slice(values, first):
    column = pa.array(values, pa.int64())[first:]
    wanted = [None if value is None else str(value) for value in values[first:]]
    assert column_texts.texts(column, str).to_pylist() == wanted


@given(st.lists(st.one_of(st.none(), FLOATS, st.integers(0, 2**60).map(float)), max_size=6))
@examples(100)
def test_whole_floats_have_no_point_and_others_are_written_as_python_writes_them(values):
    written = column_texts.texts(pa.array(values, pa.float64()), str).to_pylist()
    assert written == [
        None if value is None else str(int(value)) if value.is_integer() else repr(value) for value in values
    ]


def test_each_text_is_asked_about_once_and_a_missing_one_stays_missing():
    asked = []
    column = pa.array(["a", None, "b", "a", "a"])
    assert column_texts.texts(column, lambda text: asked.append(text) or text.upper()).to_pylist() == list("A") + [
        None, "B", "A", "A",
    ]  # fmt: skip
    assert asked == ["a", "b"]


def test_lines_stand_side_by_side_with_nothing_where_a_value_is_missing():
    columns = [pa.array(["0", "1", "2"])[1:], ",", pa.array(["a", None]), "\n"]
    assert column_texts.lines(columns) == b"1,a\n2,\n"
    assert column_texts.lines([pa.array([], pa.string()), "\n"]) == b""


ROWS = [
    ("CN-LN", 2016, None, 5, 1.5, "=1+1", True),
    ("", None, "R&D <b>\r\n\x00", 0, 2, "-", False),
    (None, 2017, "a" * 40_000, -3, None, "plain", None),
]
KINDS = [pa.string(), pa.int32(), pa.string(), pa.int64(), pa.float64(), pa.string(), pa.bool_()]


def book(path, rows):
    looks = ["text", "plain", "text", "number", "quantity", "text", "text"]
    columns = [xlsx_writer.Column(f"column {number}", 10, look) for number, look in enumerate(looks)]
    sheet = xlsx_writer.Sheet("data", "A title", columns, rows, lines=["A line"])
    xlsx_writer.write(path, [sheet], title="A title", created=CREATED)
    return path.read_bytes()


def test_a_table_is_written_as_the_same_rows_are_one_by_one(tmp_path, monkeypatch):
    monkeypatch.setattr(rows_by_column, "PIECE", 2)
    columns = [pa.array(column, kind) for column, kind in zip(zip(*ROWS, strict=True), KINDS, strict=True)]
    table = pa.Table.from_arrays(columns, names=[str(number) for number in range(len(KINDS))])
    assert book(tmp_path / "table.xlsx", table) == book(tmp_path / "rows.xlsx", ROWS)
    page = load_workbook(tmp_path / "table.xlsx")["data"]
    assert [cell.value for cell in page[4]] == ["CN-LN", 2016, None, 5, 1.5, "=1+1", "yes"]
    assert (page["F4"].data_type, page["F4"].quotePrefix) == ("s", True)


def test_an_archive_holds_what_was_deflated_what_was_gzipped_and_what_is_stored(tmp_path):
    content = b"code,year\n27,2024\n" * 1000
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(content, mtime=0))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        zip_parts.deflate(archive, zipfile.ZipInfo("a.txt"), [b"first ", b"", b"second"])
        zip_parts.add_gzipped(archive, zipfile.ZipInfo("b.csv"), tmp_path / "b.csv.gz", len(content))
        archive.writestr("c.bin", b"stored")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert [archive.read(name) for name in archive.namelist()] == [b"first second", content, b"stored"]
        assert archive.getinfo("b.csv").compress_size < len(content) / 50


@pytest.mark.parametrize("limit", [0, 2**31 - 1])
def test_a_text_too_large_for_an_old_header_gets_a_new_one(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(zip_parts, "ZIP64_LIMIT", limit)
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", limit)
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b"text", mtime=0))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        zip_parts.add_gzipped(archive, zipfile.ZipInfo("b.csv"), tmp_path / "b.csv.gz", 4)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read("b.csv") == b"text"
