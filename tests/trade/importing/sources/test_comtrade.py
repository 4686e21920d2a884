"""Downloads of UN Comtrade, new and old."""

import re

import pytest

from tests.files import comtrade_old, comtrade_plus


def test_what_china_reports_about_the_dprk_is_read_and_nothing_else(read):
    data = comtrade_plus({}, {"flowCode": "M", "primaryValue": "5"}, {"partnerCode": "4"}, {"reporterCode": "643"})
    found = read(data, kind="commodity")
    assert found.form == "UN Comtrade"
    assert found.values() == {("27", "to_dprk", 2022, 0): 894039906, ("27", "from_dprk", 2022, 0): 5}
    assert found.remarks == ["Not read: 2 rows for other reporters or partners."]


@pytest.mark.parametrize(
    "part", [{"customsCode": "C01"}, {"motCode": "2000"}, {"partner2Code": "410"}, {"mosCode": "1"}]
)
def test_breakdowns_do_not_count_twice(read, part):
    found = read(comtrade_plus({}, part | {"primaryValue": "5"}), kind="commodity")
    assert found.values() == {("27", "to_dprk", 2022, 0): 894039906}


def test_goods_that_stand_only_in_breakdowns_are_a_fault_and_never_lost(read):
    found = read(comtrade_plus({}, {"cmdCode": "28", "customsCode": "C01"}), kind="commodity")
    assert found.codes == ["breakdown"]


def test_months_are_months_and_a_year_is_a_year(read):
    data = comtrade_plus({"freqCode": "M", "period": "202203", "refMonth": "3"}, {"cmdCode": "28"})
    assert set(read(data, kind="commodity").values()) == {("27", "to_dprk", 2022, 3), ("28", "to_dprk", 2022, 0)}


def test_the_total_of_all_goods_is_kept_apart(read):
    found = read(comtrade_plus({}, {"cmdCode": "TOTAL", "primaryValue": "9"}), kind="commodity")
    assert list(found.values()) == [("27", "to_dprk", 2022, 0)]
    assert [total["value_usd"] for total in found.totals()] == [9]


def test_a_dataset_of_totals_reads_the_total_of_all_goods_alone(read):
    found = read(comtrade_plus({}, {"cmdCode": "TOTAL", "primaryValue": "9"}), kind="total")
    assert found.values() == {("all", "to_dprk", 2022, 0): 9}
    assert found.remarks == ["Not read: 1 row for individual goods."]
    assert read(comtrade_plus({}), kind="total").codes == ["no-rows"]


def test_the_total_alone_is_a_fault(read):
    found = read(comtrade_plus({"cmdCode": "TOTAL"}), kind="commodity")
    assert (found.codes, found.faults[0].found) == (["no-rows"], "only the total of all goods")


def test_several_levels_are_a_question(read):
    data = comtrade_plus({}, {"cmdCode": "2701"}, {"cmdCode": "270111"})
    assert read(data, kind="commodity").asked == ["level"]
    found = read(data, kind="commodity", answers={"level": "6"})
    assert set(found.values()) == {("270111", "to_dprk", 2022, 0)}


def test_cents_are_rounded_and_this_is_said(read):
    found = read(comtrade_plus({"primaryValue": "12.5"}, {"cmdCode": "28", "primaryValue": "13.501"}), kind="commodity")
    assert list(found.values().values()) == [12, 14]
    assert "2 values with cents" in found.remarks[-1]


def test_an_estimated_quantity_is_not_taken_for_a_reported_one(read):
    reported = {"qtyUnitAbbr": "kg", "qty": "12.5", "isQtyEstimated": "false"}
    data = comtrade_plus(reported, reported | {"cmdCode": "28", "isQtyEstimated": "true"})
    frame = read(data, kind="commodity").frame().set_index("key")
    assert frame.loc["27", "quantity"] == 12.5
    assert frame["quantity"].isna().loc["28"]


@pytest.mark.parametrize("row", [{"classificationCode": "S4"}, {"typeCode": "S", "classificationCode": "EB"}])
def test_other_classifications_and_services_are_refused(read, row):
    assert read(comtrade_plus(row), kind="commodity").codes == ["classification"]


def test_re_exports_are_left_out_for_exports_hold_them(read):
    found = read(comtrade_plus({}, {"flowCode": "RX", "primaryValue": "5"}), kind="commodity")
    assert list(found.values().values()) == [894039906]


def test_the_same_row_twice_is_a_fault(read):
    assert read(comtrade_plus({}, {}), kind="commodity").codes == ["duplicate"]


def test_a_zero_that_was_put_back_is_said(read):
    found = read(comtrade_plus({}, {"cmdCode": "3"}), kind="commodity")
    assert ({key[0] for key in found.values()}, "3 was read as 03" in found.remarks[0]) == ({"27", "03"}, True)


def test_the_old_form(read):
    data = comtrade_old({}, {"Trade Flow Code": "1", "Trade Value (US$)": "7"}, {"Partner Code": "0"})
    found = read(data, kind="commodity")
    assert found.values() == {("27", "to_dprk", 2017, 0): 1200000, ("27", "from_dprk", 2017, 0): 7}
    assert found.frame().iloc[0][["quantity", "quantity_unit"]].tolist() == [5000.0, "kg"]


def test_a_download_by_goods_of_both_flows_is_read_whole(read):
    """As the site gives it: the total, every chapter, both flows, CIF beside imports and FOB beside exports."""
    rows = []
    for way, basis in (("X", "fobvalue"), ("M", "cifvalue")):
        values = {f"{n:02d}": str(n * 1000) for n in range(1, 98) if n != 77}
        for code, value in ({"TOTAL": str(sum(map(int, values.values())))} | values).items():
            rows.append({"flowCode": way, "cmdCode": code, "primaryValue": value, basis: value})
    found = read(comtrade_plus(*rows), kind="commodity")
    chapters = [f"{n:02d}" for n in range(1, 98) if n != 77]
    assert found.values() == {
        (code, flow, 2022, 0): int(code) * 1000 for flow in ("to_dprk", "from_dprk") for code in chapters
    }
    assert [total["value_usd"] for total in found.totals()] == [sum(map(int, chapters)) * 1000] * 2


def test_a_dataset_by_province_cannot_take_it(read):
    assert read(comtrade_plus({})).codes == ["other-kind"]


def renamed(data, rename):
    header, rows = data.decode("cp1252").split("\r\n", 1)
    return "\r\n".join((",".join(map(rename, header.split(","))), rows)).encode("cp1252")


def snake(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=\d)(?=[A-Z])", "_", name).lower()


@pytest.mark.parametrize("rename", [snake, str.upper, lambda name: snake(name).replace("_", " ").title()])
def test_columns_are_known_without_case_spaces_and_underscores(read, rename):
    found = read(renamed(comtrade_plus({}, {"customsCode": "C01"}), rename), kind="commodity")
    assert (found.form, found.values()) == ("UN Comtrade", {("27", "to_dprk", 2022, 0): 894039906})


def test_the_old_columns_are_known_with_underscores(read):
    header, rows = comtrade_old({}).decode().split("\r\n", 1)
    data = "\r\n".join((header.replace(" ", "_").lower(), rows)).encode()
    assert read(data, kind="commodity").values() == {("27", "to_dprk", 2017, 0): 1200000}


def test_codes_as_numbers_with_a_point_are_codes(read):
    codes = {
        "reporterCode": "156.0",
        "partnerCode": "408.0",
        "partner2Code": "0.0",
        "motCode": "0.0",
        "period": "2022.0",
    }
    found = read(comtrade_plus(codes | {"cmdCode": "27.0"}, codes | {"cmdCode": "28"}), kind="commodity")
    assert set(found.values()) == {("27", "to_dprk", 2022, 0), ("28", "to_dprk", 2022, 0)}
    assert found.remarks == []


def test_what_a_program_writes_for_nothing_is_nothing(read):
    nothing = dict.fromkeys(("partner2Code", "customsCode", "motCode", "mosCode", "qtyUnitAbbr", "qty", "netWgt"), "NA")
    found = read(comtrade_plus(nothing), kind="commodity")
    assert found.values() == {("27", "to_dprk", 2022, 0): 894039906}
    assert found.frame()["quantity"].isna().all()


def test_files_that_were_joined_are_read_as_one_and_their_second_header_is_no_row(read):
    rows = comtrade_plus({}).decode("cp1252"), comtrade_plus({"cmdCode": "28"}).decode("cp1252")
    found = read("\ufeff".join(rows).encode(), kind="commodity")
    assert {key[0] for key in found.values()} == {"27", "28"}
    assert found.remarks == []


def test_a_fault_names_the_column_as_the_file_does(read):
    [fault] = read(comtrade_plus({"primaryValue": "-5"}), kind="commodity").faults
    assert fault.cell == "line 2, column primaryValue"


@pytest.mark.parametrize("kind", ["commodity", "total"])
def test_what_china_reports_is_refused_in_a_dataset_about_the_world(read, kind):
    data = comtrade_plus({}, {"cmdCode": "TOTAL"})
    [fault] = read(data, kind=kind, partner="the world").faults
    assert (fault.code, fault.expected) == ("other-dataset", "trade with the world")
    assert "China" in fault.found
    assert read(data, kind=kind, partner="China").values()
