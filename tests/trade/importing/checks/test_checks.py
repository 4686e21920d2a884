"""Names, faults and warnings, on small tables whose outcome is plain to see."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from trade import frames
from trade.frames import READ_COLUMNS, TOTAL_COLUMNS
from trade.importing import checks
from trade.importing.checks import near_names, scales

PROVINCES = {
    "liaoning": "CN-LN",
    "cnln": "CN-LN",
    "辽宁": "CN-LN",
    "neimongol": "CN-NM",
    "jilin": "CN-JL",
    "cnjl": "CN-JL",
}
CHAPTERS = {f"{n:02d}": f"{n:02d}" for n in range(1, 98)} | {"mineralfuels": "27"}
USUAL = {"file": "a.xlsx", "sheet": "to_dprk", "column": "C", "flow": "to_dprk", "month": 0, "component": "reported"}


def table(*rows) -> pd.DataFrame:
    """Build a reader's table from rows of (key, year, value, others)."""
    records = [
        USUAL | {"row": number, "key": key, "year": year, "value_usd": value} | (others[0] if others else {})
        for number, (key, year, value, *others) in enumerate(rows, start=2)
    ]
    return pd.DataFrame(records, columns=list(READ_COLUMNS)).astype(READ_COLUMNS)


def head(*rows) -> pd.DataFrame:
    """Build the standing rows from the same."""
    made = table(*rows)
    status = made["status"].fillna(made["value_usd"].isna().map({True: "O", False: "A"}))
    return made.assign(id=range(len(made)), status=status)


def totals(*rows) -> pd.DataFrame:
    """Build stated totals from rows of (row, year, month, value, others)."""
    usual = {"file": "a.xlsx", "sheet": "to_dprk", "column": "C", "flow": "to_dprk"}
    records = [
        usual | {"row": row, "year": year, "month": month, "value_usd": value} | (others[0] if others else {})
        for row, year, month, value, *others in rows
    ]
    types = {name: READ_COLUMNS[name] for name in TOTAL_COLUMNS}
    return pd.DataFrame(records, columns=TOTAL_COLUMNS).astype(types)


def codes(faults):
    return [fault.code for fault in faults]


def keys(warnings):
    return [warning["key"] for warning in warnings]


# --- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Liaoning", "LIAONING Province", "辽宁省", "CN-LN", " Liaoning [note 1]", "Liaoning*"]
)
def test_a_name_in_any_known_spelling_becomes_its_code(name):
    resolved, faults = checks.resolve(table((name, 2016, 5)), PROVINCES, "province")
    assert (resolved["key"].tolist(), faults) == (["CN-LN"], [])


def test_an_unknown_name_comes_with_the_nearest_known_one():
    _, [fault] = checks.resolve(table(("Liaonig", 2016, 5)), PROVINCES, "province", {"CN-LN": "Liaoning"})
    assert (fault.code, fault.sheet, fault.cell, fault.found) == ("unknown-name", "to_dprk", "row 2", "Liaonig")
    assert fault.expected == "a recognised name; did you mean Liaoning (CN-LN)?"


@pytest.mark.slow
@pytest.mark.parametrize("code", ["2701110010", "27.1", "2.7E+05"])
def test_a_number_that_is_no_code_is_not_like_any_name(code):
    _, [fault] = checks.resolve(table((code, 2016, 5)), CHAPTERS, "commodity")
    assert "perhaps" not in fault.expected


PLACES = PROVINCES | {
    "hainan": "CN-HI", "chongqing": "CN-CQ", "shandong": "CN-SD", "beijing": "CN-BJ", "11": "CN-BJ", "21": "CN-LN",
    "zhejiang": "CN-ZJ", "hebei": "CN-HE", "hubei": "CN-HB", "heilongjiang": "CN-HL", "shanghai": "CN-SH",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code"),
    [("Lioaning", "CN-LN"), ("Heilongjang", "CN-HL"), ("Bejing", "CN-BJ"), ("Shandong Provnce", ""), ("Jlin", "CN-JL")],
)
def test_a_slip_is_near_a_name(name, code):
    assert near_names.nearest(name, PLACES) == code


@pytest.mark.parametrize(
    "name",
    [
        "Northeast China", "Hong Kong", "Dandong", "1", "1.1", "Dalian", "Shenyang", "Zhenjiang", "Zhanjiang",
        "Huainan", "Liaoyang", "Shangrao", "Guangzhou", "Taiwan", "Hxbei", "Chapter 77", "辽西",
    ],
)  # fmt: skip
def test_another_place_is_near_no_name(name):
    assert near_names.nearest(name, PLACES) == ""
    _, [fault] = checks.resolve(table((name, 2016, 5)), PLACES, "province")
    assert (fault.code, "did you mean" in fault.expected) == ("unknown-name", False)


@pytest.mark.parametrize("number", ["1.1", "2-1", "(21)", "2 1", "1"])
def test_the_number_of_a_line_is_no_province_and_the_name_is_asked_for(number):
    _, [fault] = checks.resolve(table((number, 2016, 5)), PLACES, "province")
    assert (fault.code, fault.found) == ("unknown-name", number)
    assert "ISO code (CN-LN)" in fault.expected


@pytest.mark.parametrize(
    "name", ["1. Liaoning", "(1) Liaoning", "1.1 Liaoning", "11. Liaoning", "1、辽宁省", "21 Liaoning", "辽宁 Liaoning"]
)
def test_a_name_behind_its_number_or_beside_itself_is_that_name(name):
    resolved, faults = checks.resolve(table((name, 2016, 5)), PLACES, "province")
    assert (resolved["key"].tolist(), faults) == (["CN-LN"], [])


@pytest.mark.parametrize("name", ["辽宁省 Jilin", "Jilin (辽宁)", "11 Liaoning", "Liaoning/Jilin"])
def test_a_name_of_two_places_names_both_in_its_fault(name):
    _, [fault] = checks.resolve(table((name, 2016, 5)), PLACES, "province", {"CN-LN": "Liaoning"})
    assert (fault.code, fault.cell) == ("contradiction", "row 2")
    assert fault.found.startswith(name)
    assert "Liaoning (CN-LN)" in fault.found


@pytest.mark.parametrize("code", ["27.1", "2701.1", "27,01"])
def test_a_code_that_lost_its_zeros_is_asked_for_as_text(code):
    _, [fault] = checks.resolve(table((code, 2016, 5)), CHAPTERS, "commodity")
    assert (fault.code, fault.found) == ("code-length", code)
    assert "as text" in fault.message


def test_an_unknown_name_is_told_once_however_many_values_it_has():
    _, faults = checks.resolve(
        table(("Atlantis", 2015, 5), ("Atlantis", 2016, 5), ("Avalon", 2016, 5)), PROVINCES, "province"
    )
    assert [fault.found for fault in faults] == ["Atlantis", "Avalon"]


def test_a_note_below_a_table_is_dropped_and_counted():
    rows = table(("Liaoning", 2016, 5), ("Source: customs", 2016, None))
    resolved, faults = checks.resolve(rows, PROVINCES, "province")
    assert (len(resolved), faults, resolved.attrs["ignored"]) == (1, [], 1)


def test_an_unknown_name_beside_a_status_is_no_note():
    _, faults = checks.resolve(table(("Atlantis", 2016, None, {"status": "O"})), PROVINCES, "province")
    assert codes(faults) == ["unknown-name"]


def test_an_unknown_name_with_a_value_in_one_of_its_cells_is_no_note():
    rows = table(("Atlantis", 2015, None, {"row": 9}), ("Atlantis", 2016, 5, {"row": 9, "column": "D"}))
    _, faults = checks.resolve(rows, PROVINCES, "province")
    assert codes(faults) == ["unknown-name"]


@pytest.mark.parametrize(
    ("name", "code"), [("27", "27"), ("2701", "2701"), ("270111", "270111"), ("Mineral fuels", "27")]
)
def test_codes_of_goods_and_titles_of_chapters(name, code):
    resolved, faults = checks.resolve(table((name, 2016, 5)), CHAPTERS, "commodity")
    assert (resolved["key"].tolist(), faults) == ([code], [])


@pytest.mark.parametrize("name", ["00", "98", "9901", "270", "2701111111", "27011", "2A", "Mineral"])
def test_what_is_no_code_of_goods_is_a_fault(name):
    _, faults = checks.resolve(table((name, 2016, 5)), CHAPTERS, "commodity")
    assert codes(faults) == ["unknown-name"]


def test_eight_digits_are_added_up_to_six():
    rows = table(
        ("27011100", 2016, 5, {"quantity": 2, "quantity_unit": "kg"}),
        ("27011190", 2016, 6, {"quantity": 3, "quantity_unit": "kg"}),
        ("270112", 2016, 7),
        ("27011290", 2017, None),
    )
    resolved, faults = checks.resolve(rows, CHAPTERS, "commodity")
    found = resolved.sort_values(["key", "year"])[["key", "year", "value_usd", "quantity"]]
    assert faults == []
    assert found["key"].tolist() == ["270111", "270112", "270112"]
    assert found["value_usd"].tolist() == [11, 7, pd.NA]
    assert found["quantity"].tolist()[0] == 5
    assert {name: str(kind) for name, kind in resolved.dtypes.items()} == READ_COLUMNS


def test_an_eight_digit_line_without_a_value_beside_others_is_a_fault():
    _, faults = checks.resolve(table(("27011100", 2016, 5), ("27011190", 2016, None)), CHAPTERS, "commodity")
    assert codes(faults) == ["part-missing"]


def test_an_eight_digit_line_twice_is_a_fault_and_not_a_double_sum():
    _, faults = checks.resolve(table(("27011100", 2016, 5), ("27011100", 2016, 5)), CHAPTERS, "commodity")
    assert codes(faults) == ["duplicate"]


def test_quantities_in_two_units_are_not_added_up():
    rows = table(
        ("27011100", 2016, 5, {"quantity": 2, "quantity_unit": "kg"}),
        ("27011190", 2016, 6, {"quantity": 3, "quantity_unit": "t"}),
    )
    resolved, _ = checks.resolve(rows, CHAPTERS, "commodity")
    assert resolved[["quantity", "quantity_unit"]].isna().all(axis=None)


def test_a_sum_of_lines_of_which_one_has_no_quantity_has_none():
    weighed = {"quantity": 2, "quantity_unit": "kg"}
    rows = table(("27011100", 2016, 5, weighed), ("27011190", 2016, 6, {"quantity_unit": "kg"}))
    resolved, _ = checks.resolve(rows, CHAPTERS, "commodity")
    assert resolved["value_usd"].tolist() == [11]
    assert resolved["quantity"].isna().all()


# --- faults --------------------------------------------------------------------------------------------------------


def test_a_sound_table_has_no_faults():
    assert checks.faults(table(("CN-LN", 2015, 5), ("CN-LN", 2016, None), ("CN-JL", 2016, 0)), "province") == []


def test_a_key_twice_is_a_fault_that_names_both_cells():
    [fault] = checks.faults(table(("CN-LN", 2016, 5), ("CN-JL", 2016, 1), ("CN-LN", 2016, 6)), "province")
    assert (fault.code, fault.cell) == ("duplicate", "C4")
    assert "C2" in fault.found


def test_a_key_twice_with_the_same_value_is_a_fault_too():
    assert codes(checks.faults(table(("CN-LN", 2016, 5), ("CN-LN", 2016, 5)), "province")) == ["duplicate"]


def test_a_key_twice_with_an_estimate_is_none():
    assert checks.faults(table(("CN-LN", 2016, 5), ("CN-LN", 2016, 6, {"component": "estimate"})), "province") == []


NEXT_YEAR = datetime.now(UTC).year + 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("CN-LN", NEXT_YEAR, 5), "year"),
        (("CN-LN", 1948, 5), "year"),
        (("CN-LN", 2016, 5, {"month": 13}), "month"),
        (("CN-LN", 2016, -5), "negative"),
        (("CN-LN", 2016, 5, {"flow": "sideways"}), "flow"),
        (("CN-LN", 2016, 5, {"flow": None}), "flow"),
        (("CN-LN", 2016, 5, {"status": "Z"}), "status"),
    ],
)
def test_what_cannot_be_is_a_fault(row, code):
    assert codes(checks.faults(table(row), "province")) == [code]


def test_a_year_beside_its_months_is_a_fault():
    rows = table(("CN-LN", 2016, 5), ("CN-LN", 2016, 1, {"month": 1}), ("CN-JL", 2016, 5))
    assert codes(checks.faults(rows, "province")) == ["year-and-months"]


def test_blanks_of_a_wide_table_make_no_year_beside_months_and_no_depth():
    rows = table(("CN-LN", 2016, None), ("CN-LN", 2016, 1, {"month": 1}))
    assert checks.faults(rows, "province") == []
    assert checks.faults(table(("27", 2016, None), ("2701", 2016, 5)), "commodity") == []


def test_two_depths_of_one_chapter_are_a_fault():
    assert codes(checks.faults(table(("27", 2016, 5), ("2701", 2016, 5)), "commodity")) == ["mixed-depths"]
    assert checks.faults(table(("27", 2016, 5), ("2801", 2016, 5), ("2701", 2017, 5)), "commodity") == []


def test_thousands_of_faults_of_one_sort_are_counted_and_not_listed():
    rows = table(*(("CN-LN", 2016, -n) for n in range(1, 2000)))
    faults = checks.faults(rows.drop_duplicates("value_usd").assign(month=range(1999)), "province")
    assert "1,499 more" in " ".join(fault.message for fault in faults)


# --- warnings ------------------------------------------------------------------------------------------------------

STANDING = head(*((key, year, 1_000_000 + year) for key in ("CN-LN", "CN-JL") for year in range(2010, 2017)))


def warned(rows, standing=STANDING, **said):
    return checks.warnings(rows, standing, **({"totals": None} | said))


def test_the_same_values_again_warn_of_nothing():
    assert warned(STANDING.drop(columns="id")) == []


def test_a_value_ten_times_its_neighbours_is_told():
    [warning] = warned(table(("CN-LN", 2017, 11_000_000), ("CN-JL", 2017, 1_100_000)), names={"CN-LN": "Liaoning"})
    assert (warning["key"], warning["rows"]) == ("leap", 1)
    assert "Liaoning, exports to the DPRK 2017: 11,000,000 (× 11)" in warning["text"]


def test_the_work_on_all_cells_is_the_same_however_many_rows_differ(monkeypatch):
    """A dataset has thousands of rows: what is asked of all its cells must not be asked again for each."""
    asked, counts = [], scales._counts
    monkeypatch.setattr(scales, "_counts", lambda grid: asked.append(1) or counts(grid))
    found = []
    for size in (2, 40):
        asked.clear()
        standing = head(*((f"{n:02d}", year, 1_000_000 + year) for n in range(1, 42) for year in range(2010, 2017)))
        warned(table(*((f"{n:02d}", year, 2_000_000) for n in range(1, size + 1) for year in (2015, 2016))), standing)
        found.append(len(asked))
    assert found[0] == found[1] > 0


def test_a_value_a_tenth_of_its_neighbours_is_told():
    assert keys(warned(table(("CN-LN", 2017, 100_000), ("CN-JL", 2017, 1_100_000)))) == ["leap"]


def test_a_value_between_two_others_leaps_only_if_it_is_far_from_both():
    standing = head(("CN-LN", 2014, 1_000_000), ("CN-LN", 2016, 20_000_000))
    assert warned(table(("CN-LN", 2015, 19_000_000)), standing) == []
    assert keys(warned(table(("CN-LN", 2015, 500_000_000)), standing)) == ["leap"]


def test_small_values_may_leap():
    assert warned(table(("CN-LN", 2017, 90_000)), head(("CN-LN", 2016, 10))) == []


def test_thousands_taken_for_dollars_are_named_as_such():
    [warning] = warned(table(("CN-LN", 2017, 1_100), ("CN-JL", 2017, 1_050)))
    assert (warning["key"], warning["rows"]) == ("scale", 2)
    assert "thousands" in warning["text"]


def test_a_whole_series_in_the_wrong_unit_is_seen_against_what_it_replaces():
    wrong = STANDING.drop(columns="id").assign(value_usd=STANDING["value_usd"] * 1000)
    assert keys(warned(wrong)) == ["scale"]


def test_months_in_the_wrong_unit_are_seen_against_the_years_beside_them():
    months = [("CN-LN", 2017, 85_000 + n, {"month": n}) for n in range(1, 10)]
    standing = head(("CN-LN", 2016, 1_020_000))
    assert warned(table(*months), standing) == []
    [warning] = warned(table(*((key, year, value // 1000, more) for key, year, value, more in months)), standing)
    assert (warning["key"], warning["rows"]) == ("slip", 1)
    assert "CN-LN, exports to the DPRK 2017: 1,020 (annualised, ÷ 1,000)" in warning["text"]


def test_months_are_seen_against_the_year_that_they_replace():
    months = [("CN-LN", 2014, 850_000 + n, {"month": n}) for n in range(1, 13)]
    assert keys(warned(table(*months), head(("CN-LN", 2014, 1_002_014)))) == ["leap"]


def test_a_whole_year_that_has_not_ended_is_told():
    this_year = datetime.now(UTC).year
    standing = head(("CN-LN", this_year - 1, 1_000_000))
    assert keys(warned(table(("CN-LN", this_year, 1_000_000)), standing)) == ["part-year"]
    assert warned(table(("CN-LN", this_year, 90_000, {"month": 1})), standing) == []


def test_months_are_compared_with_months_and_not_with_years():
    standing = head(("CN-LN", 2016, 12_000_000), ("CN-LN", 2017, 1_000_000, {"month": 1}))
    assert warned(table(("CN-LN", 2017, 1_100_000, {"month": 2})), standing) == []
    assert keys(warned(table(("CN-LN", 2017, 11_000_000, {"month": 2})), standing)) == ["leap"]


def test_december_and_january_are_neighbours():
    standing = head(("CN-LN", 2016, 1_000_000, {"month": 12}))
    assert keys(warned(table(("CN-LN", 2017, 11_000_000, {"month": 1})), standing)) == ["leap"]


def test_a_province_that_disappeared_is_named():
    standing = head(*((key, 2016, 5) for key in ("CN-LN", "CN-JL", "CN-NM")))
    found = warned(table(("CN-LN", 2017, 5), ("CN-JL", 2017, 5)), standing, names={"CN-NM": "Inner Mongolia"})
    assert keys(found) == ["disappeared"]
    assert "Inner Mongolia" in found[0]["text"]


def test_a_chapter_that_disappeared_is_named():
    standing = head(("2701", 2016, 5), ("2801", 2016, 5), ("2901", 2016, 5))
    found = warned(table(("2702", 2017, 5), ("2801", 2017, 5)), standing, kind="commodity")
    assert "29" in found[0]["text"]


def test_a_correction_of_one_cell_warns_of_no_disappearance():
    assert (
        warned(
            table(("CN-LN", 2016, 1_002_017)), head(*((key, 2016, 1_002_016) for key in ("CN-LN", "CN-JL", "CN-NM")))
        )
        == []
    )


def test_fewer_rows_than_before_are_told():
    standing = head(
        *(("CN-LN", year, 5) for year in range(2000, 2016)), *(("CN-JL", year, 5) for year in range(2000, 2016))
    )
    assert "fewer" in keys(warned(table(*(("CN-LN", year, 5) for year in range(2000, 2016))), standing))


def test_a_year_that_is_not_the_next_is_told():
    assert keys(warned(table(("CN-LN", 2018, 1_002_018), ("CN-JL", 2018, 1_002_018)))) == ["gap"]
    assert warned(table(("CN-LN", 2017, 1_002_017), ("CN-JL", 2017, 1_002_017))) == []


@pytest.mark.parametrize(("value", "status"), [(None, "A"), (None, "P"), (5, "O"), (5, "L"), (5, "Q")])
def test_a_status_that_contradicts_its_value_is_told(value, status):
    assert "status" in keys(warned(table(("CN-LN", 2016, value, {"status": status})), head(("CN-LN", 2016, 6))))


@pytest.mark.parametrize(("value", "status"), [(6, "A"), (6, "P"), (6, "B"), (6, "U"), (6, None)])
def test_a_status_that_fits_its_value_is_not(value, status):
    assert warned(table(("CN-LN", 2016, value, {"status": status})), head(("CN-LN", 2016, 5))) == []


@pytest.mark.slow
def test_a_reported_value_that_arrives_beside_a_standing_estimate_is_told():
    standing = head(("2709", 2016, None, {"status": "L"}), ("2709", 2016, 5, {"component": "estimate"}))
    assert keys(warned(table(("2709", 2016, 7)), standing, kind="commodity")) == ["estimate"]
    standing = head(("2709", 2016, 6), ("2709", 2016, 5, {"component": "estimate"}))
    assert keys(warned(table(("2709", 2016, 7)), standing, kind="commodity")) == ["estimate"]
    assert warned(table(("2709", 2016, 6)), standing, kind="commodity") == []
    ended = pd.DataFrame([["2709", "to_dprk", 2016, 0, "estimate", "removed"]], columns=[*frames.KEY, "kind"])
    ended = ended.astype({"year": "Int32", "month": "Int32"})
    assert warned(table(("2709", 2016, 7)), standing, kind="commodity", changes=ended) == []
    both = table(("2709", 2016, 7), ("2709", 2016, 6, {"component": "estimate"}))
    assert warned(both, standing, kind="commodity") == []


def test_a_published_value_that_is_emptied_is_told():
    found = warned(table(("CN-LN", 2016, None)), head(("CN-LN", 2016, 5)))
    assert keys(found) == ["emptied"]
    assert "was 5" in found[0]["text"]


def test_a_value_in_a_chapter_under_a_full_ban_is_told_from_its_first_whole_year():
    rows = table(("27", 2017, 5), ("27", 2018, 5), ("2801", 2018, 5), ("27", 2018, 5, {"flow": "from_dprk"}))
    found = warned(rows, head(), kind="commodity", banned=[("from_dprk", "27", 2018), ("to_dprk", "28", 2019)])
    assert [(warning["key"], warning["rows"]) for warning in found] == [("ban", 1)]


def test_a_total_that_is_not_the_sum_of_its_parts_is_told():
    rows = table(("CN-LN", 2016, 5), ("CN-JL", 2016, 6))
    assert warned(rows, head(), totals=totals((4, 2016, 0, 11))) == []
    [warning] = warned(rows, head(), totals=totals((4, 2016, 0, 12)))
    assert (warning["key"], "C4" in warning["text"], "12" in warning["text"]) == ("totals", True, True)


def test_a_total_in_another_unit_is_named_as_such():
    rows = table(("CN-LN", 2016, 5000), ("CN-JL", 2016, 6000))
    [warning] = warned(rows, head(), totals=totals((4, 2016, 0, 11)))
    assert "thousands" in warning["text"]


def test_a_total_across_is_compared_with_its_row():
    rows = table(
        ("CN-LN", 2015, 5, {"row": 2}), ("CN-LN", 2016, 6, {"row": 2, "column": "D"}), ("CN-JL", 2016, 9, {"row": 3})
    )
    assert warned(rows, head(), totals=totals((2, None, None, 11, {"column": "E"}))) == []
    assert keys(warned(rows, head(), totals=totals((2, None, None, 20, {"column": "E"})))) == ["totals"]


def test_estimates_do_not_count_in_a_total():
    rows = table(("CN-LN", 2016, 5), ("CN-LN", 2016, 6, {"component": "estimate"}))
    assert warned(rows, head(), totals=totals((4, 2016, 0, 5))) == []


def test_a_first_upload_is_compared_with_itself():
    rows = table(("CN-LN", 2015, 1_000_000), ("CN-LN", 2016, 50_000_000), ("CN-LN", 2017, 1_000_000))
    assert keys(warned(rows, head())) == ["leap"]
