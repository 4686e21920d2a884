"""The months of each year so far, added up, against the rows: values, what is missing or estimated, status, breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples
from tests.trade.charts.sentences import random_datasets
from tests.trade.charts.sentences.so_far_by_hand import SoFar
from tests.trade.charts.time.cubes_by_month import by_month
from tests.trade.cubes import cube, row
from trade.charts.cube import WEIGHT
from trade.charts.cube_reader import reading
from trade.charts.text import evidence
from trade.charts.time import year_to_date

FLOWS = ("to_dprk", "from_dprk", "both", "balance")


def faults(kind, rows, last, *, estimates):
    """Where the cube of the months so far says other than the rows."""
    of = year_to_date.cube_of(random_datasets.cube(kind, rows), last)
    raw = SoFar(kind, rows, last, estimates=estimates)
    for flow in FLOWS:
        cells = reading(of, flow, estimates=estimates)
        for slug in ["all", *(node for node in raw.siblings(raw.keys[0].lower()[:2] if kind != "province" else ""))]:
            for year in of["years"]:
                yield from _differing(cells, raw, flow, slug, year)


def _differing(cells, raw, flow, slug, year):
    keys, found = raw.below(slug), evidence.of(cells, (slug,), year)
    mine = (found.value, found.missing, bool(found.estimated), found.is_unreliable and found.value is not None)
    value, estimated = raw.value(flow, keys, year), bool(raw.estimated(flow, keys, [year]))
    theirs = (
        value,
        raw.missing(flow, keys, year),
        estimated,
        value is not None and raw.is_unreliable(flow, keys, year),
    )
    if mine != theirs:
        yield f"{flow} {slug} {year}: {mine}, by hand {theirs}"
    if flow in ("to_dprk", "from_dprk"):
        if year > cells.periods[0] and cells.breaks((slug,), year) != raw.is_broken(flow, keys, year, year - 1):
            yield f"{flow} {slug} {year}: a break"
        if (status := cells.status((slug,), year)) != _status(raw, flow, keys, year):
            yield f"{flow} {slug} {year}: status {status}"


def _status(raw, flow, keys, year):
    """The heaviest status of a value; without any value that which all share, else O."""
    reported = [row for row in raw.rows if (row["flow"], row["year"]) == (flow, year) and row["key"] in keys
                and row.get("component", "reported") == "reported"]  # fmt: skip
    valued = [row["status"] for row in reported if row["value_usd"] is not None]
    if valued:
        return max(valued, key=WEIGHT.get)
    letters = {row["status"] for row in reported}
    return letters.pop() if len(letters) == 1 else "O" if letters else ""


@pytest.mark.slow
@examples(800, in_test=25)
@given(st.integers(0, 10**9), st.sampled_from([1, 2, 3, 6, 9, 12]), st.booleans())
def test_the_months_so_far_are_those_of_the_rows(seed, last, estimates):
    kind, rows = random_datasets.dataset(seed)
    if kind != "total" and any(one.get("month") for one in rows):
        assert list(faults(kind, rows, last, estimates=estimates)) == []


def so_far(rows, last, flow="to_dprk", slug="all"):
    """The value and the number of missing figures of each year."""
    of = year_to_date.cube_of(cube(rows), last)
    cells = reading(of, flow)
    return {year: (cells.value((slug,), year), cells.gaps((slug,), year)) for year in of["years"]}


def test_each_year_has_the_months_of_its_like_and_no_more():
    rows = by_month("CN-LN", "to_dprk", {2023: 12, 2024: 12, 2025: 2}) + [row("CN-LN", year=2022, value=9)]
    assert list(so_far(rows, 2)) == [2023, 2024, 2025]  # 2022 is known by its year alone
    assert so_far(rows, 2)[2024] == (
        sum(one["value_usd"] for one in rows if one["year"] == 2024 and one["month"] < 3),
        0,
    )
    assert list(so_far(rows, 3)) == [2023, 2024]


def test_who_lacks_a_month_is_missing_and_who_was_not_listed_is_not():
    rows = by_month("CN-LN", "to_dprk", {2024: 3}) + by_month("CN-JL", "to_dprk", {2024: 2})
    rows += [row("CN-GD", year=2024, month=4, value=7)]
    assert so_far(rows, 3)[2024][1] == 1 and so_far(rows, 3, slug="cn-gd") == {2024: (None, 0)}


def test_who_is_known_by_the_year_alone_is_missing_in_its_months():
    rows = by_month("CN-LN", "to_dprk", {2024: 3}) + [row("CN-JL", year=2024, value=500)]
    assert so_far(rows, 3)[2024][1] == so_far(rows, 3, slug="cn-jl")[2024][1] == 1
    monthly = reading(cube(rows), "to_dprk", monthly=True)
    assert [monthly.gaps((slug,), "2024-02") for slug in ("all", "cn-jl", "cn-ln")] == [1, 1, 0]


def test_a_direction_that_lacks_a_month_has_no_figure():
    rows = by_month("CN-LN", "to_dprk", {2024: 3}) + by_month("CN-LN", "from_dprk", {2024: 2})
    assert so_far(rows, 3, "from_dprk") == {2024: (None, 0)}
    assert so_far(rows, 3, "both")[2024][0] == so_far(rows, 3)[2024][0]


def test_a_break_later_in_a_year_is_one_before_the_months_of_the_next():
    months = [one | ({"status": "B"} if (one["year"], one["month"]) == (2024, 10) else {"status": "A"})
              for one in by_month("CN-LN", "to_dprk", {2023: 12, 2024: 12, 2025: 3})]  # fmt: skip
    cells = reading(year_to_date.cube_of(cube(months), 3), "to_dprk")
    assert [cells.breaks(("all",), year) for year in (2024, 2025)] == [False, True]
