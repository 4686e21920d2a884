"""Which time an address asks for, and what is said where it asks for one that there is not."""

import pytest

from tests.trade.charts.time.cubes_by_month import drawn, of_years_alone
from tests.trade.cubes import cube, page
from trade.charts import view_state

FIRST_TO_LAST = "Choose from 2018 to 2025, such as 2025"
MONTHS = "Choose from Jan 2023 to Sep 2025, such as 2025-09"


def read(page="provinces", slug="", of=None, **query):
    asked = {name.strip("_"): [str(value)] for name, value in query.items()}
    return view_state.read(page, slug, asked, drawn() if of is None else of)


@pytest.mark.parametrize(
    ("query", "time", "span", "address"),
    [
        ({}, 2024, (None, None), "/provinces/"),
        ({"from_": 2020}, 2024, (2020, None), "/provinces/?from=2020"),
        ({"from_": 2020, "to": 2022}, 2022, (2020, 2022), "/provinces/?from=2020&to=2022"),
        ({"from_": "earliest", "to": "latest"}, 2024, (None, None), "/provinces/"),
        ({"from_": 2018}, 2024, (None, None), "/provinces/"),
        ({"to": 2025}, 2024, (None, 2025), "/provinces/?to=2025"),  # newer data would not lengthen it
        ({"period": "months"}, "2025-09", (None, None), "/provinces/?period=months"),
        ({"period": "months", "month": "2025-09"}, "2025-09", (None, None), "/provinces/?period=months"),
        ({"period": "months", "month": "earliest"}, "2023-01", (None, None), "/provinces/?month=2023-01&period=months"),
        ({"period": "months", "year": 2024}, "2024-12", (None, None), "/provinces/?month=2024-12&period=months"),
        ({"period": "months", "from_": 2024, "to": 2024}, "2024-12", ("2024-01", "2024-12"),
         "/provinces/?from=2024-01&to=2024-12&period=months"),
        ({"period": "months", "from_": "2024-03"}, "2025-09", ("2024-03", None),
         "/provinces/?from=2024-03&period=months"),
        ({"period": "ytd"}, 2025, (None, None), "/provinces/?period=ytd"),
        ({"period": "ytd", "month": "2025-03"}, 2025, (None, None), "/provinces/?month=2025-03&period=ytd"),
        ({"period": "ytd", "year": 2024}, 2024, (None, None), "/provinces/?month=2024-09&period=ytd"),
        ({"period": "ytd", "month": "2024-12"}, 2024, (None, None), "/provinces/?month=2024-12&period=ytd"),
        ({"period": "ytd", "to": 2024}, 2024, (None, 2024), "/provinces/?to=2024&period=ytd"),
    ],
)  # fmt: skip
def test_a_time_is_read_and_written_as_briefly_as_it_can_be(query, time, span, address):
    chosen = read(**query)
    assert (chosen.time, chosen.span, chosen.url(), chosen.notices) == (time, span, address, [])


@pytest.mark.parametrize(
    ("query", "said", "address"),
    [
        ({"from_": 1900}, f"“1900” is not a valid “from”. {FIRST_TO_LAST}; the first is used.", "/provinces/"),
        ({"to": "x"}, f"“x” is not a valid “to”. {FIRST_TO_LAST}; the newest is used.", "/provinces/"),
        ({"from_": "2024-03"}, f"“2024-03” is not a valid “from”. {FIRST_TO_LAST}", "/provinces/"),
        ({"from_": 2022, "to": 2020},
         "The span from 2022 to 2020 ends before it begins; everything is shown.", "/provinces/"),
        ({"year": 2024, "to": 2020},
         "2024 is outside the chosen span; 2020 is shown.", "/provinces/?to=2020"),
        ({"month": "2024-03"}, "“month” applies only to monthly and year-to-date views.", "/provinces/"),
        ({"base": 2020}, "“base” applies only to an index.", "/provinces/"),
        ({"view": "seasons"}, "Seasons need monthly figures; columns are shown.", "/provinces/"),
        ({"period": "months", "month": "2022-12"},
         "“2022-12” is not a month in this dataset, which covers Jan 2023 to Sep 2025; Sep 2025 is shown.",
         "/provinces/?period=months"),
        ({"period": "months", "month": "2025-13"}, "“2025-13” is not a month in this dataset",
         "/provinces/?period=months"),
        ({"period": "months", "year": 2020}, "This dataset has no monthly data for “2020”; Sep 2025 is shown.",
         "/provinces/?period=months"),
        ({"period": "months", "from_": "2020-01"}, f"“2020-01” is not a valid “from”. {MONTHS}",
         "/provinces/?period=months"),
        ({"period": "months", "month": "2025-02", "to": "2024-06"},
         "Feb 2025 is outside the chosen span; Jun 2024 is shown.",
         "/provinces/?to=2024-06&period=months"),
        ({"period": "ytd", "month": "2025-03", "to": 2024}, "Mar 2025 is outside the chosen span",
         "/provinces/?month=2024-03&to=2024&period=ytd"),
        ({"period": "ytd", "from_": 2020}, "“2020” is not a valid “from”. Choose from 2023 to 2025",
         "/provinces/?period=ytd"),
        ({"view": "lines", "unit": "index", "base": 1990}, "“1990” is not a valid “base”.",
         "/provinces/?view=lines&unit=index"),
    ],
)  # fmt: skip
def test_what_there_is_not_gets_a_reason_and_the_next_best(query, said, address):
    chosen = read(**query)
    assert [notice for notice in chosen.notices if said in notice] == chosen.notices != []
    assert chosen.url() == address


@pytest.mark.parametrize(
    ("query", "base"),
    [
        ({}, "2018 (first complete year)"),
        ({"from": 2022}, "2022 (first complete year)"),
        ({"base": 2021}, "2021"),
        ({"period": "months"}, "Jan 2023 (first complete month)"),
    ],
)
def test_the_choice_of_the_base_names_the_period_that_is_100(query, base):
    payload = page(drawn(), "provinces", view="lines", unit="index", **query)
    control = next(one for one in payload["controls"] if one["name"] == "base")
    assert [one["label"] for one in control["choices"] if one["current"]] == [base]
    assert f"({base.partition(' (')[0]} = 100)" in payload["figures"][0]["title"]


def test_a_dataset_without_months_counts_years():
    for period in ("months", "ytd"):
        chosen = read(of=of_years_alone(), period=period, month="2022-03", from_=2020)
        assert chosen["period"] == "years" and chosen.span == (2020, None) and chosen.url() == "/provinces/?from=2020"
        assert chosen.notices[0] == "This dataset has no monthly data; annual data are shown."


def test_a_dataset_without_years_has_no_time_and_says_so():
    for query in ({}, {"from_": 2020, "to": 2021, "year": 2020}, {"period": "months"}, {"period": "ytd"}):
        chosen = read(of=cube([]), **query)
        assert (chosen.time, chosen.span) == (None, (None, None))


def test_where_time_is_counted_in_another_way_what_fits_is_kept():
    chosen = read(year=2024, from_=2020, to=2024)
    assert chosen.url(period="months") == "/provinces/?month=2024-12&period=months"
    assert chosen.url(period="ytd").startswith("/provinces/?")
    assert read(period="months", month="2024-06").url(period="ytd") == "/provinces/?month=2024-06&period=ytd"
    assert read(period="ytd", month="2024-06").url(period="years") == "/provinces/"


def test_a_page_that_has_years_alone_makes_years_of_the_months_chosen():
    asked = {"period": "months", "from_": "2024-03", "to": "2025-02", "month": "2024-12"}
    heading = read("commodity", "2701", drawn("commodity"), **asked)
    assert heading.notices == ["Monthly figures of headings are not kept; annual data are shown."]
    assert heading.url() == "/commodities/2701/?from=2024&to=2025"
    assert read("commodity", "2701", drawn("commodity"), from_=2024, to=2025).notices == []
