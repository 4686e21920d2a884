"""The invented figures by goods agree with what the questions state and with the figures by province."""

import csv
from functools import cache
from pathlib import Path

import pytest

from tests.trade import cubes
from trade.demonstration import RELEASES
from trade.models import Dataset
from trade.pages.release_changes import Changes
from trade.publishing import releases, staging, uploads

DATA = Path(__file__).parents[2] / "data"
MAIN_GOODS = ["coal", "textiles", "seafood", "iron ore"]  # in this order, as data/questions/230-main-goods.md says
BARRELS = 525_000 * 7.33  # a year, as data/questions/060-crude-oil.md says


def files_of(slug):
    return [name for one in RELEASES if one["dataset"] == slug for name in one["files"]]


@cache
def newest(slug="china-commodities"):
    """The rows of the latest release: each replaces the values that it names, and months those of their year."""
    rows = {}
    for name in files_of(slug):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            for row in (row for row in csv.DictReader(file) if "reported_usd" in row):
                key = row.get("code") or row["province"], row["flow"], row["year"]
                if row["month"]:
                    rows.pop((*key, ""), None)
                rows[*key, row["month"]] = row
    return list(rows.values())


def total(component="reported_usd", slug="china-commodities", **facts):
    """Add up what the rows with these facts have: total(code="2701", year="2015")."""
    found = [row for row in newest(slug) if all(row[name] == value for name, value in facts.items())]
    return cubes.add(int(row[component]) for row in found if row[component])


def good(code):
    if "50" <= code[:2] <= "63":
        return "textiles"
    return {"2701": "coal", "2601": "iron ore"}.get(code, "seafood" if code.startswith("03") else code)


@cache
def imports(year=None):
    """China's imports by good, the largest first: {"coal": 7851000000, …}; of a year, or of all together."""
    sums = {}
    for row in newest():
        if row["flow"] == "from_dprk" and row["reported_usd"] and year in (None, row["year"]):
            sums[good(row["code"])] = sums.get(good(row["code"]), 0) + int(row["reported_usd"])
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def test_in_2015_the_quantity_of_coal_rose_and_its_value_fell():
    for component, growth in (("quantity", 26.9), ("reported_usd", -7.6)):
        before, after = (total(component, code="2701", flow="from_dprk", year=year) for year in ("2014", "2015"))
        assert 100 * (after / before - 1) == pytest.approx(growth, abs=0.005)


@pytest.mark.parametrize("year", [*map(str, range(2007, 2017)), None])
def test_the_main_goods_are_coal_then_textiles_seafood_and_iron_ore(year):
    """All years together, and each of the ten before the bans of 2017."""
    ranked = imports(year)
    assert [name for name in ranked if name in MAIN_GOODS] == MAIN_GOODS
    headings = [row for row in newest() if row["flow"] == "from_dprk" and year in (None, row["year"])]
    largest = max(headings, key=lambda row: int(row["reported_usd"] or 0))
    assert largest["code"] == "2701"
    others = {name: value for name, value in ranked.items() if name[:2] in ("25", "26", "27")}
    assert max(others.values()) < ranked["iron ore"]


def test_all_years_together_no_other_heading_comes_before_the_main_goods():
    assert list(imports())[:4] == MAIN_GOODS


@pytest.mark.parametrize("flow", cubes.FLOWS)
def test_totals_of_a_year_equal_those_by_province_to_the_dollar(flow):
    for year in map(str, range(1998, 2025)):
        for component in ("reported_usd", "estimate_usd"):
            of = [total(component, slug, flow=flow, year=year) for slug in ("china-commodities", "china-provinces")]
            assert of[0] == of[1], (year, component, of)


def test_crude_oil_is_estimated_since_2014_and_not_reported():
    for row in newest():
        if (row["code"], row["flow"]) == ("2709", "to_dprk"):
            assert (row["reported_usd"] == "") == (row["estimate_usd"] != "") == (int(row["year"]) >= 2014)
            price = int(row["estimate_usd"] or 0) / BARRELS
            assert not row["estimate_usd"] or price == pytest.approx(round(price, 1), abs=0.001)  # Brent, US$ a barrel


def test_before_2014_crude_oil_is_most_of_what_heilongjiang_sells():
    for year in map(str, range(1998, 2014)):
        oil = total(code="2709", flow="to_dprk", year=year)
        all_goods = total(slug="china-provinces", province="CN-HL", flow="to_dprk", year=year)
        assert 0.8 * all_goods <= oil <= all_goods, year


@pytest.mark.slow
def test_the_correction_lists_exactly_the_rows_of_its_file(places):
    dataset = Dataset.objects.get(pk="china-commodities")
    for name in files_of(dataset.slug):
        upload = staging.stage(uploads.receive(dataset, [(name, (DATA / name).read_bytes())]))
        made = releases.publish(upload, note="A note.", kind="scheduled", accepted="all")
    changes = Changes(made)[0:2000]
    listed = {(change["key"], str(change["year"]), change["flow"]): change["new_value_usd"] for change in changes}
    rows = cubes.records(files_of(dataset.slug)[-1])
    assert listed == {(row["code"], row["year"], row["flow"]): int(row["reported_usd"]) for row in rows}
    assert all(change["old_value_usd"] != change["new_value_usd"] for change in changes)
