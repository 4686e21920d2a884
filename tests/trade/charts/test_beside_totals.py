"""The annual totals of a dataset beside the published ones."""

from tests.trade import cubes
from tests.trade.cubes import cube, totals_of
from trade.charts import beside_totals


def value(key, flow, year, amount, **more):
    return {"key": key, "flow": flow, "year": year, "value_usd": amount} | more


def test_years_that_both_report_in_full_are_compared_without_estimates_of_unreported_trade():
    own = [
        value("CN-LN", "to_dprk", 2019, 103),
        value("CN-HL", "to_dprk", 2019, 50, component="estimate", status="E"),
        value("CN-LN", "to_dprk", 2020, 7, month=1),
        value("CN-LN", "to_dprk", 2021, 9),
    ]
    published = [
        value("x", "to_dprk", 2019, 100),
        value("x", "to_dprk", 2020, 100),
        value("x", "total", 2021, 100),
    ]
    [row] = beside_totals.rows(cube(own), totals_of(published))
    assert (row.year, row.own, row.published, row.difference) == (2019, 103, 100, "+3%")


def test_what_is_invented_stays_near_what_was_published():
    rows = beside_totals.rows(cubes.provinces(), cubes.totals())
    assert len(rows) == 50
    assert max(row.distance for row in rows) < 3
    assert beside_totals.sentence(rows).startswith("Of 50 annual totals, half are within 0.1% of the published totals")


def test_nothing_is_said_where_nothing_can_be_compared():
    assert beside_totals.sentence([]) == ""
