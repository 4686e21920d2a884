"""The oracle is proved: it finds each of these false sentences, and nothing in what the program says in their place."""

from functools import cache

import pytest

from tests.trade.charts.sentences import judge, numbers_drawn, tooltips
from tests.trade.charts.sentences.so_far_by_hand import by_hand
from tests.trade.cubes import cube, figure, page, row

EXPORTS, IMPORTS = "China’s exports to the DPRK", "China’s imports from the DPRK"
OF_UNSPECIFIED = "China’s imports of unspecified goods from the DPRK"


def history(key, values, flow="to_dprk", **more):
    """Values of one key up to 2020: history("CN-LN", [60, 70, 30])."""
    return [row(key, flow, 2020 - len(values) + place, value, **more) for place, value in enumerate(values, start=1)]


CLEAN = [
    *history("CN-LN", [60, 70, 30]), *history("CN-JL", [40, 30, 60]), *history("CN-HL", [5, 5, 5]),
    *history("CN-LN", [6, 7, 3], "from_dprk"), *history("CN-JL", [4, 3, 6], "from_dprk"),
]  # fmt: skip
ESTIMATE = row("CN-HL", year=2020, value=500, component="estimate", status="E")
MISSING, BROKEN = {"value_usd": None, "status": "O"}, {"status": "B"}
GAP = [one | (MISSING if (one["key"], one["year"]) == ("CN-HL", 2020) else {}) for one in CLEAN]
BREAK = [one | (BROKEN if (one["key"], one["year"]) == ("CN-LN", 2020) else {}) for one in CLEAN]
PART_YEAR = [one for one in CLEAN if one["year"] < 2020] + [
    row(key, month=month, value=value) for key, value in (("CN-LN", 10), ("CN-JL", 20)) for month in (1, 2, 3)
]
UNSPECIFIED = [
    *history("2701", [50, 40, 30], "from_dprk"), *history("6403", [20, 20, 20], "from_dprk"),
    *history("9901", [10, 80, 90], "from_dprk"),
]  # fmt: skip
LONG = history("CN-LN", list(range(100, 112))) + history("CN-JL", [1] * 12)
UNFINISHED = LONG + [row(key, year=year, value=999) for key in ("CN-LN", "CN-JL") for year in range(2021, 2027)]

WITH_ESTIMATE = [*CLEAN, ESTIMATE]
ESTIMATED = {"component": "estimate", "status": "E"}
EVERY_YEAR = [
    *history("CN-LN", [*range(100, 111), 50]), *history("CN-JL", [1] * 12),
    *history("CN-LN", [*range(5, 16), 900], **ESTIMATED), *history("CN-LN", [*[50] * 11, 300], "from_dprk"),
]  # fmt: skip
NEWCOMER = [*history("CN-LN", [60, 70, 50]), row("CN-JL", value=60), *history("CN-HL", [5, 5, 5])]
MONTHS = [row(key, year=year, month=month, value=value + year - 2018 + month)
          for key, value in (("CN-LN", 10), ("CN-JL", 20)) for year in (2018, 2019, 2020)
          for month in (range(1, 4) if year == 2020 else range(1, 13))]  # fmt: skip
LACKING = [one for one in MONTHS if (one["key"], one["year"], one["month"]) != ("CN-JL", 2020, 2)]
YEAR_ALONE = [one for one in MONTHS if (one["key"], one["year"]) != ("CN-JL", 2019)] + [
    row("CN-JL", year=2019, value=9)
]
SPANS = [*history("CN-LN", [60, 70, 30, 90]), *history("CN-JL", [40, 30, 60, 10])]
DATASETS = {
    "months": MONTHS, "lacking": LACKING, "year alone": YEAR_ALONE, "spans": SPANS,
    "span broken": [one | (BROKEN if one["year"] == 2019 else {}) for one in SPANS],
    "clean": CLEAN, "gap": GAP, "break": BREAK, "part-year": PART_YEAR, "estimate": WITH_ESTIMATE,
    "unspecified": UNSPECIFIED, "unfinished": UNFINISHED, "every year": EVERY_YEAR, "newcomer": NEWCOMER,
}  # fmt: skip

MAR = {"period": "months", "month": "2020-03", "year": ""}
SO_FAR = {"period": "ytd", "month": "2020-03", "year": ""}
WHOLE = {"from": 2017, "to": 2020}

FALSE = [
    # dataset, page, what is asked, the false sentence
    ("clean", "", {}, f"{EXPORTS} came to US$95 in 2020, 50% less than in 2019"),
    ("clean", "", {}, f"{EXPORTS} came to US$195 in 2020, 9.5% less than in 2019"),
    ("clean", "", {}, f"{EXPORTS} came to US$95 in 2020, 9.5% more than in 2019"),
    ("clean", "", {}, f"{EXPORTS} came to US$95 in 2020, 9.5% less than in 2018"),
    ("gap", "", {}, f"{EXPORTS} came to US$90 in 2020, 14% less than in 2019"),
    ("gap", "", {}, f"{EXPORTS} came to US$90 in 2020, 10% less than in 2019 where both periods have a figure"),
    ("break", "", {}, f"{EXPORTS} came to US$95 in 2020, 9.5% less than in 2019"),
    ("estimate", "", {}, f"{EXPORTS} came to US$595 in 2020, 5.7 times as much as in 2019"),
    ("part-year", "", {}, f"{EXPORTS} came to US$90 in Jan–Mar 2020, 14% less than in 2019"),
    ("part-year", "", {}, f"Jilin led {EXPORTS} in 2020, with 67%"),
    ("clean", "", {}, f"Liaoning led {EXPORTS} in 2020, with 32%"),
    ("clean", "", {}, f"Jilin led {EXPORTS} in 2020, with 50%"),
    ("estimate", "", {}, f"Heilongjiang led {EXPORTS} in 2020, with 85%"),
    ("estimate", "", {},
     f"Heilongjiang led {EXPORTS} in 2020, with 85% (2020 includes estimates)"),
    ("gap", "", {}, f"Jilin led {EXPORTS} in 2020, with 67%"),
    ("clean", "", {}, f"Liaoning overtook Jilin in 2020 as the largest contributor to {EXPORTS}"),
    ("gap", "", {}, f"Jilin overtook Liaoning in 2020 as the largest contributor to {EXPORTS}"
     " (1 figure missing in 2020)"),
    ("break", "", {}, f"Jilin overtook Liaoning in 2020 as the largest contributor to {EXPORTS}"),
    ("clean", "", {}, f"2020 was the lowest year for {EXPORTS} from 2018 to 2020: US$95"),
    ("unfinished", "", {"year": 2026}, f"2026 was the peak year for {EXPORTS} from 2009 to 2026: US$1,998"),
    ("clean", "cn-jl", {}, f"Jilin ranked 2nd of 3 provinces in {EXPORTS} in 2020, with 63%"),
    ("clean", "cn-jl", {}, f"Jilin was the largest of 31 provinces in {EXPORTS} in 2020, with 63%"),
    ("estimate", "cn-hl", {}, f"Heilongjiang was the largest of 3 provinces in {EXPORTS} in 2020, with 85%"),
    ("unspecified", "", {}, f"Unspecified led {IMPORTS} in 2020, with 64%"),
    ("unspecified", "unspecified", {}, f"{OF_UNSPECIFIED} came to US$90 in 2020, 12% more than in 2019"),
    ("clean", "", {"flow": "balance"}, "China bought US$86 more from the DPRK than it sold in 2020"),
    ("clean", "", {"show": "cn-ln,cn-hl"}, f"Of the 2 provinces compared, Jilin led {EXPORTS} in 2020, with US$60"),
    ("part-year", "", {"period": "months"}, f"Jilin led {EXPORTS} in Jan–Mar 2020, with 67%"),
    ("clean", "", {}, f"{EXPORTS}: US$95 in 2020 (2020 includes estimates)"),
    ("clean", "", {}, f"{EXPORTS} came to US$95 in 2020 (FOB); led by Liaoning (US$30) and Jilin (US$60)"),
    ("every year", "", {"flow": "balance"},
     "China sold the DPRK US$651 more than it bought in 2020 (2020 includes estimates)"),
    ("every year", "", {}, f"2020 was the peak year for {EXPORTS} from 2009 to 2020: US$951"
     " (2009–2020 include estimates)"),
    ("newcomer", "", {}, f"Jilin overtook Liaoning in 2020 as the largest contributor to {EXPORTS}"),
    ("clean", "", {}, f"{EXPORTS} exploded in 2020"),
    ("months", "", MAR, f"{EXPORTS} came to US$40 in Mar 2020, 5.3% more than in Feb 2020"),
    ("months", "", MAR, f"{EXPORTS} came to US$40 in Mar 2020, 15% more than in Mar 2019"),
    ("months", "", MAR, f"{EXPORTS} came to US$40 in Mar 2020, 11% more than in Mar 2018"),
    ("months", "", MAR, f"Jilin led {EXPORTS} in Mar 2020, with 37%"),
    ("months", "", SO_FAR, f"{EXPORTS} came to US$114 in Jan–Mar 2020, 5.6% more than in 2019"),
    ("months", "", SO_FAR, f"{EXPORTS} came to US$114 in 2020, 5.6% more than in 2019"),
    ("months", "", SO_FAR, f"{EXPORTS} came to US$40 in Jan–Mar 2020, 5.6% more than in Jan–Mar 2019"),
    ("months", "", SO_FAR, f"{EXPORTS} came to US$114 in Jan–Mar 2020, 56% more than in Jan–Mar 2019"),
    ("lacking", "", SO_FAR, f"{EXPORTS} came to US$90 in Jan–Mar 2020, 17% less than in Jan–Mar 2019"),
    ("lacking", "", SO_FAR, f"Jilin led {EXPORTS} in Jan–Mar 2020, with 53%"),
    ("year alone", "", MAR | {"month": "2019-03"}, f"Liaoning led {EXPORTS} in Mar 2019, with 100%"),
    ("year alone", "", MAR | {"month": "2019-03"}, f"{EXPORTS}: US$14 in Mar 2019"),
    ("year alone", "", SO_FAR, f"{EXPORTS} came to US$114 in Jan–Mar 2020, 2.9 times as much as in Jan–Mar 2019"),
    ("spans", "", WHOLE, f"{EXPORTS} went from US$100 in 2017 to US$100 in 2020, 10% more than in 2017"),
    ("spans", "", WHOLE, f"{EXPORTS} went from US$100 in 2017 to US$90 in 2019, 10% less than in 2017"),
    ("spans", "", WHOLE, f"{EXPORTS} went from US$100 in 2018 to US$100 in 2020, the same as in 2018"),
    ("spans", "", WHOLE, f"{EXPORTS} went from US$100 in 2017 to US$100 in 2020"),
    ("span broken", "", WHOLE, f"{EXPORTS} went from US$100 in 2017 to US$100 in 2020, the same as in 2017"),
]  # fmt: skip


@cache
def shown(name, slug="", **query):
    """A payload of a dataset, its raw rows and the names of what it shows."""
    rows, of = DATASETS[name], drawn(name)
    pages = {"province": ("provinces", "province"), "commodity": ("commodities", "commodity")}[of["kind"]]
    payload = page(of, pages[bool(slug)], slug, **({"year": 2020} | query))
    return (
        payload,
        by_hand(payload["state"], of["kind"], rows),
        {node: one["name"] for node, one in of["nodes"].items()},
    )


@cache
def drawn(name):
    return cube(DATASETS[name], "commodity" if name == "unspecified" else "province")


@pytest.mark.parametrize(("name", "slug", "query", "false"), FALSE)
def test_a_false_sentence_is_found(name, slug, query, false):
    payload, raw, names = shown(name, slug, **query)
    assert judge.faults(payload, raw, names) == []
    assert judge.faults(payload | {"title": false}, raw, names)
    assert judge.faults(payload | {"sentence": f"{false}."}, raw, names)


@pytest.mark.parametrize(
    ("name", "said", "false"),
    [
        ("clean", {"share": "63% of all provinces"}, {"share": "53% of all provinces"}),
        ("clean", {"rank": "1st of 3"}, {"rank": "2nd of 3"}),
        ("clean", {"rank": "1st of 3"}, {"rank": "1st of 31"}),
        ("estimate", {"rank": "2nd of 3, estimates included"}, {"rank": "2nd of 3"}),
        ("gap", {"rank": "1st of 2, 1 figure missing"}, {"rank": "1st of 2"}),
        ("clean", {"rank": "1st of 3"}, {"rank": "1st of 3, estimates included"}),
    ],
)
def test_a_false_tooltip_is_found(name, said, false, monkeypatch):
    payload, raw, names = shown(name)
    assert tooltips.faults(payload, raw, names) == []
    point = next(one for one in figure(payload, "by-year")["series"] if one["key"] == "cn-jl")["points"][-1]
    assert point | said == point
    for key, text in false.items():
        monkeypatch.setitem(point, key, text)
    assert tooltips.faults(payload, raw, names)


@pytest.mark.parametrize(
    "query",
    [{}, {"unit": "change", "view": "lines"}, {"unit": "index", "view": "lines", "base": 2018}, SO_FAR,
     MAR | {"view": "seasons"}, {"period": "months", "view": "seasons", "unit": "change", "year": ""}],
)  # fmt: skip
def test_a_false_number_is_found(query, monkeypatch):
    payload, raw, names = shown("months", **query)
    assert numbers_drawn.faults(payload, raw, names) == []
    points = [point for one in figure(payload, "by-year")["series"] for point in one["points"]]
    for point in points:
        with monkeypatch.context() as patched:
            patched.setitem(point, "value", 12345 if point["value"] is None else None)
            assert numbers_drawn.faults(payload, raw, names)
    numbered = next(point for point in points if point["value"])
    monkeypatch.setitem(numbered, "value", numbered["value"] * 1.01)
    assert numbers_drawn.faults(payload, raw, names)


def test_a_span_whose_ends_are_not_said_is_found():
    payload, raw, names = shown("spans", **WHOLE)
    assert judge.unsaid(payload, raw, names) == []
    assert judge.unsaid(payload | {"sentence": f"{EXPORTS} came to US$100 in 2020 (FOB)."}, raw, names)
