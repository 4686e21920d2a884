"""Events on the time axis: each where it belongs, numbered in its order, and no two markers touching."""

from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples
from tests.trade import cubes
from tests.trade.cubes import cube, figure, page
from trade import charts
from trade.charts import svg
from trade.charts.figures import event_markers
from trade.charts.svg import axes

SVG = "{http://www.w3.org/2000/svg}"


def item(day, label="Resolution 1", **more):
    usual = {"date": day, "label": label, "text": "Full ban: coal", "url": f"/{label}/", "kind": "sanction",
             "checked": True, "flow": "both", "codes": []}  # fmt: skip
    return usual | more


def marked(payload, *items):
    return charts.mark(payload, items)


def of(payload, name="by-year"):
    return figure(payload, name)["events"]


def test_an_event_stands_in_its_year_with_all_that_happened_in_it():
    payload = marked(
        page(cubes.provinces(), "provinces"), item("2017-12-22", "C"), item("2016-03-02", "A"), item("2017-08-05", "B")
    )
    found = [(e["number"], e["category"], [one["label"] for one in e["items"]]) for e in of(payload)]
    assert found == [(1, "2016", ["A"]), (2, "2017", ["B", "C"])]


def test_the_measures_of_one_resolution_are_one_item_and_one_unchecked_makes_it_so():
    payload = marked(
        page(cubes.provinces(), "provinces"), item("2016-03-02"), item("2016-03-02", text="Cap: oil", checked=False)
    )
    assert of(payload)[0]["items"] == [
        {"date": "2016-03-02", "label": "Resolution 1", "text": "Full ban: coal. Cap: oil.", "url": "/Resolution 1/",
         "kind": "sanction", "checked": False}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("flow", "labels"), [("to_dprk", "BC"), ("from_dprk", "AC"), ("both", "ABC"), ("balance", "ABC")]
)
def test_only_what_touches_a_flow_is_marked_on_it(flow, labels):
    items = [item("2016", "A", flow="from_dprk"), item("2016", "B", flow="to_dprk"), item("2016", "C")]
    payload = marked(page(cubes.provinces(), "provinces", flow=flow), *items)
    assert [one["label"] for one in of(payload)[0]["items"]] == list(labels)


@pytest.mark.parametrize(
    ("slug", "labels"), [("27", "AB"), ("2701", "AB"), ("2709", "A"), ("v", "AB"), ("61", ""), ("", "CAB")]
)
def test_only_what_touches_the_goods_is_marked_on_them(slug, labels):
    items = [item("2016", "A", codes=["27"]), item("2016", "B", codes=["2701", "2702"]), item("2015", "C")]
    payload = marked(page(cubes.commodities(), "commodity" if slug else "commodities", slug), *items)
    found = of(payload)
    assert [one["label"] for event in found for one in event["items"]] == list(labels)


def test_a_note_on_a_province_stands_on_its_own_page_and_on_that_of_all():
    note = item("2017", "Note", kind="note", province="cn-gd", text="Guangdong rose", url=None)
    undated = item("", "Note", kind="note", text="Undated", url=None)
    for name, slug, wanted in (("provinces", "", 1), ("province", "cn-gd", 1), ("province", "cn-ln", 0)):
        payload = marked(page(cubes.provinces(), name, slug), note, undated)
        drawn = [one for one in payload["figures"] if "events" in one]
        assert drawn and all(len(one["events"]) == wanted for one in drawn)
        assert [one["text"] for one in payload["annotations"]] == ["Undated"]


def test_a_note_that_no_chart_marks_stands_below_them():
    note = item("2017", "Note", kind="note", text="Guangdong rose", url=None)
    payload = marked(page(cubes.provinces(), "provinces", period="months"), note)
    assert payload["annotations"] == [{"date": "2017", "text": "Guangdong rose"}]


def test_months_have_events_by_month_and_none_of_a_whole_year():
    payload = page(cubes.provinces(), "provinces", period="months")
    found = of(marked(payload, item("2025-03-09", "A"), item("2025", "B"), item("2024-12-31", "C")))
    assert [(event["category"], [one["label"] for one in event["items"]]) for event in found] == [("2025-03", ["A"])]


@examples(150)
@given(st.integers(1, 60), st.lists(st.dates(date(1950, 1, 1), date(2012, 12, 31)), max_size=30))
def test_markers_never_touch_and_lose_no_event(count, days):
    drawn = figure(page(years(count), "provinces"), "by-year")
    items = [item(day.isoformat(), f"R{place}") for place, day in enumerate(days)]
    found = event_markers.of(drawn, items)
    keys = [category["key"] for category in drawn["categories"]]
    assert sorted(one["label"] for event in found for one in event["items"]) == sorted(
        one["label"] for one in items if one["date"][:4] in keys
    )
    assert [event["number"] for event in found] == list(range(1, len(found) + 1))
    assert [event["category"] for event in found] == sorted({event["category"] for event in found})
    circles = [
        (float(circle.get("cx").rstrip("%")) * 330 / 100, float(circle.get("cy")))
        for circle in ElementTree.fromstring(svg.draw(drawn | {"events": found})).iter(f"{SVG}circle")
    ]
    assert len(circles) == len(found)
    for place, (x, y) in enumerate(circles):
        for other_x, other_y in circles[place + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= 17**2


CUBES = {}


def years(count):
    if count not in CUBES:
        rows = [{"key": "CN-LN", "flow": "to_dprk", "year": 1950 + n, "value_usd": 5 + n} for n in range(count)]
        CUBES[count] = cube(rows)
    return CUBES[count]


@pytest.mark.parametrize("view", ["columns", "lines"])
def test_markers_stand_above_the_plot_and_their_stems_end_where_the_drawing_does(view):
    drawn = figure(
        marked(page(cubes.provinces(), "provinces", view=view), item("2016", "A"), item("2017", "B")), "by-year"
    )
    root = ElementTree.fromstring(svg.draw(drawn))
    groups = [e for e in root.iter(f"{SVG}g") if e.get("class") == "event"]
    assert [group.get("data-number") for group in groups] == ["1", "2"]
    assert [event["row"] for event in drawn["events"]] == [0, 1]
    assert root.get("class").endswith(" rows-2")
    assert int(root.get("y")) + int(root.get("height")) + axes.BELOW == axes.TALL
    for group in groups:
        assert -int(root.get("y")) < float(group.find(f"{SVG}circle").get("cy")) - 8
        assert float(group.find(f"{SVG}circle").get("cy")) + 8 < 0
        stem = group.find(f"{SVG}line")
        assert float(stem.get("y1")) < 0 <= float(stem.get("y2").removesuffix("%")) <= 100
