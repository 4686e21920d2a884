"""Files that were reported to be taken wrongly, and what becomes of each: read, asked about, ticked or refused."""

import pytest

from tests.files import text, xlsx

CHINA = "China's exports to North Korea"
WIDE = [["Province", 2023, 2024], ["Liaoning", 1310000000, 1290000000], ["Jilin", 330000000, 345000000]]
LONG = ["province", "year", "flow", "reported_usd"]


def below(title):
    return xlsx({"Sheet1": [[title], [], *WIDE]})


def long_with(header, cell):
    return text([[header, *LONG], [cell, "CN-LN", 2024, "to_dprk", 812000], [cell, "CN-JL", 2024, "to_dprk", 240500]])


LONG_BELOW_GERMANY = xlsx(
    {"Sheet1": [["China's exports to Germany"], [], ["Province", "Year", "Value (US$)"], ["Liaoning", 2024, 41]]}
)
ROLLING = xlsx(
    {CHINA: [[None, 2024, None, None, None], ["Province", "Nov", "Dec", "Jan", "Feb"], ["Liaoning", 1, 2, 3, 4]]}
)


@pytest.mark.parametrize(
    ("file", "code", "quoted"),
    [
        (below("China's exports to Korea, Rep. (US$)"), "other-partner", "Korea, Rep."),
        (LONG_BELOW_GERMANY, "other-partner", "Germany"),
        (long_with("destination", "South Korea"), "other-partner", "South Korea"),
        (long_with("indicator", "Weight (tonnes)"), "unread-column", "Weight (tonnes)"),
        (long_with("customs regime", "Re-export"), "unread-column", "Re-export"),
        (ROLLING, "month", "Jan"),
    ],
)
def test_what_is_not_the_trade_of_the_dataset_is_refused_with_what_says_so(read, file, code, quoted):
    fault = read(file).faults[0]
    assert (fault.code, quoted in fault.found) == (code, True), fault


@pytest.mark.parametrize(
    ("title", "key", "quoted"),
    [
        (f"{CHINA}, constant 2010 US$", "measure", "constant prices"),
        (f"{CHINA}, estimate (US$)", "measure", "an estimate"),
    ],
)
def test_what_a_title_says_beside_the_trade_is_to_be_ticked(read, title, key, quoted):
    [(found, sentence)] = read(below(title)).doubts
    assert found == key and quoted in sentence and title in sentence


NOTE = {CHINA: [["Province", "Year", "Value"], ["Liaoning", 2024, 1240000], [], ["Unit: US$ thousand"]]}


@pytest.mark.parametrize(
    ("file", "quoted"),
    [
        (
            text([["province", "year", "flow", "value", "unit"], ["CN-LN", 2024, "to_dprk", 12, "Thousands"]]),
            "Thousands",
        ),
        (xlsx(NOTE), "Unit: US$ thousand"),
    ],
)
def test_a_unit_that_is_not_clear_is_asked_about_with_the_text_that_names_it(read, file, quoted):
    [question] = read(file).questions
    assert question.key == "unit" and quoted in question.text
    assert len(read(file, answers={"unit": "1000"}).values()) == 1


@pytest.mark.parametrize(
    "partner",
    ["Korea (Democratic People's Republic of)", "Korea (the Democratic People's Republic of)", "KP", "DPR Korea"],
)
def test_the_dprk_is_known_in_its_official_spellings(read, partner):
    rows = [["partner", *LONG], [partner, "CN-LN", 2024, "to_dprk", 1240000000]]
    assert read(text(rows)).values() == {("CN-LN", "to_dprk", 2024, 0): 1240000000}
    assert not read(below(f"China's exports to {partner}")).faults


def test_january_to_december_is_the_whole_year(read):
    rows = [["省份", "2023年1-12月", "2024年1-12月"], ["辽宁", 13, 14]]
    assert read(xlsx({"中国对朝鲜出口": rows})).values() == {
        ("辽宁", "to_dprk", 2023, 0): 13,
        ("辽宁", "to_dprk", 2024, 0): 14,
    }


@pytest.mark.parametrize("mark", ["2024p", "2024(p)", "2024 (prelim.)", "2024 (provisional)"])
def test_a_preliminary_year_is_that_year_and_provisional(read, mark):
    found = read(xlsx({CHINA: [["Province", "2023", mark], ["Liaoning", 13, 14]]}))
    statuses = found.frame().set_index("year")["status"].to_dict()
    assert statuses[2024] == "P" and statuses[2023] != "P"
    assert "provisional" in found.remarks[-1]


def test_a_sheet_of_trade_map_is_read_with_its_total(read):
    rows = [
        ["China's exports to Democratic People's Republic of Korea"], ["Unit : US Dollar thousand"], [],
        ["Code", "Product label", "Value in 2023", "Value in 2024"], ["'TOTAL", "All products", 300, 400],
        ["'27", "Mineral fuels", 100, 150], ["'01", "Live animals", 200, 250],
    ]  # fmt: skip
    found = read(xlsx({"Sheet1": rows}), kind="commodity")
    assert found.values()["27", "to_dprk", 2023, 0] == 100_000
    assert {key for key, *_others in found.values()} == {"27", "01"}
    assert [total["value_usd"] for total in found.totals()] == [300_000, 400_000]
    assert [key for key, _sentence in found.doubts] == ["unit"]
