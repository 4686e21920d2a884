"""The newest figures of a direction, and what they are compared with."""

import pytest

from tests.trade import cubes
from tests.trade.cubes import row
from trade.charts.board import newest_figures
from trade.charts.cube import ROOT
from trade.charts.cube_reader import reading

PROVISIONAL = {"status": "P"}


def figures(rows, flow="to_dprk", slugs=(ROOT,), estimates=True):
    """The newest month, year so far and full year of a small cube."""
    cells = reading(cubes.cube(rows), flow, estimates=estimates)
    return newest_figures.of(cells, slugs, lambda span, period: f"{span} {period}")


def months(year, values, key="CN-LN", **more):
    return [row(key, year=year, month=month, value=value, **more) for month, value in enumerate(values, start=1)]


def said(cell):
    return cell["label"], cell["value"], cell["change"], cell["status_text"]


def test_each_span_is_compared_with_the_same_span_of_the_year_before():
    month, to_date, year = figures([row(year=2022, value=50), *months(2023, [10] * 12), *months(2024, [8, 12, 20])])
    assert said(month) == ("Mar 2024", 20, "2 times as much as in Mar 2023", "reported")
    assert said(to_date) == ("Jan–Mar 2024", 40, "33% more than in Jan–Mar 2023", "reported")
    assert said(year) == ("2023", 120, "2.4 times as much as in 2022", "reported")
    assert (month["change_percent"], month["change_from"], month["period"]) == (100, "2023-03", "2024-03")
    assert (to_date["change_percent"], to_date["change_from"], to_date["period"]) == (33.3333, "2023", "2024")
    assert [cell["url"] for cell in (month, to_date, year)] == ["month 2024-03", "to_date 2024", "year 2023"]


def test_without_months_of_the_year_before_the_figures_say_so():
    month, to_date, _year = figures([row(year=2023), *months(2024, [8, 12])])
    assert month["change"] == to_date["change"] == "no comparison: no monthly figures for 2023"
    assert month["change_percent"] is to_date["change_percent"] is None


def test_a_year_that_is_known_by_all_its_months_is_no_year_so_far():
    _month, to_date, year = figures(months(2023, [10] * 12))
    assert (to_date["value"], to_date["status_text"]) == (None, "2023 is complete")
    assert (year["label"], year["value"]) == ("2023", 120)


def test_a_dataset_of_years_has_no_month_and_one_of_part_years_no_full_year():
    month, to_date, _year = figures([row(year=2023)])
    assert month["status_text"] == to_date["status_text"] == "no monthly data"
    assert figures(months(2024, [8, 12]))[2]["status_text"] == "no full year"


def test_a_part_that_is_known_by_its_year_alone_is_missing_in_the_months_and_left_out_of_their_change():
    rows = [*months(2023, [10] * 12), row("CN-JL", year=2023, value=7), *months(2024, [8, 12])]
    month, *_others = figures(rows)
    compared = "20% more than in Feb 2023 where both periods have a figure"
    assert month["change"] == f"{compared} (1 figure missing in Feb 2023)"
    assert month["change_percent"] is None


def test_nothing_is_compared_across_a_break_between_the_two_months():
    broken = [*months(2023, [10] * 6), row(year=2023, month=7, value=10, status="B")]
    month, *_others = figures([*broken, *months(2024, [8, 12, 9])])
    assert month["change"] == "not compared with Mar 2023: break in series between the two periods"


def test_where_a_month_lacks_a_figure_what_has_one_in_both_is_compared_and_the_words_say_so():
    now = [*months(2024, [8]), row("CN-JL", year=2024, month=1, value=None, status="Q")]
    month, *_others = figures([*months(2023, [10] * 12), *months(2023, [5] * 12, key="CN-JL"), *now])
    assert month["change"] == "20% less than in Jan 2023 where both periods have a figure"
    assert month["status_text"] == "1 figure missing" and month["change_percent"] is None


def test_an_estimate_in_one_of_two_months_is_left_out_of_the_change_and_named():
    estimate = row(year=2024, month=1, value=90, component="estimate", status="E")
    rows = [*months(2023, [10] * 12), *months(2024, [11]), estimate]
    month, *_others = figures(rows)
    assert (month["value"], month["reported"], month["estimate"]) == (101, 11, 90)
    assert month["change"].startswith("on reported values alone 10% more than in Jan 2023")
    assert month["status_text"] == "of which US$90 is an estimate"
    assert figures(rows, estimates=False)[0]["value"] == 11


@pytest.mark.parametrize(
    ("value", "words"), [(0, "nothing was recorded in Jan 2023"), (None, "no figure for Jan 2023")]
)
def test_from_nothing_there_is_no_change(value, words):
    before = [row(year=2023, month=1, value=value, status="A" if value == 0 else "O"), *months(2023, [5] * 12)[1:]]
    month, *_others = figures([*before, *months(2024, [8])])
    assert month["change"].endswith(words)


def test_a_provisional_figure_says_so_and_so_does_one_that_is_all_estimated():
    month, *_others = figures(months(2024, [8], **PROVISIONAL))
    assert month["status_text"] == "provisional" and month["status"] == "P"
    [*_others, year] = figures([row(component="estimate", status="E")])
    assert year["status_text"] == "all of it estimated"
