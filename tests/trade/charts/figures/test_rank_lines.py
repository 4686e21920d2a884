"""A province's place among the others, counted by hand."""

import pytest

from tests.trade import cubes
from tests.trade.cubes import cube, figure, page, shown


@pytest.mark.parametrize("slug", ["cn-ln", "cn-gd", "cn-hl"])
def test_the_rank_of_a_province_is_counted_among_those_with_a_value(slug):
    oracle = cubes.province_oracle()
    drawn = figure(shown("province", slug), "ranks")
    siblings = [label["slug"].upper() for label in cubes.province_labels()]
    for one in drawn["series"]:
        for category, point in zip(drawn["categories"], one["points"], strict=True):
            values = [oracle.value(one["flow"], [other], int(category["key"])) for other in siblings]
            own = values[siblings.index(slug.upper())]
            above = sum(value > own for value in values if value is not None) if own is not None else None
            assert point["value"] == (None if own is None else above + 1)
            assert point["text"].startswith("–" if own is None else f"{above + 1}")
    cells = [row["cells"] for row in drawn["table"]["rows"]]
    assert [[cell["value"] for cell in row] for row in zip(*cells, strict=True)] == [
        [point["value"] for point in one["points"]] for one in drawn["series"]
    ]


def test_months_have_no_rank_and_a_year_without_a_value_is_a_gap():
    assert [one["id"] for one in shown("province", "cn-ln", period="months")["figures"]] == ["to-dprk", "from-dprk"]
    rows = [
        {"key": key, "flow": "to_dprk", "year": year, "value_usd": value}
        for year, values in {2001: (9, 5), 2002: (None, 5), 2003: (5, 5)}.items()
        for key, value in zip(("CN-LN", "CN-JL"), values, strict=True)
    ]
    line = figure(page(cube(rows), "province", "cn-ln"), "ranks")["series"][0]
    assert [point["value"] for point in line["points"]] == [1, None, 1]
    assert line["points"][1]["text"] == "–" and line["points"][0]["share"] == "US$9"
