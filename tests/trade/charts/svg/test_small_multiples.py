"""More than five that are compared as lines: a small chart each, all on one scale, and still one figure."""

from xml.etree import ElementTree

import pytest

from tests.trade.cubes import shown
from trade.charts import svg
from trade.charts.svg import axes
from trade.charts.svg.axes import Scale

SVG = "{http://www.w3.org/2000/svg}"
SIX = "cn-ln,cn-gd,cn-jl,cn-hl,cn-sd,cn-zj"


def figure(**query):
    return shown("provinces", view="lines", **query)["figures"][0]


def cells(drawn):
    return [one for one in ElementTree.fromstring(svg.draw(drawn)).iter(f"{SVG}svg") if one.get("class") == "cell"]


@pytest.mark.parametrize(("show", "are_many"), [(SIX, True), (SIX.rpartition(",")[0], False), ("", False)])
def test_more_than_five_are_drawn_in_small_charts_and_stay_one_figure(show, are_many):
    drawn = figure(show=show)
    assert bool(drawn.get("multiples")) == are_many
    assert (drawn["id"], drawn["kind"], bool(drawn["table"])) == ("by-year", "line", True)
    assert ("All charts have the same scale." in drawn["notes"]) == are_many


@pytest.mark.parametrize("more", [{}, {"unit": "share"}, {"scale": "log"}, {"period": "months"}])
def test_each_small_chart_has_its_name_its_last_value_and_its_points_on_one_scale(more):
    drawn = figure(show=SIX, **more)
    values = [point["value"] for one in drawn["series"] for point in one["points"] if point["value"] is not None]
    scale = Scale(values, drawn["scale"])
    found = cells(drawn)
    assert len(found) == 6
    for cell, slug in zip(found, SIX.split(","), strict=True):
        own = [one for one in drawn["series"] if one["member"] == slug]
        texts = [one.text for one in cell.iter(f"{SVG}text")]
        last = [point["text"] for point in own[-1]["points"] if point["value"] is not None]
        assert texts[0] == own[0]["name"]
        assert texts[1].startswith(tuple(one["points"][-1]["text"] for one in own)) or texts[1].startswith(last[-1])
        full = [
            round(scale.at(point["value"]))
            for point, category in zip(own[0]["points"], drawn["categories"], strict=True)
            if scale.draws(point["value"]) and not category["partial"]
        ]
        path = next(one.get("d") for one in cell.iter(f"{SVG}path") if one.get("class") == "line")
        heights = [int(part.split()[1].split("h")[0]) for part in path.replace("M", "L").split("L")[1:]]
        assert heights == full
        assert all(0 <= height <= axes.PLOT for height in heights)
