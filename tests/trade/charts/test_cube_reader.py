"""Readings of a cube: estimates, months and sums of any rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples
from tests.trade import cubes
from tests.trade.cubes import FLOWS, ON_OFF, cube, figure, page, row
from trade.charts.cube_reader import Cells


def test_a_value_that_is_only_estimated_disappears_with_the_estimates():
    rows = [row(value=None, status="L"), row(value=50, component="estimate", status="E"), row("CN-JL", value=5)]
    shown, hidden = (page(cube(rows), "provinces", estimates=e) for e in ("on", "off"))
    assert figure(shown, "by-year")["totals"][0]["value"] == 55
    assert figure(hidden, "by-year")["totals"][0]["value"] == 5
    assert "missing" not in str(figure(shown, "ranked")["notes"])
    assert "1 figure is missing" in str(figure(hidden, "ranked")["notes"])
    reported = next(one for one in figure(shown, "by-year")["series"] if one["key"] == "cn-ln")
    assert reported["points"][0]["status_text"] == "missing: data may exist but were not collected"


def test_twelve_months_make_a_full_year_and_eleven_do_not():
    months = [row(month=month, value=month) for month in range(1, 13)]
    drawn = figure(page(cube(months), "provinces"), "by-year")
    assert (drawn["categories"][0]["label"], drawn["totals"][0]["value"]) == ("2020", 78)
    drawn = figure(page(cube(months[1:]), "provinces"), "by-year")
    assert (drawn["categories"][0]["label"], drawn["totals"][0]["value"]) == ("Feb–Dec 2020", 77)
    drawn = figure(page(cube([months[0], *months[2:]]), "provinces"), "by-year")
    assert drawn["categories"][0]["label"] == "11 months of 2020"


def test_a_blank_month_makes_its_year_incomplete():
    rows = [row(month=1, value=4), row(month=2, value=None, status="O")]
    payload = page(cube(rows), "provinces")
    assert figure(payload, "by-year")["totals"][0]["value"] == 4
    assert "1 figure is missing or incomplete" in str(figure(payload, "ranked")["notes"])


KEYS = st.sampled_from(["270111", "270119", "2709", "610910", "990001", "030617"])
ROWS = st.dictionaries(
    st.tuples(KEYS, st.sampled_from(FLOWS), st.integers(2018, 2021), st.integers(0, 12),
              st.sampled_from(["reported", "estimate"])),
    st.one_of(st.none(), st.integers(0, 10**12)),
    max_size=40,
)  # fmt: skip


@pytest.mark.slow
@examples(50)
@given(ROWS)
def test_any_node_of_any_rows_is_the_sum_of_what_lies_below_it(values):
    rows = [
        row(key, flow, year, 0 if value is None and component == "estimate" else value, month=month,
            component=component, status="E" if component == "estimate" else "A" if value is not None else "O")
        for (key, flow, year, month, component), value in values.items()
    ]  # fmt: skip
    of = cube(rows, "commodity")
    for flow in FLOWS:
        for estimates in ON_OFF:
            cells = Cells(of, flow, estimates=estimates)
            for slug, starts in (("all", ""), ("v", "27"), ("27", "27"), ("2701", "2701"), ("xi", "61"), ("99", "99")):
                for year in of["years"]:
                    expected = cubes.add(
                        r["value_usd"]
                        for r in rows
                        if r["key"].startswith(starts) and r["flow"] == flow and r["year"] == year
                        and (estimates or r["component"] == "reported")
                    )  # fmt: skip
                    assert cells.value([slug], year) == expected
