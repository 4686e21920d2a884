"""Tables: the texts of ranks, shares and changes know their numbers, and JSON has the texts alone."""

import json

import pytest

from tests.trade.cubes import cube, figure, page, shown
from trade.charts.schema import NumberText


def cells_of(table, key):
    """The cells of a column by the row: {"cn-ln": cell, …}."""
    place = [column["key"] for column in table["columns"]].index(key) - 1
    return {row["key"]: row["cells"][place] for row in table["rows"]}


def told(cell):
    return (str(cell["text"]), cell["text"].number, cell["text"].unit)


def rows(*values):
    return [
        {"key": key, "flow": "to_dprk", "year": year, "value_usd": value}
        for key, year, value in values
        if value is not None
    ]


def test_a_rank_a_share_and_a_change_know_the_number_that_they_write():
    of = cube(rows(("CN-LN", 2019, 500), ("CN-LN", 2020, 440), ("CN-JL", 2019, 40), ("CN-JL", 2020, 60)))
    table = figure(page(of, "provinces", year=2020), "ranked")["table"]
    assert told(cells_of(table, "rank")["cn-jl"]) == ("2", 2, "")
    assert told(cells_of(table, "share")["cn-ln"]) == ("88%", 88.0, "%")
    assert told(cells_of(table, "change")["cn-ln"]) == ("−12%", -12.0, "%")
    assert told(cells_of(table, "change")["cn-jl"]) == ("+50%", 50.0, "%")


def test_a_share_too_small_to_be_written_has_no_number():
    of = cube(rows(("CN-LN", 2020, 10**9), ("CN-JL", 2020, 5)))
    shares = cells_of(figure(page(of, "provinces", year=2020), "ranked")["table"], "share")
    assert (told(shares["cn-jl"]), told(shares["cn-ln"])) == (("<0.1%", None, "%"), (">99%", None, "%"))


@pytest.mark.parametrize("unit", ["usd", "share"])
def test_json_has_the_texts_alone(unit):
    for drawn in shown("provinces", year=2016, unit=unit)["figures"]:
        texts = [cell["text"] for row in (drawn["table"] or {"rows": []})["rows"] for cell in row["cells"]]
        assert json.loads(json.dumps(texts)) == texts
        assert drawn["table"] is None or any(isinstance(text, NumberText) for text in texts) == (
            drawn["id"] == "ranked" or unit == "share"
        )
