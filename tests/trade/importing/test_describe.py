"""What a table was understood to be about, property by property, with the text or column that says so."""

from tests.files import text, xlsx

ROWS = "the rows of the table"


def told(found):
    return {row["what"]: (row["value"], row["said"], row["place"]) for row in found.description}


def test_each_entry_names_the_text_that_says_it_and_where_it_stands(read):
    title = "China's exports to North Korea, US$ thousand"
    found = read(xlsx({"S": [[title], ["Province", 2023, 2024], ["Liaoning", 1, 2]]}), partner="China")
    assert told(found) == {
        "Reporter": ("China", title, "title"),
        "Partner": ("the DPRK", title, "title"),
        "Direction": ("exports to the DPRK", title, "title"),
        "Measure": ("value as reported", title, "title"),
        "Unit": ("US$ thousand", title, "title"),
        "Frequency": ("annual", "", ROWS),
        "Period": ("2023 to 2024", "", ROWS),
        "Status": ("normal (A)", "", "not named in the file"),
        "Level": ("provinces", "", ROWS),
    }


def test_what_nothing_in_the_file_says_is_said_to_be_assumed(read):
    rows = [["province", "year", "month", "value"], ["Liaoning", 2024, 1, 5], ["Liaoning", 2024, 2, 6]]
    found = told(read(text(rows), flow="to_dprk"))
    assert found["Partner"] == ("the DPRK", "", "not named in the file")
    assert found["Direction"] == ("exports to the DPRK", "", "chosen at upload")
    assert found["Unit"] == ("US dollars", "", "not named in the file: whole dollars are read")
    assert found["Frequency"] == ("monthly", "", "column “month”")
    assert found["Period"] == ("2024-01 to 2024-02", "", ROWS)


def test_columns_are_named_where_they_say_it(read):
    header = ["省份", "年份", "流向", "国别", "币制", "金额", "status"]
    found = told(read(text([header, ["辽宁", 2024, "出口", "朝鲜", "美元", 5, "P"]]), partner="China"))
    assert found["Partner"] == ("the DPRK", "", "column “国别”")
    assert found["Direction"] == ("exports to the DPRK", "", "column “流向”")
    assert found["Unit"] == ("US dollars", "", "column “币制”")
    assert found["Status"] == ("provisional (P)", "", "column “status”")


def test_the_codes_of_a_download_are_evidence(read):
    header = "period,reporterCode,flowCode,partnerCode,cmdCode,primaryValue"
    found = told(read(f"{header}\n2024,156,X,408,27,5".encode(), kind="commodity", partner="China"))
    assert found["Reporter"] == ("China", "156", "column “reporterCode”")
    assert found["Partner"] == ("the DPRK", "408", "column “partnerCode”")
    assert found["Direction"] == ("exports to the DPRK", "", "column “flowCode”")
    assert found["Level"] == ("chapters (2 digits)", "", "column “cmdCode”")


def test_what_is_alike_in_all_tables_is_said_once(read):
    sheets = {
        str(year): [["对朝鲜进出口（万美元）"], ["地区", "出口", "进口"], ["辽宁", 3, 4]] for year in range(2015, 2022)
    }
    found = read(xlsx(sheets), partner="China")
    units = [(row["value"], row["where"]) for row in found.description if row["what"] == "Unit"]
    assert units == [("US$ 10,000 (万美元)", "")]
    periods = {row["value"]: row["where"] for row in found.description if row["what"] == "Period"}
    assert periods == {str(year): f"Sheet “{year}”" for year in range(2015, 2022)}
