"""A sum beside its directions is a check, not a value."""

import pandas as pd
import pytest

from trade.frames import READ_COLUMNS
from trade.importing.checks import sums_of_directions


def table(*rows):
    usual = dict.fromkeys(READ_COLUMNS) | {"key": "all", "year": 2016, "month": 0, "component": "reported"}
    return pd.DataFrame([usual | row for row in rows], columns=list(READ_COLUMNS)).astype(READ_COLUMNS)


def row(flow, value, **more):
    return {"flow": flow, "value_usd": value} | more


@pytest.mark.parametrize(("said", "is_sum"), [(50, True), (51, False), (5_000, False)])
def test_a_sum_that_adds_up_is_dropped_and_another_one_is_a_fault(said, is_sum):
    kept, faults = sums_of_directions.checked(table(row("to_dprk", 31), row("from_dprk", 19), row("total", said)))
    assert [fault.code for fault in faults] == ([] if is_sum else ["total-beside-direction"])
    assert ("total" in set(kept["flow"])) is not is_sum


@pytest.mark.parametrize("more", [{}, {"precision_usd": 1_000_000}])
def test_a_rounded_sum_adds_up(more):
    whole = 570_000_000 if not more else 565_000_000
    parts = row("to_dprk", 497_020_000), row("from_dprk", 68_630_000)
    kept, faults = sums_of_directions.checked(table(*parts, row("total", whole, **more)))
    assert not faults and set(kept["flow"]) == {"to_dprk", "from_dprk"}


def test_a_sum_beside_one_direction_is_a_fault():
    _kept, faults = sums_of_directions.checked(table(row("to_dprk", 31), row("total", 50)))
    assert faults[0].found == "2016: the total 50 in addition to 31 by direction"


def test_blanks_beside_a_sum_say_that_it_stands_alone():
    kept, faults = sums_of_directions.checked(table(row("to_dprk", None), row("from_dprk", None), row("total", 50)))
    assert not faults and list(kept["flow"]) == ["total"]


def test_a_blank_that_an_estimate_stands_for_is_kept():
    estimate = row("to_dprk", 30, component="estimate")
    kept, _faults = sums_of_directions.checked(table(row("to_dprk", None), estimate, row("from_dprk", 20)))
    assert len(kept) == 3
