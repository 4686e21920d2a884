"""Names at the ends of lines: none touches another, each leads to its line, and a picture holds them whole."""

import random
from xml.etree import ElementTree

import pytest

from tests.trade.cubes import shown
from trade.charts import svg
from trade.charts.svg.many_lines import line_ends
from trade.charts.svg.paper import Paper


@pytest.mark.parametrize("seed", range(30))
def test_names_keep_their_order_and_their_distance_and_move_as_one_group_where_they_touch(seed):
    chance = random.Random(seed)
    wanted = sorted(chance.uniform(0, 100) for _name in range(chance.randint(1, 12)))
    placed = line_ends.spread(wanted, 8, 100)
    assert all(after - before >= 7.8 for before, after in zip(placed, placed[1:], strict=False))
    assert placed[0] >= 0 and placed[-1] <= 100.1
    apart = [min([abs(one - other) for other in wanted if other is not one], default=100) for one in wanted]
    alone = [(one, place) for one, place, near in zip(wanted, placed, apart, strict=True) if near > 8 * len(wanted)]
    assert all(abs(one - place) < 0.1 for one, place in alone)


def test_long_names_are_cut_at_a_word_unless_two_would_look_alike():
    names = ["Machinery and electrical equipment", "Liaoning", "Furniture and toys of all kinds of wood"]
    assert line_ends.shortened(names) == ["Machinery and…", "Liaoning", "Furniture and toys of…"]
    alike = ["Machinery and electrical equipment", "Machinery and electrical parts"]
    assert line_ends.shortened(alike) == alike


def test_a_picture_of_lines_names_them_once_beside_the_plot():
    payload = shown("provinces", view="lines")
    figure = payload["figures"][0]
    ends = line_ends.of(figure)
    assert [end.member for end in ends] == sorted({one["member"] for one in figure["series"]}, key=_height(figure))
    wide, narrow = (_texts(svg.compose(payload, figure, Paper(width)).markup) for width in (1200, 400))
    assert all(wide.count(end.name) == narrow.count(end.name) == 1 for end in ends)


def _texts(markup):
    return ["".join(one.itertext()) for one in ElementTree.fromstring(markup).iter("{http://www.w3.org/2000/svg}text")]


def _height(figure):
    """By the last value of each, the largest first."""

    def last(member):
        points = zip(*(one["points"] for one in figure["series"] if one["member"] == member), strict=True)
        values = [max((p["value"] for p in of if p["value"] is not None), default=None) for of in points]
        return -[value for value in values if value is not None][-1]

    return last
