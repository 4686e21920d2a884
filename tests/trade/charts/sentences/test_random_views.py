"""What every view of random datasets says, against an oracle that knows the rules and the rows alone."""

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples
from tests.trade.charts.sentences import judge, random_datasets, tooltips
from tests.trade.charts.sentences.raw_rows import Raw
from tests.trade.cubes import page

SEEDS = st.integers(0, 10**9)


def views(seed, kind, cube, count):
    """Draw addresses of a dataset's pages: (page, slug, query)."""
    chance = random.Random(seed)
    nodes = [slug for slug, node in cube["nodes"].items() if slug != "all" and slug in used(cube)]
    for _number in range(count):
        query = {
            "year": chance.choice(cube["years"]),
            "flow": chance.choice(["to_dprk", "from_dprk", "both", "balance"]),
            "view": chance.choice(["columns", "lines"]),
            "unit": chance.choice(["usd", "usd", "share"]),
            "estimates": chance.choice(["on", "on", "off"]),
            "period": chance.choice(["years", "years", "years", "months"]),
        }
        if kind == "total":
            yield "totals", "", {name: query[name] for name in ("year", "flow", "view", "estimates")}
        elif kind == "province":
            slug = chance.choice(["", "", *nodes])
            yield ("province", slug, query) if slug else ("provinces", "", query | compared(chance, nodes))
        else:
            slug = chance.choice(["", "", "other", *nodes])
            yield ("commodity", slug, query) if slug else ("commodities", "", query)


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
        raw = Raw(kind, rows, estimates=query["estimates"] == "on", worked_out=worked_out)
        found = judge.faults(payload, raw, names) + tooltips.faults(payload, raw, names)
        yield payload, [f"{fault} | {payload['url']}" for fault in found]


@examples(1000)
@given(SEEDS)
def test_no_view_of_a_random_dataset_says_what_its_rows_do_not_bear(seed):
    for _payload, found in judged(seed):
        assert found == []


@examples(300)
@given(SEEDS)
def test_of_a_clean_dataset_nearly_every_view_states_a_change_or_a_rank(seed):
    """Counted over all examples by `test_silence_is_no_cure`; here that none of it is untrue."""
    for _payload, found in judged(seed, clean=True):
        assert found == []


def test_silence_is_no_cure():
    payloads = [payload for seed in range(60) for payload, _found in judged(seed, clean=True)]
    telling = [judge.tells(payload) for payload in payloads]
    assert sum(telling) >= 0.95 * len(telling), [p["title"] for p, t in zip(payloads, telling, strict=True) if not t]
