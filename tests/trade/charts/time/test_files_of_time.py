"""CSV, JSON and workbook of a view of chosen time: the numbers of its table, which are those of the rows."""

import csv
import io
import json

import pytest

from tests.trade.charts.sentences.so_far_by_hand import by_hand
from tests.trade.charts.time.cubes_by_month import drawn, rows
from tests.trade.cubes import figure, page
from trade.charts import csv_file, view_rows

MONTHLY = {"period": "months"}
VIEWS = [
    {"from": 2020, "to": 2024},
    {"unit": "change"},
    {"unit": "change", "view": "lines", "from": 2023},
    {"unit": "index", "view": "lines", "base": 2020},
    {"unit": "share", "to": 2022},
    MONTHLY | {"from": "2024-02", "to": "2024-09"},
    MONTHLY | {"unit": "change", "from": "2024-02"},
    {"period": "ytd"},
    {"period": "ytd", "unit": "change", "view": "lines", "month": "2025-03"},
    {"period": "ytd", "unit": "index", "view": "lines"},
]
SEASONS = [MONTHLY | {"view": "seasons"}, MONTHLY | {"view": "seasons", "unit": "change", "from": "2024-01"}]


def shown(query):
    payload = page(drawn(), "provinces", **query)
    return payload, by_hand(payload["state"], "province", rows())


def as_csv(payload):
    """The rows of the chart over time, as a program reads them."""
    text = csv_file.as_csv(payload).decode("utf-8-sig")
    return [one for one in csv.DictReader(io.StringIO(text)) if one["chart"] == "by-year"]


def number(text):
    return None if text == "" else float(text)


def keys(raw, member):
    return raw.keys if member == "all" else raw.below(member)


@pytest.mark.parametrize("query", [*VIEWS, *SEASONS], ids=str)
def test_each_row_of_the_csv_is_a_number_of_the_rows(query):
    payload, raw = shown(query)
    for one in as_csv(payload):
        if one["member"] == "others":
            continue  # nobody is left over
        period = int(one["period"]) if len(one["period"]) == 4 else one["period"]
        of = keys(raw, one["member"])
        value, compared = raw.value("to_dprk", of, period), raw.compared("to_dprk", of, period)
        assert number(one["value_usd"]) == value
        if payload["state"]["unit"] == "change":
            change = compared and 100 * (compared.now - compared.before) / compared.before
            assert number(one["change_percent"]) == (change and pytest.approx(change, abs=1e-3))
            assert one["change_from"] == ("" if change is None else before(one["period"]))
        if payload["state"]["unit"] == "index":
            base = int(one["index_base"][-4:])
            expected = 100 * value / raw.value("to_dprk", of, base)
            assert number(one["index"]) == pytest.approx(expected, abs=1e-3)


def before(period):
    return f"{int(period[:4]) - 1}{period[4:]}"


@pytest.mark.parametrize("query", [*VIEWS, *SEASONS], ids=str)
def test_the_csv_says_what_the_table_says(query):
    payload, _raw = shown(query)
    table, written = figure(payload, "by-year")["table"], {}
    name = {"change": "change_percent", "index": "index", "share": "share_percent"}
    for one in as_csv(payload):
        written.setdefault(one["period"], []).append(number(one[name.get(payload["state"]["unit"], "value_usd")]))
    told = {}
    for row in table["rows"]:
        for column, cell in zip(table["columns"][1:], row["cells"], strict=True):
            period = f"{column['key']}-{row['key']}" if table["rows_are"] == "months" else row["key"]
            told.setdefault(period, []).append(cell["value"])
    assert {period: sorted(map(str, map(as_float, numbers))) for period, numbers in told.items()} == {
        period: sorted(map(str, numbers)) for period, numbers in written.items()
    }


def as_float(value):
    return None if value is None else float(value)


@pytest.mark.parametrize("query", SEASONS, ids=str)
def test_the_csv_of_seasons_has_a_row_for_each_month(query):
    payload, _raw = shown(query)
    periods = [one["period"] for one in as_csv(payload)]
    assert sorted(periods) == [f"{year}-{month:02d}" for year in years_of(payload) for month in range(1, 13)]
    assert {one["member"] for one in as_csv(payload)} == {"all"}


def years_of(payload):
    return [int(one["key"]) for one in figure(payload, "by-year")["series"]]


def test_a_month_outside_the_span_is_not_said_to_be_missing():
    payload, _raw = shown(MONTHLY | {"view": "seasons", "from": "2024-03"})
    said = {one["period"]: one["status_text"] for one in as_csv(payload)}
    assert said["2024-01"] == "not among the months shown" and said["2025-12"].startswith("missing")


@pytest.mark.parametrize("query", [*VIEWS, *SEASONS], ids=str)
def test_the_json_holds_the_same_view(query):
    payload, _raw = shown(query)
    assert json.loads(json.dumps(payload))["figures"] == payload["figures"]
    assert all(one["release"] == 2 for one in view_rows.of(payload))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({}, "china-provinces-2-to_dprk-2024"),
        ({"from": 2020, "to": 2022}, "china-provinces-2-to_dprk-2022-from-2020-to-2022"),
        (MONTHLY, "china-provinces-2-to_dprk-2025-09-months"),
        (SEASONS[0], "china-provinces-2-to_dprk-2025-09-seasons-months"),
        ({"period": "ytd", "year": 2024}, "china-provinces-2-to_dprk-2024-09-ytd"),
        ({"unit": "index", "view": "lines", "base": 2020}, "china-provinces-2-to_dprk-2024-lines-index-base-2020"),
    ],
)
def test_a_file_is_named_by_its_view(query, name):
    assert csv_file.name(page(drawn(), "provinces", **query)) == name
