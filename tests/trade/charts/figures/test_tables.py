"""Tables: ranks, shares, changes and quantities are words beside the numbers that they write."""

import json

import pytest

from tests.trade.cubes import cube, figure, page, shown
from trade.charts.schema import NumberText


def cells_of(table, key):
    """The cells of a column by the row: {"cn-ln": cell, …}."""
    place = [column["key"] for column in table["columns"]].index(key) - 1
    return {row["key"]: row["cells"][place] for row in table["rows"]}


def told(cell):
    return (cell["text"], cell["value"])


def rows(*values):
    return [
        {"key": key, "flow": "to_dprk", "year": year, "value_usd": value}
        for key, year, value in values
        if value is not None
    ]


def test_a_rank_a_share_and_a_change_stand_beside_the_number_that_they_write():
    of = cube(rows(("CN-LN", 2019, 500), ("CN-LN", 2020, 440), ("CN-JL", 2019, 40), ("CN-JL", 2020, 60)))
    table = figure(page(of, "provinces", year=2020), "ranked")["table"]
    assert told(cells_of(table, "rank")["cn-jl"]) == ("2", 2)
    assert cells_of(table, "rank")["cn-jl"]["of"] == 2
    assert told(cells_of(table, "share")["cn-ln"]) == ("88%", 88.0)
    assert told(cells_of(table, "change")["cn-ln"]) == ("−12%", -12.0)
    assert told(cells_of(table, "change")["cn-jl"]) == ("+50%", 50.0)


def test_a_share_too_small_to_be_written_is_a_number_all_the_same():
    of = cube(rows(("CN-LN", 2020, 10**9), ("CN-JL", 2020, 5)))
    shares = cells_of(figure(page(of, "provinces", year=2020), "ranked")["table"], "share")
    assert (told(shares["cn-jl"]), told(shares["cn-ln"])) == (("<0.1%", 5e-07), (">99%", 100.0))


def test_a_quantity_and_a_unit_value_are_numbers_with_units_of_their_own():
    coal = {"key": "2701", "flow": "from_dprk", "year": 2020, "value_usd": 900, "quantity": 12.0, "quantity_unit": "t"}
    oil = {"key": "2709", "flow": "from_dprk", "year": 2020, "value_usd": 100}
    table = figure(page(cube([coal, oil], "commodity"), "commodity", "27", flow="from_dprk", year=2020), "ranked")[
        "table"
    ]
    amounts, values = cells_of(table, "quantity"), cells_of(table, "unit-value")
    assert [(one["text"], one["value"], one["unit"]) for one in (amounts["2701"], values["2701"])] == [
        ("12\u00a0t", 12, "t"),
        ("US$75.0/t", 75.0, "US$/t"),
    ]
    assert [(one["text"], one["value"], one["unit"]) for one in (amounts["2709"], values["2709"])] == [
        ("", None, "")
    ] * 2


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ({}, [("reported", "to_dprk"), ("estimate", "to_dprk"), ("shown", "to_dprk")]),
        ({"estimates": "off"}, [("reported", "to_dprk")]),
        ({"flow": "balance"}, [("shown", "to_dprk"), ("shown", "from_dprk"), ("balance", "balance")]),
    ],
)
def test_each_column_of_values_says_its_component_and_its_flow(query, columns):
    table = figure(shown("provinces", year=2016, **query), "ranked")["table"]
    values = [column for column in table["columns"] if column["measure"] == "value"]
    assert [(column["component"], column["flow"]) for column in values] == columns
    assert {column["unit"] for column in values} == {"US$"}
    described = [column for column in table["columns"] if column["measure"] in ("rank", "share", "change")]
    assert {(column["component"], column["flow"]) for column in described} == {columns[-1]}


def test_a_share_says_of_what_it_is_on_the_page_too():
    table = figure(shown("provinces", year=2016), "ranked")["table"]
    [share] = [column for column in table["columns"] if column["measure"] == "share"]
    assert (share["label"], share["of"], share["unit"]) == ("Share of all provinces", "all provinces", "%")


@pytest.mark.parametrize("unit", ["usd", "share"])
def test_json_has_the_texts_alone(unit):
    for drawn in shown("provinces", year=2016, unit=unit)["figures"]:
        texts = [
            point[name] for one in drawn["series"] for point in one["points"] for name in ("text", "share", "rank")
        ]
        assert json.loads(json.dumps(texts)) == texts
        assert any(isinstance(text, NumberText) for text in texts)
