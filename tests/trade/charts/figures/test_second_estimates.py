"""A second estimate on pages: in words and in the table of what it is of."""

from tests.trade.cubes import cube, figure, page

ROWS = [
    {"key": "CN-HL", "flow": "to_dprk", "year": 2014, "value_usd": 40_000_000},
    {"key": "CN-HL", "flow": "to_dprk", "year": 2014, "value_usd": 380_000_000, "component": "estimate", "status": "E"},
    {"key": "CN-HL", "flow": "to_dprk", "year": 2014, "value_usd": 500_000_000, "component": "second_estimate",
     "status": "E", "note": "KOTRA, printed"},
    {"key": "CN-LN", "flow": "to_dprk", "year": 2014, "value_usd": 900_000_000},
]  # fmt: skip
NOTE = "A second estimate for Heilongjiang in 2014, US$500\xa0m, is not added; the estimate added is US$380\xa0m."


def test_the_table_of_a_province_has_it_and_the_note_compares_it_with_what_is_added():
    drawn = page(cube(ROWS), "province", "cn-hl")["figures"][0]
    columns = [column["key"] for column in drawn["table"]["columns"]]
    row = dict(zip(columns[1:], drawn["table"]["rows"][0]["cells"], strict=True))
    assert (row["second-estimate"]["value"], row["second-estimate-note"]["text"]) == (500_000_000, "KOTRA, printed")
    assert NOTE in drawn["notes"]


def test_all_provinces_name_it_and_add_it_to_nothing():
    drawn = figure(page(cube(ROWS), "provinces"), "by-year")
    assert NOTE in drawn["notes"]
    assert drawn["totals"][0]["value"] == 1_320_000_000


def test_it_is_not_shown_where_estimates_are_switched_off():
    drawn = figure(page(cube(ROWS), "provinces", estimates="off"), "by-year")
    assert NOTE not in drawn["notes"]
