"""The board of the front page: every dataset, both directions, its release and what comes next."""

import csv
import io

import pytest

from tests.trade import cubes
from tests.trade.cubes import PROVINCES
from trade import charts
from trade.charts import csv_file


def home(**expected):
    of = {"world-commodities": cubes.world(), "china-provinces": cubes.provinces(), "china-totals": cubes.totals()}
    return charts.home(of, expected={name.replace("_", "-"): said for name, said in expected.items()})


def cells_of(payload, dataset):
    [listed] = [one for one in payload["board"] if one["dataset"]["slug"] == dataset]
    return {(row["flow"], cell["span"]): cell for row in listed["rows"] for cell in row["cells"]}


def test_the_board_has_the_newest_month_the_year_so_far_and_the_newest_year_of_the_files():
    oracle, months = cubes.province_oracle(), cubes.records(cubes.MONTHS_FILE)
    found = cells_of(home(), "china-provinces")
    for flow in cubes.FLOWS:
        september = [r["reported_usd"] for r in months if (r["flow"], r["year"], r["month"]) == (flow, "2025", "9")]
        assert found[flow, "month"]["value"] == sum(map(int, filter(None, september)))
        assert found[flow, "to_date"]["value"] == oracle.value(flow, PROVINCES, 2025)
        assert found[flow, "year"]["value"] == oracle.value(flow, PROVINCES, 2024)


def test_every_dataset_names_its_release_and_the_day_of_the_next_one_if_there_is_any():
    payload = home(china_totals={"next_release_on": "2027-01-20"}, world_commodities={"is_closed": True})
    board = {one["dataset"]["slug"]: one for one in payload["board"]}
    assert list(board) == ["china-totals", "china-provinces", "world-commodities"]
    assert board["china-totals"]["next_release_on"] == "2027-01-20"
    assert board["china-provinces"]["next_release_on"] is None and not board["china-provinces"]["is_closed"]
    assert board["world-commodities"]["is_closed"]
    assert board["china-provinces"]["release"]["url"] == "/data/china-provinces/2/"
    assert [one["is_annual"] for one in board.values()] == [True, False, True]


@pytest.mark.slow
def test_every_figure_leads_to_the_view_that_shows_it():
    found = cells_of(home(), "china-provinces")
    assert found["from_dprk", "year"]["url"] == "/provinces/?flow=from_dprk"
    for (flow, span), cell in found.items():
        query = dict(pair.split("=") for pair in cell["url"].partition("?")[2].split("&") if pair)
        shown = cubes.page(cubes.provinces(), "provinces", **query)
        assert cell["text"].replace("\xa0", " ") in shown["sentence"].replace("\xa0", " "), (flow, span)


def test_totals_of_which_only_the_sum_is_known_have_a_row_for_both_directions():
    rows = [{"key": "china-totals", "flow": flow, "year": 2020, "value_usd": 5} for flow in cubes.FLOWS]
    rows.append({"key": "china-totals", "flow": "total", "year": 2021, "value_usd": 7})
    payload = charts.home({"china-totals": cubes.totals_of(rows)})
    found = cells_of(payload, "china-totals")
    assert found["both", "year"]["label"] == "2021" and found["both", "year"]["value"] == 7
    assert found["to_dprk", "year"]["label"] == "2020"


def test_the_csv_of_the_front_page_has_the_rows_of_the_board_each_with_its_dataset():
    text = csv_file.as_csv(home()).decode("utf-8-sig")
    rows = [one for one in csv.DictReader(io.StringIO(text)) if one["chart"] == "board"]
    found = {(one["dataset"], one["flow"], one["period"], one["component"]): one for one in rows}
    year = cells_of(home(), "china-provinces")["to_dprk", "year"]
    for component, key in (("shown", "value"), ("reported", "reported"), ("estimate", "estimate")):
        assert found["china-provinces", "to_dprk", "2024", component]["value_usd"] == str(year[key])
    shown = found["china-provinces", "to_dprk", "2024", "shown"]
    assert (shown["change_percent"], shown["change_from"]) == (str(year["change_percent"]), "2023")
    assert (shown["demonstration"], shown["release"], shown["basis"], shown["unit"]) == ("yes", "2", "FOB", "US$")
    assert found["world-commodities", "from_dprk", "2022", "reported"]["demonstration"] == "no"
    assert found["china-provinces", "from_dprk", "2025-09", "reported"]["period_label"] == "Sep 2025"
    assert len({(one["period"], one["member"], one["flow"], one["component"]) for one in rows}) == len(rows)
