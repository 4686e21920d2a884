"""The plain files of a release: CSV, Parquet and JSON say the same, cell by cell, and what the records say."""

import csv
import io
import json
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreadsheets import formula_injection
from spreadsheets.writing import column_texts
from tests.samples import examples
from tests.trade import released
from trade.bundles import data_dictionary, data_files
from trade.models import Dataset, Release
from trade.publishing import diff

LINE = ("CN-LN", "to_dprk", 2016, 0)


def unsaved(kind="province"):
    """A release that needs no database."""
    return Release(dataset=Dataset(**released.FACTS[kind]), number=2, created=datetime(2026, 11, 21, 9, tzinfo=UTC))


def table(made, kind="province"):
    return data_files.of_data(unsaved(kind), released.frame(made), {"CN-LN": "Liaoning", "2701": "Coal"})


def text_of_csv(made, folder, kind="province"):
    data_files.write_csv(table(made, kind), folder / "data.csv")
    return (folder / "data.csv").read_bytes().decode("utf-8-sig")


def rows_of_csv(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def typed(row, key):
    """A row of the CSV with its numbers as numbers and its blanks as None."""
    numbers = {"year": int, "month": int, "reported_usd": int, "estimate_usd": int, "quantity": float}
    return {name: numbers.get(name, formula_injection.active)(value) if value else None for name, value in row.items()}


def by_cell(rows, kind):
    """Rows under their key, flow and period, without the columns that are the same in all."""
    key = "province" if kind == "province" else "code"
    same = {key, "name", "period", "flow", "source", "demonstration", "release"}
    found = {}
    for row in rows:
        at = (row[key], row["flow"], row["period"])
        assert at not in found
        found[at] = {name: value for name, value in row.items() if name not in same}
    return found


@pytest.mark.parametrize("kind", ["province", "commodity"])
def test_every_plain_file_says_what_the_records_say(kind, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")

    @examples(25)
    @given(released.records(kind))
    def holds(made):
        wanted, data = released.expected(made), table(made, kind)
        data_files.write_csv(data, folder / "data.csv")
        rows = [typed(row, kind) for row in rows_of_csv((folder / "data.csv").read_bytes().decode("utf-8-sig"))]
        assert by_cell(rows, kind) == wanted
        data_files.write_parquet(data, folder / "data.parquet", {"title": "t"})
        assert by_cell(pq.read_table(folder / "data.parquet").to_pylist(), kind) == wanted
        data_files.write_json(data, folder / "data.json", {"release": {"number": 2}})
        assert by_cell(json.loads((folder / "data.json").read_text("utf-8"))["observations"], kind) == wanted

    holds()


@given(st.text(max_size=8))
def test_a_guard_against_formulas_can_be_taken_away_again(text):
    guarded = formula_injection.inert(text)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert formula_injection.active(guarded) == text


@given(st.lists(st.tuples(st.text("a,\"\r\n '=", max_size=4), st.integers(0, 9)), max_size=4))
@examples(60)
def test_a_csv_of_columns_is_that_of_the_csv_module(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([(text and formula_injection.inert(text), number) for text, number in rows])
    texts = [column_texts.texts(pa.array([row[0] for row in rows], pa.string()), data_files._quoted)]
    texts.append(column_texts.texts(pa.array([row[1] for row in rows], pa.int64()), str))
    assert column_texts.lines(data_files._between(texts, ",", "\r\n")).decode() == out.getvalue()


def test_text_that_only_looks_a_little_like_a_formula_is_left_alone():
    assert [formula_injection.inert(text) for text in ("'tis", "a=b", "2016", "")] == ["'tis", "a=b", "2016", ""]


def test_a_formula_in_a_note_is_inert_in_the_csv_and_plain_in_the_json(tmp_path):
    made = {LINE: {"reported": 5, "note": '=HYPERLINK("http://x")'}}
    [row] = rows_of_csv(text_of_csv(made, tmp_path))
    assert row["note"] == '\'=HYPERLINK("http://x")'
    data_files.write_json(table(made), tmp_path / "data.json", {})
    assert json.loads((tmp_path / "data.json").read_text())["observations"][0]["note"] == '=HYPERLINK("http://x")'


def test_missing_and_zero_are_two_things_and_an_estimate_is_a_third(tmp_path):
    made = {
        ("CN-LN", "to_dprk", 2016, 0): {"reported": 0, "status": "A"},
        ("CN-JL", "to_dprk", 2016, 0): {"reported": None, "status": "O"},
        ("CN-HL", "to_dprk", 2016, 0): {"reported": None, "status": "L", "estimate": 7},
    }
    cells = {
        row["province"]: (row["reported_usd"], row["estimate_usd"], row["status"])
        for row in rows_of_csv(text_of_csv(made, tmp_path))
    }
    assert cells == {"CN-LN": ("0", "", "A"), "CN-JL": ("", "", "O"), "CN-HL": ("", "7", "L")}


def test_the_csv_is_rfc_4180_with_a_byte_order_mark_and_says_where_it_is_from(tmp_path):
    text_of_csv({LINE: {"reported": 5, "note": 'a "b", c'}}, tmp_path)
    lines = (tmp_path / "data.csv").read_bytes().removeprefix(b"\xef\xbb\xbf").decode().split("\r\n")
    assert (tmp_path / "data.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert lines[0].split(",") == [column.name for column in data_dictionary.of_data(unsaved().dataset)]
    assert lines[1].startswith('CN-LN,Liaoning,2016,,2016,to_dprk,5,,A,"a ""b"", c",')
    assert lines[1].endswith(",yes,china-provinces/2")
    assert lines[2:] == [""]


def test_codes_keep_their_zeros_and_whole_quantities_have_no_point(tmp_path):
    made = {("01", "from_dprk", 2016, 0): {"reported": 5, "quantity": 1200.0, "quantity_unit": "t"}}
    [row] = rows_of_csv(text_of_csv(made, tmp_path, "commodity"))
    assert (row["code"], row["quantity"], row["quantity_unit"]) == ("01", "1200", "t")


def test_two_notes_of_one_record_are_both_told():
    made = released.frame({LINE: {"reported": 5, "estimate": 7, "note": "of the estimate"}})
    made.loc[made["component"] == "reported", "note"] = "of the source"
    [note] = data_files.of_data(unsaved(), made, {})["note"].to_pylist()
    assert note == "of the source; of the estimate"


def test_an_estimate_without_a_reported_value_has_a_row_without_a_status():
    made = released.frame({LINE: {"reported": 5, "estimate": 7}})
    [row] = data_files.of_data(unsaved(), made[made["component"] == "estimate"], {}).to_pylist()
    assert (row["reported_usd"], row["estimate_usd"], row["status"]) == (None, 7, None)


def test_changes_tell_old_and_new_and_blank_where_there_was_none(tmp_path):
    before = released.frame({LINE: {"reported": 5}, ("CN-JL", "to_dprk", 2016, 0): {"reported": 1}})
    after = released.frame({LINE: {"reported": None, "status": "Q"}, ("CN-HL", "to_dprk", 2017, 3): {"reported": 0}})
    changed = data_files.of_changes(unsaved(), diff.between(before, after), {"CN-LN": "Liaoning"})
    data_files.write_csv(changed, tmp_path / "changes.csv")
    rows = rows_of_csv((tmp_path / "changes.csv").read_bytes().decode("utf-8-sig"))
    told = [
        tuple(row[n] for n in ("change", "province", "period", "component"))
        + tuple(row[f"{age}_{n}"] for n in ("value_usd", "status") for age in ("old", "new"))
        for row in rows
    ]
    assert told == [
        ("removed", "CN-JL", "2016", "reported", "1", "", "A", ""),
        ("changed", "CN-LN", "2016", "reported", "5", "", "A", "Q"),
        ("new", "CN-HL", "2017-03", "reported", "", "0", "", "A"),
    ]


def test_every_column_of_every_file_is_described():
    for kind in ("province", "commodity"):
        for columns in (
            data_dictionary.of_data(unsaved(kind).dataset),
            data_dictionary.of_changes(unsaved(kind).dataset),
        ):
            assert all(column.title and column.description.endswith((".", "…")) for column in columns)
            assert all(column.unit == "USD" for column in columns if column.name.endswith("_usd"))


def test_an_empty_release_still_has_its_header(tmp_path):
    data_files.write_csv(data_files.of_data(unsaved(), released.frame({}), {}), tmp_path / "data.csv")
    assert rows_of_csv((tmp_path / "data.csv").read_bytes().decode("utf-8-sig")) == []
    data_files.write_json(data_files.of_data(unsaved(), released.frame({}), {}), tmp_path / "data.json", {"a": 1})
    assert json.loads((tmp_path / "data.json").read_text()) == {"a": 1, "observations": []}
