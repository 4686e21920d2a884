"""Random datasets: few places or goods, some years, and in those not clean all that makes a figure doubtful."""

import random

from tests.trade import cubes
from trade import charts

KEYS = {
    "province": ["CN-LN", "CN-JL", "CN-HL", "CN-GD", "CN-BJ"],
    "commodity": ["2701", "2716", "2601", "7203", "6403", "9901"],
    "total": ["china-totals"],
}
FLOWS = ("to_dprk", "from_dprk")
CLEAN = 1000
RELEASED = int(cubes.RELEASE["date"][:4])


def dataset(seed: int, *, clean: bool = False) -> tuple[str, list[dict]]:
    """Draw a kind and its rows: ("province", [{"key": "CN-LN", "flow": "to_dprk", "year": 2016, …}])."""
    chance = random.Random(seed)
    kind = chance.choice(["province", "province", "commodity", "commodity", "total"])
    keys = KEYS[kind] if kind == "total" else chance.sample(KEYS[kind], chance.randint(1 + clean, len(KEYS[kind])))
    flows = FLOWS if clean else chance.choice([FLOWS, FLOWS, FLOWS[:1], FLOWS[1:]])
    count = chance.randint(8, 14) if clean else chance.choice([1, 2, 3, 5, 12, 14])
    calm = CLEAN if clean else chance.choice([0.5, 1, 1, 30])
    last = 2020 if clean else chance.choice([2020, 2020, RELEASED])
    years = range(last - count + 1, last + 1)
    rows = [row for flow in flows for key in keys for row in _history(chance, key, flow, years, calm)]
    if kind == "total":
        rows = [row | {"precision_usd": chance.choice([None, 1, 10_000, 1_000_000])} for row in rows]
    if not clean and kind == "total" and chance.random() < 0.5:
        rows = _only_sums(chance, rows)
    if not clean and chance.random() < 0.3:
        rows = _with_regular_estimates(chance, rows, keys[0])
    return kind, rows if clean else _by_months(chance, kind, rows, last)


def cube(kind: str, rows: list[dict], *, worked_out: bool = False) -> dict:
    """Make the cube of a drawn dataset."""
    slug = {"province": "china-provinces", "commodity": "china-commodities", "total": "china-totals"}[kind]
    labels = {"province": cubes.province_labels(), "commodity": cubes.goods_labels(), "total": None}[kind]
    about = cubes.dataset(slug, kind) | ({"estimate_kind": "worked_out"} if worked_out else {})
    return charts.cube(cubes.frame(rows), about, cubes.RELEASE, labels)


def _history(chance, key, flow, years, calm):
    """One key over the years: a walk of its values, and where nobody promised a clean one all kinds of accidents."""
    value = 10 ** chance.uniform(3, 9)
    for year in years:
        value = max(20.0, value * chance.choice([0.3, 0.8, 0.95, 1.0, 1.05, 1.3, 2.2]))
        row = {"key": key, "flow": flow, "year": year, "value_usd": int(value) + chance.randint(0, 9), "status": "A"}
        yield from [row] if calm == CLEAN else _accident(chance, row, calm)


def _accident(chance, row, calm):
    estimate = {**row, "component": "estimate", "status": "E", "value_usd": chance.choice([9, row["value_usd"] * 3])}
    kinds = {
        "none": [row],
        "missing": [row | {"value_usd": None, "status": chance.choice("OLQ")}],
        "absent": [],
        "nought": [row | {"value_usd": 0}],
        "break": [row | {"status": "B"}],
        "provisional": [row | {"status": chance.choice("PU")}],
        "estimate": [row, estimate],
        "only an estimate": [estimate],
        "estimate in place of a figure": [row | {"value_usd": None, "status": "L"}, estimate],
    }
    weights = [12 * calm, 1, 0.5, 0.3, 0.4, 1, 2, 0.4, 0.4]
    return kinds[chance.choices(list(kinds), weights)[0]]


def _with_regular_estimates(chance, rows, key):
    """Give one key an estimate in every year of a direction, as crude oil has one: it decides who leads."""
    flow, factor = chance.choice(rows)["flow"] if rows else "", chance.choice([0.3, 3, 30])
    rows = [row for row in rows if row.get("component") != "estimate"]
    regular = [row for row in rows if (row["key"], row["flow"]) == (key, flow) and row["value_usd"]]
    more = {"component": "estimate", "status": "E"}
    return rows + [{**row, **more, "value_usd": int(row["value_usd"] * factor) + 1} for row in regular]


def _only_sums(chance, rows):
    """Put the sum alone in place of both directions in some years."""
    alone = {row["year"] for row in rows if chance.random() < 0.2}
    sums = [{**row, "flow": "total"} for row in rows if row["year"] in alone and row["flow"] == rows[0]["flow"]]
    return [row for row in rows if row["year"] not in alone] + sums


def _by_months(chance, kind, rows, last):
    """Give the last years by months: all of them, some, or not the same for every key; of some keys the year alone."""
    if kind == "total" or chance.random() < 0.4:
        return rows
    first, months = last - chance.choice([0, 1, 1, 2, 2, 11]), chance.choice([3, 9, 12])
    of_year_alone = {row["key"][:2] if kind == "commodity" else row["key"] for row in rows if chance.random() < 0.01}
    found = [row for row in rows if row["year"] < first]
    for row in rows:
        if row["year"] < first:
            continue
        is_alone = (row["key"][:2] if kind == "commodity" else row["key"]) in of_year_alone
        if is_alone and row["year"] % 2:
            found.append(row)
            continue
        known = 12 if row["year"] < last else months
        known -= chance.random() < 0.1
        breaks_in = chance.randint(1, known)
        for month in range(1, known + 1):
            value = row["value_usd"] and row["value_usd"] // 12 * chance.choice([1, 1, 1, 2]) + month
            is_lost = row.get("component") != "estimate" and chance.random() < 0.02
            lost = {"value_usd": None, "status": "O"} if is_lost else {}
            calm = {"status": "A"} if row["status"] == "B" and month != breaks_in else {}
            found.append(row | {"month": month, "value_usd": value} | calm | lost)
    return found
