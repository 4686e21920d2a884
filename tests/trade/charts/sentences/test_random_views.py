"""What every view of random datasets says, against an oracle that knows the rules and the rows alone."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples, some
from tests.trade.charts.sentences import judge, numbers_drawn, random_datasets, tooltips
from tests.trade.charts.sentences.so_far_by_hand import by_hand
from tests.trade.cubes import page

SEEDS = st.integers(0, 10**9)
ORACLES = (judge.faults, judge.unsaid, tooltips.faults, numbers_drawn.faults)


def views(seed, kind, cube, count):
    """Draw addresses of a dataset's pages: (page, slug, query)."""
    chance = random.Random(seed)
    nodes = [slug for slug, node in cube["nodes"].items() if slug != "all" and slug in used(cube)]
    for number in range(count):
        query = {
            "year": chance.choice(cube["years"]),
            "flow": chance.choice(["to_dprk", "from_dprk", "both", "balance"]),
            "view": chance.choice(["columns", "lines"]),
            "unit": chance.choice(["usd", "usd", "share"]),
            "estimates": chance.choice(["on", "on", "off"]),
            "period": chance.choice(["years", "years", "years", "months"]),
        } | of_time(random.Random(f"{seed} {number}"), cube)
        if kind == "total":
            named = ("year", "from", "to", "flow", "view", "estimates")
            yield "totals", "", {name: query[name] for name in named if name in query}
        elif kind == "province":
            slug = chance.choice(["", "", *nodes])
            yield ("province", slug, query) if slug else ("provinces", "", query | compared(chance, nodes))
        else:
            slug = chance.choice(["", "", "other", *nodes])
            yield ("commodity", slug, query) if slug else ("commodities", "", query)


def of_time(chance, cube):
    """In half of the views a span, a month, the months of a year so far, changes, an index or seasons."""
    if chance.random() < 0.5:
        return {}
    months = [f"{year}-{month:02d}" for year in cube["years"] for month in range(1, 13)]
    query = {"period": chance.choice(["years", "months", "months", "ytd"]), "month": chance.choice(months[-30:])}
    query["unit"] = chance.choice(["usd", "usd", "share", "change", "index"])
    query["view"] = chance.choice(["columns", "lines", "seasons"])
    periods = months if query["period"] == "months" else cube["years"]
    ends = sorted(chance.choices(periods, k=2))
    query |= {name: end for name, end in zip(("from", "to"), ends, strict=True) if chance.random() < 0.7}
    return query | ({"base": chance.choice(periods)} if chance.random() < 0.5 else {})


def compared(chance, nodes):
    return {"show": ",".join(chance.sample(nodes, chance.randint(1, len(nodes))))} if chance.random() < 0.3 else {}


def used(cube):
    return {slug for of_flow in cube["cells"].values() for slug in of_flow}


def judged(seed, *, clean=False, count=3):
    """The payloads of some views of a random dataset, each with what the oracle finds in it."""
    kind, rows = random_datasets.dataset(seed, clean=clean)
    if not rows:
        return
    worked_out = kind == "total" and seed % 2 == 0
    cube = random_datasets.cube(kind, rows, worked_out=worked_out)
    names = {slug: node["name"] for slug, node in cube["nodes"].items()}
    for name, slug, query in views(seed, kind, cube, count):
        payload = page(cube, name, slug, **query)
        raw = by_hand(payload["state"], kind, rows, worked_out=worked_out)
        found = [fault for oracle in ORACLES for fault in oracle(payload, raw, names)]
        yield payload, [f"{fault} | {payload['url']}" for fault in found]


@pytest.mark.slow
def test_no_view_of_some_random_datasets_says_what_their_rows_do_not_bear():
    for seed in range(8):
        for _payload, found in judged(seed):
            assert found == []


@pytest.mark.slow
@examples(1200, in_test=30)
@given(SEEDS)
def test_no_view_of_any_dataset_says_what_its_rows_do_not_bear(seed):
    for _payload, found in judged(seed):
        assert found == []


@pytest.mark.slow
def test_nearly_every_view_of_clean_datasets_states_a_change_or_a_rank_and_all_are_true():
    """Of a remainder nothing may be stated: its views are not counted."""
    telling = []
    for seed in some(range(1000), 100):
        for payload, found in judged(seed, clean=True):
            assert found == []
            if not judge.is_of_a_remainder(payload):
                telling.append(judge.tells(payload))
    assert sum(telling) >= 0.95 * len(telling) > 0
