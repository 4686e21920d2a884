"""Text files: encodings, delimiters, columns by name, rows that are cut."""

import csv
from pathlib import Path

import pytest

from tests.files import LONG_HEADER, LONG_ROWS, WIDE_ROWS, people_wide, text, tidy

VALUES = {
    ("CN-LN", "to_dprk", 2015, 0): 2171000000,
    ("CN-LN", "to_dprk", 2016, 0): 1666290000,
    ("CN-JL", "to_dprk", 2016, 0): None,
    ("CN-JL", "from_dprk", 2016, 0): 0,
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "cp1252"])
def test_every_encoding_and_delimiter(read, delimiter, encoding):
    assert read(tidy(delimiter=delimiter, encoding=encoding)).values() == VALUES


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(read, end):
    assert read(tidy(end=end)).values() == VALUES


def test_missing_is_not_zero_and_has_a_status(read):
    frame = read(tidy()).frame()
    missing = frame[frame["value_usd"].isna()].iloc[0]
    assert (missing["key"], missing["status"]) == ("CN-JL", "O")


def test_a_blank_with_a_status_keeps_it(read):
    frame = read(tidy([["CN-LN", 2016, None, "to_dprk", None, None, "L", None]])).frame()
    assert frame["status"].tolist() == ["L"]


def test_a_note_belongs_to_the_estimate_where_there_is_one(read):
    rows = [["CN-LN", 2016, None, "to_dprk", 5, 7, "A", "oil"], ["CN-JL", 2016, None, "to_dprk", 5, None, "A", "coal"]]
    notes = read(tidy(rows)).frame().set_index(["key", "component"])["note"].dropna().to_dict()
    assert notes == {("CN-LN", "estimate"): "oil", ("CN-JL", "reported"): "coal"}


def test_a_second_estimate_alone_says_nothing_of_what_was_reported(read):
    """Of a year that is known by months it stands in a row of its own, in our own files, too."""
    header = ["province", "year", "month", "flow", "reported_usd", "estimate_usd", "status", "second_estimate_usd"]
    rows = [header, ["CN-HL", 2023, "", "to_dprk", "", "", "", 425_000_000]]
    rows += [["CN-HL", 2023, month, "to_dprk", 5, 7, "A", ""] for month in (1, 2)]
    rows += [["CN-HL", 2019, "", "to_dprk", "", "", "L", 400_000_000]]
    frame = read(text(rows)).frame()
    told = frame[frame["value_usd"].notna() | frame["status"].notna()]
    found = {(int(row.year), int(row.month), row.component) for row in told.itertuples()}
    assert (2023, 0, "reported") not in found and (2023, 0, "second_estimate") in found
    assert (2019, 0, "reported") in found


def test_a_blank_estimate_gives_no_row_and_the_table_still_speaks_of_estimates(read):
    found = read(tidy())
    assert list(found.estimates()) == [("CN-LN", "to_dprk", 2016, 0)]
    assert found.reading.speaks == {"estimate", "status", "note"}


def test_columns_are_found_by_name_in_chinese_and_in_any_order(read):
    rows = [["月份", "金额（万美元）", "省份", "年份", "进出口"], ["3", "1.5", "辽宁", "2016年", "出口"]]
    for encoding in ("utf-8", "gb18030"):
        found = read(text(rows, encoding=encoding))
        assert found.values() == {("辽宁", "to_dprk", 2016, 3): 15000}


def test_two_flows_as_columns(read):
    rows = [["province", "year", "China's exports (US$)", "China's imports (US$)"], ["Liaoning", 2016, 5, ""]]
    assert read(text(rows)).values() == {("Liaoning", "to_dprk", 2016, 0): 5, ("Liaoning", "from_dprk", 2016, 0): None}


def test_exports_as_a_column_without_a_country_are_a_question(read):
    rows = [["province", "year", "exports", "imports"], ["Liaoning", 2016, 5, 6]]
    assert read(text(rows)).asked == ["exports"]
    assert read(text(rows), answers={"exports": "dprk"}).values()["Liaoning", "from_dprk", 2016, 0] == 5


@pytest.mark.parametrize(
    ("way", "code"), [("Re-export", "flow"), ("re-import", "flow"), ("Exports to South Korea", "other-partner")]
)
def test_a_flow_that_is_none_of_the_two_is_a_fault(read, way, code):
    rows = [["province", "year", "flow", "value"], ["CN-LN", 2016, way, 5]]
    assert read(text(rows), answers={"exports": "partner"}).codes == [code]


def test_a_column_of_periods(read):
    rows = [
        ["province", "period", "flow", "value"],
        ["Liaoning", "2016-03", "to_dprk", 5],
        ["Liaoning", 2015, "to_dprk", 6],
    ]
    assert list(read(text(rows)).values()) == [("Liaoning", "to_dprk", 2016, 3), ("Liaoning", "to_dprk", 2015, 0)]


@pytest.mark.parametrize("unit", ["RMB", "人民币", "EUR"])
def test_a_column_of_units_in_another_currency_is_refused(read, unit):
    rows = [["province", "year", "flow", "value", "unit"], ["Liaoning", 2016, "to_dprk", 5, unit]]
    assert read(text(rows)).codes == ["currency"]


def test_a_column_of_units_scales_the_values(read):
    rows = [["province", "year", "flow", "value", "unit"], ["Liaoning", 2016, "to_dprk", 5, "US$ thousand"]]
    assert list(read(text(rows)).values().values()) == [5000]
    assert read(text([*rows, ["Jilin", 2016, "to_dprk", 5, "US$"]])).codes == ["unit"]


@pytest.mark.parametrize("value", ["1,234", "1.234"])
def test_a_comma_or_point_between_semicolons_is_a_question(read, value):
    rows = [["province", "year", "flow", "value"], ["Liaoning", 2016, "to_dprk", value]]
    assert read(text(rows, delimiter=";")).asked == ["decimal"]


@pytest.mark.parametrize(
    ("value", "other", "dollars"),
    [
        ("1234,5", "1.000", 1_234_500),
        ("1.234.567", "1.000", 1_234_567_000),
        ("1,234,567", "1,000", 1_234_567_000),
        ("0.5", "1,000", 500),
    ],
)
def test_what_can_be_read_in_one_way_alone_is_no_question(read, value, other, dollars):
    rows = [["province", "year", "flow", "value (US$ thousand)"]]
    rows += [["Liaoning", 2016, "to_dprk", value], ["Jilin", 2016, "to_dprk", other]]
    found = read(text(rows, delimiter=";")).values()
    assert found["Liaoning", "to_dprk", 2016, 0] == dollars and found["Jilin", "to_dprk", 2016, 0] == 1_000_000


def test_the_answer_tells_a_thousand_from_a_fraction(read):
    rows = [["province", "year", "flow", "value (US$ thousand)"], ["Liaoning", 2016, "to_dprk", "1,234"]]
    data = text(rows, delimiter=";")
    assert list(read(data, answers={"decimal": "point"}).values().values()) == [1234000]
    assert list(read(data, answers={"decimal": "comma"}).values().values()) == [1234]


def test_quoted_line_breaks_and_delimiters_stay_in_their_field(read):
    rows = [
        ["CN-LN", 2016, None, "to_dprk", 5, None, "A", "one,\ntwo\r\nthree"],
        ["CN-JL", 2016, None, "to_dprk", -1, None, "A", ""],
    ]
    found = read(tidy(rows))
    assert found.faults[0].cell == "line 3, column reported_usd"
    notes = read(tidy(rows[:1])).frame()["note"].tolist()
    assert notes == ["one,\ntwo\r\nthree"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_note_full_of_another_delimiter_does_not_pass_for_columns(read, delimiter):
    note = "".join("a,b;c|d\te".replace(delimiter, "-") for _ in range(40))
    found = read(tidy([["CN-LN", 2016, None, "to_dprk", 5, None, "A", note]], delimiter=delimiter))
    assert found.frame()["note"].tolist() == [note]


@pytest.mark.parametrize("cut", [1, 3, 10, 14])
def test_a_file_that_was_cut_inside_a_row_is_refused(read, cut):
    data = tidy([*LONG_ROWS, ["CN-LN", 2017, None, "to_dprk", 123456789, None, "A", "a note that is long enough"]])
    row = len(data) - data.rindex(b"CN-LN")
    found = read(data[: len(data) - row + 15 + cut])
    assert found.codes == ["ragged"]
    assert found.faults[0].cell == "line 6"


def test_a_value_with_unquoted_thousands_separators_is_refused(read):
    data = tidy().replace(b"2171000000", b"2,171,000,000")
    assert read(data).codes == ["ragged"]


def test_a_thousands_separator_that_fills_the_next_field_is_refused_there(read):
    header = ["province_code", "year", "flow", "reported_usd", "note"]
    lines = [header, ["CN-LN", 2017, "to_dprk", "1", "234"], ["CN-JL", 2017, "to_dprk", "12", "see page 234"]]
    found = read(text(lines))
    assert [(one.code, one.cell, one.found) for one in found.faults] == [
        ("ragged", "line 2, column reported_usd", "1,234")
    ]
    assert read(text(lines, delimiter=";")).codes == []


def test_an_open_quotation_mark_is_a_fault_with_its_line(read):
    found = read(tidy().replace(b"crude oil", b'"crude oil'))
    assert (found.codes, found.faults[0].cell) == (["quotes"], "line 3")


@pytest.mark.parametrize("header", ["staus", "reported_us", "estimate_ust", "quantty"])
def test_a_slip_in_a_header_is_a_fault_and_no_column_is_lost(read, header):
    rows = [["province", "year", "flow", "value", header], ["Liaoning", 2016, "to_dprk", 5, "A"]]
    if header == "reported_us":
        rows[0][3] = "note"
    found = read(text(rows))
    assert found.codes in (["unknown-column"], ["unknown-form"])


def test_a_column_that_is_not_read_is_said(read):
    rows = [[*LONG_HEADER, "weather"], *([*row, "rain"] for row in LONG_ROWS)]
    assert [key for key, _text in read(text(rows)).doubts] == ["column"]  # the same in all rows: of the whole table
    rows[1][-1] = "sun"
    found = read(text(rows))
    assert not found.doubts and "weather" in found.remarks[-1]


@pytest.mark.parametrize("name", ["reported_usd", "province", "year", "flow"])
def test_a_column_that_stands_twice_is_a_fault(read, name):
    rows = [[*LONG_HEADER, name], *([*row, "1"] for row in LONG_ROWS)]
    found = read(text(rows))
    assert found.codes == ["duplicate-column"]
    assert name in found.faults[0].found


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("year", "1-9 2025", "part-year"),
        ("year", "2016-03-01", "date"),
        ("year", "", "year"),
        ("year", "16", "year"),
        ("month", "13", "month"),
        ("flow", "sideways", "flow"),
        ("flow", "", "flow"),
        ("reported_usd", "1.5", "fraction"),
        ("estimate_usd", "x", "not-a-number"),
        ("status", "E", "status"),
        ("province", "", "no-name"),
    ],
)
def test_a_cell_that_is_wrong_is_a_fault_with_its_line_and_column(read, column, cell, code):
    row = dict(zip(LONG_HEADER, ["CN-LN", 2016, 3, "to_dprk", 5, None, "A", "note"], strict=True)) | {column: cell}
    found = read(tidy([*LONG_ROWS, list(row.values())]))
    assert [(fault.code, fault.cell) for fault in found.faults] == [(code, f"line 6, column {column}")]


def test_a_month_that_the_period_denies_is_a_fault(read):
    assert read(tidy([["CN-LN", "2016-03", 4, "to_dprk", 5, None, "A", None]])).codes == ["month"]


def test_total_rows_are_kept_apart(read):
    rows = [
        ["CN-LN", 2016, None, "to_dprk", 5, None, None, None],
        ["Total", 2016, None, "to_dprk", 6, None, None, None],
    ]
    found = read(tidy(rows))
    assert list(found.values()) == [("CN-LN", "to_dprk", 2016, 0)]
    assert [(t["value_usd"], t["row"], t["column"]) for t in found.totals()] == [(6, 3, "reported_usd")]


def test_a_note_below_the_table_is_passed_over_and_said(read):
    found = read(text([LONG_HEADER, *LONG_ROWS, [], ["Source: customs statistics"]]))
    assert found.values() == VALUES
    assert "1 row of notes" in " ".join(found.remarks)


def test_a_row_cut_off_after_the_name_of_a_province_is_not_taken_for_a_note(read):
    assert read(text([LONG_HEADER, *LONG_ROWS, ["CN-LN"]])).codes == ["ragged"]


def test_blank_lines_and_a_repeated_header_do_no_harm(read):
    found = read(text([LONG_HEADER, *LONG_ROWS[:2], [], [""] * 8, LONG_HEADER, *LONG_ROWS[2:]]))
    assert found.values() == VALUES
    assert found.frame()["row"].tolist() == [2, 3, 7, 8, 3]


def test_a_wide_table_that_was_saved_as_csv(read):
    found = read(text(people_wide([[str(cell) for cell in row] for row in WIDE_ROWS])))
    assert found.values()["Liaoning", "to_dprk", 2016, 0] == 1666000
    assert found.frame().iloc[0]["column"] == "2015"


def test_several_files_make_one_table_and_must_have_the_same_columns(read):
    one, two = tidy(LONG_ROWS[:2]), tidy(LONG_ROWS[2:])
    assert read(("1.csv", one), ("2.csv", two)).values() == VALUES
    short = text([LONG_HEADER[:5], ["CN-JL", 2017, "", "to_dprk", 5]])
    assert read(one, short).codes == ["columns-differ"]


def test_goods_in_a_dataset_by_province_are_refused(read):
    rows = [["hs_code", "year", "flow", "value"], ["27", 2016, "to_dprk", 5]]
    assert read(text(rows)).codes == ["other-kind"]
    assert read(tidy(), kind="commodity").codes == ["other-kind"]


def test_codes_that_lost_their_zero_get_it_back_where_the_others_tell_how_long_they_are(read):
    rows = [["hs_code", "year", "flow", "value"], ["101", 2016, "to_dprk", 5], ["2701", 2016, "to_dprk", 6]]
    found = read(text(rows), kind="commodity")
    assert [key[0] for key in found.values()] == ["0101", "2701"]
    assert "101 was read as 0101" in found.remarks[-1]


def test_codes_of_three_digits_are_another_classification(read):
    rows = [["hs_code", "year", "flow", "value"], ["321", 2016, "to_dprk", 5], ["333", 2016, "to_dprk", 6]]
    assert read(text(rows), kind="commodity").codes == ["code-length"]


def test_several_levels_of_one_chapter_are_a_question(read):
    rows = [
        ["hs_code", "year", "flow", "value"],
        ["27", 2016, "to_dprk", 9],
        ["2701", 2016, "to_dprk", 9],
        ["28", 2016, "to_dprk", 1],
    ]
    assert read(text(rows), kind="commodity").asked == ["level"]
    found = read(text(rows), kind="commodity", answers={"level": "4"}).values()
    assert set(found) == {("2701", "to_dprk", 2016, 0), ("28", "to_dprk", 2016, 0)}


# --- encodings -----------------------------------------------------------------------------------------------------


def with_note(note, encoding):
    return tidy([["CN-LN", 2016, None, "to_dprk", 5, None, "A", note]], encoding=encoding)


def test_windows_1252_with_dashes_and_accents(read):
    assert read(with_note("Côte – naïve", "cp1252")).frame()["note"].tolist() == ["Côte – naïve"]


def test_a_dash_for_a_missing_value_tells_gb18030(read):
    rows = [["CN-LN", 2016, None, "to_dprk", "–", None, None, None]]
    assert read(tidy(rows, encoding="gb18030")).values() == {("CN-LN", "to_dprk", 2016, 0): None}


def test_bytes_that_two_encodings_fit_are_a_question(read):
    data = with_note("ÄÖÄÖ", "cp1252")
    asked = read(data)
    assert asked.asked == ["encoding"]
    assert [label for _value, label in asked.questions[0].choices if "ÄÖÄÖ" in label]
    assert read(data, answers={"encoding": "cp1252"}).frame()["note"].tolist() == ["ÄÖÄÖ"]


@pytest.mark.parametrize(
    ("encoding", "note", "telling"),
    [("gb18030", "海关总署", "来源：海关"), ("cp950", "海關總署", "來源：海關"), ("cp949", "관세청", "출처: 관세청")],
)
def test_east_asian_bytes_are_a_question_unless_known_words_tell(read, encoding, note, telling):
    data = with_note(note, encoding)
    asked = read(data)
    assert (asked.asked, encoding in dict(asked.questions[0].choices)) == (["encoding"], True)
    assert read(data, answers={"encoding": encoding}).frame()["note"].tolist() == [note]
    assert read(with_note(telling, encoding)).frame()["note"].tolist() == [telling]


@pytest.mark.parametrize(("encoding", "note"), [("koi8-r", "таможня"), ("iso-8859-2", "źródło"), ("cp932", "税関")])
def test_what_western_words_do_not_have_is_asked_about(read, encoding, note):
    assert read(with_note(note, encoding)).asked == ["encoding"]


def test_halves_of_letters_are_refused(read):
    data = with_note("X", "utf-8").replace(b"X", b"\xed\xa0\x80")
    assert (read(data).codes, read(data).faults[0].cell) == (["encoding"], "line 2")


def test_an_answer_that_was_not_offered_is_refused(read):
    found = read(with_note("ÄÖÄÖ", "cp1252"), answers={"encoding": "latin-9"})
    assert (found.codes, found.asked) == (["answer"], ["encoding"])


def test_mixed_encodings_are_a_fault_with_a_line(read):
    data = with_note("辽宁", "gb18030") + "CN-JL,2016,,to_dprk,5,,A,吉林省\r\n".encode()
    found = read(data)
    assert (found.codes, found.faults[0].cell) == (["mixed-encodings"], "line 3")
    data = with_note("café", "cp1252") + "CN-JL,2016,,to_dprk,5,,A,café\r\n".encode()
    assert read(data).codes == ["mixed-encodings"]


def test_utf_8_that_was_cut_inside_a_character_is_refused(read):
    assert read(with_note("辽宁省", "utf-8")[:-4]).faults


def test_bytes_that_are_no_text_are_refused(read):
    assert read(b"province,year\x01\x02,flow\n").codes == ["not-text"]


# --- the demonstration data ----------------------------------------------------------------------------------------

DATA = Path(__file__).parents[4] / "data"
DEMO = sorted(DATA.glob("china_dprk_trade_by_*.csv"))


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.name)
def test_the_demonstration_data_are_read_as_the_csv_module_reads_them(read, path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    key = "code" if "code" in rows[0] else "province"
    found = read(path.read_bytes(), kind="commodity" if key == "code" else "province")
    cell = {(row[key], row["flow"], int(row["year"]), int(row["month"] or 0)): row for row in rows}
    reported = {at: int(row["reported_usd"]) if row["reported_usd"] else None for at, row in cell.items()}
    assert found.values() == reported
    assert found.estimates() == {at: int(row["estimate_usd"]) for at, row in cell.items() if row["estimate_usd"]}


def test_there_are_demonstration_data_to_read():
    assert len(DEMO) == 5


# --- columns that change what a row means ------------------------------------------------------------------------


def test_a_column_of_partners_must_be_the_dprk(read):
    rows = [["province", "year", "flow", "value", "partner"], ["Liaoning", 2016, "to_dprk", 5, "DPRK"]]
    assert len(read(text(rows)).values()) == 1
    found = read(text([*rows, ["Liaoning", 2017, "to_dprk", 5, "South Korea"]]))
    assert (found.codes, found.faults[0].found) == (["other-partner"], "South Korea")


def test_a_column_of_components_tells_estimates_from_reported_values(read):
    rows = [
        ["province", "year", "flow", "component", "value"],
        ["Liaoning", 2016, "to_dprk", "reported", 5],
        ["Liaoning", 2016, "to_dprk", "estimate", 7],
        ["Jilin", 2016, "to_dprk", "estimate", ""],
    ]
    found = read(text(rows))
    assert found.values() == {("Liaoning", "to_dprk", 2016, 0): 5}
    assert found.estimates() == {("Liaoning", "to_dprk", 2016, 0): 7}
    assert found.frame()["status"].isna().all()
    assert read(text([*rows, ["Jilin", 2016, "to_dprk", "guess", 5]])).codes == ["component"]


def test_our_own_csv_says_which_release_it_is_of(read):
    rows = [[*LONG_HEADER, "release"], *([*row, "china-provinces/2"] for row in LONG_ROWS)]
    assert read(text(rows)).reading.signature == {"dataset": "china-provinces", "release": 2}
    rows[1][-1] = "china-provinces/1"
    assert read(text(rows)).reading.signature is None


def test_a_note_that_is_too_long_is_a_fault(read):
    found = read(tidy([["CN-LN", 2016, None, "to_dprk", 5, None, "A", "x" * 501]]))
    assert found.codes == ["note-length"]


def test_control_characters_do_not_come_through(read):
    rows = [["CN-LN", 2016, None, "to_dprk", 5, None, "A", "a\x00b\x07c\x1b"]]
    assert read(tidy(rows, encoding="utf-16")).frame()["note"].tolist() == ["abc"]


def test_a_comma_between_semicolons_is_a_question_in_a_wide_table_too(read):
    rows = [["Exports to the DPRK, US$ million"], ["Province", 2015, 2016], ["Liaoning", "1,234", "2"]]
    data = text(rows, delimiter=";")
    assert read(data).asked == ["decimal"]
    assert list(read(data, answers={"decimal": "comma"}).values().values()) == [1234000, 2000000]
    assert list(read(data, answers={"decimal": "point"}).values().values()) == [1234000000, 2000000]


def test_a_hint_for_excel_in_the_first_line_is_passed_over(read):
    assert read(b"sep=;\r\n" + tidy(delimiter=";")).values() == VALUES


def test_a_last_line_without_an_end_is_pointed_out_where_it_may_be_cut_in_its_value(read):
    rows = [["province", "year", "flow", "value"], ["Liaoning", 2016, "to_dprk", 12345]]
    assert read(text(rows)).remarks == []
    assert "last line" in read(text(rows)[:-4]).remarks[0]


@pytest.mark.parametrize("size", [1_000, 33_000])
@pytest.mark.parametrize("cell", ["(" + "1" * 33_000, "1" * 33_000, "#" * 33_000, "Jan" * 11_000, "," * 33_000])
def test_an_endless_cell_is_a_fault_and_does_not_hang(read, cell, size):
    found = read(tidy([["CN-LN", 2016, None, "to_dprk", cell[:size], None, "A", None]]))
    assert len(found.codes) == 1
    assert len(found.faults[0].found) <= 200
