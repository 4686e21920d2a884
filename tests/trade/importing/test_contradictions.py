"""What the texts of a table say otherwise than it was read, or do not say, is ticked or refused."""

import pytest

from tests.files import text, xlsx

ROWS = [["Province", 2018, 2019], ["Liaoning", 1, 2], ["Jilin", 3, 4]]
GOODS = [["HS", 2018, 2019], ["27", 1, 2], ["03", 3, 4]]
EXPORTS = "China's exports to North Korea (US$)"


def said(found, key):
    assert not found.faults, found.faults
    return [sentence for name, sentence in found.doubts if name == key]


def below(*titles, rows=ROWS):
    return xlsx({"Sheet1": [*([title] for title in titles), *rows]})


def test_a_title_against_the_headers(read):
    headers = ["Province", "Imports from North Korea 2018", "Imports from North Korea 2019"]
    [sentence] = said(read(below("Exports to North Korea (US$)", rows=[headers, *ROWS[1:]])), "flow")
    assert (
        "“Exports to North Korea (US$)” says exports to the DPRK; the values were read as imports from the DPRK"
        in sentence
    )


def test_a_header_against_a_column_of_flows(read):
    rows = [["province", "year", "flow", "Exports to North Korea (US$)"], ["Liaoning", 2019, "from_dprk", 5]]
    assert "“Exports to North Korea (US$)” says exports to the DPRK" in said(read(text(rows)), "flow")[0]


@pytest.mark.parametrize("title", ["2010-2012", "in 2016", "2016年", "May 2019"])
def test_a_title_of_other_years(read, title):
    [sentence] = said(read(below(f"China's exports to North Korea (US$), {title}")), "years")
    assert title in sentence


@pytest.mark.parametrize("title", ["2018-2019", "2018–19", "2018 and 2019", "at 2010 prices, 2019", "HS 2017"])
def test_a_title_of_the_same_years_or_of_others_that_are_no_period(read, title):
    assert said(read(below(f"China's exports to North Korea (US$), {title}")), "years") == []


def test_a_title_of_the_same_month(read):
    rows = [["Province", "2019-05", "2019-06"], ["Liaoning", 1, 2]]
    found = read(below("China's exports to North Korea (US$), 2019-05 and 2019-06", rows=rows))
    assert said(found, "years") == []


def test_exports_below_a_title_that_says_whose_trade_it_is(read):
    rows = [["지역", "수출", "수입"], ["랴오닝성", 1, 2]]
    found = read(below("2019년 북한의 대중 무역(달러)", rows=rows))
    assert found.values()["랴오닝성", "from_dprk", 2019, 0] == 1


def test_a_title_and_headers_of_two_scales_are_asked_about(read):
    rows = [["Province", "year", "value (US$ million)"], ["Liaoning", 2019, 5]]
    assert read(below("China's exports to North Korea (US$ thousand)", rows=rows)).asked == ["unit"]


@pytest.mark.parametrize(
    "title",
    ["China's exports to North Korea (US$)", "North Korea's exports to China (US$)", "중국의 대북한 수출(달러)"],
)
def test_a_table_of_china_alone_is_none_of_the_world(read, title):
    found = read(below(title, rows=GOODS), kind="commodity", partner="the world", answers={"exports": "dprk"})
    assert found.codes == ["other-dataset"] and title in found.faults[0].found


@pytest.mark.parametrize("title", ["North Korea's foreign trade: exports (US$)", "朝鲜对外出口（美元）"])
def test_trade_of_the_dprk_with_the_world_is_none_with_china(read, title):
    found = read(below(title, rows=GOODS), kind="commodity", partner="China", answers={"exports": "dprk"})
    assert found.codes == ["other-partner"]


@pytest.mark.parametrize("title", ["各省出口额（不含对朝鲜出口）（美元）", "China's exports excluding the DPRK (US$)"])
def test_all_trade_but_that_with_the_dprk_is_refused(read, title):
    assert read(below(title), partner="China").codes == ["other-partner"]


@pytest.mark.parametrize(
    ("title", "kind", "missing"),
    [
        ("China's exports by province (US$)", "province", "the DPRK"),
        ("各省出口额", "province", "the DPRK or a unit"),
        ("Exports to North Korea by province", "province", "a unit"),
        ("中国出口商品（按HS章）（美元）", "commodity", "the DPRK"),
        ("Exports to North Korea by HS chapter (US$)", "commodity", "China"),
    ],
)
def test_what_no_text_names_is_ticked(read, title, kind, missing):
    rows = ROWS if kind == "province" else GOODS
    found = read(below(title, rows=rows), kind=kind, partner="China", answers={"exports": "partner"})
    assert [f"does not name {missing}." in sentence for sentence in found.unsaid] == [True], found.reading.doubts


def test_what_is_named_or_chosen_needs_no_tick(read):
    assert read(below(EXPORTS), partner="China").unsaid == []
    assert read(below("各省出口额（美元）"), partner="China", flow="to_dprk").unsaid == []
    tidy = text([["province", "year", "flow", "reported_usd"], ["Liaoning", 2019, "to_dprk", 5]])
    assert read(tidy, partner="China").unsaid == []


def test_columns_of_partners_are_never_summed_up_as_one(read):
    rows = [["Year", "China", "Russia", "India", "Total"], [2018, 2217, 32, 21, 2601]]
    found = read(below("North Korea's imports by partner, US$ million", rows=rows), kind="total", partner="China")
    assert found.faults and "russia" in found.faults[0].found
